"""Read a CoSPLib workbook: nine sheets with parameters, submissions, tracks, sessions, rooms and penalties.

An empty penalty is 0. The sheet "similar tracks" is read as the library reads it: row and column n are the track of
row n, and of two opposite cells the one above the diagonal counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from fractions import Fraction
from math import isfinite, lcm
from typing import NoReturn

from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.cosplib.instance import (
    TERMS,
    BadInstance,
    Instance,
    Matrix,
    Session,
    Submission,
    Track,
    Weights,
)
from hemicycle.engines.programme.cosplib.timezones import Hours, offset_minutes, timezone_penalties
from hemicycle.files.workbooks import BadWorkbook, Cell, read_workbook

SHEETS = (
    "parameters",
    "submissions",
    "tracks",
    "sessions",
    "rooms",
    "tracks_sessions|penalty",
    "tracks_rooms|penalty",
    "similar tracks",
    "sessions_rooms|penalty",
)
FIXED = ("Reference", "Track", "Required Timeslots", "Order", "Time Zone", "Presenters", "Attendees")
LIMIT = 10**9
Row = tuple[Cell, ...]
Exact = list[list[Fraction]]


def read_instance(content: bytes) -> Instance:
    """Return the instance of a workbook.

    Raises:
        BadFile: it is no workbook, or a sheet, column, name or number is wrong; names the row and the sheet.
    """
    try:
        sheets = read_workbook(content)
    except BadWorkbook as broken:
        raise BadFile(1, str(broken)) from broken
    for name in SHEETS:
        if name not in sheets:
            raise BadFile(1, f"sheet {name}: it is missing")
    try:
        return _Reader({name: Sheet(name, sheets[name]) for name in SHEETS}).instance()
    except BadInstance as broken:
        raise BadFile(1, str(broken)) from broken


class Sheet:
    """Rows of one sheet, without what is empty at its right and bottom."""

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self.name = name
        kept = [tuple(None if value == "" else value for value in row) for row in rows]
        while kept and all(value is None for value in kept[-1]):
            kept.pop()
        width = max((place + 1 for row in kept for place, value in enumerate(row) if value is not None), default=0)
        self.rows = [row[:width] for row in kept]
        self.width = width
        if not kept:
            self.fail(0, "it is empty")

    def fail(self, row: int, reason: str) -> NoReturn:
        """Refuse the file because of a row, counted from 0."""
        raise BadFile(row + 1, f"sheet {self.name}: {reason}")

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, None outside."""
        if row < len(self.rows) and column < self.width:
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int, what: str) -> str:
        """Return a name, kept to the letter: blanks at its ends are part of it."""
        value = self.cell(row, column)
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self.fail(row, f"{what} is missing" if value is None else f"{what} must be a name")
        return _name(value)

    def people(self, row: int, column: int) -> frozenset[str]:
        """Return the people of a cell, divided by a comma and a blank."""
        value = self.cell(row, column)
        return frozenset(name for name in str("" if value is None else value).split(", ") if name)

    def whole(self, row: int, column: int, what: str, *, empty: int | None = None) -> int:
        """Return a whole number."""
        if self.cell(row, column) is None and empty is not None:
            return empty
        number = self.number(row, column, what)
        if number.denominator != 1:
            self.fail(row, f"{what} must be a whole number")
        return int(number)

    def number(self, row: int, column: int, what: str) -> Fraction:
        """Return a number, also when it is written as text."""
        value = self.cell(row, column)
        if value is None:
            self.fail(row, f"{what} is missing")
        real = _real(value)
        if real is None or not isfinite(real) or abs(real) > LIMIT:
            self.fail(row, f"{what} must be a number, not {str(value)[:40]!r}")
        return Fraction(real).limit_denominator(1000)

    def clock(self, row: int, column: int, what: str) -> int:
        """Return a time of day as minutes."""
        value = self.cell(row, column)
        if isinstance(value, (time, datetime)):
            return value.hour * 60 + value.minute
        parts = str(value).split(":")
        try:
            hour, minute = int(parts[0]), int(parts[1])
        except (ValueError, IndexError):
            self.fail(row, f"{what} must be a time of day")
        if not (0 <= hour < 24 and 0 <= minute < 60):  # noqa: PLR2004
            self.fail(row, f"{what} must be a time of day")
        return hour * 60 + minute


