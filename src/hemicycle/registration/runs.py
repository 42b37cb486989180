"""Lists out and in: what the desk can ask for, and how a worker does it."""

import json
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hemicycle.conferences.models import Run, Term
from hemicycle.conferences.runs import CannotMake, Kind, Made, Told, offer, sealed
from hemicycle.files.tables import BadTable
from hemicycle.kit import clock
from hemicycle.registration import arrivals, intake, queries, questionnaire
from hemicycle.registration.formats import tables
from hemicycle.registration.models import Category, Intake
from hemicycle.registration.queries import Filter

EXPORT, GUARD, CHECK, ENTER, ABSENT = (
    f"registration.{word}" for word in ("export", "guard", "check", "enter", "absent")
)
SHOWN_FAULTS = 50


def _export(run: Run, told: Told) -> Made:
    conference, kind = run.conference, run.arguments["form"]
    restricted = run.kind == GUARD
    chosen = Filter(**run.arguments["chosen"])
    rows = queries.listed(conference=conference, chosen=chosen).prefetch_related("answers__question")
    questions = questionnaire.questions(conference=conference)
    found, total = [], rows.count()
    told(0, total)
    for number, row in enumerate(rows.iterator(chunk_size=500), 1):
        found.append(tables.row(row, conference=conference, questions=questions, restricted=restricted))
        told(number, total)
    content = tables.write(found, kind=kind, questions=questions, restricted=restricted)
    name = f"{conference.slug}-{'guard' if restricted else 'registrations'}.{kind}"
    return Made(content=content, name=name, media=tables.TYPES[kind])


def _check(run: Run, _told: Told) -> Made:
    try:
        found, rows, source = intake.check(
            conference=run.conference, content=sealed(run=run), name=run.arguments["name"],
            default_country=run.arguments["country"], now=clock.now(),
        )  # fmt: skip
    except BadTable as broken:
        raise CannotMake(_("The file cannot be read: %(why)s.") % {"why": broken}) from broken
    faulty = [{"number": row.number, "faults": row.faults} for row in rows if row.faults]
    seen = {
        "intake": found.pk if found else None, "source": source, "number": len(rows), "faults": len(faulty),
        "faulty": faulty[:SHOWN_FAULTS],
    }  # fmt: skip
    return Made(content=json.dumps(seen).encode())


def _enter(run: Run, told: Told) -> Made:
    wanted = run.arguments
    found = Intake.objects.filter(conference=run.conference, pk=wanted["intake"]).first()
    if found is None:
        raise CannotMake(_("This list was entered already, or is older than a day. Load the file again."))
    done = intake.take_in(
        intake=found, stakeholder=Term.objects.get(pk=wanted["stakeholder"]),
        category=Category.objects.filter(conference=run.conference, pk=wanted["category"]).first(),
        actor=run.asked_by, now=clock.now(),
    )  # fmt: skip
    sentence = _(
        "Entered: %(confirmed)s with a place, %(waiting)s in the waiting list; %(known)s were registered already."
    )
    told(1, 1)
    return Made(said=sentence % asdict(done))


def _absent(run: Run, told: Told) -> Made:
    try:
        number = arrivals.note_absent(conference=run.conference, actor=run.asked_by, now=clock.now(), told=told)
    except arrivals.NotOver as early:
        raise CannotMake(_("This can be said once the last day is over and somebody was checked in.")) from early
    sentence = ngettext(
        "%(number)s person is noted as not having come, and was told by mail.",
        "%(number)s people are noted as not having come, and were told by mail.",
        number,
    )
    return Made(said=sentence % {"number": number})


def wire() -> None:
    """Make the lists known."""
    page = "registration:desk_list"
    asking = "registration:desk_import"
    offer(
        Kind(EXPORT, gettext_lazy("List of registrations"), _export, "registration.see", page),
        Kind(GUARD, gettext_lazy("List for the guard"), _export, "registration.guard", page),
        Kind(CHECK, gettext_lazy("Reading a list"), _check, "registration.change", asking, preview=True),
        Kind(ABSENT, gettext_lazy("Who did not come"), _absent, "registration.change", "door:desk", alone=True),
        Kind(ENTER, gettext_lazy("Entering a list"), _enter, "registration.change", page, alone=True, stoppable=False),
    )
