"""Read and write spreadsheets (ECMA-376): limits before parsing, text stays text.

A 300 KiB workbook can unpack to gigabytes or declare a million empty rows, so size, unpacked size, rows and cells are
checked before and while it is read. A cell that begins with "=" is written as a string, never as a formula.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

Cell = str | int | float | bool | date | datetime | time | None
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much of a workbook is read before it is refused."""

    size: int = 10 * MEGABYTE
    unpacked: int = 100 * MEGABYTE
    rows: int = 50_000
    cells: int = 2_000_000


class BadWorkbook(ValueError):
    """The bytes are no workbook, or more than the limits allow; the message says which."""


def read_workbook(content: bytes, *, limits: Limits | None = None) -> dict[str, list[tuple[Cell, ...]]]:
    """Return sheet name → rows of plain values, all as long as the longest; formulas give their stored result.

    Raises:
        BadWorkbook: not a workbook, damaged, or above a limit.
    """
    limits = limits or Limits()
    _check_package(content, limits)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return {sheet.title: _rows(sheet.iter_rows(values_only=True), limits) for sheet in book.worksheets}
        finally:
            book.close()
    except BadWorkbook:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as broken:
        raise BadWorkbook("the workbook is damaged") from broken


def _check_package(content: bytes, limits: Limits) -> None:
    if len(content) > limits.size:
        raise BadWorkbook(f"the file is larger than {limits.size // MEGABYTE} MB")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > limits.unpacked:
                raise BadWorkbook(f"the workbook unpacks to more than {limits.unpacked // MEGABYTE} MB")
            if "[Content_Types].xml" not in package.namelist():
                raise BadWorkbook("the file is not an .xlsx workbook")
    except zipfile.BadZipFile as broken:
        raise BadWorkbook("the file is not an .xlsx workbook") from broken


def _rows(rows: Iterable[tuple[Cell, ...]], limits: Limits) -> list[tuple[Cell, ...]]:
    kept: list[tuple[Cell, ...]] = []
    cells = 0
    for number, row in enumerate(rows, 1):
        cells += len(row)
        if number > limits.rows or cells > limits.cells:
            raise BadWorkbook(f"the workbook has more than {limits.rows} rows or {limits.cells} cells")
        kept.append(row)
    while kept and all(value is None for value in kept[-1]):
        kept.pop()
    width = max(map(len, kept), default=0)
    return [row + (None,) * (width - len(row)) for row in kept]


def write_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Return an .xlsx file; the first row of every sheet is its head and stays in view."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Cell) -> object:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_printable(value))
    cell.data_type = "s"
    return cell


def _printable(text: str) -> str:
    """Leave out control characters, which the format forbids, and what does not fit a cell (32,767 characters)."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")[:32_767]
