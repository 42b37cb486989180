"""Pure decisions about the agenda."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
