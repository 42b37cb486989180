"""A host's list as a file."""

import json
from collections.abc import Sequence

from hemicycle.files.tables import write_csv
from hemicycle.files.workbooks import Cell, write_workbook
from hemicycle.hosting.queries import Row
from hemicycle.registration.formats.tables import TYPES
from hemicycle.registration.models import Question, SideEvent

__all__ = ["TYPES", "write"]

COLUMNS = (
    "first_name",
    "last_name",
    "email",
    "organisation",
    "country",
    "stakeholder",
    "status",
    "asked_at",
    "came_at",
)


def _cells(row: Row, event: SideEvent, questions: Sequence[Question]) -> dict[str, Cell]:
    registration = row.seat.registration
    person, local = registration.person, event.conference.local
    answers = {question.key: row.answers.get(question.key, "") for question in questions}
    return {
        "first_name": person.first_name, "last_name": person.last_name, "email": person.email,
        "organisation": str(registration.organisation or ""), "country": registration.country,
        "stakeholder": registration.stakeholder.key, "status": row.seat.status,
        "asked_at": local(row.seat.taken_at).isoformat(timespec="seconds"),
        "came_at": local(row.came_at).isoformat(timespec="seconds") if row.came_at else "",
        **{key: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in answers.items()},
    }  # fmt: skip


def write(rows: Sequence[Row], *, questions: Sequence[Question], kind: str, event: SideEvent) -> bytes:
    """Return the list as CSV, XLSX or JSON, the same columns in each."""
    found = [_cells(row, event, questions) for row in rows]
    if kind == "json":
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    head: list[Cell] = [*COLUMNS, *(question.key for question in questions)]
    table = [head, *([row[str(name)] for name in head] for row in found)]
    return write_csv(table) if kind == "csv" else write_workbook({event.slug[:31]: table})
