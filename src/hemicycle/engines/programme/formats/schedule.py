"""A published schedule, whatever file it came from; and the problem of putting it into a better order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd

from hemicycle.engines.programme.problem import Appearance, Day, Interest, Placement, Problem, Room, Session, Window


@dataclass(frozen=True, slots=True)
class Voice:
    """A person of an event; the id is empty when the file has none."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a schedule.

    Args:
        id: unique within the schedule. guid: a second, world-wide id, empty when there is none.
        day: number of its day, from 1. date: ISO date of that day.
        start, length: minutes; a start past midnight still belongs to its day and is above 1440.
        begins: the instant with its zone as the file states it, empty when it does not.
        others: further elements that hold text only, as (name, text), kept for the way back.
    """

    id: str
    day: int
    date: str
    start: int
    length: int
    room: str
    title: str
    track: str = ""
    type: str = ""
    language: str = ""
    guid: str = ""
    begins: str = ""
    voices: tuple[Voice, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Everything a file says about who is where when; `rooms` maps names to places, None where unknown."""

    title: str
    events: tuple[Event, ...]
    rooms: tuple[tuple[str, int | None], ...] = ()


def problem_of(schedule: Schedule, *, interests: Sequence[Interest] = (), step: int = 5) -> Problem:
    """Return the problem of ordering the talks anew while every track keeps its room and its stretch of the day.

    The schedule is the draft, whether it is sound or not. A stretch is what one track holds in one room on one day
    without another track in between.

    Raises:
        BadProblem: there are no events, or one is longer than two days.
    """
    dates = sorted({(event.day, event.date) for event in schedule.events})
    number = {day: place for place, (day, _) in enumerate(dates)}
    step = gcd(step, *(event.start for event in schedule.events))
    spans = _stretches(schedule.events)
    days = []
    for day, when in dates:
        begins = min(event.start for event in schedule.events if event.day == day)
        ends = max(event.start + event.length for event in schedule.events if event.day == day)
        days.append(Day(id=when or f"day {day}", blocks=((begins, ends),)))
    sessions = tuple(
        Session(
            id=event.id,
            length=event.length,
            topics=frozenset({event.track} if event.track else ()),
            format=event.type,
            people=tuple(Appearance(key) for key in dict.fromkeys(voice.id or voice.name for voice in event.voices)),
            room=event.room,
            windows=(Window(number[event.day], *spans[event.id]),),
        )
        for event in schedule.events
    )
    return Problem(
        days=tuple(days),
        step=step,
        rooms=tuple(Room(id=name) for name in dict.fromkeys(event.room for event in schedule.events)),
        sessions=sessions,
        interests=tuple(interests),
        draft=tuple(Placement(one.id, number[one.day], one.start, one.room) for one in schedule.events),
    )


def _stretches(events: Sequence[Event]) -> dict[str, tuple[int, int]]:
    """Return from when to when the track of each event has its room to itself."""
    held: dict[tuple[int, str], list[Event]] = defaultdict(list)
    for event in events:
        held[event.day, event.room].append(event)
    found: dict[str, tuple[int, int]] = {}
    for row in held.values():
        run: list[Event] = []
        for event in sorted(row, key=lambda event: (event.start, event.id)):
            if run and run[-1].track != event.track:
                run = []
            run.append(event)
            span = (run[0].start, max(one.start + one.length for one in run))
            found |= {one.id: span for one in run}
    return found


def clashes(schedule: Schedule) -> list[tuple[str, str]]:
    """Return (event, person) for everybody who is in two events at once, the later event of the two."""
    held: dict[tuple[int, str], list[Event]] = defaultdict(list)
    for event in schedule.events:
        for key in {voice.id or voice.name for voice in event.voices}:
            held[event.day, key].append(event)
    found = []
    for (_, key), row in held.items():
        ordered = sorted(row, key=lambda event: (event.start, event.id))
        found += [
            (later.id, key)
            for place, later in enumerate(ordered)
            if any(one.start + one.length > later.start for one in ordered[:place])
        ]
    return sorted(found)


def moved(schedule: Schedule, agenda: Sequence[Placement]) -> Schedule:
    """Return the schedule with its events where an agenda of `problem_of` puts them."""
    places = {one.session: one for one in agenda}
    events = []
    for event in schedule.events:
        now = places[event.id]
        begins = event.begins if now.start == event.start else ""
        events.append(replace(event, start=now.start, room=now.room, begins=begins))
    return replace(schedule, events=tuple(events))


def date_after(date: str, days: int) -> str:
    """Return an ISO date so many days later."""
    return (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat()


def clock(minutes: int) -> str:
    """Return minutes as HH:MM; past midnight the hours go on from 0."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
