"""Entering a list: what holds for all rows is looked up once, and still everybody is treated as if they came one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import User
from hemicycle.directory.models import Organisation
from hemicycle.notifications.models import Mail
from hemicycle.registration import intake, operations, places
from hemicycle.registration.models import Category, Intake, Registration
from tests.factories import NOON, confirmed, details, registered, term

HEAD = "first_name,last_name,email,organisation,country\n"
PER_ROW = 14


def read(edition, rows):
    found, _rows, _source = intake.check(
        conference=edition, content=(HEAD + "\n".join(rows)).encode(), name="a.csv", default_country="", now=NOON
    )
    return found


def enter(found, category=None):
    return intake.take_in(intake=found, stakeholder=term(), category=category, actor=None, now=NOON)


def people(number, *, start=0):
    return [f"A{n},B,a{n}@example.eu,Linen,SE" for n in range(start, start + number)]


@pytest.mark.parametrize("waits", [None, "all", "own", "other"])
@pytest.mark.parametrize(("capacity", "quota"), [(6, None), (6, 2), (6, 0), (2, 4), (1, None)])
def test_room_says_of_many_what_has_room_says_of_each(edition, noon, capacity, quota, waits):
    edition.capacity = capacity
    edition.save()
    own = Category.objects.create(conference=edition, slug="own", name="Own", quota=quota)
    other = Category.objects.create(conference=edition, slug="other", name="Other", quota=0)
    confirmed(edition)
    if waits is not None:
        row = registered(edition, category={"all": None, "own": own, "other": other}[waits])
        Registration.objects.filter(pk=row.pk).update(status="waiting", waiting_since=NOON)
    for category in (own, None):
        said = places.room(conference=edition, category=category, now=NOON)
        served = 0
        while places.has_room(conference=edition, category=category, size=1, now=NOON):
            row = Registration(conference=edition, person=User.objects.create_user(f"{category}{served}@example.eu"))
            operations.write_details(row, details=details(category=category), status="confirmed", now=NOON)
            served += 1
        assert said == served


def test_a_longer_list_asks_no_more_for_each_row(edition, noon):
    edition.capacity = 100
    edition.save()
    used = []
    for number, start in ((5, 0), (25, 100)):
        found = read(edition, people(number, start=start))
        with CaptureQueriesContext(connection) as seen:
            assert enter(found).confirmed == number
        used.append(len([query for query in seen if "SAVEPOINT" not in query["sql"]]))
    assert (used[1] - used[0]) / 20 <= PER_ROW
    assert Organisation.objects.count() == 1


def test_a_fault_in_the_last_row_keeps_the_whole_list_out(edition, noon, monkeypatch):
    found = read(edition, people(3))
    whole = operations.confirm

    def breaks(registration, **more):
        if registration.person.email == "a2@example.eu":
            raise RuntimeError("the power went")
        whole(registration, **more)

    monkeypatch.setattr(operations, "confirm", breaks)
    with pytest.raises(RuntimeError):
        enter(found)
    assert (Registration.objects.count(), Mail.objects.count(), Organisation.objects.count()) == (0, 0, 0)
    assert Intake.objects.count() == 1


def test_places_go_in_the_order_of_the_rows_and_of_a_quota(edition, noon):
    way = Category.objects.create(conference=edition, slug="guests", name="Guests", quota=2)
    gone = confirmed(edition, email="a0@example.eu")
    Registration.objects.filter(pk=gone.pk).update(status="cancelled")
    known = confirmed(edition, email="a1@example.eu")

    done = enter(read(edition, people(5)), way)

    assert (done.confirmed, done.waiting, done.known) == (2, 2, 1)
    rows = Registration.objects.order_by("created_order").values_list("person__email", "status")
    assert [(email[:2], status) for email, status in rows] == [
        ("a1", "confirmed"), ("a0", "confirmed"), ("a2", "confirmed"), ("a3", "waiting"), ("a4", "waiting"),
    ]  # fmt: skip
    gone.refresh_from_db()
    assert (gone.category, str(gone.organisation), known.category) == (way, "Linen", None)
