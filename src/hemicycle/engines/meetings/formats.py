"""Files in and out: the project's own JSON form, and the choice between it and the literature's `.dzn`.

Files count slots, tables and half-days from 1; the library counts from 0.

    {"profile": "product", "slots": [{"tables": 10, "half": 1}, …],
     "classes": [{"name": "screen", "tables": [3, …]}],
     "people": [{"id": "ada", "unavailable": [3], "cap": 6, "floor": 1}, …],
     "meetings": [{"id": "m1", "a": "ada", "b": "bob", "weight": 2, "halves": [1], "fixed": 4, "after": ["m0"],
                   "table_class": "screen"}, …],
     "announced": [{"meeting": "m1", "slot": 4, "table": 2}],
     "spread": 2, "run_limit": 4, "gaps_over_halves": false, "keep_announced": false}

`classes` has the tables of each class slot by slot, all of them among the `tables` of the slot.
Only `slots`, `people`, `meetings` and their `id`, `a`, `b`, `tables` are needed, and the `name` of a class.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.files import BadFile
from hemicycle.engines.meetings.dzn import read_dzn
from hemicycle.engines.meetings.explain import explain
from hemicycle.engines.meetings.problem import (
    Meeting,
    Person,
    Problem,
    Profile,
    TableClass,
)
from hemicycle.engines.meetings.solution import Placing, Solution

# What an entry may say, in the order in which it is written.
FIELDS: dict[str, tuple[str, ...]] = {
    "": (
        "profile",
        "slots",
        "classes",
        "people",
        "meetings",
        "announced",
        "spread",
        "run_limit",
        "gaps_over_halves",
        "keep_announced",
    ),
    "slots": ("tables", "half"),
    "classes": ("name", "tables"),
    "people": ("id", "unavailable", "cap", "floor"),
    "meetings": ("id", "a", "b", "weight", "halves", "fixed", "after", "table_class"),
    "announced": ("meeting", "slot", "table"),
}
MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},\n]')
LIMIT = 10**9


def read(text: str, *, dzn: bool, spread: int | None = None) -> Problem:
    """Return the problem of a file; a spread given here goes before that of the file.

    Raises:
        BadFile: the text cannot be read; names the line and the reason.
    """
    if dzn:
        return read_dzn(text, spread=2 if spread is None else spread)
    return read_json(text, spread=spread)


def read_json(text: str, *, spread: int | None = None) -> Problem:
    """Return the problem of the own JSON form.

    Raises:
        BadFile: no JSON, or an entry is missing, unknown, of another kind or out of range.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(error.lineno, error.msg) from error
    except RecursionError as error:
        raise BadFile(1, "brackets are nested too deep") from error
    reader = _Reader(text, data)
    try:
        return reader.problem(spread)
    except BadProblem as problem:
        raise BadFile(reader.line_about(str(problem)), str(problem)) from problem


