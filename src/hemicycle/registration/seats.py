"""Writes about seats at side events, under the same lock as places."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.registration import letters, queries, questionnaire, rules
from hemicycle.registration.enums import PLACE, SEAT_ENDED, SeatStatus
from hemicycle.registration.models import Registration, Seat, SeatInvitation, SideEvent


class NotEligible(Exception):
    """The audience rule says no; `reasons` say what is missing."""

    def __init__(self, reasons: tuple[rules.Reason, ...]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class NoPlace(Exception):
    """Only somebody with a confirmed place in the conference takes a seat."""


class SeatsClosed(Exception):
    """No seats are given any more."""


class Clash(Exception):
    """A seat at another side event is at the same time."""

    def __init__(self, other: SideEvent) -> None:
        super().__init__(str(other))
        self.other = other


def create_side_event(*, conference: Conference, **values: Any) -> SideEvent:
    """Make a side event of an edition; the audience rule is checked for its words."""
    rules.not_eligible(values.get("audience", {}), facts=(), stakeholder="", on=conference.days()[0])
    event = SideEvent(conference=conference, **values)
    event.full_clean()
    event.save()
    return event


@transaction.atomic
def take(
    *, registration: Registration, side_event: SideEvent, swap: bool, now: datetime,
    answers: Mapping[str, Any] | None = None,
) -> Seat:  # fmt: skip
    """Ask for a seat: taken at once, a turn in the waiting list, or the host's to decide.

    With `swap` a clashing seat is given back. Whom the host invited needs neither the audience nor the approval.

    Raises:
        NoPlace: the registration is not confirmed.
        SeatsClosed: the day set by the host is over, or the event began.
        NotEligible: the audience rule says no, as of the event's day.
        Clash: another seat is at the same time and `swap` was not asked for.
    """
    conference = lock(conference_id=registration.conference_id)
    registration.refresh_from_db(fields=["status"])
    if registration.status not in PLACE:
        raise NoPlace
    if not side_event.is_open(now):
        raise SeatsClosed
    if reasons := queries.why_not(registration=registration, side_event=side_event):
        raise NotEligible(reasons)
    for other in queries.clashing(registration=registration, side_event=side_event):
        if not swap:
            raise Clash(other.side_event)
        _give_back(other, now=now)
    invited = queries.is_invited(registration=registration, side_event=side_event)
    status = SeatStatus.PENDING if side_event.needs_approval and not invited else _free_or_waiting(side_event)
    seat, created = Seat.objects.get_or_create(
        side_event=side_event, registration=registration, defaults={"status": status, "taken_at": now}
    )
    if not created and seat.status not in SEAT_ENDED:
        return seat
    if not created:
        seat.status, seat.taken_at = status, now
        seat.save(update_fields=["status", "taken_at"])
    questionnaire.write(registration=registration, answers=answers or {}, side_event=side_event)
    audit.record(action="seat taken", target=side_event, actor=registration.person, at=now, status=status)
    letters.seat(seat=seat, conference=conference, now=now)
    return seat


def _free_or_waiting(side_event: SideEvent) -> SeatStatus:
    taken = Seat.objects.filter(side_event=side_event, status=SeatStatus.CONFIRMED).count()
    return SeatStatus.CONFIRMED if taken < side_event.capacity else SeatStatus.WAITING


@transaction.atomic
def approve(*, side_event: SideEvent, keys: Iterable[int], actor: Any, now: datetime) -> int:
    """Give seats to those who wait for the host's yes, in order of asking, as long as there are any; return how many."""
    conference = lock(conference_id=side_event.conference_id)
    rows = _seats(side_event, keys).filter(status=SeatStatus.PENDING)
    for seat in rows:
        seat.status = _free_or_waiting(side_event)
        seat.save(update_fields=["status"])
        audit.record(action="seat approved", target=seat.registration, actor=actor, at=now, side_event=side_event.slug)
        letters.seat(seat=seat, conference=conference, now=now)
    return len(rows)


