"""Organisations out and in: what the desk can ask for, and how a worker does it."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.conferences.models import Run
from hemicycle.conferences.runs import CannotMake, Kind, Made, Told, offer, sealed
from hemicycle.directory import intake, queries
from hemicycle.directory.formats import tables
from hemicycle.directory.models import Intake
from hemicycle.directory.queries import Filter
from hemicycle.files.tables import BadTable
from hemicycle.kit import clock

EXPORT, CHECK, ENTER = (f"directory.{word}" for word in ("export", "check", "enter"))
SHOWN_FAULTS = 50


def _export(run: Run, told: Told) -> Made:
    kind = run.arguments["form"]
    rows = queries.listed(chosen=Filter(**run.arguments["chosen"]), public=False).prefetch_related("facts")
    total = rows.count()
    told(0, total)
    found = []
    for number, row in enumerate(rows.iterator(chunk_size=500), 1):
        found.append(row)
        told(number, total)
    name = f"{run.conference.slug}-organisations.{kind}"
    return Made(content=tables.write(found, kind=kind), name=name, media=tables.TYPES[kind])


def _check(run: Run, _told: Told) -> Made:
    try:
        read = intake.check(
            conference=run.conference, content=sealed(run=run), name=run.arguments["name"], now=clock.now()
        )
    except BadTable as broken:
        raise CannotMake(_("The file cannot be read: %(why)s.") % {"why": broken}) from broken
    faulty = [
        {"sheet": sheet, "number": row.number, "faults": row.faults}
        for sheet, rows in (("", read.organisations), ("facts", read.facts))
        for row in rows
        if row.faults
    ]
    seen = {
        "intake": read.intake.pk if read.intake else None, "faults": len(faulty), "faulty": faulty[:SHOWN_FAULTS],
        "new": sum(row.new for row in read.organisations), "old": sum(not row.new for row in read.organisations),
        "facts": len(read.facts),
    }  # fmt: skip
    return Made(content=json.dumps(seen).encode())


def _enter(run: Run, told: Told) -> Made:
    found = Intake.objects.filter(conference=run.conference, pk=run.arguments["intake"]).first()
    if found is None:
        raise CannotMake(_("This list was entered already, or is older than a day. Load the file again."))
    done = intake.take_in(intake=found, actor=run.asked_by, now=clock.now())
    told(1, 1)
    return Made(said=_("Entered: %(created)s new, %(changed)s changed, %(facts)s facts.") % vars(done))


def wire() -> None:
    """Make the lists known."""
    page, asking, change = "directory:desk_list", "directory:desk_import", "organisations.change"
    offer(
        Kind(EXPORT, gettext_lazy("List of organisations"), _export, "organisations.see", page),
        Kind(CHECK, gettext_lazy("Reading a list of organisations"), _check, change, asking, preview=True),
        Kind(
            ENTER, gettext_lazy("Entering a list of organisations"), _enter, change, page, alone=True, stoppable=False
        ),
    )
