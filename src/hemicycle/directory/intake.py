"""Organisations from a file: read and shown first, entered only when every row is good and somebody says yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock, terms
from hemicycle.directory import operations
from hemicycle.directory.formats import imports
from hemicycle.directory.models import Alias, Intake, Organisation
from hemicycle.files.tables import BadTable, read_table

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Taken:
    """What an import did: organisations made and organisations whose fields were written."""

    created: int
    changed: int


def check(
    *, conference: Conference, content: bytes, name: str, now: datetime
) -> tuple[Intake | None, list[imports.Row]]:
    """Read a file and enter nothing of it; without a fault in any row it can be taken in within a day.

    Raises:
        files.tables.BadTable: not a table, or without the columns name and country.
    """
    table = read_table(content, name=name)
    if not table or not {"name", "country"} <= set(table[0]):
        raise BadTable("the first row must name the columns name and country")
    known = {(row[0].casefold(), row[1]) for row in Organisation.objects.values_list("name", "country")}
    known |= {(row[0].casefold(), row[1]) for row in Alias.objects.values_list("name", "country")}
    rows = imports.read(
        table,
        kinds=[term.key for term in terms(kind=TermKind.STAKEHOLDER)],
        ecosystems=[term.key for term in terms(kind=TermKind.ECOSYSTEM)],
        known=known,
    )
    Intake.objects.filter(conference=conference, created_at__lte=now - KEPT).delete()
    if any(row.faults for row in rows):
        return None, rows
    return Intake.objects.create(conference=conference, rows=[dict(row.values) for row in rows], created_at=now), rows


@transaction.atomic
def take_in(*, intake: Intake, actor: Any, now: datetime) -> Taken:
    """Enter every row of a checked file, or none; what a cell does not say stays as it is."""
    conference = lock(conference_id=intake.conference_id)
    kinds = {term.key: term for term in terms(kind=TermKind.STAKEHOLDER)}
    ecosystems = {term.key: term for term in terms(kind=TermKind.ECOSYSTEM)}
    done = {"created": 0, "changed": 0}
    for cells in intake.rows:
        values = dict(cells)
        name, country = values.pop("name"), values.pop("country")
        if "kind" in values:
            values["kind"] = kinds[values["kind"]]
        if "ecosystems" in values:
            values["ecosystems"] = [ecosystems[key] for key in values["ecosystems"]]
        if "members" in values:
            values["members"] = int(Decimal(values["members"]))
        if "staff" in values:
            values["staff"] = Decimal(values["staff"])
        before = Organisation.objects.count()
        row = operations.organisation_for(name=name, country=country)
        made = Organisation.objects.count() > before
        operations.change(
            organisation=row, seen_version=row.version, actor=actor, now=now,
            **values, **({"listed": True} if made else {}),
        )  # fmt: skip
        done["created" if made else "changed"] += 1
    audit.record(action="imported", target=conference, actor=actor, at=now, what="organisations", **done)
    intake.delete()
    return Taken(**done)
