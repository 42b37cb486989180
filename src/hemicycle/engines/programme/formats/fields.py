"""Read JSON entry by entry: every key is checked, and what is wrong is named with its line."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from hemicycle.engines.files import BadFile

LIMIT = 10**9
SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:\n]')
ENTRY_DEPTH = 2


def load(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        BadFile: it is none; names the line.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise BadFile(error.lineno, error.msg) from error
    except (RecursionError, ValueError) as error:
        raise BadFile(1, "brackets are nested too deep" if isinstance(error, RecursionError) else str(error)) from error


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


class Entry:
    """One object of the data; the getters refuse what is missing, of another kind, or out of range.

    Args:
        text: the whole file, to find lines in. value: the object. keys: what it may hold.
        section, place: list of the outer object it belongs to, and its place there; "" for the outer object.
        path: said before every reason.
    """

    def __init__(
        self, text: str, value: Any, keys: Mapping[str, bool], *, section: str = "", place: int = 0, path: str = ""
    ) -> None:
        """Check that it is an object with known keys, and with those that are needed."""
        self.source = text
        self.section, self.place, self.path = section, place, path
        if not isinstance(value, dict):
            self.fail("an object is expected")
        self.value: dict[str, Any] = value
        for key in value:
            if key not in keys:
                self.fail(f"{key} is not known")
        for key, needed in keys.items():
            if needed and key not in value:
                self.fail(f"{key} is missing")

    def fail(self, reason: str) -> NoReturn:
        """Refuse the file because of this entry."""
        where = f"{self.section} {self.place + 1}: " if self.section else ""
        raise BadFile(line_of(self.source, self.section, self.place), where + self.path + reason)

    def entries(self, key: str, keys: Mapping[str, bool]) -> "Iterator[Entry]":
        """Yield the objects of a list."""
        for place, one in enumerate(self.items(key)):
            if self.section:
                path = f"{self.path}{key} {place + 1}: "
                yield Entry(self.source, one, keys, section=self.section, place=self.place, path=path)
            else:
                yield Entry(self.source, one, keys, section=key, place=place)

    def items(self, key: str) -> list[Any]:
        """Return a list, empty when it is not there."""
        values = self.value.get(key, [])
        if not isinstance(values, list):
            self.fail(f"{key} must be a list")
        return list(values)

    def name(self, key: str) -> str:
        """Return a name; whole numbers are names, too."""
        return self._name(self.value[key], key)

    def names(self, key: str) -> list[str]:
        """Return a list of names."""
        return [self._name(value, key) for value in self.items(key)]

    def _name(self, value: Any, key: str) -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
            self.fail(f"{key} must be a name")
        return str(value)

    def text(self, key: str) -> str:
        """Return a text, empty when it is not there."""
        value = self.value.get(key, "")
        if not isinstance(value, str):
            self.fail(f"{key} must be a text")
        return value

    def whole(self, key: str, low: int, usual: int = 0) -> int:
        """Return a whole number from `low`, or the usual one when it is not there."""
        return self.whole_value(self.value.get(key, usual), key, low)

    def whole_value(self, value: Any, key: str, low: int) -> int:
        """Return a value that must be a whole number from `low`."""
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= LIMIT:
            self.fail(f"{key} must be a whole number from {low}")
        return int(value)

    def optional(self, key: str, low: int) -> int | None:
        """Return a whole number from `low`, None when it is not there."""
        return None if self.value.get(key) is None else self.whole(key, low)

    def choice(self, key: str, kinds: Mapping[str, Any]) -> Any:
        """Return what a word stands for."""
        value = self.value[key]
        if not isinstance(value, str) or value not in kinds:
            self.fail(f"{key} must be one of {', '.join(kinds)}")
        return kinds[value]

    def clock(self, value: Any, key: str) -> int:
        """Return the minutes of HH:MM; up to 48:00 for what goes past midnight."""
        found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", value) if isinstance(value, str) else None
        if found is None or int(found[1]) * 60 + int(found[2]) > 48 * 60:
            self.fail(f"{key} must be HH:MM")
        return int(found[1]) * 60 + int(found[2])

    def numbers(self, key: str, known: Mapping[str, int]) -> dict[int, int]:
        """Return an object of whole numbers (of either sign) by the places of known names."""
        values = self.value.get(key, {})
        if not isinstance(values, dict):
            self.fail(f"{key} must be an object")
        for name in values:
            if name not in known:
                self.fail(f"{key}: {name} is not known")
        return {known[name]: self.whole_value(value, f"{key}: {name}", -LIMIT) for name, value in values.items()}


def line_of(text: str, section: str, place: int) -> int:
    """Return the line on which an entry of a list of the outer object begins; 1 for the outer object itself."""
    line, depth, at, key, last = 1, 0, -1, "", ""
    for found in SIGNS.finditer(text if section else ""):
        sign = found.group()
        if sign == "\n":
            line += 1
            continue
        if depth == ENTRY_DEPTH and key == section:
            at += sign == ","
            at = max(at, 0)
            if at == place and sign not in ",]":
                return line
        if sign == ":" and depth == 1:
            key = json.loads(last)
        depth += (sign in "[{") - (sign in "]}")
        last = sign
    return 1
