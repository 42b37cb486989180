"""The MiniZinc data files of the Business-to-Business Meeting Scheduling Problem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.files import BadFile
from hemicycle.engines.meetings.problem import (
    Meeting,
    Person,
    Problem,
    Profile,
)

TOKEN = re.compile(
    r"(?P<skip>\s+|%[^\n]*)|(?P<number>-?\d+)|(?P<name>[A-Za-z_]\w*)|(?P<mark>\[\||\|\]|\.\.|[\[\]{}|,;=])"
)
CLOSE = {"[": "]", "{": "}", "[|": "|]"}
# Third column of a request.
WISHES = {1: frozenset({0}), 2: frozenset({1}), 3: frozenset[int]()}


@dataclass(frozen=True, slots=True)
class Value:
    """A number, or the values between brackets, with the line it begins in."""

    line: int
    content: Any


def read_dzn(text: str, *, spread: int | None = 2) -> Problem:
    """Return the problem of a data file, profile LITERATURE; people and meetings are named by their row from 1.

    `forbidden` gives slots from 1 (0: none), `fixed` a slot for each meeting (0: none), `precedences` for each meeting
    those that come before it. Names it does not need are not looked at.

    Raises:
        BadFile: a name is missing, a number is out of range, a row is too many or too few, or the text is no data.
    """
    try:
        values = dict(_assignments(list(_tokens(text))))
    except RecursionError as error:
        raise BadFile(1, "brackets are nested too deep") from error
    people, meetings, tables, slots = (
        _number(values, name) for name in ("nBusiness", "nMeetings", "nTables", "nTotalSlots")
    )
    morning = _number(values, "nMorningSlots", most=slots) if "nMorningSlots" in values else slots
    away = [_slots_of(row, slots) for row in _rows(values, "forbidden", people)]
    fixed = [_in_range(row, 0, slots, "a fixed slot") for row in _rows(values, "fixed", meetings)]
    after = [_members(row, meetings) for row in _rows(values, "precedences", meetings)]
    if "requested" not in values:
        raise BadFile(1, "requested is missing")
    requests = [_request(row, people) for row in _rows(values, "requested", meetings)]
    try:
        return Problem(
            people=tuple(Person(id=str(p + 1), unavailable=away[p] if away else frozenset()) for p in range(people)),
            meetings=tuple(
                Meeting(
                    id=str(m + 1),
                    a=str(a),
                    b=str(b),
                    halves=halves,
                    fixed=fixed[m] - 1 if fixed and fixed[m] else None,
                    after=after[m] if after else frozenset(),
                )
                for m, (a, b, halves) in enumerate(requests)
            ),
            tables=(tables,) * slots,
            halves=tuple(int(slot >= morning) for slot in range(slots)),
            profile=Profile.LITERATURE,
            spread=spread,
        )
    except BadProblem as problem:
        raise BadFile(values["requested"].line, str(problem)) from problem


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, token); the last one is empty."""
    place, line = 0, 1
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            raise BadFile(line, f"{text[place]!r} is not expected here")
        if found.lastgroup != "skip":
            yield line, found.group()
        line += found.group().count("\n")
        place = found.end()
    yield line, ""


def _assignments(tokens: list[tuple[int, str]]) -> Iterator[tuple[str, Value]]:
    place = 0
    seen = set()
    while tokens[place][1]:
        line, name = tokens[place]
        if not (name[0].isalpha() or name[0] == "_"):
            raise BadFile(line, f"a name is expected, not {name!r}")
        if name in seen:
            raise BadFile(line, f"{name} is given twice")
        seen.add(name)
        _expect(tokens, place + 1, "=")
        value, place = _value(tokens, place + 2)
        _expect(tokens, place, ";")
        place += 1
        yield name, value


def _expect(tokens: list[tuple[int, str]], place: int, mark: str) -> None:
    line, token = tokens[place]
    if token != mark:
        raise BadFile(
            line, f"{mark!r} is expected, not {token!r}" if token else f"the file ends where {mark!r} is expected"
        )


