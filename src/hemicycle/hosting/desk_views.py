"""Side events and workshops in the organisers' desk: list, set up, host teams."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.agenda import queries as agenda
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.refusals import saved
from hemicycle.hosting import forms, operations, queries
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.registration import setup
from hemicycle.registration.models import SideEvent


@organiser("side_events.change")
def listing(request: ConferenceRequest) -> HttpResponse:
    """List side events and workshops with how full they are."""
    return render(request, "hosting/desk_list.html", {"events": queries.events(conference=request.conference)})


def _page(request: ConferenceRequest, event: SideEvent | None) -> HttpResponse:
    conference = request.conference
    names = [name for name in forms.SideEventForm.base_fields if hasattr(SideEvent, name)]
    initial: dict[str, Any] = {name: getattr(event, name) for name in names} if event else {"version": 0}
    if event is not None:
        initial["room"] = str(event.room_id or "")
    sessions = agenda.titles(conference=conference)
    form = forms.SideEventForm(
        request.POST or None, initial=initial, conference=conference, event=event, sessions=sessions
    )
    made: list[SideEvent] = []

    def write() -> object:
        values = form.answers() | {"actor": request.user, "now": clock.now()}
        if event is not None:
            return setup.change_side_event(side_event=event, seen_version=form.cleaned_data["version"], **values)
        slug = queries.free_address(conference=conference, title=str(values["title"]))
        made.append(setup.add_side_event(conference=conference, slug=slug, **values))
        return made

    if form.is_valid() and saved(form, write, row=event):
        messages.success(request, _("Saved."))
        return redirect("hosting:desk_event", conference.slug, (event or made[0]).slug)
    context: dict[str, Any] = {
        "form": form,
        "event": event,
        "heading": str(event.title) if event else _("A new side event"),
        "back": reverse("hosting:desk", args=[conference.slug]),
    }
    if event is not None:
        good, everybody = queries.eligible(side_event=event)
        context |= {
            "good": good,
            "everybody": everybody,
            "hosts": queries.hosts(side_event=event),
            "asked": queries.host_invitations(side_event=event),
            "ask": forms.Ask(),
            "remove": reverse("hosting:desk_remove", args=[conference.slug, event.slug]),
        }
    return render(request, "hosting/desk_event.html", context, status=form_status(form))


@organiser("side_events.change")
def add(request: ConferenceRequest) -> HttpResponse:
    """Set up a new one."""
    return _page(request, None)


def _event(request: ConferenceRequest, slug: str) -> SideEvent:
    found = queries.event(conference=request.conference, slug=slug)
    if found is None:
        raise Http404
    return found


@organiser("side_events.change")
def change(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change one; two people editing get told."""
    return _page(request, _event(request, slug))


@organiser("side_events.change")
def hosts(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Ask somebody to host, or end that."""
    event = _event(request, slug)
    back = redirect("hosting:desk_event", request.conference.slug, slug)
    numbers = {
        name: int(request.POST[name]) if request.POST.get(name, "").isdecimal() else 0
        for name in ("host", "invitation")
    }
    if request.method == "POST" and any(numbers.values()):
        if operations.take_away(side_event=event, actor=request.user, now=clock.now(), **numbers):
            messages.success(request, _("Done. The person no longer has this side event's desk."))
        return back
    form = forms.Ask(request.POST or None)
    if form.is_valid():
        try:
            operations.ask(side_event=event, email=form.cleaned_data["email"], actor=request.user, now=clock.now())
        except operations.AlreadyHost:
            messages.info(request, _("This person hosts it already."))
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % form.cleaned_data)
    elif request.method == "POST":
        messages.error(request, _("Write the full address, for example name@example.eu"))
    return back


@organiser("side_events.change")
def remove(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Remove a side event that nobody asked a seat at, after asking once more."""
    event = _event(request, slug)
    back = reverse("hosting:desk_event", args=[request.conference.slug, slug])
    context = {
        "heading": _("Remove %(name)s?") % {"name": event.title},
        "sentence": _("It goes for good, in all languages."),
        "action": _("Yes, remove it"),
        "back": back,
    }
    if request.POST.get("yes"):
        try:
            setup.remove_side_event(side_event=event, actor=request.user, now=clock.now())
        except setup.InUse:
            sentence = _("People asked for seats. Give it no seats and close it instead, or write to them first.")
            return render(request, "kit/confirm.html", context | {"sentence": sentence, "action": ""}, status=409)
        messages.success(request, _("It is removed."))
        return redirect("hosting:desk", request.conference.slug)
    return render(request, "kit/confirm.html", context)
