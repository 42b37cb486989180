"""Fills an empty site with the demo edition: public facts, invented people, all through the operations."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction
from django_scopes import scope

from hemicycle.conferences.queries import by_slug
from hemicycle.demo import clock, hosting, people, requests, stage
from hemicycle.demo.arrivals import Arrivals
from hemicycle.demo.quiet import quiet_ledger, tidy_mailbox
from hemicycle.demo.words import read

SLUG = "ecc2024"
END = datetime(2024, 4, 15, tzinfo=UTC)


@transaction.atomic
def load(*, progress: Callable[[str], None]) -> None:
    """Enter the demo edition once; on a site that has it, nothing happens."""
    if by_slug(slug=SLUG) is not None:
        return
    with quiet_ledger():
        progress("Nine editions and one taxonomy")
        terms = stage.taxonomy()
        conference = stage.edition(stage.archive())
        with scope(conference=conference.pk):
            _fill(stage.Stage(conference=conference, owner=stage.team(conference), terms=terms), progress)
            tidy_mailbox(conference_id=conference.pk)
    clock.move(clock.START)


def _fill(found: stage.Stage, progress: Callable[[str], None]) -> None:
    row = next(row for row in read("editions")["editions"] if row["slug"] == SLUG)
    stage.describe(found.conference, row)
    stage.house(found)
    stage.site(found)
    stage.ways_of_coming(found)
    stage.side_events(found)
    stage.door_lists(found)
    world = people.generate()
    progress(f"{len(world.people)} people of {len(world.organisations)} organisations register")
    arrivals = Arrivals(found, world)
    arrivals.until(stage.RELEASED)
    progress("The agenda is released")
    stage.programme(found, arrivals.speakers())
    arrivals.until(END)
    stage.press(found, now=END)
    arrivals.bookmark()
    arrivals.look_after_organisations()
    wishes = requests.generate(world)
    progress(f"{len(world.meeting())} profiles and {len(wishes)} requests for meetings")
    arrivals.write_profiles()
    arrivals.take_seats()
    arrivals.meet(wishes)
    hosting.enter(found, arrivals.registrations.values())
