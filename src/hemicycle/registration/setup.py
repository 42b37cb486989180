"""What the team sets up: ways of coming and own questions; two people editing get told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences import parts
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.kit.tasks import later
from hemicycle.registration import letters, seats
from hemicycle.registration.enums import SEAT_ENDED
from hemicycle.registration.models import Answer, Category, Question, Registration, Seat, SideEvent

_TOLD = ("starts_at", "ends_at", "room")


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


@transaction.atomic
def change_side_event(
    *, side_event: SideEvent, seen_version: int, actor: Any, now: datetime, **values: Any
) -> SideEvent:
    """Write a side event; more seats go to the waiting list, and who has one is told of another time or room.

    Raises:
        conferences.operations.SomebodyElseWrote: it changed since it was read.
        ValidationError: a value is missing or not allowed.
    """
    conference = lock(conference_id=side_event.conference_id)
    before = [getattr(side_event, name) for name in _TOLD]
    row = parts.change(row=side_event, seen_version=seen_version, actor=actor, now=now, **values)
    seats.move_up(side_event=row, now=now)
    if before != [getattr(row, name) for name in _TOLD]:
        held = Seat.objects.filter(side_event=row).exclude(status__in=SEAT_ENDED)
        for seat in held.select_related("registration__person", "side_event__room"):
            letters.seat_moved(seat=seat, conference=conference, now=now)
    return row


@transaction.atomic
def add_side_event(*, conference: Conference, slug: str, actor: Any, now: datetime, **values: Any) -> SideEvent:
    """Set up a side event or workshop.

    Raises:
        ValidationError: a value is missing or not allowed.
    """
    row = seats.create_side_event(conference=conference, slug=slug, **values)
    audit.record(action="added", target=row, actor=actor, at=now)
    return row


@transaction.atomic
def remove_side_event(*, side_event: SideEvent, actor: Any, now: datetime) -> None:
    """Remove a side event that nobody asked a seat at.

    Raises:
        InUse: somebody did.
    """
    lock(conference_id=side_event.conference_id)
    if Seat.objects.filter(side_event=side_event).exists():
        raise InUse
    audit.record(action="removed", target=side_event, actor=actor, at=now)
    side_event.delete()