def _value(tokens: list[tuple[int, str]], place: int) -> tuple[Value, int]:
    """Read a number, a range a..b, a set, a list or rows between | marks."""
    line, token = tokens[place]
    if token in CLOSE:
        return _bracket(tokens, place, line, token)
    if not token or not token.lstrip("-").isdigit():
        raise BadFile(
            line, f"a value is expected, not {token!r}" if token else "the file ends where a value is expected"
        )
    if tokens[place + 1][1] == "..":
        end_line, end = tokens[place + 2]
        if not end.lstrip("-").isdigit():
            raise BadFile(end_line, "a range has no end")
        if int(end) - int(token) > len(tokens) + 10_000:
            raise BadFile(end_line, "a range is too long")
        return Value(line, [Value(line, number) for number in range(int(token), int(end) + 1)]), place + 3
    return Value(line, int(token)), place + 1


def _bracket(tokens: list[tuple[int, str]], place: int, line: int, opening: str) -> tuple[Value, int]:
    """Read what stands between brackets; rows between | marks become lists of their own."""
    closing = CLOSE[opening]
    rows: list[Value] = []
    row: list[Value] = []
    place += 1
    while tokens[place][1] != closing:
        here, token = tokens[place]
        if token == "|" and opening == "[|":  # noqa: S105  # a mark, not a secret
            rows.append(Value(row[0].line if row else here, row))
            row = []
            place += 1
            continue
        item, place = _value(tokens, place)
        row.append(item)
        if tokens[place][1] == ",":
            place += 1
        elif tokens[place][1] not in (closing, "|"):
            _expect(tokens, place, closing)
    if opening != "[|":
        return Value(line, row), place + 1
    if row:
        rows.append(Value(row[0].line, row))
    return Value(line, rows), place + 1


def _number(values: dict[str, Value], name: str, most: int = 100_000) -> int:
    if name not in values:
        raise BadFile(1, f"{name} is missing")
    return _in_range(values[name], 0, most, name)


def _in_range(value: Value, low: int, high: int, what: str) -> int:
    number = value.content
    if not isinstance(number, int) or not low <= number <= high:
        shown = number if isinstance(number, int) else "a list"
        raise BadFile(value.line, f"{what} must be a number from {low} to {high}, not {shown}")
    return number


def _rows(values: dict[str, Value], name: str, count: int) -> list[Value]:
    """Return the rows of a list, which are as many as announced; an absent list is empty."""
    if name not in values:
        return []
    value = values[name]
    if not isinstance(value.content, list) or len(value.content) != count:
        found = len(value.content) if isinstance(value.content, list) else 1
        raise BadFile(value.line, f"{name} must have {count} rows, not {found}")
    return value.content


def _list(value: Value, what: str) -> list[Value]:
    if not isinstance(value.content, list):
        raise BadFile(value.line, f"{what} must be a set")
    return value.content


def _slots_of(row: Value, slots: int) -> frozenset[int]:
    numbers = [_in_range(item, 0, slots, "a forbidden slot") for item in _list(row, "forbidden slots")]
    return frozenset(number - 1 for number in numbers if number)


def _members(row: Value, meetings: int) -> frozenset[str]:
    members = [_in_range(item, 0, meetings, "an earlier meeting") for item in _list(row, "earlier meetings")]
    return frozenset(str(number) for number in members if number)


def _request(row: Value, people: int) -> tuple[int, int, frozenset[int]]:
    items = _list(row, "a request")
    if len(items) != 3:  # noqa: PLR2004  # two people and a wish
        raise BadFile(row.line, f"a request has 3 numbers, not {len(items)}")
    a, b = (_in_range(item, 1, people, "a participant") for item in items[:2])
    if a == b:
        raise BadFile(row.line, f"participant {a} cannot meet themselves")
    wish = _in_range(items[2], 1, 3, "a wish")
    return a, b, WISHES[wish]
