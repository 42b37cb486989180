"""Organisations and their facts from a file: read and shown first, entered only when every row is good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock, terms
from hemicycle.directory import operations
from hemicycle.directory.formats import facts, imports
from hemicycle.directory.models import Alias, Fact, Intake, Organisation
from hemicycle.files.tables import BadTable, read_tables

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Read:
    """What a file holds, and the copy that can be taken in (None while there are faults)."""

    intake: Intake | None
    organisations: list[imports.Row]
    facts: list[imports.Row]


@dataclass(frozen=True)
class Taken:
    """What an import did: organisations made, organisations whose fields were written, facts written."""

    created: int
    changed: int
    facts: int


def check(*, conference: Conference, content: bytes, name: str, now: datetime) -> Read:
    """Read a file and enter nothing of it; without a fault in any row it can be taken in within a day.

    Facts stand on the sheet `facts` of a workbook, or in a file of their own.

    Raises:
        files.tables.BadTable: not a table, or without the columns that are needed.
    """
    sheets = read_tables(content, name=name)
    first = next(iter(sheets.values()))
    dated = sheets.get("facts", [])
    if first and first[0].keys() >= facts.NEEDED:
        first, dated = [], first
    elif not first or not {"name", "country"} <= first[0].keys():
        raise BadTable("the first row must name the columns name and country")
    if dated and not dated[0].keys() >= facts.NEEDED:
        raise BadTable(f"the first row of the facts must name {', '.join(sorted(facts.NEEDED))}")
    known = {(row[0].casefold(), row[1]) for row in Organisation.objects.values_list("name", "country")}
    known |= {(row[0].casefold(), row[1]) for row in Alias.objects.values_list("name", "country")}
    rows = imports.read(
        first,
        kinds=[term.key for term in terms(kind=TermKind.STAKEHOLDER)],
        ecosystems=[term.key for term in terms(kind=TermKind.ECOSYSTEM)],
        known=known,
    )
    coming = {(row.values.get("name", "").casefold(), row.values["country"]) for row in rows}
    truths = facts.read(dated, organisations=known | coming)
    Intake.objects.filter(conference=conference, created_at__lte=now - KEPT).delete()
    if any(row.faults for row in (*rows, *truths)):
        return Read(None, rows, truths)
    kept = {"organisations": [dict(row.values) for row in rows], "facts": [dict(row.values) for row in truths]}
    return Read(Intake.objects.create(conference=conference, rows=kept, created_at=now), rows, truths)


@transaction.atomic
def take_in(*, intake: Intake, actor: Any, now: datetime) -> Taken:
    """Enter every row of a checked file, or none; what a cell does not say stays as it is."""
    conference = lock(conference_id=intake.conference_id)
    words = {
        "kind": {term.key: term for term in terms(kind=TermKind.STAKEHOLDER)},
        "ecosystems": {term.key: term for term in terms(kind=TermKind.ECOSYSTEM)},
    }
    made = [_enter(cells, words, actor=actor, now=now) for cells in intake.rows["organisations"]]
    written = sum(_enter_fact(cells, actor=actor, now=now) for cells in intake.rows["facts"])
    done = {"created": sum(made), "changed": len(made) - sum(made), "facts": written}
    audit.record(action="imported", target=conference, actor=actor, at=now, what="organisations", **done)
    intake.delete()
    return Taken(**done)


def _enter(cells: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]], *, actor: Any, now: datetime) -> bool:
    """Write one organisation; say whether it is new."""
    values = dict(cells)
    name, country = values.pop("name"), values.pop("country")
    if "kind" in values:
        values["kind"] = words["kind"][values["kind"]]
    if "ecosystems" in values:
        values["ecosystems"] = [words["ecosystems"][key] for key in values["ecosystems"]]
    if "members" in values:
        values["members"] = int(Decimal(values["members"]))
    if "staff" in values:
        values["staff"] = Decimal(values["staff"])
    before = Organisation.objects.count()
    row = operations.organisation_for(name=name, country=country)
    made = Organisation.objects.count() > before
    operations.change(
        organisation=row, seen_version=row.version, actor=actor, now=now, **values, **({"listed": True} if made else {})
    )
    return made


def _enter_fact(cells: Mapping[str, Any], *, actor: Any, now: datetime) -> bool:
    """Write one fact, or change the one of the same name and first day; say whether anything was written."""
    values = {
        "kind": cells["kind"], "title": cells["title"], "valid_from": date.fromisoformat(cells["valid_from"]),
        "valid_until": date.fromisoformat(cells["valid_until"]) if cells["valid_until"] else None,
        "note": cells["note"], "source": cells["source"],
    }  # fmt: skip
    row = operations.organisation_for(name=cells["organisation"], country=cells["country"])
    same = {name: values[name] for name in ("kind", "title", "valid_from")}
    fact = Fact.objects.filter(organisation=row, **same).first()
    if fact is not None and all(getattr(fact, name) == value for name, value in values.items()):
        return False
    operations.write_fact(
        organisation=row, fact=fact, seen_version=fact.version if fact else 0, confirmed=cells["confirmed"], actor=actor,
        now=now, **values,
    )  # fmt: skip
    return True
