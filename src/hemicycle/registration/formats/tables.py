"""The organiser's list as a table: CSV, XLSX or JSON with the same columns."""

import json
from typing import Any

from hemicycle.conferences.models import Conference
from hemicycle.files.tables import write_csv
from hemicycle.files.workbooks import Cell, write_workbook
from hemicycle.registration import questionnaire
from hemicycle.registration.models import Question, Registration

COLUMNS = (
    "code", "status", "first_name", "last_name", "email", "organisation", "job_title", "country", "stakeholder",
    "category", "group", "mode", "needs", "submitted_at", "confirmed_at",
)  # fmt: skip
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def _row(registration: Registration, conference: Conference) -> dict[str, Cell]:
    person = registration.person
    confirmed = registration.confirmed_at
    return {
        "code": registration.code, "status": registration.status, "first_name": person.first_name,
        "last_name": person.last_name, "email": person.email, "organisation": str(registration.organisation or ""),
        "job_title": registration.job_title, "country": registration.country,
        "stakeholder": registration.stakeholder.key, "category": registration.category.slug if registration.category else "",
        "group": str(registration.group or ""), "mode": registration.mode, "needs": registration.needs,
        "submitted_at": conference.local(registration.submitted_at).isoformat(timespec="seconds"),
        "confirmed_at": conference.local(confirmed).isoformat(timespec="seconds") if confirmed else "",
    }  # fmt: skip


def row(
    registration: Registration, *, conference: Conference, questions: list[Question], restricted: bool = False
) -> dict[str, Any]:
    """Return a registration's row, with the answers to the questions; restricted ones only when asked for."""
    answers = questionnaire.values(registration.answers.all(), restricted=restricted)
    shown = [question for question in questions if restricted or not question.restricted]
    return _row(registration, conference) | {
        f"q_{question.key}": _plain(answers.get(question.key)) for question in shown
    }


def _plain(value: Any) -> Cell:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return str(value["name"])
    return "yes" if value is True else value


def write(found: list[dict[str, Any]], *, kind: str, questions: list[Question], restricted: bool = False) -> bytes:
    """Return the file of a kind: csv, xlsx or json."""
    if kind == "json":
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    head = [*COLUMNS, *(f"q_{question.key}" for question in questions if restricted or not question.restricted)]
    table = [head, *([row[name] for name in head] for row in found)]
    return write_csv(table) if kind == "csv" else write_workbook({"registrations": table})
