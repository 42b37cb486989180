"""What belongs to an edition: rooms, hosts, figures, policy; in order, with versions, not removed while used."""

import pytest
from django.core.exceptions import ValidationError

from hemicycle.audit.models import Entry
from hemicycle.conferences import operations, parts, queries, rules
from hemicycle.conferences.models import Body, Figure, Room
from hemicycle.registration import seats
from tests.factories import NOON, session

pytestmark = pytest.mark.django_db
BY = {"actor": None, "now": NOON}


def room(edition, name="Gold Hall", **values):
    values = {"slug": rules.free_slug(name, taken=[]), "name": name, "capacity": 50} | values
    return parts.add(model=Room, conference=edition, **BY, **values)


@pytest.mark.parametrize(
    ("words", "taken", "slug"),
    [
        ("Gold Hall", [], "gold-hall"),
        ("Gold Hall", ["gold-hall"], "gold-hall-2"),
        ("Gold Hall", ["gold-hall", "gold-hall-2"], "gold-hall-3"),
        ("Ελλάδα", [], "item"),
        ("x" * 99, [], "x" * 46),
    ],
)
def test_an_address_is_made_of_words_and_free(words, taken, slug):
    assert rules.free_slug(words, taken=taken) == slug


def test_rooms_stand_in_the_order_of_the_team(edition):
    gold, arc, blue = (room(edition, name) for name in ("Gold", "Arc", "Blue"))
    parts.move(row=blue, up=True, **BY)
    parts.move(row=gold, up=True, **BY)
    parts.move(row=gold, up=False, **BY)

    assert [str(row.name) for row in queries.rooms(conference=edition)] == ["Blue", "Gold", "Arc"]
    assert arc.order == 1


def test_hosts_and_partners_are_lists_of_their_own(edition):
    names = (("host", "A"), ("partner", "B"), ("host", "C"))
    rows = [parts.add(model=Body, conference=edition, role=role, name=name, **BY) for role, name in names]
    parts.move(row=rows[2], up=True, **BY)

    assert [(row.role, str(row.name)) for row in queries.bodies(conference=edition)] == [
        ("host", "C"), ("host", "A"), ("partner", "B"),
    ]  # fmt: skip


def test_two_people_changing_a_row_are_told(edition):
    gold = room(edition)
    parts.change(row=gold, seen_version=1, capacity=60, **BY)

    with pytest.raises(operations.SomebodyElseWrote):
        parts.change(row=gold, seen_version=1, capacity=70, **BY)
    gold.refresh_from_db()
    assert (gold.capacity, gold.version) == (60, 2)
    assert [row.action for row in Entry.objects.filter(target_type="conferences.Room").order_by("pk")] == [
        "added", "changed",
    ]  # fmt: skip


def test_a_row_that_is_gone_is_told(edition):
    gold = room(edition)
    parts.remove(row=Room.objects.get(), **BY)

    with pytest.raises(operations.SomebodyElseWrote):
        parts.change(row=gold, seen_version=1, capacity=70, **BY)


def test_a_room_in_use_stays_and_says_where(edition):
    gold = room(edition)
    session(edition, "opening", room=gold)
    seats.create_side_event(
        conference=edition, slug="assembly", title="Assembly", about="", host="ECCP", capacity=2, room=gold,
        starts_at=NOON, ends_at=NOON.replace(hour=12), audience={}, audience_words="", how_to_become="",
    )  # fmt: skip

    with pytest.raises(parts.InUse) as told:
        parts.remove(row=gold, **BY)

    assert told.value.places == ["Assembly", "Session opening"]
    assert (Room.objects.count(), Entry.objects.filter(action="removed").count()) == (1, 0)


def test_a_figure_needs_its_definition(edition):
    with pytest.raises(ValidationError) as told:
        parts.add(model=Figure, conference=edition, label="people", value=700, definition="", **BY)

    assert list(told.value.message_dict) == ["definition"]


def test_the_venue_has_a_version_too(edition):
    operations.change_venue(conference=edition, seen_version=0, name="Square", **BY)
    operations.change_venue(conference=edition, seen_version=1, name="Circle", **BY)

    with pytest.raises(operations.SomebodyElseWrote):
        operations.change_venue(conference=edition, seen_version=1, name="Square", **BY)
    assert queries.venue(conference=edition).name == "Circle"


def test_an_edition_is_checked_before_it_is_stored(edition):
    with pytest.raises(ValidationError):
        operations.change_edition(conference=edition, seen_version=1, timezone="CET", **BY)
