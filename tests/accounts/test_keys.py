"""Keys for programs: made by whoever may, one look-up, no page, ended by a word."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.accounts import operations, queries, rules
from hemicycle.accounts.middleware import WRONG_PER_MINUTE
from hemicycle.accounts.models import ApiKey
from hemicycle.audit.models import Entry, Receipt
from hemicycle.kit import privacy
from hemicycle.registration.models import Registration
from tests import factories
from tests.factories import NOON, confirmed, member, person

pytestmark = pytest.mark.django_db
PAGE = "/accounts/keys/"
WISH = {"name": "Badge printer", "days": "30", "read_only": ""}


def ask(client, secret, path="account", method="get", **more):
    return getattr(client, method)(f"/api/{path}", headers={"Authorization": f"Bearer {secret}", **more})


def test_a_key_is_made_shown_once_and_works(client, signed_in, noon):
    someone = person()
    page = signed_in(someone).post(PAGE, WISH)
    secret = page.context["secret"]
    key = ApiKey.objects.get()

    assert (len(secret), key.prefix, key.expires_at - key.created_at) == (46, secret[:8], timedelta(days=30))
    assert f"curl -H &quot;Authorization: Bearer {secret}&quot;" in page.content.decode()
    assert secret not in client.get(PAGE).content.decode()
    assert secret[8:] not in str(ApiKey.objects.values())
    client.logout()
    answer = ask(client, secret).json()
    assert (answer["email"], answer["key"]["name"], answer["key"]["second_factor"]) == (
        someone.email,
        "Badge printer",
        False,
    )
    assert list(Entry.objects.values_list("action", flat=True)) == ["key made"]


@pytest.mark.parametrize("fault", ["wrong", "short", "expired", "revoked", "inactive"])
def test_a_key_that_does_not_work_is_a_problem_in_one_sentence(client, noon, fault):
    someone = person()
    secret = factories.key(someone, days=1, now=NOON - timedelta(days=fault == "expired"))
    if fault == "revoked":
        operations.revoke_key(key=ApiKey.objects.get(), actor=someone, now=NOON)
    if fault == "inactive":
        someone.is_active = False
        someone.save()
    secret = {"wrong": f"hc_{'x' * 43}", "short": "hc_x"}.get(fault, secret)
    for path in ("account", "openapi.json"):
        answer = ask(client, secret, path)
        assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (
            401,
            "application/problem+json",
            "Bearer",
        )
        assert answer.json()["title"].startswith("This key ")


def test_wrong_keys_are_counted_and_right_ones_go_on(client, noon):
    secret = factories.key(person())
    answers = [ask(client, f"hc_{number:043d}").status_code for number in range(WRONG_PER_MINUTE + 2)]
    assert answers == [401] * WRONG_PER_MINUTE + [429] * 2
    assert ask(client, secret).status_code == 200


def test_a_key_that_may_only_read_writes_nothing(edition, client, noon):
    row = confirmed(edition)
    secret = factories.key(row.person, read_only=True)
    assert ask(client, secret, f"{edition.slug}/me").json()["code"] == row.code
    answer = ask(client, secret, f"{edition.slug}/me/cancel", "post")
    assert (answer.status_code, answer.json()["title"]) == (403, "This key may only read.")
    assert Registration.objects.get().status == "confirmed"


def test_a_key_needs_no_csrf_token_and_a_session_does(edition, noon):
    from django.test import Client

    row = confirmed(edition)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(row.person, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(f"/api/{edition.slug}/me/cancel").status_code == 403
    assert ask(strict, factories.key(row.person), f"{edition.slug}/me/cancel", "post").status_code == 200


def test_the_key_counts_and_not_the_browser_it_came_from(edition, client, signed_in, noon):
    row, other = confirmed(edition), confirmed(edition)
    signed_in(other.person)
    assert ask(client, factories.key(row.person), f"{edition.slug}/me").json()["code"] == row.code
    assert client.get(f"/api/{edition.slug}/me").json()["code"] == other.code


def test_no_page_takes_a_key(edition, client, noon):
    row = confirmed(edition)
    headers = {"Authorization": f"Bearer {factories.key(row.person)}"}
    for page in (f"/{edition.slug}/me/", PAGE, "/accounts/my-data/file/"):
        assert (client.get(page, headers=headers).status_code, page) == (302, page)


def test_use_is_written_down_once_an_hour(client, time_machine_at):
    time_machine_at(NOON)
    secret = factories.key(person())
    seen = []
    for minutes in (0, 59, 61):
        time_machine_at(NOON + timedelta(minutes=minutes))
        ask(client, secret)
        seen.append(ApiKey.objects.get().last_used_at - NOON)
    assert seen == [timedelta(0), timedelta(0), timedelta(minutes=61)]


def test_one_look_up_by_index(client, noon):
    someone = person()
    secret = factories.key(someone)
    ask(client, secret)
    with CaptureQueriesContext(connection) as seen:
        ask(client, secret)
    assert len(seen) == 1
    plan = ApiKey.objects.filter(digest=queries.digest(secret)).explain()
    assert "SCAN" not in plan or connection.vendor != "sqlite"


def test_sent_twice_with_a_key_acts_once(edition, client, noon):
    row = confirmed(edition)
    secret = factories.key(row.person)
    answers = [ask(client, secret, f"{edition.slug}/me/cancel", "post", **{"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert (answers[1]["Idempotency-Replayed"], Receipt.objects.count()) == ("true", 1)


def test_an_edition_in_preparation_opens_to_its_teams_keys(edition, client, noon):
    edition.stage = "draft"
    edition.save()
    path = f"{edition.slug}/categories"
    assert ask(client, factories.key(member(edition)), path).status_code == 200
    assert ask(client, factories.key(person()), path).status_code == 404


@pytest.mark.parametrize("asked", [True, False])
def test_the_second_factor_is_asked_for_as_on_pages(edition, client, signed_in, noon, settings, asked):
    settings.HEMICYCLE_SECOND_FACTOR = asked
    team = member(edition, "registration")
    path = f"/api/{edition.slug}/registrations"
    weak, strong = factories.key(team, second_factor=False), factories.key(team, second_factor=True)
    refused = 403 if asked else 200

    assert [ask(client, key, path[5:]).status_code for key in (weak, strong)] == [refused, 200]
    assert signed_in(team).get(path).status_code == refused
    answer = client.get(path)
    if asked:
        assert answer["Content-Type"] == "application/problem+json"
        assert "second factor" in answer.json()["title"]
    assert signed_in(team, second_factor=True).get(path).status_code == 200


def test_what_only_the_team_sees_in_a_public_list_asks_too(edition, client, noon):
    from hemicycle.directory import operations as directory

    directory.create(name="Hidden", country="BE", actor=None, now=NOON)
    team = member(edition, "owner")
    weak, strong = factories.key(team, second_factor=False), factories.key(team)
    path = f"{edition.slug}/organisations"
    assert [ask(client, key, path).json()["count"] for key in (weak, strong)] == [0, 1]
    assert [ask(client, key, f"{path}/hidden").status_code for key in (weak, strong)] == [403, 200]


def test_a_team_member_makes_a_key_with_a_second_factor_only(edition, client, signed_in, settings):
    team = member(edition, "door")
    answer = signed_in(team).post(PAGE, WISH)
    assert (answer.status_code, answer["Location"], ApiKey.objects.count()) == (302, "/accounts/second-factor/", 0)
    assert "Make the key" not in client.get(PAGE).content.decode()
    signed_in(team, second_factor=True).post(PAGE, WISH)
    assert ApiKey.objects.get().second_factor is True
    settings.HEMICYCLE_SECOND_FACTOR = False
    client.logout()
    signed_in(team).post(PAGE, {**WISH, "name": "Other"})
    assert ApiKey.objects.get(name="Other").second_factor is False


def test_who_joins_a_team_later_needs_a_stronger_key(edition, client, noon):
    someone = person()
    secret = factories.key(someone, second_factor=False)
    from hemicycle.conferences import operations as conferences

    conferences.give_role(conference=edition, person=someone, role="owner", actor=None, now=NOON)
    assert ask(client, secret, f"{edition.slug}/registrations").status_code == 403


def test_wrong_answers_get_a_sentence(client, signed_in):
    someone = person()
    signed_in(someone).post(PAGE, WISH)
    for wrong in (WISH, {**WISH, "name": ""}, {**WISH, "name": "B", "days": "9999"}, {**WISH, "name": "a\nb"}):
        assert (client.post(PAGE, wrong).status_code, ApiKey.objects.count()) == (422, 1)
    for number in range(rules.MOST - 1):
        factories.key(someone, name=str(number))
    answer = client.post(PAGE, {**WISH, "name": "More"})
    assert (answer.status_code, "Twenty keys work already" in answer.content.decode()) == (422, True)
    for days in (0, rules.LONGEST + 1):
        with pytest.raises(operations.TooLong):
            factories.key(someone, days=days)


def test_a_key_is_ended_by_its_person_only(client, signed_in):
    someone = person()
    secret = factories.key(someone)
    address = f"{PAGE}{ApiKey.objects.get().pk}/revoke/"
    assert signed_in(person()).post(address).status_code == 404
    assert signed_in(someone).get(address).status_code == 302
    assert ask(client, secret).status_code == 200
    for _ in range(2):
        assert client.post(address).status_code == 302
    assert ask(client, secret).status_code == 401
    assert [entry.action for entry in Entry.objects.order_by("pk")] == ["key made", "key revoked"]


def test_a_key_goes_with_its_person_and_stands_in_their_file_without_its_secret(client, noon):
    someone = person()
    secret = factories.key(someone, name="Printer")
    (kept,) = privacy.belongings(someone)["accounts.ApiKey"]
    assert (kept["name"], kept["prefix"], "digest" in kept) == ("Printer", secret[:8], False)
    assert secret not in json.dumps(privacy.belongings(someone), default=str)
    operations.erase(person=someone, actor=someone, now=NOON)
    assert (ApiKey.objects.count(), ask(client, secret).status_code) == (0, 401)


def test_a_doors_secret_that_begins_like_a_key_is_the_doors(edition, client, noon):
    answer = ask(client, f"hc_{'x' * 40}", f"{edition.slug}/door/list")
    assert (answer.status_code, "not enrolled" in answer.json()["title"]) == (401, True)


def test_the_description_is_read_without_signing_in(client):
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.json()["info"]["title"]) == (200, "Hemicycle")


def test_key_times_are_the_machines(client, noon):
    factories.key(person())
    assert ApiKey.objects.get().created_at == timezone.now() == NOON
