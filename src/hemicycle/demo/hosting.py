"""Enters a host for the side events, a workshop whose host decides about seats, and a paper to read beforehand."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.accounts import operations as accounts
from hemicycle.demo.roles import find
from hemicycle.demo.stage import Stage
from hemicycle.demo.words import read
from hemicycle.files.typesetting import typeset
from hemicycle.hosting import operations
from hemicycle.kit.i18n import text
from hemicycle.kit.uploads import PDF
from hemicycle.registration import seats, setup
from hemicycle.registration.models import Registration, Seat, SideEvent

ASKED = datetime(2024, 4, 11, 8, 0, tzinfo=UTC)
PAPER = """
#set document(title: data.title)
#set text(font: families, size: 11pt, lang: "en")
#set page(margin: 3cm)
= #data.title
#v(1em)
#for words in data.words [#words #parbreak()]
"""


def enter(stage: Stage, registrations: Iterable[Registration]) -> None:
    """Enter the demo's host with a desk at each side event, and the workshop with its requests."""
    role = find("host")
    assert role is not None  # pinned beside the others
    person = accounts.person_for(email=role.email, first_name="Benedikta", last_name="Rauch", language="en")
    accounts.verify_address(person=person)
    content = read("hosting")
    workshop = _workshop(stage, content["workshop"])
    for event in SideEvent.objects.filter(conference=stage.conference):
        operations.make_host(side_event=event, person=person, actor=stage.owner, now=ASKED)
    _question(stage, workshop, content["question"])
    _ask(workshop, registrations, [row["key"] for row in content["question"]["options"]])
    pages = typeset(PAPER, data=content["paper"])
    file = SimpleUploadedFile("questions-for-the-tables.pdf", pages)
    file.kind = PDF  # type: ignore[attr-defined]
    operations.add_paper(
        side_event=workshop, title=content["paper"]["title"], file=file, shown=True, actor=person, now=ASKED
    )


def _workshop(stage: Stage, row: dict[str, Any]) -> SideEvent:
    return setup.add_side_event(
        conference=stage.conference, slug=row["slug"], kind="workshop", session_slug=row["session"],
        starts_at=stage.local(row["date"], row["start"]), ends_at=stage.local(row["date"], row["end"]),
        room=stage.rooms[row["room"]], capacity=row["capacity"], needs_approval=True, actor=stage.owner, now=ASKED,
        **{name: text(row[name]) for name in ("title", "about", "host", "audience_words", "sample_note")},
    )  # fmt: skip


def _question(stage: Stage, workshop: SideEvent, row: dict[str, Any]) -> None:
    setup.write_question(
        conference=stage.conference, question=None, seen_version=0, categories=[], actor=stage.owner, now=ASKED,
        side_event=workshop, key=row["key"], label=text(row["label"]), help=text(""), kind="choice",
        options=row["options"], required=True, restricted=False, depends_on=None, values=[], order=0,
    )  # fmt: skip


def _ask(workshop: SideEvent, registrations: Iterable[Registration], choices: list[str]) -> None:
    rng = random.Random("workshop")
    people = [row for row in registrations if not row.person.email.endswith("@demo.hemicycle.example")]
    asked: list[Seat] = []
    for number, row in enumerate(rng.sample(people, 19)):
        now = ASKED + timedelta(minutes=37 * number)
        seat = seats.take(
            registration=row, side_event=workshop, swap=False, now=now, answers={"product": rng.choice(choices)}
        )
        asked.append(seat)
    decided = ASKED + timedelta(days=2)
    seats.approve(side_event=workshop, keys=[seat.pk for seat in asked[:13]], actor=None, now=decided)
    seats.decline(
        side_event=workshop, keys=[asked[13].pk], actor=None, now=decided,
        reason="Two colleagues of yours have a seat already; please share the notes.",
    )  # fmt: skip
