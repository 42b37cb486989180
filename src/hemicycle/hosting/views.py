"""A side event's own page, its seats, its papers, and saying yes to hosting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.hosting import operations, queries
from hemicycle.hosting.models import Paper
from hemicycle.kit import clock, tokens
from hemicycle.kit.access import participant, public, signed_in
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.uploads import hand_out
from hemicycle.registration import forms as registration_forms
from hemicycle.registration import queries as registration
from hemicycle.registration import seats
from hemicycle.registration.models import Registration, SideEvent


def _event(request: ConferenceRequest, slug: str) -> SideEvent:
    found = queries.event(conference=request.conference, slug=slug)
    if found is None:
        raise Http404
    return found


def _questions(request: ConferenceRequest, event: SideEvent, mine: Registration) -> registration_forms.Questionnaire:
    return registration_forms.Questionnaire(
        request.POST if request.method == "POST" else None,
        questions=queries.questions(side_event=event),
        category=mine.category,
        today=request.conference.local(clock.now()).date(),
        initial={},
    )


def _show(request: ConferenceRequest, slug: str, mine: Registration | None, form: Any = None) -> HttpResponse:
    row = next(iter(registration.side_events(conference=request.conference, registration=mine, only=slug)), None)
    if row is None:
        raise Http404
    event = row.event
    if mine is not None and form is None and row.seat is None:
        form = _questions(request, event, mine)
    context = {
        "row": row,
        "event": event,
        "mine": mine,
        "form": form,
        "open": event.is_open(clock.now()),
        "papers": queries.papers(side_event=event),
        "hosts": event.slug in queries.hosted(conference=request.conference, person=request.user),
    }
    return render(request, "hosting/event.html", context, status=form_status(form) if form is not None else 200)


@public
def event(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one side event or workshop: what, when, for whom, and one's own seat."""
    mine = registration.registration_of(conference=request.conference, person=request.user)
    return _show(request, slug, mine)


@participant
def seat(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Ask for a seat, swap, or give it back."""
    found = _event(request, slug)
    back = reverse("hosting:event", args=[request.conference.slug, slug])
    mine = registration.registration_of(conference=request.conference, person=request.user)
    if request.method != "POST" or mine is None:
        return redirect(back)
    if request.POST.get("do") == "give_back":
        for held in registration.seats_of(registration=mine):
            if held.side_event_id == found.pk:
                seats.give_back(seat=held, now=clock.now())
                messages.success(request, _("Your seat is free for somebody else."))
        return redirect(back)
    form = _questions(request, found, mine)
    if not form.is_valid():
        return _show(request, slug, mine, form)
    return _take(request, found, mine, form, back)


def _take(
    request: ConferenceRequest, found: SideEvent, mine: Registration, form: registration_forms.Questionnaire, back: str
) -> HttpResponse:
    try:
        taken = seats.take(
            registration=mine, side_event=found, swap=request.POST.get("swap") == "yes", now=clock.now(),
            answers=form.answers(),
        )  # fmt: skip
    except seats.NoPlace:
        messages.error(request, _("Seats are for people with a confirmed place in the conference."))
    except seats.SeatsClosed:
        messages.error(request, _("No seats are given any more."))
    except seats.NotEligible as error:
        context = {"event": found, "reasons": error.reasons}
        return render(request, "hosting/not_eligible.html", context, status=403)
    except seats.Clash as error:
        context = {
            "event": found,
            "other": error.other,
            "typed": [(name, values) for name, values in request.POST.lists() if name.startswith("q_")],
        }
        return render(request, "hosting/clash.html", context, status=409)
    else:
        said = {
            "confirmed": _("You have a seat."),
            "waiting": _("You are in the waiting list."),
            "pending": _("Your request is with the host, who decides."),
        }
        messages.success(request, said[taken.status])
    return redirect(back)


@public
def paper(request: ConferenceRequest, slug: str, paper_id: int) -> HttpResponse:
    """Hand out a paper; one that is not shown yet only to its hosts."""
    found = Paper.objects.filter(side_event=_event(request, slug), pk=paper_id).first()
    hosts = queries.hosted(conference=request.conference, person=request.user)
    if found is None or not (found.shown or slug in hosts):
        raise Http404
    with found.file.open("rb") as file:
        return hand_out(file.read(), name=found.name, media=found.media)


@public
def join(request: ConferenceRequest, token: str) -> HttpResponse:
    """Say yes to hosting: the link shows one button, the button acts."""
    try:
        invitation = operations.invitation_of(conference=request.conference, token=token)
        if request.method == "POST":
            operations.join(
                conference=request.conference, token=token, language=get_language() or "en", now=clock.now()
            )
            messages.success(request, _("You host it now. Sign in with your address: a code comes by mail."))
            desk = reverse("hosting:people", args=[request.conference.slug, invitation.side_event.slug])
            return redirect(f"{reverse('account_login')}?next={desk}")
    except (tokens.BadToken, operations.InvitationGone):
        return render(request, "hosting/join_gone.html", status=410)
    return render(request, "hosting/join.html", {"invitation": invitation})


@signed_in
def mine(request: ConferenceRequest) -> HttpResponse:
    """List what somebody hosts."""
    return render(
        request, "hosting/mine.html", {"events": queries.events(conference=request.conference, person=request.user)}
    )
