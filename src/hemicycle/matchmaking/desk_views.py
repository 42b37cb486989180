"""Matchmaking in the organisers' desk: schedule, watch, look, publish."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.matchmaking import forms, plans, queries
from hemicycle.matchmaking.models import Plan


@organiser("matchmaking.run")
def overview(request: ConferenceRequest) -> HttpResponse:
    """Show figures, the slots, and the runs of the scheduler."""
    context = {
        "counts": queries.counts(conference=request.conference),
        "slots": queries.slots(conference=request.conference),
        "plans": queries.plans(conference=request.conference),
        "running": queries.running_plan(conference=request.conference),
        "form": forms.Schedule(),
    }
    return render(request, "matchmaking/desk_overview.html", context)


@organiser("matchmaking.run")
def schedule(request: ConferenceRequest) -> HttpResponse:
    """Start the scheduler."""
    form = forms.Schedule(request.POST)
    if request.method != "POST":
        return redirect("matchmaking:desk", request.conference.slug)
    if not form.is_valid():
        messages.error(request, _("Give between half a second and two minutes."))
        return redirect("matchmaking:desk", request.conference.slug)
    try:
        plan = plans.start(
            conference=request.conference, actor=request.user, seconds=form.cleaned_data["seconds"], now=clock.now()
        )
    except plans.AlreadyRunning:
        messages.info(request, _("The scheduler is at work already."))
        return redirect("matchmaking:desk", request.conference.slug)
    return redirect("matchmaking:desk_plan", request.conference.slug, plan.pk)


def _plan(request: ConferenceRequest, plan_id: int) -> Plan:
    plan = queries.plan(conference=request.conference, plan_id=plan_id)
    if plan is None:
        raise Http404
    return plan


@organiser("matchmaking.run")
def plan(request: ConferenceRequest, plan_id: int) -> HttpResponse:
    """Show a run: its progress, or what it found and what found no place and why."""
    found = _plan(request, plan_id)
    slots = queries.slots(conference=request.conference)
    load = [0] * len(slots)
    for _request, slot, _table in found.result.get("schedule", []):
        load[slot] += 1
    context = {
        "plan": found,
        "unplaced": queries.left_out(plan=found),
        "load": list(zip(slots, load, strict=True)),
    }
    return render(request, "matchmaking/desk_plan.html", context)


@organiser("matchmaking.run")
def progress(request: ConferenceRequest, plan_id: int) -> HttpResponse:
    """Give the progress of a run as a fragment."""
    return render(request, "matchmaking/desk_progress.html", {"plan": _plan(request, plan_id)})


@organiser("matchmaking.run")
def stop(request: ConferenceRequest, plan_id: int) -> HttpResponse:
    """Stop a run."""
    found = _plan(request, plan_id)
    if request.method == "POST":
        plans.stop(plan=found, actor=request.user, now=clock.now())
        messages.info(request, _("Stopped. Nothing was changed."))
    return redirect("matchmaking:desk", request.conference.slug)


@organiser("matchmaking.run")
def publish(request: ConferenceRequest, plan_id: int) -> HttpResponse:
    """Publish a schedule."""
    found = _plan(request, plan_id)
    if request.method == "POST":
        try:
            number = plans.publish(plan=found, actor=request.user, now=clock.now())
        except plans.NotReady:
            messages.info(request, _("This schedule is not ready, or was published before."))
        except plans.Outdated:
            messages.error(request, _("Somebody cancelled since this was computed. Schedule again; it takes seconds."))
        else:
            messages.success(
                request, _("%(number)s meetings are published; everybody gets one mail.") % {"number": number}
            )
    return redirect("matchmaking:desk_plan", request.conference.slug, plan_id)
