"""Side events by API: the list, one of them, one's own seat, and setting them up."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.agenda import queries as agenda
from hemicycle.conferences import queries as conferences
from hemicycle.conferences.models import Conference
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.hosting import forms, queries
from hemicycle.hosting import rules as audiences
from hemicycle.hosting.schemas import (
    SeatIn,
    SeatStandsOut,
    SetUpOut,
    SideEventChange,
    SideEventFields,
    SideEventIn,
    SideEventOut,
    Words,
)
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked, holds, host, invalid, spoken, stale, team
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.i18n import text, translations
from hemicycle.registration import queries as registration
from hemicycle.registration import seats, setup
from hemicycle.registration.api_words import own
from hemicycle.registration.api_words import questionnaire as answered
from hemicycle.registration.enums import SideKind
from hemicycle.registration.models import SideEvent
from hemicycle.registration.queries import SideEventRow

router = Router(tags=["side events"])
TEXTS = ("title", "host", "about", "audience_words", "how_to_become")
MOMENTS = ("starts_at", "ends_at", "closes_at")
OF_TEAM = "The team sets this; hosts write the words and how seats are given."


def find(request: HttpRequest, slug: str) -> SideEvent:
    """Return a side event of an edition that may be seen."""
    found = queries.event(conference=edition_of(request), slug=slug)
    if found is None:
        raise Http404
    return found


def hosted(request: HttpRequest, slug: str) -> SideEvent:
    """Return a side event whose desk this person may see; for anybody else there is none."""
    host(request, slug, "side_events.change")
    return find(request, slug)


def _out(row: SideEventRow) -> SideEventOut:
    event = row.event
    return SideEventOut(
        slug=event.slug, kind=event.kind, session=event.session_slug, title=translations(event.title),
        about=translations(text(event.about or "")), host=translations(event.host),
        audience=translations(text(event.audience_words or "")),
        how_to_become=translations(text(event.how_to_become or "")), starts_at=event.starts_at, ends_at=event.ends_at,
        closes_at=event.closes_at, room=str(event.room or ""), capacity=event.capacity, left=row.left,
        needs_approval=event.needs_approval, invitation_only=event.invitation_only, version=event.version,
    )  # fmt: skip


def _one(conference: Conference, slug: str) -> SideEventOut:
    rows = registration.side_events(conference=conference, only=slug)
    if not rows:
        raise Http404
    return _out(rows[0])


@router.get("/{conference}/side-events", response=list[SideEventOut], url_name="side_events", auth=None)
def side_events(request: HttpRequest, conference: str) -> list[SideEventOut]:  # noqa: ARG001
    """List side events and workshops with the seats that are left."""
    edition = edition_of(request)
    return [_out(row) for kind in SideKind for row in registration.side_events(conference=edition, kind=kind)]


@router.get("/{conference}/side-events/{slug:slug}", response=SideEventOut, url_name="side_event", auth=None)
def side_event(request: HttpRequest, conference: str, slug: str) -> SideEventOut:  # noqa: ARG001
    """Return one side event or workshop."""
    return _one(edition_of(request), slug)


@router.get("/{conference}/side-events/{slug:slug}/setup", response=SetUpOut, url_name="side_event_setup")
def set_up(request: HttpRequest, conference: str, slug: str) -> SetUpOut:  # noqa: ARG001
    """Return the audience rule, how many people with a place fit it, and seats by state, for hosts and the team."""
    event = hosted(request, slug)
    fits, people = queries.eligible(side_event=event)
    figures = queries.figures(side_event=event)
    return SetUpOut(slug=slug, rule=event.audience, fits=fits, people=people, seats=figures, version=event.version)


def _moments(conference: Conference, values: dict[str, Any]) -> dict[str, Any]:
    """Return instants as the local times a page's form takes, exact also in the night the clocks change."""
    found: dict[str, Any] = {}
    for name in MOMENTS:
        if values.get(name) is not None:
            local = conference.local(values[name])
            found |= {name: local.strftime("%Y-%m-%dT%H:%M"), f"{name}_fold": str(local.fold)}
    return found


def _data(conference: Conference, event: SideEvent | None, wish: Words, names: list[str]) -> dict[str, Any]:
    """Return what a form takes: what is said, over what is stored."""
    before = {name: getattr(event, name) for name in names if hasattr(event, name)} if event else {}
    before |= {name: translations(text(before[name] or "")) for name in TEXTS if name in before}
    before.pop("room", None)
    said = wish.dict(exclude_unset=event is not None, exclude={"room", "audience", "rule"})
    data = spoken(said, before=before, languages=conference.languages, texts=TEXTS)
    return data | _moments(conference, {**before, **said})


def _room(conference: Conference, event: SideEvent | None, wish: SideEventFields) -> str:
    if "room" not in wish.model_fields_set:
        return str(event.room_id or "") if event else ""
    known = {room.slug: str(room.pk) for room in conferences.rooms(conference=conference)} | {"": ""}
    if (wish.room or "") not in known:
        raise Refused(422, "There is no such room.", {"room": f"There is no room {wish.room}."})
    return known[wish.room or ""]


