"""Registration's pages: translate, one call, translate back."""

import json

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.rules import is_open
from hemicycle.kit import clock, statics, tokens
from hemicycle.kit.access import participant, public
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.ratelimit import limit
from hemicycle.registration import (
    drafts,
    forms,
    invitations,
    letters,
    operations,
    queries,
    questionnaire,
    tickets,
)
from hemicycle.registration.enums import PLACE
from hemicycle.registration.models import Draft, Registration

INVITATION = {
    "unknown": gettext_lazy("Nobody made this code. Check it against your invitation."),
    "used": gettext_lazy("This code was used up."),
    "over": gettext_lazy("This code does not work any more: its time is over."),
    "other": gettext_lazy("This invitation is for another email address. Use the address it was sent to."),
    "category": gettext_lazy("This code is for another way of coming. Choose that one."),
    "needed": gettext_lazy("This way of coming is by invitation. Enter your code."),
}


def _window(request: ConferenceRequest) -> bool:
    conference = request.conference
    return is_open(
        now=clock.now(), opens_at=conference.registration_opens_at, closes_at=conference.registration_closes_at
    )


@public
@limit("register", per_hour=20)
def register(request: ConferenceRequest) -> HttpResponse:
    """Register without an account: one form, then one link by mail; own questions of the organiser are a second step."""
    conference = request.conference
    if not _window(request):
        return render(request, "registration/closed.html", status=200)
    code = request.POST.get("code") or request.GET.get("code", "")
    form = forms.Register(
        request.POST or None,
        initial={"code": code},
        online=conference.online,
        categories=queries.categories(conference=conference, code=code),
        codes=bool(code) or queries.has_invitations(conference=conference),
    )
    if form.is_valid():
        try:
            return _take_in(request, form)
        except operations.RegistrationClosed:
            return render(request, "registration/closed.html", status=409)
        except invitations.BadInvitation as refused:
            form.add_error("code" if "code" in form.fields else None, INVITATION[refused.why])
    context = {"form": form, "places": queries.places_left(conference=conference)}
    return render(request, "registration/register.html", context, status=form_status(form))


def _take_in(request: ConferenceRequest, form: forms.Register) -> HttpResponse:
    conference, cleaned = request.conference, form.cleaned_data
    category = cleaned["category"]
    # Before anything else: whether a bad code is told must not depend on whether the address is known.
    invitations.check(
        conference=conference, email=cleaned["email"], code=cleaned["code"], category=category, now=clock.now()
    )
    if any(
        not row.depends_on
        for row in questionnaire.asked(questionnaire.questions(conference=conference), {}, category=category)
    ):
        key = drafts.begin(
            conference=conference, email=cleaned["email"], category=category, mode=cleaned["mode"],
            details=drafts.plain(cleaned), now=clock.now(),
        )  # fmt: skip
        return redirect("registration:draft", conference.slug, key)
    operations.register(
        conference=conference, details=operations.submitted_details(cleaned, language=_language()), now=clock.now()
    )
    return render(request, "registration/check_mail.html", {"email": cleaned["email"]})


def _language() -> str:
    return get_language() or "en"


def _draft(request: ConferenceRequest, key: str) -> Draft:
    found = drafts.find(conference=request.conference, key=key, now=clock.now())
    if found is None:
        raise Http404
    return found


@public
@limit("draft", per_hour=60)
def draft(request: ConferenceRequest, key: str) -> HttpResponse:
    """Ask the organiser's own questions; what is typed can be saved and gone on with by a link."""
    found = _draft(request, key)
    form = forms.Questionnaire(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        questions=questionnaire.questions(conference=request.conference),
        category=found.category,
        today=request.conference.local(clock.now()).date(),
        initial=drafts.answers(found),
    )
    if request.method == "POST":
        valid = form.is_valid()
        drafts.keep(draft=found, given=form.answers())
        if request.POST.get("do") == "save":
            drafts.send_link(draft=found, key=key, conference=request.conference, language=_language(), now=clock.now())
            messages.success(
                request, _("Saved. The link to go on is on its way to %(email)s.") % {"email": found.email}
            )
            return redirect("registration:draft", request.conference.slug, key)
        if valid:
            return redirect("registration:review", request.conference.slug, key)
    context = {"form": form, "draft": found, "key": key, "held": found.on_site and found.held_until > clock.now()}
    return render(request, "registration/questions.html", context, status=form_status(form))


@public
@limit("review", per_hour=60)
def review(request: ConferenceRequest, key: str) -> HttpResponse:
    """Show everything once more; the button sends it."""
    found = _draft(request, key)
    answers = drafts.answers(found)
    form = forms.Questionnaire(
        {f"q_{name}": value for name, value in answers.items()},
        questions=questionnaire.questions(conference=request.conference),
        category=found.category,
        today=request.conference.local(clock.now()).date(),
        initial=answers,
    )
    if not form.is_valid():
        return redirect("registration:draft", request.conference.slug, key)
    if request.method == "POST":
        try:
            drafts.send(conference=request.conference, draft=found, language=_language(), now=clock.now())
        except operations.RegistrationClosed:
            return render(request, "registration/closed.html", status=409)
        except invitations.BadInvitation as refused:
            return _answer(
                request, _("The invitation does not work any more"), str(INVITATION[refused.why]), status=409
            )
        return render(request, "registration/check_mail.html", {"email": found.email})
    context = {
        "draft": found,
        "key": key,
        "rows": queries.said(conference=request.conference, answers=answers, category=found.category),
    }
    return render(request, "registration/review.html", context)


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


TICKET_FILES = (
    "kit/app.css", "kit/grid.css", "kit/app.js", "kit/icons.svg", "kit/mark.svg", "registration/ticket.js",
    "kit/vendor/inter-latin-wght-normal.woff2", "kit/vendor/inter-latin-ext-wght-normal.woff2",
    "kit/vendor/manrope-latin-wght-normal.woff2",
)  # fmt: skip


@public
def ticket_worker(request: ConferenceRequest) -> HttpResponse:
    """Serve the service worker that keeps one's own ticket; its scope is the folder it stands in."""
    slug = request.conference.slug
    facts = {
        "cache": f"ticket-{slug}-{statics.release(*TICKET_FILES, 'registration/ticket_worker.js')}",
        "prefix": f"ticket-{slug}-",
        "page": reverse("registration:ticket", args=[slug]),
        "files": [*map(static, TICKET_FILES), reverse("website:theme", args=[slug, request.conference.version])],
    }
    source = f"const ticket = {json.dumps(facts)};\n{statics.content('registration/ticket_worker.js').decode()}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


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
