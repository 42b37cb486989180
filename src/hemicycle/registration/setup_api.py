"""What the team sets up, by API: ways of coming, own questions, invitations."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.conferences.models import Conference
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked, holds, spoken, stale, team
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.i18n import text, translations
from hemicycle.registration import desk_forms, invitations, queries, questionnaire, setup
from hemicycle.registration.api_words import by_word, question, stakeholders
from hemicycle.registration.models import Category, Invitation, Question
from hemicycle.registration.schemas import (
    CategoryChange,
    CategoryFields,
    CategoryIn,
    CategoryOut,
    InvitationIn,
    InvitationOut,
    QuestionChange,
    QuestionFields,
    QuestionIn,
    QuestionOut,
)

router = Router(tags=["registration set-up"])
IN_USE = "People registered in it, so it stays. Give it no places to close it."
ANSWERED = "People answered already: the kind of answer and its protection stay as they are."


def _category(row: Category) -> CategoryOut:
    return CategoryOut(
        slug=row.slug, name=translations(row.name), note=translations(text(row.note or "")),
        stakeholders=[term.key for term in row.stakeholders.all()], quota=row.quota, needs_approval=row.needs_approval,
        decision_on=row.decision_on, invitation_only=row.invitation_only, order=row.order, version=row.version,
    )  # fmt: skip


@router.get("/{conference}/categories", response=list[CategoryOut], url_name="categories", auth=None)
def categories(request: HttpRequest, conference: str) -> list[CategoryOut]:  # noqa: ARG001
    """List the ways of coming; those by invitation only are for the team."""
    edition = edition_of(request)
    code = "all" if holds(request, "registration.see") else ""
    return [_category(row) for row in queries.categories(conference=edition, code=code)]


def _write_category(
    request: HttpRequest, conference: Conference, row: Category | None, wish: CategoryFields, version: int
) -> CategoryOut:
    before: dict[str, Any] = _category(row).dict() if row else {"order": 0}
    said = wish.dict(exclude_unset=True)
    data = spoken(said, before=before, languages=conference.languages, texts=("name", "note")) | {"version": version}
    data["stakeholders"] = stakeholders(data.get("stakeholders") or [], field="stakeholders")
    form = desk_forms.CategoryForm(data, conference=conference, category=row, initial=_texts(row, "name", "note"))
    checked(form)
    try:
        made = setup.write_category(
            conference=conference, category=row, seen_version=version, stakeholders=form.cleaned_data["stakeholders"],
            actor=request.user, now=clock.now(), **form.values("version", "stakeholders"),
        )  # fmt: skip
    except setup.SomebodyElseWrote as refused:
        raise stale() from refused
    return _category(made)


def _texts(row: Any, *names: str) -> dict[str, Any]:
    """Return the stored texts, of which those in languages that are not shown now are kept."""
    return {name: getattr(row, name) for name in names} if row is not None else {}


@router.post("/{conference}/categories", response={201: CategoryOut}, url_name="category_new")
def category_new(request: HttpRequest, conference: str, wish: CategoryIn) -> tuple[int, CategoryOut]:  # noqa: ARG001
    """Write a new way of coming."""
    return 201, _write_category(request, team(request, "registration.change"), None, wish, 0)


def _own_category(request: HttpRequest, slug: str) -> tuple[Conference, Category]:
    edition = team(request, "registration.change")
    row = next((row for row in queries.categories(conference=edition, code="all") if row.slug == slug), None)
    if row is None:
        raise Http404
    return edition, row


@router.patch("/{conference}/categories/{slug:category}", response=CategoryOut, url_name="category_change")
def category_change(request: HttpRequest, conference: str, category: str, wish: CategoryChange) -> CategoryOut:  # noqa: ARG001
    """Change a way of coming; more places are offered to who waits. 409 when somebody else wrote since `version`."""
    edition, row = _own_category(request, category)
    return _write_category(request, edition, row, wish, wish.version)


@router.delete("/{conference}/categories/{slug:category}", response={204: None}, url_name="category_remove")
def category_remove(request: HttpRequest, conference: str, category: str) -> tuple[int, None]:  # noqa: ARG001
    """Remove a way of coming that nobody used."""
    _edition, row = _own_category(request, category)
    try:
        setup.remove_category(category=row, actor=request.user, now=clock.now())
    except setup.InUse as refused:
        raise Refused(409, IN_USE) from refused
    return 204, None


@router.get("/{conference}/questions", response=list[QuestionOut], url_name="questions", auth=None)
def questions(request: HttpRequest, conference: str) -> list[QuestionOut]:  # noqa: ARG001
    """List the organiser's own questions; those of ways by invitation only are for the team."""
    edition = edition_of(request)
    if holds(request, "registration.see"):
        return [question(row) for row in questionnaire.questions(conference=edition)]
    found, ways = queries.open_questions(conference=edition)
    return [question(row, categories=ways) for row in found]


