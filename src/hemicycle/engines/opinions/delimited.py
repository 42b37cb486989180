"""Delimited text, row by row, with the line each row begins in."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from io import StringIO

from hemicycle.engines.files import BadFile

AMOUNT = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,6})?")
WHOLE = re.compile(r"-?[0-9]{1,9}")
Row = tuple[int, list[str]]


def rows(text: str, *, delimiter: str | None = None) -> Iterator[Row]:
    """Yield (line from 1, cells without blanks around them); empty rows are left out.

    Without a delimiter the first line decides between comma, semicolon and tab.

    Raises:
        BadFile: a field is too long, or the text holds no row at all.
    """
    text = text.removeprefix("\ufeff")
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    line, found = 1, False
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if any(row):
                found = True
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(line, str(error)) from error
    if not found:
        raise BadFile(1, "the file is empty")


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)


def check_width(line: int, cells: Sequence[str], head: Sequence[str]) -> None:
    """Refuse a row that is longer or shorter than the head.

    Raises:
        BadFile: the number of cells differs.
    """
    if len(cells) != len(head):
        raise BadFile(line, f"{len(head)} cells are expected, not {len(cells)}")


def check_unique(line: int, names: Iterable[str], what: str) -> None:
    """Refuse a name that is empty or comes twice.

    Raises:
        BadFile: naming it.
    """
    seen: set[str] = set()
    for name in names:
        if not name:
            raise BadFile(line, f"{what} has no name")
        if name in seen:
            raise BadFile(line, f"{what} {name} is there twice")
        seen.add(name)


def amount(line: int, word: str, what: str) -> Fraction:
    """Read an amount of money or minutes: digits, at most six decimals, no sign.

    Raises:
        BadFile: it is something else.
    """
    if AMOUNT.fullmatch(word) is None:
        raise BadFile(line, f"{what} must be an amount from 0 to 10^15, not {word[:40]!r}")
    return Fraction(word.replace(",", "."))


def whole(line: int, word: str, what: str) -> int:
    """Read a whole number of at most nine digits.

    Raises:
        BadFile: it is something else.
    """
    if WHOLE.fullmatch(word) is None:
        raise BadFile(line, f"{what} must be a whole number, not {word[:40]!r}")
    return int(word)
