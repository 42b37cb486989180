"""Registrations from another tool: read and shown first, entered only when every row is good and somebody says yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hemicycle.accounts import operations as accounts
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference, Term
from hemicycle.conferences.queries import lock
from hemicycle.directory.models import Organisation
from hemicycle.directory.operations import hold, organisation_for
from hemicycle.files.tables import BadTable, read_table
from hemicycle.kit import secrets
from hemicycle.registration import operations, places
from hemicycle.registration.enums import Mode, Status
from hemicycle.registration.formats import imports
from hemicycle.registration.models import Category, Intake, Registration

KEPT = timedelta(days=1)
PURPOSE = "registration.intake"


@dataclass(frozen=True)
class Taken:
    """What an import did: places given, turns in the waiting list, and people who were registered already."""

    confirmed: int
    waiting: int
    known: int


def check(
    *, conference: Conference, content: bytes, name: str, default_country: str, now: datetime
) -> tuple[Intake | None, list[imports.Row], str]:
    """Read a file and write nothing of it but a sealed copy; without a fault in any row it can be taken in.

    Return the copy (None while there are faults), the rows with their faults, and the tool it came from.

    Raises:
        files.tables.BadTable: not a table, or columns of no tool that is known.
    """
    table = read_table(content, name=name)
    source = imports.source_of(set(table[0]) if table else set())
    if not source:
        raise BadTable("the columns are those of none of: pretix, Indico, b2match, or our own export")
    rows = imports.read(table, source=source, default_country=default_country)
    if any(row.faults for row in rows):
        return None, rows, source
    sealed = secrets.seal([dict(row.values) for row in rows], purpose=PURPOSE)
    return Intake.objects.create(conference=conference, source=source, rows=sealed, created_at=now), rows, source


@transaction.atomic
def take_in(*, intake: Intake, stakeholder: Term, category: Category | None, actor: Any, now: datetime) -> Taken:
    """Enter every row of a checked file, or none: a place while there are places, else a turn in the waiting list."""
    conference = lock(conference_id=intake.conference_id)
    entering = _Entering(conference, stakeholder=stakeholder, category=category, now=now)
    done = {"confirmed": 0, "waiting": 0, "known": 0}
    for values in secrets.unseal(intake.rows, purpose=PURPOSE):
        done[entering.enter(values)] += 1
    audit.record(action="imported", target=conference, actor=actor, at=now, source=intake.source, **done)
    intake.delete()
    return Taken(**done)


class _Entering:
    """One list on its way in: what holds for all rows is looked up once, since nobody else writes under the lock."""

    def __init__(self, conference: Conference, *, stakeholder: Term, category: Category | None, now: datetime) -> None:
        self.conference, self.stakeholder, self.category, self.now = conference, stakeholder, category, now
        self.room = places.room(conference=conference, category=category, now=now)
        self.order = operations.next_order(conference_id=conference.pk)
        self.known = {row.person_id: row for row in Registration.objects.filter(conference=conference)}
        self.organisations: dict[tuple[str, str], Organisation | None] = {}

    def enter(self, values: Mapping[str, str]) -> str:
        """Enter one row; return what became of it."""
        conference, now = self.conference, self.now
        person = accounts.person_for(
            email=values["email"], first_name=values["first_name"], last_name=values["last_name"], language="en"
        )
        known = self.known.get(person.pk)
        if known is not None and known.status not in (Status.CANCELLED, Status.DECLINED):
            return "known"
        registration = known or Registration(conference=conference)
        registration.person = person
        status = Status.SUBMITTED if self.room > 0 else Status.WAITING
        operations.write_details(
            registration, details=self._details(values), status=status, now=now, order=self.order, held=True
        )
        self.known[person.pk] = registration
        self.order += 1
        audit.record(action="registered", target=registration, actor=None, at=now)
        if status == Status.WAITING:
            operations.start_waiting(registration, conference=conference, now=now)
            return "waiting"
        self.room -= 1
        operations.confirm(registration, conference=conference, now=now)
        return "confirmed"

    def _details(self, values: Mapping[str, str]) -> operations.Details:
        return operations.Details(
            email=values["email"], first_name=values["first_name"], last_name=values["last_name"],
            stakeholder=self.stakeholder, country=values["country"], mode=Mode.ON_SITE,
            job_title=values.get("job_title", ""), category=self.category,
            organisation=self._organisation(values.get("organisation", ""), values["country"]),
        )  # fmt: skip

    def _organisation(self, name: str, country: str) -> Organisation | None:
        """Return the organisation of a name, held from the first row that names it on."""
        if not name:
            return None
        if (name, country) not in self.organisations:
            self.organisations[name, country] = hold(organisation_for(name=name, country=country))
        return self.organisations[name, country]


def forget(*, conference: Conference, now: datetime) -> int:
    """Delete files that nobody said yes to; return how many."""
    return Intake.objects.filter(conference=conference, created_at__lte=now - KEPT).delete()[0]
