"""The agenda page's board: one day of the release on rows and columns, ready for the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hemicycle.agenda import rules
from hemicycle.agenda.released import ReleasedAgenda, ReleasedSession


@dataclass(frozen=True)
class Placed:
    """A session in its cell."""

    session: ReleasedSession
    cell: rules.Cell


@dataclass(frozen=True)
class Row:
    """All sessions that begin at one instant."""

    starts_at: datetime
    number: int
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Board:
    """One day."""

    day: date
    rooms: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """Number of rooms, at least one."""
        return max(1, len(self.rooms))


def matches(session: ReleasedSession, chosen: Mapping[str, Any], mine: frozenset[str]) -> bool:
    """Say whether a session passes the filters; breaks pass while nothing is chosen."""
    wanted = [
        (chosen.get("transition"), {tag.key for tag in session.transitions}),
        (chosen.get("driver"), {tag.key for tag in session.drivers}),
        (chosen.get("format"), {session.format}),
        (chosen.get("room"), {session.room}),
    ]
    if chosen.get("mine") and session.slug not in mine:
        return False
    return all(not key or key in keys for key, keys in wanted)


def board(agenda: ReleasedAgenda, *, day: date, chosen: Mapping[str, Any], mine: frozenset[str]) -> Board:
    """Lay the sessions of a day that pass the filters out."""
    of_day = [session for session in agenda.sessions if session.day == day]
    shown = [session for session in of_day if matches(session, chosen, mine)]
    order: dict[str, str] = {}
    for session in of_day:
        if session.room and not session.is_break and any(other.room == session.room for other in shown):
            order.setdefault(session.room, str(session.room_name))
    starts, cells = rules.grid([(s.starts_at, s.ends_at, s.room) for s in shown], rooms=list(order))
    rows = tuple(
        Row(
            starts_at=start,
            number=number,
            placed=tuple(
                Placed(session, cell)
                for session, cell in sorted(zip(shown, cells, strict=True), key=lambda pair: pair[1].column)
                if session.starts_at == start
            ),
        )
        for number, start in enumerate(starts, 1)
    )
    return Board(day=day, rooms=tuple(order.items()), rows=rows)