def question_data(
    conference: Conference, row: Question | None, wish: QuestionFields, others: list[Question]
) -> dict[str, Any]:
    """Return a wish about a question as the page's form takes it; what is not said stays."""
    before: dict[str, Any] = question(row).dict() if row else {"order": 0}
    said = wish.dict(exclude_unset=True)
    data = spoken(said, before=before, languages=conference.languages, texts=("label", "help"))
    data["options"] = desk_forms.QuestionForm.options_as_text(data.get("options") or [], conference.languages)
    data["values"] = ", ".join(data.get("values") or [])
    known = {item.key: item.pk for item in others}
    if data.get("depends_on"):
        data["depends_on"] = by_word([data["depends_on"]], known, field="depends_on")[0]
    return data


def write_question(
    request: HttpRequest, form: desk_forms.QuestionForm, row: Question | None, version: int, **values: Any
) -> QuestionOut:
    """Write a question that the page's form takes; two people writing get told."""
    checked(form)
    try:
        made = setup.write_question(
            conference=form.conference, question=row, seen_version=version, actor=request.user, now=clock.now(),
            **form.data_to_write(), **values,
        )  # fmt: skip
    except setup.SomebodyElseWrote as refused:
        raise stale() from refused
    except setup.InUse as refused:
        raise Refused(409, ANSWERED, {"kind": ANSWERED}) from refused
    return question(made)


def question_texts(row: Question | None) -> Mapping[str, Any]:
    """Return a question's stored texts for its form."""
    return _texts(row, "label", "help")


def _form(
    conference: Conference, row: Question | None, wish: QuestionIn | QuestionChange, version: int
) -> desk_forms.QuestionForm:
    others = questionnaire.questions(conference=conference)
    data = question_data(conference, row, wish, others) | {"version": version}
    known = {item.slug: item.pk for item in queries.categories(conference=conference, code="all")}
    data["categories"] = by_word(data.get("categories") or [], known, field="categories")
    return desk_forms.QuestionForm(
        data, initial=question_texts(row), conference=conference, questions=others, question=row
    )


@router.post("/{conference}/questions", response={201: QuestionOut}, url_name="question_new")
def question_new(request: HttpRequest, conference: str, wish: QuestionIn) -> tuple[int, QuestionOut]:  # noqa: ARG001
    """Write a new question."""
    form = _form(team(request, "registration.change"), None, wish, 0)
    checked(form)
    return 201, write_question(request, form, None, 0, categories=form.cleaned_data["categories"])


def _own_question(request: HttpRequest, question_id: int) -> tuple[Conference, Question]:
    edition = team(request, "registration.change")
    row = next((row for row in questionnaire.questions(conference=edition) if row.pk == question_id), None)
    if row is None:
        raise Http404
    return edition, row


@router.patch("/{conference}/questions/{int:question_id}", response=QuestionOut, url_name="question_change")
def question_change(request: HttpRequest, conference: str, question_id: int, wish: QuestionChange) -> QuestionOut:  # noqa: ARG001
    """Change a question; one that was answered keeps its kind and its protection."""
    edition, row = _own_question(request, question_id)
    form = _form(edition, row, wish, wish.version)
    checked(form)
    return write_question(request, form, row, wish.version, categories=form.cleaned_data["categories"])


@router.delete("/{conference}/questions/{int:question_id}", response={204: None}, url_name="question_remove")
def question_remove(request: HttpRequest, conference: str, question_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Remove a question with its answers."""
    _edition, row = _own_question(request, question_id)
    setup.remove_question(question=row, actor=request.user, now=clock.now())
    return 204, None


def _invitation(row: Invitation) -> InvitationOut:
    return InvitationOut(
        code=row.code, email=row.email, category=row.category.slug if row.category else "", uses=row.uses, used=row.used,
        expires_at=row.expires_at,
    )  # fmt: skip


@router.get("/{conference}/invitations", response=list[InvitationOut], url_name="invitations")
def invitation_list(request: HttpRequest, conference: str) -> list[InvitationOut]:  # noqa: ARG001
    """List the latest invitations and codes."""
    edition = team(request, "registration.change")
    return [_invitation(row) for row in queries.invitations(conference=edition)]


@router.post("/{conference}/invitations", response={201: list[InvitationOut]}, url_name="invite")
def invite(request: HttpRequest, conference: str, wish: InvitationIn) -> tuple[int, list[InvitationOut]]:  # noqa: ARG001
    """Invite people by mail, or make one code for several people."""
    edition = team(request, "registration.change")
    category = Category.objects.filter(conference=edition, slug=wish.category).first()
    if wish.category and category is None:
        raise Refused(422, "There is no such way of coming.", {"category": "There is no such way of coming."})
    common: dict[str, Any] = {
        "conference": edition, "actor": request.user, "now": clock.now(), "category": category,
        "skips_approval": wish.skips_approval, "expires_at": wish.expires_at,
    }  # fmt: skip
    if wish.emails:
        made = invitations.invite(emails=wish.emails, language=(edition.languages or ["en"])[0], **common)
    else:
        made = [invitations.make_code(uses=wish.uses, **common)]
    return 201, [_invitation(row) for row in made]
