"""The form as people use and misuse it."""

import pytest
from django.urls import reverse

from hemicycle.notifications.models import Mail
from hemicycle.registration.models import Registration
from tests import without_tokens
from tests.factories import NOON, confirmed, details, registered, term, token

pytestmark = pytest.mark.django_db


def answers(**values):
    stakeholder = term().pk
    return {
        "first_name": "Zoë", "last_name": "Lindqvist", "email": "zoe@example.eu", "country": "SE",
        "stakeholder": stakeholder, "mode": "on_site", "notice": "on",
    } | values  # fmt: skip


def post(client, edition, **values):
    return client.post(reverse("registration:register", args=[edition.slug]), answers(**values))


def test_three_requests_to_a_confirmed_place(edition, client, noon):
    client.get(reverse("registration:register", args=[edition.slug]))
    post(client, edition, organisation="Nordic CleanTech Cluster")
    link = Mail.objects.get().payload["link"].removeprefix("http://127.0.0.1:8000")

    answer = client.get(link)

    assert (answer.status_code, answer["Location"]) == (302, f"/{edition.slug}/me/")
    assert Registration.objects.get().status == "confirmed"
    assert client.get(f"/{edition.slug}/me/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "zoe@", "Write the full address"),
        ("country", "", "Choose the country"),
        ("country", "XX", "Select a valid choice"),
        ("stakeholder", "999999", "Select a valid choice"),
        ("first_name", "Zo\u202eë", "on one line only"),
        ("last_name", "x" * 101, "at most 100"),
        ("notice", "", "Tick the box"),
        ("first_name", "", "required"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_typed_is_lost(edition, client, noon, field, value, sentence):
    answer = post(client, edition, **{field: value, "job_title": "Kept"})

    page = answer.content.decode()
    assert (answer.status_code, sentence in page, 'value="Kept"' in page) == (422, True, True)
    assert Registration.objects.count() == 0


def test_sending_twice_registers_once(edition, client, noon):
    post(client, edition)
    post(client, edition)

    assert Registration.objects.count() == 1


def test_the_page_is_the_same_for_a_known_address(edition, client, noon):
    first = without_tokens(post(client, edition))
    assert without_tokens(post(client, edition)) == first


def test_closed_registration_says_when(edition, client):
    assert b"It is open from" in client.get(reverse("registration:register", args=[edition.slug])).content


def test_the_link_does_nothing_for_head_and_prefetch_and_says_so_when_used(edition, client, noon):
    row = registered(edition)
    address = reverse("registration:confirm", args=[edition.slug, token(row)])
    assert client.head(address).status_code == 204
    assert client.get(address, headers={"Sec-Purpose": "prefetch"}).status_code == 204
    client.get(address)
    client.logout()

    assert b"Already confirmed" in client.get(address).content
    assert client.get(reverse("registration:confirm", args=[edition.slug, "x"])).status_code == 410


def test_a_late_link_says_the_place_went_on(edition, client):
    import time_machine

    from hemicycle.registration.operations import HOLD

    row = registered(edition)
    with time_machine.travel(NOON + HOLD * 2, tick=False):
        answer = client.get(reverse("registration:confirm", args=[edition.slug, token(row)]))

    assert (answer.status_code, b"no longer held" in answer.content) == (410, True)


def test_giving_the_place_back_by_the_page(edition, signed_in, noon):
    row = confirmed(edition)
    client = signed_in(row.person)
    client.post(reverse("registration:cancel", args=[edition.slug]))

    row.refresh_from_db()
    assert row.status == "cancelled"


def test_giving_back_after_the_deadline_is_told(edition, signed_in, noon):
    row = confirmed(edition)
    edition.changes_close_at = NOON
    edition.save()

    answer = signed_in(row.person).post(reverse("registration:cancel", args=[edition.slug]))

    assert (answer.status_code, b"deadline has passed" in answer.content) == (422, True)


def test_consents_by_the_page(edition, signed_in, noon):
    row = confirmed(edition)
    signed_in(row.person).post(reverse("registration:consents", args=[edition.slug]), {"list": "on"})

    assert list(row.consents.values_list("kind", flat=True)) == ["list"]


def test_the_organisers_list_finds_by_name_code_and_status(edition, signed_in, noon):
    from tests.factories import member

    row = confirmed(edition, first_name="Findable")
    confirmed(edition, first_name="Other")
    client = signed_in(member(edition), second_factor=True)
    address = reverse("registration:desk_list", args=[edition.slug])

    for query in ("search=findable", f"search={row.code}", "search=Findable&status=confirmed"):
        page = client.get(f"{address}?{query}").content.decode()
        assert ("Findable" in page, "Other Ålund" in page) == (True, False)
    assert client.get(f"{address}?page=banana&search=%00").status_code == 200


def test_the_api_answers_problems_and_own_data(edition, client, signed_in, noon):
    row = registered(edition)
    assert client.get(f"/api/{edition.slug}/me").status_code == 401
    signed_in(row.person)
    assert client.get(f"/api/{edition.slug}/me").json()["code"] == row.code
    refused = client.get(f"/api/{edition.slug}/registrations")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    assert client.get(f"/api/{edition.slug}/agenda").status_code == 404
    assert [e["slug"] for e in client.get(f"/api/{edition.slug}/editions").json()] == [edition.slug]


def test_many_posts_from_one_address_are_slowed_down(edition, client, settings):
    settings.HEMICYCLE_RATE_FACTOR = 1
    address = reverse("website:subscribe", args=[edition.slug])
    codes = [client.post(address, {"email": "x"}).status_code for _ in range(11)]

    assert codes == [422] * 10 + [429]


def test_details_are_frozen():
    import dataclasses

    with pytest.raises(dataclasses.FrozenInstanceError):
        details().email = "x"
