"""Side events by API: the list, one's own seat, and the host's list with its decisions."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.errors import HttpError

from hemicycle.hosting import operations, queries
from hemicycle.hosting.schemas import DecisionIn, DoneOut, GuestOut, SeatIn, SeatOut, SideEventOut
from hemicycle.kit import clock
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.api import host
from hemicycle.kit.i18n import translations
from hemicycle.registration import queries as registration
from hemicycle.registration import seats
from hemicycle.registration.enums import SideKind
from hemicycle.registration.forms import Questionnaire
from hemicycle.registration.models import Registration, SideEvent

router = Router(tags=["side events"])


def _event(request: HttpRequest, slug: str) -> SideEvent:
    found = queries.event(conference=edition_of(request), slug=slug)
    if found is None:
        raise Http404
    return found


def _mine(request: HttpRequest) -> Registration:
    found = registration.registration_of(conference=edition_of(request), person=request.user)
    if found is None:
        raise Http404
    return found


def _hosted(request: HttpRequest, slug: str) -> SideEvent:
    """Return a side event whose list this person may see; for anybody else there is none."""
    host(request, slug, "side_events.change")
    return _event(request, slug)


@router.get("/{conference}/side-events", response=list[SideEventOut], url_name="side_events", auth=None)
def side_events(request: HttpRequest, conference: str) -> list[SideEventOut]:  # noqa: ARG001
    """List side events and workshops with the seats that are left."""
    edition = edition_of(request)
    rows = [row for kind in SideKind for row in registration.side_events(conference=edition, kind=kind)]
    return [
        SideEventOut(
            slug=row.event.slug, kind=row.event.kind, session=row.event.session_slug,
            title=translations(row.event.title), host=translations(row.event.host),
            audience=translations(row.event.audience_words), starts_at=row.event.starts_at, ends_at=row.event.ends_at,
            room=str(row.event.room or ""), capacity=row.event.capacity, left=row.left,
            needs_approval=row.event.needs_approval, invitation_only=row.event.invitation_only,
        )
        for row in rows
    ]  # fmt: skip


@router.post("/{conference}/side-events/{slug:slug}/seat", response=SeatOut, url_name="seat")
def take_seat(request: HttpRequest, conference: str, slug: str, wish: SeatIn) -> SeatOut:  # noqa: ARG001
    """Ask for a seat with the answers to the host's questions, by their keys."""
    event, mine = _event(request, slug), _mine(request)
    form = Questionnaire(
        {f"q_{key}": value for key, value in wish.answers.items()}, questions=queries.questions(side_event=event),
        category=mine.category, today=event.conference.local(clock.now()).date(), initial={},
    )  # fmt: skip
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise HttpError(422, f"{name.removeprefix('q_')}: {errors[0]}")
    try:
        seat = seats.take(registration=mine, side_event=event, swap=wish.swap, now=clock.now(), answers=form.answers())
    except seats.NoPlace as refused:
        raise HttpError(409, "Seats are for people with a confirmed place in the conference.") from refused
    except seats.SeatsClosed as refused:
        raise HttpError(409, "No seats are given any more.") from refused
    except seats.NotEligible as refused:
        missing = ", ".join(f"{reason.missing}: {reason.about}" for reason in refused.reasons)
        raise HttpError(409, f"This side event is for others ({missing}).") from refused
    except seats.Clash as refused:
        raise HttpError(409, f"At the same time as “{refused.other}”; send swap to give that one back.") from refused
    return SeatOut(side_event=event.slug, status=seat.status)


@router.delete("/{conference}/side-events/{slug:slug}/seat", response={204: None}, url_name="seat_back")
def give_seat_back(request: HttpRequest, conference: str, slug: str) -> tuple[int, None]:  # noqa: ARG001
    """Give one's seat back; without one nothing happens."""
    event, mine = _event(request, slug), _mine(request)
    for seat in registration.seats_of(registration=mine):
        if seat.side_event_id == event.pk:
            seats.give_back(seat=seat, now=clock.now())
    return 204, None


@router.get("/{conference}/side-events/{slug:slug}/seats", response=list[GuestOut], url_name="guests")
def guests(request: HttpRequest, conference: str, slug: str) -> list[GuestOut]:  # noqa: ARG001
    """List who asked for a seat, for hosts and the team."""
    event = _hosted(request, slug)
    asked = queries.questions(side_event=event)
    rows = queries.rows(side_event=event, found=queries.seats(side_event=event), asked=asked)
    return [_guest(row) for row in rows]


def _guest(row: queries.Row) -> GuestOut:
    who = row.seat.registration
    return GuestOut(
        id=row.seat.pk, status=row.seat.status, first_name=who.person.first_name, last_name=who.person.last_name,
        email=who.person.email, organisation=str(who.organisation or ""), asked_at=row.seat.taken_at,
        came_at=row.came_at, answers=row.answers,
    )  # fmt: skip


@router.post("/{conference}/side-events/{slug:slug}/decide", response=DoneOut, url_name="decide_seats")
def decide(request: HttpRequest, conference: str, slug: str, wish: DecisionIn) -> DoneOut:  # noqa: ARG001
    """Approve, decline, or note who came."""
    event = _hosted(request, slug)
    call: dict[str, Any] = {"side_event": event, "keys": wish.ids, "actor": request.user, "now": clock.now()}
    if wish.do == "approve":
        return DoneOut(done=seats.approve(**call))
    if wish.do == "decline":
        return DoneOut(done=seats.decline(**call, reason=wish.reason))
    return DoneOut(done=operations.note_attendance(**call, came=wish.do == "came"))
