"""A side event with a host."""

from datetime import UTC, datetime, timedelta

import pytest

from hemicycle.hosting import operations
from hemicycle.registration import seats
from tests import factories
from tests.factories import NOON

START = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)


def make(edition, slug="assembly", **values):
    defaults = {
        "title": slug.title(), "host": "ECCP", "capacity": 2, "starts_at": START, "ends_at": START + timedelta(hours=3),
        "audience": {}, "how_to_become": "Ask.",
    }  # fmt: skip
    return seats.create_side_event(conference=edition, slug=slug, **(defaults | values))


@pytest.fixture
def event(edition, noon):
    return make(edition)


@pytest.fixture
def host(event):
    person = factories.person()
    operations.make_host(side_event=event, person=person, actor=None, now=NOON)
    return person


@pytest.fixture
def at_desk(host, signed_in):
    return signed_in(host)
