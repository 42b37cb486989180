"""Attendance as a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hemicycle.door.queries import Attendance
from hemicycle.files.tables import write_csv
from hemicycle.files.workbooks import Cell, write_workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attendance(found: Iterable[Attendance], *, kind: str) -> bytes:
    """Return attendance by organisation and calendar year as CSV (formulas are made harmless) or as a workbook."""
    head: list[Cell] = [_("Year"), _("Organisation"), _("Country"), _("Places"), _("Came")]
    rows: list[list[Cell]] = [[row.year, row.organisation, row.country, row.registered, row.came] for row in found]
    return write_csv([head, *rows]) if kind == "csv" else write_workbook({_("Attendance"): [head, *rows]})
