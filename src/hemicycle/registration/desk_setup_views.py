"""What the team sets up in the desk: ways of coming, own questions, invitations, and lists from other tools."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.files.tables import LARGEST, BadTable
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.registration import desk_forms, intake, invitations, queries, questionnaire, setup
from hemicycle.registration.models import Category, Intake, Question

WRITTEN = "Somebody else saved in the meantime. Your answers are still here; compare, then save again."


def _bound(request: ConferenceRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _again(form: Any, version: int) -> None:
    form.add_error(None, _(WRITTEN))
    form.data = {
        **form.data.dict(),
        **{name: form.data.getlist(name) for name in ("stakeholders", "categories")},
        "version": version,
    }


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
    names = ("slug", "quota", "needs_approval", "decision_on", "invitation_only", "order", "version")
    initial = {name: getattr(row, name) for name in names} | {"stakeholders": row.stakeholders.all()} if row else {}
    form = desk_forms.CategoryForm(_bound(request), initial=initial, conference=conference, category=row)
    if form.is_valid():
        try:
            setup.write_category(
                conference=conference, category=row, seen_version=form.cleaned_data["version"],
                stakeholders=form.cleaned_data["stakeholders"], actor=request.user, now=clock.now(), **form.values(),
            )  # fmt: skip
        except setup.SomebodyElseWrote:
            _again(form, row.version if row else 0)
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
            _again(form, row.version if row else 0)
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
        name: getattr(row, name) for name in ("key", "kind", "required", "restricted", "depends_on", "order", "version")
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
    """Read a list from another tool and show what would be entered; nothing is."""
    conference = request.conference
    form = desk_forms.Upload(_bound(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise BadTable(_("the file is larger than 10 MB"))  # noqa: TRY301 - one sentence for all that is wrong
            found, rows, source = intake.check(
                conference=conference, content=file.read(), name=file.name,
                default_country=form.cleaned_data["country"], now=clock.now(),
            )  # fmt: skip
        except BadTable as broken:
            form.add_error("file", _("The file cannot be read: %(why)s.") % {"why": broken})
        else:
            context |= {
                "intake": found,
                "rows": rows,
                "source": source,
                "faulty": [row for row in rows if row.faults][:50],
            }
            if found is not None:
                context["take"] = desk_forms.TakeIn(initial={"intake": found.pk}, conference=conference)
    return render(request, "registration/desk_import.html", context, status=form_status(form))


@organiser("registration.change")
def take_in(request: ConferenceRequest) -> HttpResponse:
    """Enter a list that was checked."""
    conference = request.conference
    form = desk_forms.TakeIn(_bound(request), conference=conference)
    if not form.is_valid():
        messages.error(request, _("Choose as what they come, and load the file again."))
        return redirect("registration:desk_import", conference.slug)
    found = Intake.objects.filter(conference=conference, pk=form.cleaned_data["intake"]).first()
    if found is None:
        messages.error(request, _("This list was entered already, or is older than a day. Load the file again."))
        return redirect("registration:desk_import", conference.slug)
    done = intake.take_in(
        intake=found, stakeholder=form.cleaned_data["stakeholder"], category=form.cleaned_data["category"],
        actor=request.user, now=clock.now(),
    )  # fmt: skip
    sentence = _(
        "Entered: %(confirmed)s with a place, %(waiting)s in the waiting list; %(known)s were registered already."
    )
    messages.success(request, sentence % vars(done))
    return redirect("registration:desk_list", conference.slug)