def write_json(problem: Problem) -> str:
    """Return a problem in the own JSON form; `read_json` gives an equal problem back."""
    data = {
        "profile": problem.profile.value,
        "slots": [{"tables": count, "half": problem.half_of(slot) + 1} for slot, count in enumerate(problem.tables)],
        "classes": [{"name": known.name, "tables": list(known.tables)} for known in problem.classes],
        "people": [
            {"id": p.id, "unavailable": _up(p.unavailable), "cap": p.cap, "floor": p.floor} for p in problem.people
        ],
        "meetings": [
            {
                "id": m.id,
                "a": m.a,
                "b": m.b,
                "weight": m.weight,
                "halves": _up(m.halves),
                "fixed": None if m.fixed is None else m.fixed + 1,
                "after": sorted(m.after),
                "table_class": m.table_class,
            }
            for m in problem.meetings
        ],
        "announced": placings(problem.announced),
        "spread": problem.spread,
        "run_limit": problem.run_limit,
        "gaps_over_halves": problem.gaps_over_halves,
        "keep_announced": problem.keep_announced,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def placings(schedule: Iterable[Placing], *, numbers: bool = False) -> list[dict[str, Any]]:
    """Return placings as JSON values, counted from 1; `numbers` gives meetings named by a number as numbers."""
    return [
        {
            "meeting": int(placing.meeting) if numbers else placing.meeting,
            "slot": placing.slot + 1,
            "table": placing.table + 1,
        }
        for placing in schedule
    ]


def answer(problem: Problem, solution: Solution, *, numbers: bool) -> dict[str, Any]:
    """Return everything a solution says as JSON values; `numbers` as in `placings`."""
    return {
        "value": solution.value,
        "bound": solution.bound,
        "status": solution.status.value,
        "requested": solution.requested,
        "placed": solution.placed,
        "weight": solution.weight,
        "weight_bound": solution.weight_bound,
        "seconds": solution.seconds,
        "schedule": placings(solution.schedule, numbers=numbers),
        "levels": [{"name": level.name, "value": level.value, "bound": level.bound} for level in solution.levels],
        "reasons": [reason.text for reason in solution.reasons],
        "unplaced": [
            {
                "meeting": int(found.meeting) if numbers else found.meeting,
                "reasons": [reason.text for reason in found.reasons],
            }
            for found in (explain(problem, solution.schedule) if solution.value is not None else ())
        ],
    }


def _up(numbers: Iterable[int]) -> list[int]:
    return [number + 1 for number in sorted(numbers)]


class _Reader:
    """Checks every entry of the data, and finds its line when it is wrong."""

    def __init__(self, text: str, data: Any) -> None:
        self.text = text
        self.data = data
        self.path = ("", 0)

    def problem(self, spread: int | None) -> Problem:
        """Return the problem; `spread` goes before that of the file."""
        self._entry("", 0, self.data)
        top = self.data
        slots = list(self._entries("slots"))
        limit = len(slots)
        tables = tuple(self._number(slot, "tables", 0) for slot in slots)
        halves = tuple(self._number(slot, "half", 1, 1) - 1 for slot in slots)
        classes = tuple(self._class(entry) for entry in self._entries("classes", needed=False))
        people = tuple(self._person(entry, limit) for entry in self._entries("people"))
        meetings = tuple(self._meeting(entry, limit) for entry in self._entries("meetings"))
        announced = tuple(self._placing(entry) for entry in self._entries("announced", needed=False))
        self.path = ("", 0)
        chosen = self._optional(top, "spread", 0) if "spread" in top else 2
        return Problem(
            people=people,
            meetings=meetings,
            tables=tables,
            halves=halves,
            classes=classes,
            announced=announced,
            profile=self._profile(top.get("profile", "product")),
            spread=chosen if spread is None else spread,
            run_limit=self._number(top, "run_limit", 1, 4),
            gaps_over_halves=self._yes(top, "gaps_over_halves"),
            keep_announced=self._yes(top, "keep_announced"),
        )

    def line_about(self, sentence: str) -> int:
        """Return the line of the person or meeting that a sentence begins with, else 1."""
        found = re.match(r"(announced meeting|meeting|person|table class) (.*?): ", sentence)
        if found is None:
            return 1
        section, key = {
            "person": ("people", "id"),
            "meeting": ("meetings", "id"),
            "announced meeting": ("announced", "meeting"),
            "table class": ("classes", "name"),
        }[found[1]]
        names = [str(entry[key]) for entry in self.data[section]]
        return self._line(section, names.index(found[2]))

    def _class(self, entry: dict[str, Any]) -> TableClass:
        if "tables" not in entry:
            self._fail("tables is missing")
        counts = tuple(self._whole(value, "tables", 0, LIMIT) for value in self._list(entry, "tables"))
        return TableClass(name=self._name(entry, "name"), tables=counts)

    def _person(self, entry: dict[str, Any], slots: int) -> Person:
        return Person(
            id=self._name(entry, "id"),
            unavailable=frozenset(self._numbers(entry, "unavailable", slots)),
            cap=self._optional(entry, "cap", 0),
            floor=self._number(entry, "floor", 0, 0),
        )

    def _meeting(self, entry: dict[str, Any], slots: int) -> Meeting:
        fixed = self._optional(entry, "fixed", 1)
        return Meeting(
            id=self._name(entry, "id"),
            a=self._name(entry, "a"),
            b=self._name(entry, "b"),
            weight=self._number(entry, "weight", 1, 1),
            halves=frozenset(self._numbers(entry, "halves", slots)),
            fixed=None if fixed is None else fixed - 1,
            after=frozenset(self._names(entry, "after")),
            table_class=None if entry.get("table_class") is None else self._name(entry, "table_class"),
        )

    def _placing(self, entry: dict[str, Any]) -> Placing:
        slot, table = self._number(entry, "slot", 1), self._number(entry, "table", 1)
        return Placing(self._name(entry, "meeting"), slot - 1, table - 1)

    def _profile(self, value: Any) -> Profile:
        if value not in list(Profile):
            self._fail("profile must be literature or product")
        return Profile(value)

    def _entries(self, section: str, *, needed: bool = True) -> Iterable[dict[str, Any]]:
        """Yield the entries of a list, remembering which one is looked at."""
        self.path = ("", 0)
        if section not in self.data and needed:
            self._fail(f"{section} is missing")
        entries = self.data.get(section, [])
        if not isinstance(entries, list):
            self._fail(f"{section} must be a list")
        for place, entry in enumerate(entries):
            self._entry(section, place, entry)
            yield entry

    def _entry(self, section: str, place: int, entry: Any) -> None:
        self.path = (section, place)
        if not isinstance(entry, dict):
            self._fail("an object is expected")
        for key in entry:
            if key not in FIELDS[section]:
                self._fail(f"{key} is not known")

    def _name(self, entry: dict[str, Any], key: str) -> str:
        if key not in entry:
            self._fail(f"{key} is missing")
        return self._text(entry[key], key)

    def _names(self, entry: dict[str, Any], key: str) -> list[str]:
        return [self._text(value, key) for value in self._list(entry, key)]

    def _text(self, value: Any, key: str) -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
            self._fail(f"{key} must be a name")
        return str(value)

    def _list(self, entry: dict[str, Any], key: str) -> list[Any]:
        values = entry.get(key, [])
        if not isinstance(values, list):
            self._fail(f"{key} must be a list")
        return list(values)

    def _numbers(self, entry: dict[str, Any], key: str, most: int) -> list[int]:
        return [self._whole(value, key, 1, most) - 1 for value in self._list(entry, key)]

    def _number(self, entry: dict[str, Any], key: str, low: int, usual: int | None = None) -> int:
        if key not in entry and usual is None:
            self._fail(f"{key} is missing")
        return self._whole(entry.get(key, usual), key, low, LIMIT)

    def _optional(self, entry: dict[str, Any], key: str, low: int) -> int | None:
        return None if entry.get(key) is None else self._number(entry, key, low)

    def _whole(self, value: Any, key: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self._fail(f"{key} must be a whole number from {low}" + (f" to {high}" if high < LIMIT else ""))
        return int(value)

    def _yes(self, entry: dict[str, Any], key: str) -> bool:
        if not isinstance(entry.get(key, False), bool):
            self._fail(f"{key} must be true or false")
        return bool(entry.get(key, False))

    def _fail(self, reason: str) -> NoReturn:
        section, place = self.path
        where = f"{section} {place + 1}: " if section else ""
        raise BadFile(self._line(section, place), where + reason)

    def _line(self, section: str, place: int) -> int:
        """Return the line in which an entry of a list of the outer object begins."""
        line, depth, entry, last, inside = 1, 0, 0, "", False
        for found in MARKS.finditer(self.text if section else ""):
            mark = found.group()
            if inside and depth == 2 and mark not in (",", "\n") and entry == place:  # noqa: PLR2004
                return line
            line += mark == "\n"
            depth += (mark in ("[", "{")) - (mark in ("]", "}"))
            entry += mark == "," and inside and depth == 2  # noqa: PLR2004
            inside = inside or (mark == "[" and depth == 2 and last == f'"{section}"')  # noqa: PLR2004
            last = mark if mark not in (",", "\n") else last
        return 1
