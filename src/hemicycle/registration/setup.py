"""What the team sets up: ways of coming and own questions; two people editing get told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.kit.tasks import later
from hemicycle.registration.models import Answer, Category, Question, Registration


class SomebodyElseWrote(Exception):
    """It changed since the form was opened; nothing was overwritten."""


class InUse(Exception):
    """People came this way, or answered this question: it cannot go or change its kind any more."""


@transaction.atomic
def write_category(
    *, conference: Conference, category: Category | None, seen_version: int, stakeholders: Iterable[Any], actor: Any,
    now: datetime, **values: Any,
) -> Category:  # fmt: skip
    """Write a way of coming; more places are offered to who waits.

    Raises:
        SomebodyElseWrote: the category changed since it was read.
    """
    lock(conference_id=conference.pk)
    row = category or Category(conference=conference, version=0)
    if category is not None:
        category.refresh_from_db()
        if category.version != seen_version:
            raise SomebodyElseWrote
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    row.stakeholders.set(stakeholders)
    audit.record(action="changed", target=row, actor=actor, at=now)
    later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)
    return row


@transaction.atomic
def remove_category(*, category: Category, actor: Any, now: datetime) -> None:
    """Remove a way of coming that nobody used.

    Raises:
        InUse: people registered in it.
    """
    if Registration.objects.filter(category=category).exists():
        raise InUse
    audit.record(action="removed", target=category, actor=actor, at=now)
    category.delete()


@transaction.atomic
def write_question(
    *, conference: Conference, question: Question | None, seen_version: int, categories: Iterable[Category], actor: Any,
    now: datetime, **values: Any,
) -> Question:  # fmt: skip
    """Write a question; one that was answered keeps its kind and whether it is restricted.

    Raises:
        SomebodyElseWrote: the question changed since it was read.
        InUse: it was answered, and its kind or its protection would change.
    """
    row = question or Question(conference=conference, version=0)
    if question is not None:
        question.refresh_from_db()
        if question.version != seen_version:
            raise SomebodyElseWrote
        fixed = (question.kind, question.restricted) != (values["kind"], values["restricted"])
        if fixed and Answer.objects.filter(question=question).exists():
            raise InUse
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    row.categories.set(categories)
    audit.record(action="changed", target=row, actor=actor, at=now)
    return row


@transaction.atomic
def remove_question(*, question: Question, actor: Any, now: datetime) -> None:
    """Remove a question with its answers."""
    audit.record(action="removed", target=question, actor=actor, at=now)
    question.delete()