def _team_form(conference: Conference, event: SideEvent | None, wish: SideEventFields) -> forms.SideEventForm:
    """Return the page's form with a call's wish over what is stored."""
    names = [name for name in forms.SideEventForm.base_fields if hasattr(SideEvent, name)]
    initial: dict[str, Any] = {name: getattr(event, name) for name in names} if event else {"version": 0}
    data = _data(conference, event, wish, names)
    boxes = audiences.from_rule(event.audience if event else {}) or audiences.Audience()
    data |= {name: list(getattr(wish.audience or boxes, name)) for name in forms.BOXES}
    if wish.audience is not None:
        data["replace_rule"] = True
    data |= {"version": initial["version"], "room": _room(conference, event, wish)}
    form = forms.SideEventForm(
        data, initial=initial, conference=conference, event=event, sessions=agenda.titles(conference=conference)
    )
    checked(form)
    return form


def _values(form: forms.SideEventForm, wish: SideEventFields) -> dict[str, Any]:
    if wish.rule is not None and wish.audience is not None:
        raise Refused(422, "Send audience or rule, not both.", {"rule": "Send audience or rule, not both."})
    return form.answers() | ({} if wish.rule is None else {"audience": wish.rule})


@router.post("/{conference}/side-events", response={201: SideEventOut}, url_name="side_event_new")
def side_event_new(request: HttpRequest, conference: str, wish: SideEventIn) -> tuple[int, SideEventOut]:  # noqa: ARG001
    """Set up a side event or workshop."""
    edition = team(request, "side_events.change")
    values = _values(_team_form(edition, None, wish), wish)
    slug = queries.free_address(conference=edition, title=str(values["title"]))
    try:
        setup.add_side_event(conference=edition, slug=slug, actor=request.user, now=clock.now(), **values)
    except ValidationError as error:
        raise invalid(error) from error
    return 201, _one(edition, slug)


def _host_values(conference: Conference, event: SideEvent, wish: SideEventChange) -> dict[str, Any]:
    if beyond := sorted(wish.model_fields_set - set(Words.model_fields) - {"version"}):
        raise Refused(403, OF_TEAM, dict.fromkeys(beyond, OF_TEAM))
    initial = {name: getattr(event, name) for name in forms.HostForm.base_fields}
    data = _data(conference, event, wish, list(forms.HostForm.base_fields)) | {"version": wish.version}
    form = forms.HostForm(data, initial=initial, languages=conference.languages)
    checked(form)
    return form.values("version")


@router.patch("/{conference}/side-events/{slug:slug}", response=SideEventOut, url_name="side_event_change")
def side_event_change(request: HttpRequest, conference: str, slug: str, wish: SideEventChange) -> SideEventOut:  # noqa: ARG001
    """Change a side event: the team all of it, its hosts the words and how seats are given."""
    event = hosted(request, slug)
    edition = event.conference
    of_team = holds(request, "side_events.change")
    values = _values(_team_form(edition, event, wish), wish) if of_team else _host_values(edition, event, wish)
    try:
        setup.change_side_event(
            side_event=event, seen_version=wish.version, actor=request.user, now=clock.now(), **values
        )
    except SomebodyElseWrote as error:
        raise stale() from error
    except ValidationError as error:
        raise invalid(error) from error
    return _one(edition, slug)


@router.delete("/{conference}/side-events/{slug:slug}", response={204: None}, url_name="side_event_remove")
def side_event_remove(request: HttpRequest, conference: str, slug: str) -> tuple[int, None]:  # noqa: ARG001
    """Remove a side event that nobody asked a seat at."""
    team(request, "side_events.change")
    try:
        setup.remove_side_event(side_event=find(request, slug), actor=request.user, now=clock.now())
    except setup.InUse as refused:
        raise Refused(409, "People asked for seats. Give it no seats and close it instead.") from refused
    return 204, None


@router.post("/{conference}/side-events/{slug:slug}/seat", response=SeatStandsOut, url_name="seat")
def take_seat(request: HttpRequest, conference: str, slug: str, wish: SeatIn) -> SeatStandsOut:  # noqa: ARG001
    """Ask for a seat with the answers to the host's questions, by their keys."""
    event, mine = find(request, slug), own(request)
    answers = answered(
        event.conference, questions=queries.questions(side_event=event), category=mine.category, answers=wish.answers
    )
    try:
        seat = seats.take(registration=mine, side_event=event, swap=wish.swap, now=clock.now(), answers=answers)
    except seats.NoPlace as refused:
        raise Refused(409, "Seats are for people with a confirmed place in the conference.") from refused
    except seats.SeatsClosed as refused:
        raise Refused(409, "No seats are given any more.") from refused
    except seats.NotEligible as refused:
        missing = ", ".join(f"{reason.missing}: {reason.about}" for reason in refused.reasons)
        raise Refused(409, f"This side event is for others ({missing}).") from refused
    except seats.Clash as refused:
        raise Refused(409, f"At the same time as “{refused.other}”; send swap to give that one back.") from refused
    return SeatStandsOut(side_event=event.slug, status=seat.status)


@router.delete("/{conference}/side-events/{slug:slug}/seat", response={204: None}, url_name="seat_back")
def give_seat_back(request: HttpRequest, conference: str, slug: str) -> tuple[int, None]:  # noqa: ARG001
    """Give one's seat back; without one nothing happens."""
    event, mine = find(request, slug), own(request)
    for seat in registration.seats_of(registration=mine):
        if seat.side_event_id == event.pk:
            seats.give_back(seat=seat, now=clock.now())
    return 204, None
