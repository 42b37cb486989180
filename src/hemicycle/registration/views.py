"""Registration's pages: translate, one call, translate back."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.rules import is_open
from hemicycle.directory.operations import organisation_for
from hemicycle.kit import clock, tokens
from hemicycle.kit.access import participant, public
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.ratelimit import limit
from hemicycle.registration import forms, letters, operations, queries, seats, tickets
from hemicycle.registration.enums import PLACE
from hemicycle.registration.models import Registration


def _window(request: ConferenceRequest) -> bool:
    conference = request.conference
    return is_open(
        now=clock.now(), opens_at=conference.registration_opens_at, closes_at=conference.registration_closes_at
    )


@public
@limit("register", per_hour=20)
def register(request: ConferenceRequest) -> HttpResponse:
    """Register without an account: one form, then one link by mail."""
    conference = request.conference
    if not _window(request):
        return render(request, "registration/closed.html", status=200)
    form = forms.Register(request.POST or None, online=conference.online)
    if form.is_valid():
        name = form.cleaned_data["organisation"]
        organisation = organisation_for(name=name, country=form.cleaned_data["country"]) if name else None
        details = operations.submitted_details(
            form.cleaned_data, organisation=organisation, language=get_language() or "en"
        )
        try:
            operations.register(conference=conference, details=details, now=clock.now())
        except operations.RegistrationClosed:
            return render(request, "registration/closed.html", status=409)
        return render(request, "registration/check_mail.html", {"email": details.email})
    places = queries.places_left(conference=conference)
    context = {"form": form, "places": places}
    return render(request, "registration/register.html", context, status=form_status(form))


def _answer(request: ConferenceRequest, heading: str, sentence: str, *, status: int = 410) -> HttpResponse:
    return render(request, "registration/answer.html", {"heading": heading, "sentence": sentence}, status=status)


@public
@limit("confirm", per_hour=60)
def confirm(request: ConferenceRequest, token: str) -> HttpResponse:
    """Confirm an address by its link and open the person's own page.

    The link acts on GET so that registering takes three requests; it works once, HEAD and prefetching do
    nothing, and a second click leads to signing in.
    """
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=204)
    try:
        registration = operations.confirm_address(conference=request.conference, token=token, now=clock.now())
    except tokens.BadToken:
        sentence = _("Copy the whole address from the mail, or register again: a fresh link comes at once.")
        return _answer(request, _("This link is not complete"), sentence)
    except operations.LinkUsed:
        if request.user.is_authenticated:
            return redirect("website:mine", request.conference.slug)
        sentence = _("The link worked once already. Sign in with a code by mail to see your registration.")
        return _answer(request, _("Already confirmed"), sentence, status=200)
    except operations.HoldOver:
        sentence = _("The time to confirm is over and the place went to the next person. You can register again.")
        return _answer(request, _("The place is no longer held"), sentence)
    if not registration.person.is_staff and not registration.person.is_superuser:
        login(request, registration.person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("website:mine", request.conference.slug)


def _mine(request: ConferenceRequest) -> Registration:
    registration = queries.registration_of(conference=request.conference, person=request.user)
    if registration is None:
        raise Http404
    return registration


@participant
def consents(request: ConferenceRequest) -> HttpResponse:
    """Give or withdraw consents."""
    form = forms.Consents(request.POST)
    if request.method == "POST" and form.is_valid():
        operations.change_consents(
            registration=_mine(request), wanted=form.cleaned_data, actor=request.user, now=clock.now()
        )
        messages.success(request, _("Saved. Each answer carries today's date."))
    return redirect("website:mine", request.conference.slug)


@participant
def ticket(request: ConferenceRequest) -> HttpResponse:
    """Show the ticket, large."""
    registration = _mine(request)
    if registration.status not in PLACE:
        raise Http404
    code = tickets.svg(letters.ticket_text(registration, request.conference))
    return render(request, "registration/ticket.html", {"registration": registration, "qr": code})


@participant
def cancel(request: ConferenceRequest) -> HttpResponse:
    """Let a person give their place back."""
    registration = _mine(request)
    form = forms.Cancel(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel(registration=registration, actor=request.user, now=clock.now())
        except operations.CannotCancel:
            form.add_error(None, _("This place was already given back, or the deadline has passed."))
        else:
            messages.success(request, _("Your place is free for somebody else. Thank you for telling us."))
            return redirect("website:home", request.conference.slug)
    return render(
        request, "registration/cancel.html", {"form": form, "registration": registration}, status=form_status(form)
    )


@participant
def seat(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Take or give back a seat at a side event; a clash is explained with an offer to swap."""
    event = queries.side_event(conference=request.conference, slug=slug)
    if event is None:
        raise Http404
    registration = _mine(request)
    if request.method != "POST":
        return redirect("website:side_events", request.conference.slug)
    if request.POST.get("do") == "give_back":
        for held in queries.seats_of(registration=registration):
            if held.side_event_id == event.pk:
                seats.give_back(seat=held, now=clock.now())
                messages.success(request, _("Your seat is free for somebody else."))
        return redirect("website:side_events", request.conference.slug)
    try:
        taken = seats.take(
            registration=registration, side_event=event, swap=request.POST.get("swap") == "yes", now=clock.now()
        )
    except seats.NoPlace:
        messages.error(request, _("Confirm your place in the conference first, then take a seat."))
    except seats.NotEligible as error:
        context = {"event": event, "reasons": error.reasons, "registration": registration}
        return render(request, "registration/not_eligible.html", context, status=403)
    except seats.Clash as error:
        return render(request, "registration/clash.html", {"event": event, "other": error.other}, status=409)
    else:
        word = _("Your seat is confirmed.") if taken.status == "confirmed" else _("You are in the waiting list.")
        messages.success(request, word)
    return redirect("website:side_events", request.conference.slug)
