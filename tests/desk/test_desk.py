"""The desk: settings with checks, two people editing, roles."""

import pytest
from django.urls import reverse

from hemicycle.agenda.models import Release
from hemicycle.matchmaking.models import Meeting, Plan
from tests.factories import NOON, confirmed, meeting_slots, member, profile, session

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(edition, signed_in):
    return signed_in(member(edition), second_factor=True)


def look(edition, **values):
    return {"brand": "#0b6b46", "accent": "#ffb347", "version": edition.version} | values


def legal(edition, **values):
    return {
        "regime": "eudpr", "controller": "Hosts", "controller_contact": "b@example.eu", "record_number": "",
        "retention_months": 6, "privacy_text_en": "We keep **little**.", "version": edition.version,
    } | values  # fmt: skip


def windows(edition, **values):
    return {"capacity": 50, "version": edition.version} | values


FORMS = {"look": look, "legal": legal, "windows": windows}


def test_colours_are_saved_and_shown_as_theme(edition, owner):
    answer = owner.post(reverse("desk:look", args=[edition.slug]), look(edition))

    edition.refresh_from_db()
    assert (answer.status_code, edition.brand, edition.version) == (302, "#0b6b46", 2)
    assert "--brand:#0b6b46" in owner.get(reverse("website:theme", args=[edition.slug, 2])).content.decode()


@pytest.mark.parametrize(
    ("page", "values", "sentence"),
    [
        ("look", {"brand": "#ffee00"}, "at least 4.5:1 is needed. Take a darker one."),
        ("look", {"accent": "#101020"}, "Take a lighter one."),
        ("look", {"brand": "blue"}, "Enter a valid value."),
        ("windows", {"capacity": -1}, "greater than or equal to 0"),
        ("legal", {"retention_months": "soon"}, "Enter a whole number."),
    ],
)
def test_wrong_settings_are_told_and_not_stored(edition, owner, page, values, sentence):
    answer = owner.post(reverse(f"desk:{page}", args=[edition.slug]), FORMS[page](edition, **values))

    edition.refresh_from_db()
    assert (answer.status_code, sentence in answer.content.decode(), edition.version) == (422, True, 1)


def test_two_people_editing_are_told(edition, owner):
    address = reverse("desk:windows", args=[edition.slug])
    owner.post(address, windows(edition))

    late = owner.post(address, windows(edition, capacity=77))
    assert (late.status_code, b"Somebody else saved" in late.content, b'value="77"' in late.content) == (
        422,
        True,
        True,
    )
    edition.refresh_from_db()
    assert edition.capacity == 50
    assert owner.post(address, windows(edition, capacity=77)).status_code == 302


def test_publishing_the_agenda_by_the_page(edition, owner):
    session(edition)
    for _ in range(2):
        owner.post(reverse("agenda:desk_release", args=[edition.slug]), {"note": "First"})

    assert Release.objects.count() == 1


def test_scheduling_by_the_pages(edition, owner, work):
    from hemicycle.matchmaking import operations

    meeting_slots(edition)
    one, two = profile(edition), profile(edition)
    asked = operations.ask(sender=one, receiver=two, message="", now=NOON)
    operations.answer(meeting_request=asked, yes=True, now=NOON)
    start = reverse("matchmaking:desk_schedule", args=[edition.slug])
    assert owner.post(start, {"seconds": "9999"})["Location"].endswith("/matchmaking/")
    with work():
        owner.post(start, {"seconds": "0.5"})
    plan = Plan.objects.get()
    assert (
        b"Everything found a place."
        in owner.get(reverse("matchmaking:desk_plan", args=[edition.slug, plan.pk])).content
    )
    assert b"data-done" in owner.get(reverse("matchmaking:desk_progress", args=[edition.slug, plan.pk])).content
    for _ in range(2):
        owner.post(reverse("matchmaking:desk_publish", args=[edition.slug, plan.pk]))

    assert Meeting.objects.count() == 1


def test_the_account_shows_registrations_and_desks(edition, signed_in):
    row = confirmed(edition)
    page = signed_in(row.person).get(reverse("desk:account")).content.decode()
    assert (str(edition.name) in page, "My desks" in page) == (True, False)


def test_the_account_of_a_team_member_has_a_desk(edition, owner):
    assert b"My desks" in owner.get(reverse("desk:account")).content