@dataclass(frozen=True, slots=True)
class _Timed:
    """A session with its place on the clock, in minutes."""

    session: Session
    begin: int
    end: int


class _Reader:
    """Goes through the sheets, each of which uses names of those before."""

    def __init__(self, sheets: dict[str, Sheet]) -> None:
        self.sheets = sheets
        self.rooms = self._names("rooms")
        self.tracks = self._names("tracks")
        self.timed = [self._session(row) for row in range(1, len(sheets["sessions"].rows))]
        self.sessions = self._names("sessions")
        self.references = self._names("submissions")

    def instance(self) -> Instance:
        """Put everything together; penalties become whole numbers."""
        raw = self.sheets
        columns = self._submission_columns()
        matrices = {
            "tracks_sessions": self._matrix("tracks_sessions|penalty", self.tracks, self.sessions),
            "tracks_rooms": self._matrix("tracks_rooms|penalty", self.tracks, self.rooms),
            "sessions_rooms": self._matrix("sessions_rooms|penalty", self.sessions, self.rooms),
            "similar": self._similar(),
            "submissions_sessions": self._wishes([columns[name] for name in self.sessions]),
            "submissions_rooms": self._wishes([columns[name, "room"] for name in self.rooms]),
            "timezones": self._timezones(),
        }
        scale = lcm(*(value.denominator for matrix in matrices.values() for row in matrix for value in row))
        return Instance(
            submissions=tuple(self._submission(row) for row in range(1, len(raw["submissions"].rows))),
            tracks=tuple(
                Track(name=name, chairs=raw["tracks"].people(row, 1)) for row, name in enumerate(self.tracks, 1)
            ),
            sessions=tuple(timed.session for timed in self.timed),
            rooms=tuple(self.rooms),
            weights=self._weights(),
            scale=scale,
            **{name: _scaled(matrix, scale) for name, matrix in matrices.items()},
        )

    def _names(self, sheet: str) -> list[str]:
        """Return the first column below the head; no name twice."""
        found: dict[str, int] = {}
        for row in range(1, len(self.sheets[sheet].rows)):
            name = self.sheets[sheet].text(row, 0, "the name")
            if name in found:
                self.sheets[sheet].fail(row, f"{name} is there twice")
            found[name] = row
        if not found:
            self.sheets[sheet].fail(0, "it has no rows")
        return list(found)

    def _session(self, row: int) -> _Timed:
        sheet = self.sheets["sessions"]
        session = Session(name=sheet.text(row, 0, "the name"), slots=sheet.whole(row, 1, "the number of time slots"))
        return _Timed(session, sheet.clock(row, 3, "the start time"), sheet.clock(row, 4, "the end time"))

    def _weights(self) -> Weights:
        sheet = self.sheets["parameters"]
        return Weights(**{term: sheet.whole(row, 4, f"the weight {term}") for row, term in enumerate(TERMS, 1)})

    def _submission(self, row: int) -> Submission:
        sheet = self.sheets["submissions"]
        track = sheet.text(row, 1, "the track")
        if track not in self.tracks:
            sheet.fail(row, f"track {track} is not known")
        return Submission(
            name=sheet.text(row, 0, "the reference"),
            track=self.tracks.index(track),
            slots=sheet.whole(row, 2, "the number of required time slots"),
            order=sheet.whole(row, 3, "the order", empty=0),
            presenters=sheet.people(row, 5),
            attendees=sheet.people(row, 6),
        )

    def _submission_columns(self) -> dict[object, int]:
        """Return the column of each session's name and, under (name, "room"), of each room's."""
        sheet = self.sheets["submissions"]
        wanted = len(FIXED) + len(self.sessions) + len(self.rooms)
        if sheet.width != wanted:
            sheet.fail(0, f"{wanted} columns are needed, {sheet.width} are there")
        middle = len(FIXED) + len(self.sessions)
        found: dict[object, int] = {}
        for column in range(len(FIXED), sheet.width):
            name = sheet.text(0, column, f"the name of column {column + 1}")
            known, key = (self.sessions, name) if column < middle else (self.rooms, (name, "room"))
            if name not in known or key in found:
                sheet.fail(0, f"column {column + 1} must be another {'session' if column < middle else 'room'}")
            found[key] = column
        return found

    def _wishes(self, columns: Iterable[int]) -> Exact:
        """Return the penalties of the submissions in these columns."""
        sheet = self.sheets["submissions"]
        chosen = list(columns)
        return [[self._penalty(sheet, row, column) for column in chosen] for row in range(1, len(sheet.rows))]

    def _matrix(self, name: str, rows: list[str], columns: list[str]) -> Exact:
        """Return a sheet of penalties in the order of the names."""
        sheet = self.sheets[name]
        where = self._placed(sheet, [sheet.cell(row, 0) for row in range(1, len(sheet.rows))], rows, "row")
        across = self._placed(sheet, [sheet.cell(0, column) for column in range(1, sheet.width)], columns, "column")
        return [[self._penalty(sheet, where[r], across[c]) for c in columns] for r in rows]

    def _placed(self, sheet: Sheet, found: list[Cell], wanted: list[str], what: str) -> dict[str, int]:
        names = {place: _name(value) for place, value in enumerate(found, 1) if value is not None}
        if sorted(names.values()) != sorted(wanted):
            odd = next((name for name in names.values() if name not in wanted), None)
            reason = f"{what} {odd} is not known" if odd else f"{len(wanted)} {what}s are needed, each once"
            sheet.fail(0, reason)
        return {name: place for place, name in names.items()}

    def _similar(self) -> Exact:
        sheet = self.sheets["similar tracks"]
        where = self._placed(sheet, [sheet.cell(row, 0) for row in range(1, len(sheet.rows))], self.tracks, "row")
        return [
            [
                Fraction(0) if a == b else self._penalty(sheet, min(where[a], where[b]), max(where[a], where[b]))
                for b in self.tracks
            ]
            for a in self.tracks
        ]

    def _timezones(self) -> Exact:
        """Return the penalty of each submission in each session from the presenter's clock."""
        sheet = self.sheets["parameters"]
        hours = Hours(
            good=(sheet.clock(3, 1, "the suitable time"), sheet.clock(4, 1, "the suitable time")),
            fair=(sheet.clock(6, 1, "the less suitable time"), sheet.clock(7, 1, "the less suitable time")),
            small=sheet.whole(8, 1, "the penalty"),
            big=sheet.whole(10, 1, "the penalty"),
        )
        local = self._zone(sheet, 1, 1)
        spans = [(timed.begin - local, timed.end - local) for timed in self.timed]
        submissions = self.sheets["submissions"]
        zones = [
            local if submissions.cell(row, 4) is None else self._zone(submissions, row, 4)
            for row in range(1, len(submissions.rows))
        ]
        return [[Fraction(value) for value in timezone_penalties(hours, zone, spans)] for zone in zones]

    def _zone(self, sheet: Sheet, row: int, column: int) -> int:
        name = sheet.text(row, column, "the time zone")
        offset = offset_minutes(name)
        if offset is None:
            sheet.fail(row, f"time zone {name[:40]} is not known")
        return offset

    @staticmethod
    def _penalty(sheet: Sheet, row: int, column: int) -> Fraction:
        return Fraction(0) if sheet.cell(row, column) is None else sheet.number(row, column, "a penalty")


def _name(value: Cell) -> str:
    """Return a name; a whole number that a spreadsheet keeps as a real one loses its decimals."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _real(value: Cell) -> float | int | None:
    """Return a number, also one written as text; None when it is none."""
    if isinstance(value, str) and "_" not in value:
        try:
            return float(value)
        except ValueError:
            return None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _scaled(matrix: Exact, scale: int) -> Matrix:
    return tuple(tuple(int(value * scale) for value in row) for row in matrix)
