"""What the team sets up in the desk: ways of coming, own questions, invitations, and lists from other tools."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences import runs
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.forms import tell_stale
from hemicycle.registration import desk_forms, invitations, queries, questionnaire, setup
from hemicycle.registration import runs as lists
from hemicycle.registration.models import Category, Question


def _bound(request: ConferenceRequest) -> Any:
    return request.POST if request.method == "POST" else None


@organiser("registration.change")
def setup_page(request: ConferenceRequest) -> HttpResponse:
    """Show the ways of coming, the questions and the invitations."""
    conference = request.conference
    context = {
        "categories": queries.categories(conference=conference, code="all"),
        "questions": questionnaire.questions(conference=conference),
        "invitations": queries.invitations(conference=conference),
    }
    return render(request, "registration/desk_setup.html", context)


@organiser("registration.change")
def category(request: ConferenceRequest, category_id: int = 0) -> HttpResponse:
    """Write or remove a way of coming."""
    conference = request.conference
    row = Category.objects.filter(conference=conference, pk=category_id).first() if category_id else None
    if category_id and row is None:
        raise Http404
    if row is not None and request.POST.get("do") == "remove":
        try:
            setup.remove_category(category=row, actor=request.user, now=clock.now())
        except setup.InUse:
            messages.error(request, _("People registered in it, so it stays. Give it no places to close it."))
        return redirect("registration:desk_setup", conference.slug)
    names = ("name", "note", "slug", "quota", "needs_approval", "decision_on", "invitation_only", "order", "version")
    initial = {name: getattr(row, name) for name in names} | {"stakeholders": row.stakeholders.all()} if row else {}
    form = desk_forms.CategoryForm(_bound(request), initial=initial, conference=conference, category=row)
    if form.is_valid():
        try:
            setup.write_category(
                conference=conference, category=row, seen_version=form.cleaned_data["version"],
                stakeholders=form.cleaned_data["stakeholders"], actor=request.user, now=clock.now(),
                **form.values("version", "stakeholders"),
            )  # fmt: skip
        except setup.SomebodyElseWrote:
            tell_stale(form, version=row.version if row else 0)
        else:
            messages.success(request, _("Saved."))
            return redirect("registration:desk_setup", conference.slug)
    context = {"form": form, "row": row, "heading": str(row.name) if row else _("A new way of coming")}
    return render(request, "registration/desk_form.html", context, status=form_status(form))


@organiser("registration.change")
def question(request: ConferenceRequest, question_id: int = 0) -> HttpResponse:
    """Write or remove a question of the organiser's own."""
    conference = request.conference
    others = questionnaire.questions(conference=conference)
    row = next((item for item in others if item.pk == question_id), None)
    if question_id and row is None:
        raise Http404
    if row is not None and request.POST.get("do") == "remove":
        setup.remove_question(question=row, actor=request.user, now=clock.now())
        messages.success(request, _("Removed, with its answers."))
        return redirect("registration:desk_setup", conference.slug)
    form = desk_forms.QuestionForm(
        _bound(request),
        initial=_question_initial(row, conference.languages),
        conference=conference,
        questions=others,
        question=row,
    )
    if form.is_valid():
        try:
            setup.write_question(
                conference=conference, question=row, seen_version=form.cleaned_data["version"],
                categories=form.cleaned_data["categories"], actor=request.user, now=clock.now(), **form.data_to_write(),
            )  # fmt: skip
        except setup.SomebodyElseWrote:
            tell_stale(form, version=row.version if row else 0)
        except setup.InUse:
            form.add_error(
                "kind", _("People answered already: the kind of answer and its protection stay as they are.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("registration:desk_setup", conference.slug)
    context = {"form": form, "row": row, "heading": str(row.label) if row else _("A new question")}
    return render(request, "registration/desk_form.html", context, status=form_status(form))


def _question_initial(row: Question | None, languages: list[str]) -> dict[str, Any]:
    if row is None:
        return {}
    plain = {
        name: getattr(row, name)
        for name in ("label", "help", "key", "kind", "required", "restricted", "depends_on", "order", "version")
    }
    return plain | {
        "options": desk_forms.QuestionForm.options_as_text(row.options, languages),
        "values": ", ".join(row.values),
        "categories": row.categories.all(),
    }


@organiser("registration.change")
def invite(request: ConferenceRequest) -> HttpResponse:
    """Invite people by mail, or make a code."""
    conference = request.conference
    form = desk_forms.Invite(_bound(request), conference=conference, today=conference.local(clock.now()).date())
    if form.is_valid():
        values = form.cleaned_data
        until = values["until"]
        common = {
            "category": values["category"], "skips_approval": values["skips_approval"],
            "expires_at": datetime.combine(until, time.max, tzinfo=conference.zone) if until else None,
            "conference": conference, "actor": request.user, "now": clock.now(),
        }  # fmt: skip
        if values["people"]:
            language = (conference.languages or ["en"])[0]
            made = invitations.invite(emails=values["people"], language=language, **common)
            messages.success(request, _("%(number)s invitations are on their way.") % {"number": len(made)})
        else:
            code = invitations.make_code(uses=values["uses"], **common)
            messages.success(request, _("The code is %(code)s.") % {"code": code.code})
        return redirect("registration:desk_setup", conference.slug)
    context = {"form": form, "row": None, "heading": _("Invite")}
    return render(request, "registration/desk_form.html", context, status=form_status(form))


@organiser("registration.change")
def upload(request: ConferenceRequest) -> HttpResponse:
    """Take a list from another tool, have a worker read it, and show what would be entered; nothing is."""
    conference = request.conference
    form = desk_forms.Upload(_bound(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        run = runs.start(
            conference=conference, kind=lists.CHECK, actor=request.user, now=clock.now(), upload=file.read(),
            name=file.name, country=form.cleaned_data["country"],
        )  # fmt: skip
        return redirect("desk:run", conference.slug, run.pk)
    context: dict[str, Any] = {"form": form}
    if run_id := request.GET.get("run", ""):
        context |= _read(request, run_id)
    return render(request, "registration/desk_import.html", context, status=form_status(form))


def _read(request: ConferenceRequest, run_id: str) -> dict[str, Any]:
    """Return what the page shows of a list that was read."""
    conference = request.conference
    run = runs.find(conference=conference, run_id=int(run_id)) if run_id.isdecimal() else None
    if run is None or run.kind != lists.CHECK:
        raise Http404
    seen = runs.seen(run=run)
    number = seen.get("intake")
    take = desk_forms.TakeIn(initial={"intake": number}, conference=conference) if number else None
    return {"run": run, "seen": seen, "take": take}


@organiser("registration.change")
def take_in(request: ConferenceRequest) -> HttpResponse:
    """Have a list that was checked entered."""
    conference = request.conference
    form = desk_forms.TakeIn(_bound(request), conference=conference)
    if not form.is_valid():
        messages.error(request, _("Choose as what they come, and load the file again."))
        return redirect("registration:desk_import", conference.slug)
    category = form.cleaned_data["category"]
    try:
        run = runs.start(
            conference=conference, kind=lists.ENTER, actor=request.user, now=clock.now(),
            intake=form.cleaned_data["intake"], stakeholder=form.cleaned_data["stakeholder"].pk,
            category=category.pk if category else None,
        )  # fmt: skip
    except runs.AlreadyRunning:
        messages.info(request, _("A list is being entered already. Wait until it is done."))
        return redirect("registration:desk_import", conference.slug)
    return redirect("desk:run", conference.slug, run.pk)
