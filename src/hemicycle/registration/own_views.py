"""What a participant does with their own registration: change it, hand it over, bring colleagues."""

import rules
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.directory import queries as directory
from hemicycle.kit import clock, tokens
from hemicycle.kit.access import participant, public, signed_in
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.ratelimit import limit
from hemicycle.kit.uploads import hand_out
from hemicycle.registration import forms, groups, operations, queries, questionnaire, transfers
from hemicycle.registration.enums import Mode
from hemicycle.registration.models import Registration

TRANSFER = {
    "status": gettext_lazy("Only a confirmed place can change hands."),
    "late": gettext_lazy("The deadline for changes has passed. Write to the organisers."),
    "self": gettext_lazy("This is your own address. Give your colleague's."),
    "has place": gettext_lazy("You have a place of your own already; this one stays where it is."),
}
GROUP = {
    "size": gettext_lazy("Register between one and twenty colleagues at a time."),
    "twice": gettext_lazy("An address stands there twice. Everybody needs one of their own."),
    "category": gettext_lazy("This way of coming is for other kinds of stakeholders."),
    "pending": gettext_lazy(
        "Your way of coming asks for approval one by one. Ask your colleagues to register themselves."
    ),
}


def _mine(request: ConferenceRequest) -> Registration:
    registration = queries.registration_of(conference=request.conference, person=request.user)
    if registration is None:
        raise Http404
    return registration


@participant
def change(request: ConferenceRequest) -> HttpResponse:
    """Let a person change what they wrote about themselves, answers to the organiser's questions included."""
    mine = _mine(request)
    person, given = mine.person, questionnaire.given(registration=mine)
    initial = {
        "first_name": person.first_name, "last_name": person.last_name, "organisation": mine.organisation or "",
        "job_title": mine.job_title, "country": mine.country, "needs": mine.needs,
    }  # fmt: skip
    data = request.POST if request.method == "POST" else None
    form = forms.Change(data, initial=initial)
    questions = forms.Questionnaire(
        data,
        request.FILES or None,
        questions=questionnaire.questions(conference=request.conference),
        category=mine.category,
        today=request.conference.local(clock.now()).date(),
        initial=questionnaire.values(given, restricted=True),
    )
    if data is not None and form.is_valid() & questions.is_valid():
        operations.change(
            registration=mine,
            values=form.cleaned_data,
            answers=questions.answers(),
            actor=request.user,
            now=clock.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("website:mine", request.conference.slug)
    status = max(form_status(form), form_status(questions))
    context = {"form": form, "questions": questions, "files": questionnaire.files(given)}
    return render(request, "registration/change.html", context, status=status)


@participant
def own_file(request: ConferenceRequest, question_id: int) -> HttpResponse:
    """Hand somebody the file they answered with."""
    found = questionnaire.file_answer(registration=_mine(request), question_id=question_id)
    if found is None:
        raise Http404
    return hand_out(found.content, name=found.name, media=found.media)


@participant
def transfer(request: ConferenceRequest) -> HttpResponse:
    """Let a person hand their place to a colleague."""
    form = forms.HandOver(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        try:
            transfers.offer(
                registration=_mine(request), to=values["email"], first_name=values["first_name"],
                last_name=values["last_name"], actor=request.user, now=clock.now(),
            )  # fmt: skip
        except transfers.CannotTransfer as refused:
            form.add_error(None, TRANSFER[refused.why])
        else:
            messages.success(request, _("Asked. Your place stays yours until your colleague says yes."))
            return redirect("website:mine", request.conference.slug)
    return render(request, "registration/transfer.html", {"form": form}, status=form_status(form))


@participant
def colleagues(request: ConferenceRequest) -> HttpResponse:
    """Let a person register colleagues; they get places together or wait together."""
    form = forms.Colleagues(request.POST or None)
    if form.is_valid():
        try:
            made = groups.register(
                contact=_mine(request), members=form.cleaned_data["people"], actor=request.user, now=clock.now()
            )
        except groups.BadGroup as refused:
            form.add_error("people", GROUP[refused.why])
        except operations.RegistrationClosed:
            form.add_error(None, _("Registration is closed."))
        else:
            messages.success(
                request, _("%(number)s colleagues are registered; each confirms by mail.") % {"number": len(made)}
            )
            return redirect("website:mine", request.conference.slug)
    return render(request, "registration/colleagues.html", {"form": form}, status=form_status(form))


@signed_in
def delegation(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Let somebody who looks after an organisation register its people, with or without a place of their own."""
    conference = request.conference
    organisation = directory.by_slug(slug=slug)
    if (
        not rules.test_rule("conferences.see", request.user, conference)
        or organisation is None
        or not directory.manages(person=request.user, organisation=organisation)
    ):
        raise PermissionDenied
    form = forms.Delegation(
        request.POST or None, categories=queries.categories(conference=conference), online=conference.online,
        initial={"stakeholder": organisation.kind},
    )  # fmt: skip
    if form.is_valid():
        values = form.cleaned_data
        way = groups.Way(
            conference=conference, stakeholder=values["stakeholder"], country=organisation.country,
            mode=values.get("mode", Mode.ON_SITE), organisation=organisation, category=values.get("category"),
            language=request.user.language,
        )  # fmt: skip
        try:
            made = groups.register_as(way=way, members=values["people"], actor=request.user, now=clock.now())
        except groups.BadGroup as refused:
            form.add_error("people" if refused.why in ("size", "twice") else "category", GROUP[refused.why])
        except operations.RegistrationClosed:
            form.add_error(None, _("Registration is closed."))
        else:
            messages.success(
                request, _("%(number)s people are registered; each confirms by mail.") % {"number": len(made)}
            )
            return redirect(request.path)
    context = {
        "form": form, "organisation": organisation,
        "brought": queries.brought_by(conference=conference, person=request.user, organisation=organisation),
    }  # fmt: skip
    return render(request, "registration/delegation.html", context, status=form_status(form))


@public
@limit("transfer", per_hour=60)
def transfer_accept(request: ConferenceRequest, token: str) -> HttpResponse:
    """Take over a place: shown first, done by the button, since it ends somebody else's place."""
    if request.method != "POST":
        return render(request, "registration/transfer_accept.html")
    heading, status = _("The place did not change hands"), 410
    try:
        registration = transfers.accept(conference=request.conference, token=token, now=clock.now())
    except tokens.BadToken:
        sentence = _("This link is not complete. Copy the whole address from the mail.")
    except operations.LinkUsed:
        sentence = _("The link was used, replaced by a newer one, or is over.")
    except transfers.CannotTransfer as refused:
        sentence, status = str(TRANSFER[refused.why]), 409
    else:
        if not registration.person.is_staff and not registration.person.is_superuser:
            login(request, registration.person, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, _("The place is yours. Your ticket is below."))
        return redirect("website:mine", request.conference.slug)
    return render(request, "registration/answer.html", {"heading": heading, "sentence": sentence}, status=status)
