"""Editions: zones, windows, roles, one truth per figure."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django_scopes.exceptions import ScopeError

from hemicycle.conferences import operations, permissions, queries, rules
from hemicycle.conferences.enums import Role
from hemicycle.conferences.models import Room
from hemicycle.registration.letters import dates
from tests.factories import NOON, member, person
from tests.factories import edition as make_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [(None, None, False), (0, None, True), (1, None, False), (-1, 0, False), (-1, 1, True)],
)
def test_a_window(opens, closes, is_open):
    hours = [None if h is None else NOON + timedelta(hours=h) for h in (opens, closes)]
    assert rules.is_open(now=NOON, opens_at=hours[0], closes_at=hours[1]) is is_open


@pytest.mark.parametrize("zone", ["CET", "Brussels", "UTC+1", "Europe/Atlantis"])
def test_only_iana_zones(zone):
    with pytest.raises(ValidationError):
        make_edition(timezone=zone)


def test_an_edition_ends_after_it_starts():
    with pytest.raises(ValidationError):
        make_edition(starts_on=date(2030, 5, 8), ends_on=date(2030, 5, 7))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2030, 5, 7), date(2030, 5, 8), "7-8 May 2030"),
        (date(2030, 5, 7), date(2030, 5, 7), "7 May 2030"),
        (date(2030, 5, 31), date(2030, 6, 1), "31 May - 1 June 2030"),
        (None, None, ""),
    ],
)
def test_the_days_as_people_write_them(first, last, words):
    assert dates(make_edition(starts_on=first, ends_on=last)) == words


def test_rows_of_an_edition_are_out_of_reach_outside_its_scope():
    with pytest.raises(ScopeError):
        Room.objects.count()


@pytest.mark.parametrize("capability", sorted(permissions.CAPABILITIES))
def test_the_permission_table(edition, capability):
    for role in Role:
        assert permissions.may(member(edition, role), capability, edition) is (
            role in permissions.CAPABILITIES[capability]
        )
    assert permissions.may(person(), capability, edition) is False
    assert permissions.may(person(is_superuser=True), capability, edition) is True


def test_a_role_given_twice_is_given_once(edition):
    someone = member(edition, "owner")
    operations.give_role(conference=edition, person=someone, role="owner", actor=None, now=NOON)

    assert [row.role for row in queries.team(conference=edition)] == ["owner"]
    assert [row.role for row in queries.roles_in(person=someone)] == ["owner"]


def test_past_editions_stand_in_the_archive_with_sources(edition, client):
    past = make_edition(slug="past2028", series=edition.series, number=2, year=2028, stage="archived")
    from django_scopes import scope

    with scope(conference=past.pk):
        operations.describe(
            conference=past,
            figures=[
                {"label": "participants", "value": 700, "definition": "As announced.", "source": "Organiser"},
                {
                    "label": "participants",
                    "value": 500,
                    "definition": "As printed.",
                    "source": "Press",
                    "certainty": "reported",
                },
            ],
            bodies=[{"role": "host", "name": "A host"}],
        )
    page = client.get(f"/{edition.slug}/editions/").content.decode()

    assert [word in page for word in ("700", "500", "Organiser", "Press", "A host")] == [True] * 5
