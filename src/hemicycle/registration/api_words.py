"""From rows to the API's words and from a call's words to the pages' forms, for all that speak of registrations."""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import terms
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked
from hemicycle.kit.i18n import text, translations
from hemicycle.registration import forms, queries
from hemicycle.registration.enums import QuestionKind
from hemicycle.registration.models import Category, Question, Registration, Seat
from hemicycle.registration.schemas import ConsentOut, QuestionOut, SeatOut


def plain(registration: Registration) -> dict[str, Any]:
    """Return what every answer about a registration says."""
    return {
        "id": registration.pk,
        "code": registration.code,
        "status": registration.status,
        "mode": registration.mode,
        "stakeholder": registration.stakeholder.key,
        "category": registration.category.slug if registration.category else "",
        "country": registration.country,
        "organisation": str(registration.organisation or ""),
        "submitted_at": registration.submitted_at,
        "confirmed_at": registration.confirmed_at,
    }


def own(request: HttpRequest) -> Registration:
    """Return one's own registration; whoever has none gets the answer for nothing."""
    found = queries.registration_of(conference=request.conference, person=request.user)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def seat(row: Seat) -> SeatOut:
    """Return a seat."""
    event = row.side_event
    return SeatOut(
        side_event=event.slug, title=translations(event.title), starts_at=event.starts_at, ends_at=event.ends_at,
        room=str(event.room or ""), status=row.status,
    )  # fmt: skip


def consents(registration: Registration) -> list[ConsentOut]:
    """Return agreements with their dates, also those that were withdrawn."""
    rows = registration.consents.order_by("given_at", "pk")
    return [ConsentOut(kind=row.kind, given_at=row.given_at, withdrawn_at=row.withdrawn_at) for row in rows]


def question(row: Question, *, categories: Iterable[str] | None = None) -> QuestionOut:
    """Return a question; of its categories those that the reader may know of."""
    shown = [item.slug for item in row.categories.all()]
    return QuestionOut(
        id=row.pk, key=row.key, label=translations(text(row.label)), help=translations(text(row.help)), kind=row.kind,
        options=[{"key": item["key"], "label": translations(text(item["label"]))} for item in row.options],
        required=row.required, restricted=row.restricted,
        categories=shown if categories is None else [slug for slug in shown if slug in set(categories)],
        depends_on=row.depends_on.key if row.depends_on else "", values=[str(value) for value in row.values],
        order=row.order, version=row.version,
    )  # fmt: skip


def stakeholders(keys: Iterable[str], *, field: str) -> list[int]:
    """Return the rows of kinds of participants by their keys.

    Raises:
        Refused: one is not known.
    """
    known = {term.key: term.pk for term in terms(kind=TermKind.STAKEHOLDER)}
    return by_word(keys, known, field=field)


def by_word(words: Iterable[str], known: Mapping[str, int], *, field: str) -> list[int]:
    """Return the numbers behind words.

    Raises:
        Refused: a word is not known.
    """
    wanted = list(words)
    if unknown := [word for word in wanted if word not in known]:
        raise Refused(422, "Please look at the marked fields.", {field: f"There is no {', '.join(unknown)}."})
    return [known[word] for word in wanted]


def questionnaire(
    conference: Conference, *, questions: Sequence[Question], category: Category | None, answers: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the answers of a call as the page's form takes and checks them; those given before stay where none is new.

    Raises:
        Refused: an answer that is not asked for, that is missing, or that does not fit.
    """
    if unknown := sorted(set(answers) - {row.key for row in questions}):
        raise Refused(
            422, "There is no such question.", {f"answers.{key}": "There is no such question." for key in unknown}
        )
    files = {row.key for row in questions if row.kind == QuestionKind.FILE}
    given = {key: value for key, value in {**(before or {}), **answers}.items() if key not in files}
    form = forms.Questionnaire(
        {f"q_{key}": value for key, value in given.items()},
        {f"q_{key}": _file(key, answers[key]) for key in files & set(answers) if answers[key]},
        questions=questions, category=category, today=conference.local(clock.now()).date(), initial=before or {},
    )  # fmt: skip
    checked(form, names={f"q_{row.key}": f"answers.{row.key}" for row in questions})
    return form.answers()


def _file(key: str, value: Any) -> SimpleUploadedFile:
    try:
        return SimpleUploadedFile(str(value["name"])[:200], base64.b64decode(str(value["content"]), validate=True))
    except (TypeError, KeyError, binascii.Error) as error:
        said = "A file is an object with name and content (Base64)."
        raise Refused(422, said, {f"answers.{key}": said}) from error
