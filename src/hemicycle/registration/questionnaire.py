"""The organiser's own questions: who is asked what, and where the answers are kept."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hemicycle.conferences.models import Conference
from hemicycle.kit import secrets
from hemicycle.registration import rules
from hemicycle.registration.enums import QuestionKind
from hemicycle.registration.models import Answer, AnswerFile, Category, Question, Registration, SideEvent

PURPOSE = "registration.answer"
FILE_FACTS = ("name", "media", "size")


def questions(*, conference: Conference, side_event: SideEvent | None = None) -> list[Question]:
    """Return the questions of an edition, or of one of its side events, in order with what they hang on."""
    rows = Question.objects.filter(conference=conference, side_event=side_event).select_related("depends_on")
    return list(rows.prefetch_related("categories"))


def asked(found: list[Question], answers: Mapping[str, Any], *, category: Category | None) -> list[Question]:
    """Return the questions that are asked of somebody who answered so far."""
    facts = [
        rules.Asked(
            key=question.key,
            categories=frozenset(row.pk for row in question.categories.all()),
            depends_on=question.depends_on.key if question.depends_on else "",
            values=frozenset(str(value) for value in question.values),
        )
        for question in found
    ]
    keys = set(rules.answers_asked(facts, answers, category=category.pk if category else 0))
    return [question for question in found if question.key in keys]


def write(*, registration: Registration, answers: Mapping[str, Any], side_event: SideEvent | None = None) -> None:
    """Keep the answers to the questions that are asked; what is not asked any more is forgotten."""
    if not answers and (registration.version == 1 or not registration.answers.exists()):
        return
    possible = questions(conference=registration.conference, side_event=side_event)
    found = asked(possible, answers, category=registration.category)
    registration.answers.filter(question__side_event=side_event).exclude(question__in=found).delete()
    for question in found:
        value = answers.get(question.key)
        if value in (None, "", []):
            registration.answers.filter(question=question).delete()
            continue
        content = ""
        if question.kind == QuestionKind.FILE:
            content, value = value.get("content", ""), {name: value[name] for name in FILE_FACTS}
        kept = (
            {"value": None, "secret": secrets.seal(value, purpose=PURPOSE)}
            if question.restricted
            else {"value": value, "secret": None}
        )
        answer, _created = Answer.objects.update_or_create(registration=registration, question=question, defaults=kept)
        if content:
            sealed = secrets.seal(content, purpose=PURPOSE)
            AnswerFile.objects.update_or_create(answer=answer, defaults={"content": sealed})


def read(*, registration: Registration, restricted: bool) -> dict[str, Any]:
    """Return key → answer; restricted ones only when asked for, by whoever may."""
    return values(given(registration=registration), restricted=restricted)


@dataclass(frozen=True)
class StoredFile:
    """A file that somebody answered with."""

    question: Question
    name: str
    media: str
    content: bytes


def file_answer(*, registration: Registration, question_id: int) -> StoredFile | None:
    """Return the file somebody answered a question with, or None; whether the reader may is the caller's matter."""
    rows = AnswerFile.objects.filter(answer__registration=registration, answer__question_id=question_id)
    found = rows.select_related("answer__question").first()
    if found is None:
        return None
    question = found.answer.question
    facts = values([found.answer], restricted=True)[question.key]
    content = base64.b64decode(secrets.unseal(found.content, purpose=PURPOSE))
    return StoredFile(question=question, name=facts["name"], media=facts["media"], content=content)


def given(*, registration: Registration) -> list[Answer]:
    """Return the answers of somebody with their questions."""
    return list(registration.answers.select_related("question"))


def files(answers: Iterable[Answer]) -> list[Question]:
    """Return the questions that were answered with a file."""
    return [answer.question for answer in answers if answer.question.kind == QuestionKind.FILE]


def values(answers: Iterable[Answer], *, restricted: bool) -> dict[str, Any]:
    """Return key → answer of rows whose questions are loaded."""
    found = {}
    for answer in answers:
        if answer.secret is None:
            found[answer.question.key] = answer.value
        elif restricted:
            found[answer.question.key] = secrets.unseal(answer.secret, purpose=PURPOSE)
    return found


def forget_restricted(*, conference: Conference) -> int:
    """Delete every restricted answer of an edition; return how many."""
    return Answer.objects.filter(registration__conference=conference, secret__isnull=False).delete()[0]
