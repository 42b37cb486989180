"""Pure decisions about the agenda."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Cell:
    """Where a session stands in the grid of a day: rows from 1, columns from 2 (1 holds the times)."""

    row: int
    end: int
    column: int
    width: int


def grid(spans: Sequence[tuple[datetime, datetime, str]], *, rooms: Sequence[str]) -> tuple[list[datetime], list[Cell]]:
    """Lay sessions (start, end, room; no room means all rooms) out on rows between their distinct instants.

    Returns the start instants, ascending, and a cell for each session in the given order. A row begins at
    every instant something starts; a session reaches to the first row that begins when it is over.
    """
    starts = sorted({start for start, _, _ in spans})
    cells = []
    for start, end, room in spans:
        row = starts.index(start) + 1
        reach = next((index + 1 for index, instant in enumerate(starts) if instant >= end), len(starts) + 1)
        column = rooms.index(room) + 2 if room in rooms else 2
        cells.append(Cell(row=row, end=reach, column=column, width=1 if room in rooms else max(1, len(rooms))))
    return starts, cells


WATCHED = ("title", "starts_at", "ends_at", "room", "format", "voices")


def changes(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Compare two releases session by session; only what a visitor must know counts as a change."""
    old, new = {row["slug"]: row for row in before}, {row["slug"]: row for row in after}
    found: list[dict[str, Any]] = []
    found += [{"slug": slug, "what": "added", "title": new[slug]["title"]} for slug in new if slug not in old]
    found += [{"slug": slug, "what": "removed", "title": old[slug]["title"]} for slug in old if slug not in new]
    for slug in old.keys() & new.keys():
        fields = [name for name in WATCHED if old[slug][name] != new[slug][name]]
        if fields:
            found.append({"slug": slug, "what": "changed", "title": new[slug]["title"], "fields": fields})
    return sorted(found, key=lambda change: (change["what"], change["slug"]))


def now_and_next(spans: Sequence[tuple[datetime, datetime]], *, now: datetime) -> tuple[list[int], list[int]]:
    """Return the positions of what runs at an instant, and of what begins next."""
    running = [index for index, (start, end) in enumerate(spans) if start <= now < end]
    coming = [start for start, _ in spans if start > now]
    return running, [index for index, (start, _) in enumerate(spans) if coming and start == min(coming)]


DAY = timedelta(hours=24)


class Fault(StrEnum):
    """What no draft may hold."""

    ENDS_BEFORE_START = "ends before start"
    TOO_LONG = "too long"
    SPEAKER_TWICE = "speaker twice"


def faults(*, starts_at: datetime, ends_at: datetime, speakers: Sequence[int]) -> list[Fault]:
    """Return what is impossible about one session, whatever else is planned."""
    found = []
    if ends_at <= starts_at:
        found.append(Fault.ENDS_BEFORE_START)
    if ends_at - starts_at > DAY:
        found.append(Fault.TOO_LONG)
    if len(set(speakers)) < len(speakers):
        found.append(Fault.SPEAKER_TWICE)
    return found


@dataclass(frozen=True)
class Planned:
    """Something that takes a room and people for a time; times are aware, in the edition's zone."""

    key: str
    starts_at: datetime
    ends_at: datetime
    room: int | None = None
    seats: int | None = None
    expected: int = 0
    speakers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Conflict:
    """What does not fit: `room` and `speaker` with another key, `days`, or `seats` with the people expected."""

    what: str
    other: str = ""
    speaker: int = 0
    number: int = 0


def _with(one: Planned, other: Planned) -> list[Conflict]:
    """Return what two things that run at the same time take from each other."""
    if one.key == other.key or one.starts_at >= other.ends_at or other.starts_at >= one.ends_at:
        return []
    found = [Conflict("speaker", other=other.key, speaker=who) for who in sorted(one.speakers & other.speakers)]
    return [Conflict("room", other=other.key), *found] if one.room is not None and one.room == other.room else found


def conflicts(planned: Sequence[Planned], *, days: Collection[date]) -> dict[str, list[Conflict]]:
    """Return key → what does not fit, for everything that has a conflict; unknown days and seats forbid nothing."""
    found: dict[str, list[Conflict]] = {}
    for one in planned:
        own = [conflict for other in planned for conflict in _with(one, other)]
        last = (one.ends_at - timedelta(microseconds=1)).date()
        if days and not {one.starts_at.date(), last} <= set(days):
            own.append(Conflict("days"))
        if one.seats is not None and one.expected > one.seats:
            own.append(Conflict("seats", number=one.expected))
        if own:
            found[one.key] = own
    return found
