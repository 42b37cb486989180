"""Matchmaking's pages for participants."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import clock
from hemicycle.kit.access import participant
from hemicycle.kit.forms import status as form_status
from hemicycle.matchmaking import forms, operations, queries
from hemicycle.matchmaking.models import Profile
from hemicycle.registration import queries as registrations
from hemicycle.registration.models import Registration

PER_PAGE = 24


def _registration(request: ConferenceRequest) -> Registration:
    found = registrations.registration_of(conference=request.conference, person=request.user)
    if found is None:
        raise Http404
    return found


def _own(request: ConferenceRequest) -> Profile | None:
    return queries.profile_of(registration=_registration(request))


@participant
def profile(request: ConferenceRequest) -> HttpResponse:
    """Write what one offers and looks for."""
    registration = _registration(request)
    own = queries.profile_of(registration=registration)
    initial = {}
    if own is not None:
        initial = {"about": own.about, "visible": own.visible, "ecosystems": own.ecosystems.all()}
        for kind in ("offer", "need"):
            lines = [entry.text for entry in own.entries.all() if entry.kind == kind]
            initial |= {f"{kind}_{number}": line for number, line in enumerate(lines, 1)}
    form = forms.WriteProfile(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            operations.write_profile(
                registration=registration,
                about=form.cleaned_data["about"],
                offers=form.lines("offer"),
                needs=form.lines("need"),
                ecosystems=form.cleaned_data["ecosystems"],
                visible=form.cleaned_data["visible"],
                now=clock.now(),
            )
        except operations.NoPlace:
            form.add_error(None, _("Confirm your place in the conference first; what you wrote is kept here."))
        else:
            messages.success(request, _("Your profile is saved. Now find people to meet."))
            return redirect("matchmaking:people", request.conference.slug)
    return render(request, "matchmaking/profile.html", {"form": form, "own": own}, status=form_status(form))


@participant
def people(request: ConferenceRequest) -> HttpResponse:
    """List whom one can meet, with filters and their counts."""
    own = _own(request)
    if own is None:
        messages.info(request, _("Say first what you offer and look for; then you see the others."))
        return redirect("matchmaking:profile", request.conference.slug)
    form = forms.Find(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.people(
        conference=request.conference,
        search=chosen.get("search", ""),
        country=chosen.get("country", ""),
        ecosystem=chosen.get("ecosystem", ""),
        kind=chosen.get("kind", ""),
    )
    asked = {
        row.receiver_id if row.sender_id == own.pk else row.sender_id: row for row in queries.requests_of(profile=own)
    }
    context = {
        "own": own,
        "asked": asked,
        "chosen": chosen,
        "facets": queries.facets(conference=request.conference),
        "page": Paginator(rows.exclude(pk=own.pk), PER_PAGE).get_page(chosen.get("page") or 1),
    }
    return render(request, "matchmaking/people.html", context)


WHY_NOT = {
    "self": _("This is you."),
    "colleague": _("You work for the same organisation; no table is needed for that."),
    "already": _("There is a request between you already."),
    "too_many": _("Forty of your requests wait for an answer. Withdraw some before you ask more people."),
}


@participant
def person(request: ConferenceRequest, profile_id: int) -> HttpResponse:
    """Show a profile and ask for a meeting."""
    own = _own(request)
    other = queries.profile(conference=request.conference, profile_id=profile_id)
    if own is None or other is None:
        raise Http404
    form = forms.Ask(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = operations.ask(sender=own, receiver=other, message=form.cleaned_data["message"], now=clock.now())
        except operations.MayNotAsk as error:
            form.add_error(None, _(WHY_NOT[error.why]))
        else:
            accepted = sent.status == "accepted"
            messages.success(request, _("You asked each other: accepted.") if accepted else _("Your request is sent."))
            return redirect("matchmaking:meetings", request.conference.slug)
    between = queries.requests_between(a=own, b=other)
    context = {"other": other, "form": form, "own": own, "between": between}
    return render(request, "matchmaking/person.html", context, status=form_status(form))


@participant
def meetings(request: ConferenceRequest) -> HttpResponse:
    """Show requests both ways and the meetings with slot and table."""
    own = _own(request)
    if own is None:
        return redirect("matchmaking:profile", request.conference.slug)
    rows = queries.requests_of(profile=own)
    me = own.registration.person_id
    held = queries.meetings_of(person_id=me, conference=request.conference)
    scheduled = {meeting.request_id for meeting in held}
    plan = queries.published_plan(conference=request.conference)
    why = {row.request_id: row.why for row in queries.left_out(plan=plan, reader=own.registration)} if plan else {}
    context = {
        "own": own,
        "held": [(meeting, queries.partner(meeting.request, person_id=me)) for meeting in held],
        "incoming": [row for row in rows if row.receiver_id == own.pk and row.status == "requested"],
        "outgoing": [row for row in rows if row.sender_id == own.pk and row.status == "requested"],
        "accepted": [
            (row, queries.partner(row, person_id=me), why.get(row.pk, ""))
            for row in rows
            if row.status == "accepted" and row.pk not in scheduled
        ],
        "over": [
            (row, queries.partner(row, person_id=me))
            for row in rows
            if row.status in ("declined", "cancelled", "withdrawn")
        ],
    }
    return render(request, "matchmaking/meetings.html", context)


@participant
def answer(request: ConferenceRequest, request_id: int) -> HttpResponse:
    """Accept, decline or take back."""
    own = _own(request)
    found = queries.request_of(profile=own, request_id=request_id) if own else None
    if own is None or found is None:
        raise Http404
    choice = request.POST.get("do")
    try:
        if choice in ("accept", "decline") and found.receiver_id == own.pk:
            operations.answer(meeting_request=found, yes=choice == "accept", now=clock.now())
            messages.success(
                request, _("Accepted. The schedule will find a time.") if choice == "accept" else _("Declined, kindly.")
            )
        elif choice == "withdraw":
            operations.withdraw(meeting_request=found, actor=request.user, now=clock.now())
            messages.success(request, _("Taken back. The other side knows if it was accepted."))
    except operations.AlreadyAnswered:
        messages.info(request, _("This request was answered or taken back in the meantime; this is how it stands now."))
    return redirect("matchmaking:meetings", request.conference.slug)
