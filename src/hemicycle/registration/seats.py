"""Writes about seats at side events, under the same lock as places."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.registration import letters, queries, rules
from hemicycle.registration.enums import PLACE, SeatStatus
from hemicycle.registration.models import Registration, Seat, SideEvent


class NotEligible(Exception):
    """The audience rule says no; `reasons` say what is missing."""

    def __init__(self, reasons: tuple[rules.Reason, ...]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class NoPlace(Exception):
    """Only somebody with a confirmed place in the conference takes a seat."""


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
def take(*, registration: Registration, side_event: SideEvent, swap: bool, now: datetime) -> Seat:
    """Take a seat, or a turn in the side event's waiting list; with `swap` a clashing seat is given back.

    Raises:
        NoPlace: the registration is not confirmed.
        NotEligible: the audience rule says no, as of the event's day.
        Clash: another seat is at the same time and `swap` was not asked for.
    """
    conference = lock(conference_id=registration.conference_id)
    registration.refresh_from_db(fields=["status"])
    if registration.status not in PLACE:
        raise NoPlace
    if reasons := queries.why_not(registration=registration, side_event=side_event):
        raise NotEligible(reasons)
    for other in queries.clashing(registration=registration, side_event=side_event):
        if not swap:
            raise Clash(other.side_event)
        _give_back(other, now=now)
    taken = Seat.objects.filter(side_event=side_event, status=SeatStatus.CONFIRMED).count()
    status = SeatStatus.CONFIRMED if taken < side_event.capacity else SeatStatus.WAITING
    seat, created = Seat.objects.get_or_create(
        side_event=side_event, registration=registration, defaults={"status": status, "taken_at": now}
    )
    if not created and seat.status != SeatStatus.CANCELLED:
        return seat
    if not created:
        seat.status, seat.taken_at = status, now
        seat.save(update_fields=["status", "taken_at"])
    audit.record(action="seat taken", target=side_event, actor=registration.person, at=now, status=status)
    letters.seat(seat=seat, conference=conference, now=now)
    return seat


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
