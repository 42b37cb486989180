"""The edition's settings, its lists, its venue, and the style page."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django_scopes import scope

from hemicycle.conferences.models import Body, Figure, PolicyAction, Room, Venue
from hemicycle.desk import rules
from tests import factories
from tests.factories import member, session

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(edition, signed_in):
    return signed_in(member(edition), second_factor=True)


def at(edition, name, *args):
    return reverse(f"desk:{name}", args=[edition.slug, *args])


def answers(edition, **values):
    return {
        "name_en": "Baltic Days", "short_name": "Baltic", "starts_on": "2030-05-07", "ends_on": "2030-05-08",
        "timezone": "Europe/Riga", "city": "Riga", "country": "LV", "contact_email": "a@example.eu", "stage": "open",
        "version": edition.version,
    } | values  # fmt: skip


def test_the_edition_is_changed(edition, owner):
    edition.languages = ["en", "lv"]
    edition.save()
    answer = owner.post(at(edition, "settings"), answers(edition, name_lv="Baltijas dienas", online="on"))
    edition.refresh_from_db()

    assert (answer.status_code, edition.timezone, edition.city, edition.online) == (302, "Europe/Riga", "Riga", True)
    assert edition.name.data == {"en": "Baltic Days", "lv": "Baltijas dienas"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ends_on": "2030-05-06"}, "The last day is before the first."),
        ({"ends_on": ""}, "Give both days"),
        ({"starts_on": ""}, "Give both days"),
        ({"timezone": "CET"}, "Select a valid choice."),
        ({"name_en": ""}, "Write this in English"),
        ({"contact_email": "nobody"}, "Write the full address"),
        ({"country": "XX"}, "Select a valid choice."),
    ],
)
def test_a_wrong_edition_is_told_and_kept(edition, owner, values, sentence):
    answer = owner.post(at(edition, "settings"), answers(edition, hashtag="#kept", **values))
    shown = answer.content.decode()
    edition.refresh_from_db()

    assert (answer.status_code, sentence in shown, "#kept" in shown, edition.version) == (422, True, True, 1)


def test_windows_are_local_times(edition, owner):
    values = {"capacity": 80, "version": 1, "registration_opens_at": "2030-02-01T09:00"}
    answer = owner.post(at(edition, "windows"), values | {"registration_closes_at": "2030-05-01T09:00"})
    edition.refresh_from_db()

    assert (answer.status_code, edition.registration_opens_at, edition.registration_closes_at) == (
        302, datetime(2030, 2, 1, 8, 0, tzinfo=UTC), datetime(2030, 5, 1, 7, 0, tzinfo=UTC),
    )  # fmt: skip
    late = owner.post(at(edition, "windows"), values | {"registration_closes_at": "2030-01-01T09:00", "version": 2})
    assert (late.status_code, b"This is before it opens." in late.content) == (422, True)


def test_a_time_shown_twice_is_asked_for(edition, owner):
    values = {"capacity": 80, "version": 1, "registration_opens_at": "2030-10-27T02:30"}
    asked = owner.post(at(edition, "windows"), values)
    assert (asked.status_code, b"the second, an hour later" in asked.content) == (422, True)

    owner.post(at(edition, "windows"), values | {"registration_opens_at_fold": "1"})
    edition.refresh_from_db()
    assert edition.registration_opens_at == datetime(2030, 10, 27, 1, 30, tzinfo=UTC)


def test_legal_settings_stand_on_the_privacy_page(edition, owner, client):
    owner.post(at(edition, "legal"), {
        "regime": "eudpr", "controller": "The Hosts", "controller_contact": "b@example.eu", "record_number": "DPR-1",
        "retention_months": 6, "privacy_text_en": "We keep **little**.", "version": 1,
    })  # fmt: skip
    page = client.get(reverse("website:privacy", args=[edition.slug])).content.decode()

    words = ("Regulation (EU) 2018/1725", "The Hosts", "DPR-1", "6 months", "<strong>little</strong>")
    assert [word in page for word in words] == [True] * 5


@pytest.mark.parametrize(
    ("verb", "code", "after"),
    [
        ("add", "de", ["en", "fr", "de"]), ("add", "fr", ["en", "fr"]), ("add", "xx", ["en", "fr"]),
        ("up", "fr", ["fr", "en"]), ("up", "en", ["en", "fr"]), ("down", "en", ["fr", "en"]), ("down", "fr", ["en", "fr"]),
        ("remove", "en", ["fr"]), ("remove", "de", ["en", "fr"]),
    ],
)  # fmt: skip
def test_languages_after_one_press(verb, code, after):
    assert rules.languages(["en", "fr"], verb=verb, code=code) == after


def test_the_last_language_stays():
    assert rules.languages(["en"], verb="remove", code="en") == ["en"]


def test_languages_by_the_page(edition, owner):
    address = at(edition, "languages")
    owner.post(address, {"do": "add", "language": "lv", "version": 1})
    owner.post(address, {"do": "up lv", "version": 2})
    late = owner.post(address, {"do": "remove en", "version": 2})
    edition.refresh_from_db()

    assert (edition.languages, late.status_code, b"Somebody else saved" in late.content) == (["lv", "en"], 422, True)
    assert owner.post(address, {"do": "explode", "version": 3}).status_code == 422


FIGURE = {"label_en": "people", "value": 700, "definition_en": "Registered.", "certainty": "organiser", "on_home": "on"}
ROWS = {
    "rooms": (Room, {"name_en": "Gold Hall", "capacity": 50}),
    "bodies": (Body, {"role": "host", "name_en": "The Commission"}),
    "figures": (Figure, FIGURE),
    "policy": (PolicyAction, {"kind": "policy", "title_en": "Pact for Skills"}),
}


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_a_row_is_added_changed_moved_and_removed(edition, owner, kind):
    model, values = ROWS[kind]
    for _ in range(2):
        assert owner.post(at(edition, "part_add", kind), values | {"version": 0}).status_code == 302
    first, second = model.objects.all()
    owner.post(at(edition, "part_move", kind, second.pk), {"to": "up"})
    assert [row.pk for row in model.objects.all()] == [second.pk, first.pk]

    assert owner.post(at(edition, "part", kind, first.pk), values | {"version": 1}).status_code == 302
    late = owner.post(at(edition, "part", kind, first.pk), values | {"version": 1})
    empty = owner.post(at(edition, "part", kind, first.pk), {"version": 2})
    assert (late.status_code, empty.status_code) == (422, 422)
    owner.post(at(edition, "part_remove", kind, first.pk), {"yes": "yes"})
    assert [row.pk for row in model.objects.all()] == [second.pk]
    assert owner.get(at(edition, "parts", kind)).status_code == (302 if kind == "rooms" else 200)


def test_an_unknown_list_is_not_there(edition, owner):
    assert owner.get(at(edition, "parts", "secrets")).status_code == 404


def test_a_figure_without_a_definition_is_refused(edition, owner):
    answer = owner.post(at(edition, "part_add", "figures"), FIGURE | {"definition_en": "", "version": 0})

    assert (answer.status_code, b'value="700"' in answer.content, Figure.objects.count()) == (422, True, 0)


def test_a_room_in_use_says_where(edition, owner):
    owner.post(at(edition, "part_add", "rooms"), {"name_en": "Gold Hall", "capacity": 50, "version": 0})
    gold = Room.objects.get()
    session(edition, "opening", room=gold)
    answer = owner.post(at(edition, "part_remove", "rooms", gold.pk), {"yes": "yes"})

    assert (answer.status_code, b"Session opening" in answer.content, Room.objects.count()) == (409, True, 1)


def test_the_venue_by_the_page(edition, owner):
    address = at(edition, "venue")
    owner.post(
        address, {"name": "Square", "latitude": 50.8, "longitude": 4.3, "directions_en": "By train", "version": 0}
    )
    late = owner.post(address, {"name": "Circle", "version": 0})
    wrong = owner.post(address, {"name": "Circle", "latitude": 91, "version": 1})

    assert (str(Venue.objects.get()), late.status_code, wrong.status_code) == ("Square", 422, 422)
    assert b'value="Circle"' in wrong.content


def test_settings_of_another_edition_and_other_roles_are_kept_out(edition, owner, signed_in):
    other = factories.edition(slug="other")
    with scope(conference=other.pk):
        foreign = Body.objects.create(conference=other, role="host", name="Foreign")

    assert owner.post(at(edition, "part_remove", "bodies", foreign.pk), {"yes": "yes"}).status_code == 404
    assert owner.post(at(other, "settings"), answers(other)).status_code == 403
    programme = signed_in(member(edition, "programme"), second_factor=True)
    assert programme.post(at(edition, "settings"), answers(edition)).status_code == 403


@pytest.mark.parametrize(("demo", "debug", "status"), [(True, False, 200), (False, True, 200), (False, False, 404)])
def test_the_style_page_is_for_demo_and_developers(db, client, settings, demo, debug, status):
    settings.HEMICYCLE_DEMO, settings.DEBUG = demo, debug
    answer = client.get("/_ui/")

    assert (answer.status_code, answer.get("X-Robots-Tag")) == (status, "noindex" if status == 200 else None)
