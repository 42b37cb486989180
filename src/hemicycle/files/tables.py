"""Tables of text: CSV that no spreadsheet takes for formulas (OWASP, CSV injection), read in the encodings people send."""

import csv
import io
from collections.abc import Iterable, Sequence

from hemicycle.files.workbooks import BadWorkbook, Cell, read_workbook

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LARGEST = 10 * 1024 * 1024
MOST_ROWS = 50_000


class BadTable(ValueError):
    """The bytes are no table; the message says why."""


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8 with a byte order mark); cells that look like formulas get an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> str:
    words = "" if cell is None else str(cell)
    return f"'{words}" if isinstance(cell, str) and words.startswith(DANGEROUS) else words


def read_table(content: bytes, *, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV or XLSX file (its first sheet) by the names in its first row, as text.

    CSV may be UTF-8 or Windows-1252, with commas, semicolons or tabs; an apostrophe that we wrote is taken off again.

    Raises:
        BadTable: too large, not a table, no head, or a head with a name twice.
    """
    return _named(next(iter(_sheets(content, name=name).values())))


def read_tables(content: bytes, *, name: str) -> dict[str, list[dict[str, str]]]:
    """Return sheet name → rows as `read_table` does, the first sheet first; empty further sheets are left out.

    Raises:
        BadTable: as in `read_table`.
    """
    (first, rows), *others = _sheets(content, name=name).items()
    return {first: _named(rows), **{title: _named(more) for title, more in others if any(map(any, more))}}


def _sheets(content: bytes, *, name: str) -> dict[str, list[list[str]]]:
    if len(content) > LARGEST:
        raise BadTable(f"the file is larger than {LARGEST // 1024 // 1024} MB")
    return _from_workbook(content) if name.lower().endswith(".xlsx") else {"": _from_csv(content)}


def _named(rows: list[list[str]]) -> list[dict[str, str]]:
    rows = [row for row in rows if any(row)]
    if not rows:
        raise BadTable("the file is empty")
    head = [cell.strip() for cell in rows[0]]
    named = [cell for cell in head if cell]
    if len(named) < 2:  # noqa: PLR2004 - one column is a list, not a table
        raise BadTable("the first row does not name the columns")
    if len(set(named)) < len(named):
        twice = next(cell for cell in named if named.count(cell) > 1)
        raise BadTable(f"the column “{twice}” stands there twice")
    if len(rows) > MOST_ROWS:
        raise BadTable(f"the file has more than {MOST_ROWS} rows")
    return [{key: cell.strip() for key, cell in zip(head, row, strict=False) if key} for row in rows[1:]]


def _from_workbook(content: bytes) -> dict[str, list[list[str]]]:
    try:
        sheets = read_workbook(content)
    except BadWorkbook as broken:
        raise BadTable(str(broken)) from broken
    return {
        title: [["" if cell is None else str(cell) for cell in row] for row in rows] for title, rows in sheets.items()
    } or {"": []}


def _from_csv(content: bytes) -> list[list[str]]:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if "\x00" in words:
        raise BadTable("the file is not text")
    head = words.splitlines()[0] if words.strip() else ""
    sign = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(words), delimiter=sign))
    except csv.Error as broken:
        raise BadTable(f"the file is not a table: {broken}") from broken
    return [[cell[1:] if cell[:1] == "'" and cell[1:2] in DANGEROUS else cell for cell in row] for row in rows]