@transaction.atomic
def decline(*, side_event: SideEvent, keys: Iterable[int], reason: str, actor: Any, now: datetime) -> int:
    """Say no, also to who has a seat already; a seat that comes free goes to the waiting list. Return how many."""
    conference = lock(conference_id=side_event.conference_id)
    rows = _seats(side_event, keys).exclude(status__in=SEAT_ENDED)
    for seat in rows:
        seat.status = SeatStatus.DECLINED
        seat.save(update_fields=["status"])
        audit.record(action="seat declined", target=seat.registration, actor=actor, at=now, side_event=side_event.slug)
        letters.seat_declined(seat=seat, conference=conference, reason=reason, now=now)
    move_up(side_event=side_event, now=now)
    return len(rows)


def _seats(side_event: SideEvent, keys: Iterable[int]) -> Any:
    rows = Seat.objects.filter(side_event=side_event, pk__in=list(keys))
    return rows.select_related("registration__person", "side_event__room").order_by("taken_at", "pk")


@transaction.atomic
def invite(*, side_event: SideEvent, emails: Iterable[str], actor: Any, now: datetime) -> int:
    """Invite addresses to a side event by mail; who was invited before is not written to again. Return how many."""
    conference = lock(conference_id=side_event.conference_id)
    number = 0
    for email in dict.fromkeys(address.lower() for address in emails):
        row, created = SeatInvitation.objects.get_or_create(
            side_event=side_event, email=email, defaults={"invited_at": now}
        )
        if created:
            number += 1
            audit.record(action="invited", target=side_event, actor=actor, at=now)
            letters.seat_invitation(invitation=row, conference=conference, now=now)
    return number


@transaction.atomic
def withdraw_invitation(*, side_event: SideEvent, key: int, actor: Any, now: datetime) -> None:
    """Take an invitation back; a seat that was taken with it stays."""
    rows, _ = SeatInvitation.objects.filter(side_event=side_event, pk=key).delete()
    if rows:
        audit.record(action="invitation withdrawn", target=side_event, actor=actor, at=now)


@transaction.atomic
def write_to_all(
    *, side_event: SideEvent, statuses: Iterable[str], subject: str, words: str, actor: Any, now: datetime
) -> int:
    """Send everybody whose seat stands so the host's words; return how many."""
    conference = lock(conference_id=side_event.conference_id)
    rows = Seat.objects.filter(side_event=side_event, status__in=list(statuses))
    for seat in (found := list(rows.select_related("registration__person", "side_event__room"))):
        letters.host_writes(seat=seat, conference=conference, subject=subject, words=words, now=now)
    audit.record(action="written to all", target=side_event, actor=actor, at=now, number=len(found))
    return len(found)


@transaction.atomic
def give_back(*, seat: Seat, now: datetime) -> None:
    """Give a seat back and move the first of the waiting list up."""
    lock(conference_id=seat.registration.conference_id)
    seat.refresh_from_db()
    if seat.status != SeatStatus.CANCELLED:
        _give_back(seat, now=now)


def give_back_all(*, registration: Registration, now: datetime) -> None:
    """Give back every seat of a registration, in the caller's transaction."""
    for seat in queries.seats_of(registration=registration):
        _give_back(seat, now=now)


def _give_back(seat: Seat, *, now: datetime) -> None:
    was_confirmed = seat.status == SeatStatus.CONFIRMED
    seat.status = SeatStatus.CANCELLED
    seat.save(update_fields=["status"])
    audit.record(action="seat given back", target=seat.side_event, actor=seat.registration.person, at=now)
    if was_confirmed:
        move_up(side_event=seat.side_event, now=now)


def move_up(*, side_event: SideEvent, now: datetime) -> None:
    """Confirm as many of the waiting list as there are seats, first come first served."""
    conference = lock(conference_id=side_event.conference_id)
    taken = Seat.objects.filter(side_event=side_event, status=SeatStatus.CONFIRMED).count()
    waiting = Seat.objects.filter(side_event=side_event, status=SeatStatus.WAITING).select_related(
        "registration__person", "side_event__room"
    )
    for seat in waiting[: max(0, side_event.capacity - taken)]:
        seat.status = SeatStatus.CONFIRMED
        seat.save(update_fields=["status"])
        letters.seat(seat=seat, conference=conference, now=now)
