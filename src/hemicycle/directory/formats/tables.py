"""Organisations as a table: CSV, XLSX or JSON with the same columns; the import reads them again."""

import json
from collections.abc import Iterable
from typing import Any

from hemicycle.directory.models import Fact, Organisation
from hemicycle.files.tables import write_csv
from hemicycle.files.workbooks import write_workbook

COLUMNS = (
    "name", "country", "kind", "region", "city", "website", "languages", "domain", "ecosystems", "members", "member_types",
    "staff", "about",
)  # fmt: skip
FACTS = ("organisation", "country", "kind", "title", "valid_from", "valid_until", "note", "source", "confirmed")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def row(organisation: Organisation) -> dict[str, Any]:
    """Return an organisation as plain values, many of them as lists."""
    return {
        "name": organisation.name, "country": organisation.country,
        "kind": organisation.kind.key if organisation.kind else "", "region": organisation.region,
        "city": organisation.city, "website": organisation.website, "languages": list(organisation.languages),
        "domain": organisation.domain, "ecosystems": [term.key for term in organisation.ecosystems.all()],
        "members": organisation.members, "member_types": list(organisation.member_types),
        "staff": None if organisation.staff is None else float(organisation.staff), "about": organisation.about,
    }  # fmt: skip


def fact(found: Fact) -> dict[str, Any]:
    """Return a dated fact as plain values."""
    return {
        "kind": found.kind, "title": found.title, "valid_from": found.valid_from.isoformat(),
        "valid_until": found.valid_until.isoformat() if found.valid_until else None, "note": found.note,
        "source": found.source, "confirmed": found.confirmed,
    }  # fmt: skip


def write(organisations: Iterable[Organisation], *, kind: str) -> bytes:
    """Return the file of a kind: csv, xlsx (facts on a sheet of their own) or json (facts inside)."""
    found = [(row(one), [fact(each) for each in one.facts.all()]) for one in organisations]
    if kind == "json":
        return json.dumps([{**cells, "facts": facts} for cells, facts in found], ensure_ascii=False, indent=1).encode()
    table = [list(COLUMNS), *([_cell(cells[name]) for name in COLUMNS] for cells, _facts in found)]
    if kind == "csv":
        return write_csv(table)
    dated = [
        [cells["name"], cells["country"], *(_cell(each[name]) for name in FACTS[2:])]
        for cells, facts in found
        for each in facts
    ]
    return write_workbook({"organisations": table, "facts": [list(FACTS), *dated]})


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else value
