"""Lists out and in by a program: started, watched, stopped, taken, entered once."""

import base64
import json

import pytest

from hemicycle.registration.models import Registration
from tests import factories
from tests.factories import confirmed, member, term

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(edition, noon, by_key, work):
    """Call the API for the registration team, and let the worker do what was asked."""
    person = member(edition, "registration")

    def call(method, path, body=None, *, done=True):
        if not done:
            return by_key(person, method, f"{edition.slug}/{path}", body)
        with work():
            return by_key(person, method, f"{edition.slug}/{path}", body)

    return call


def test_a_file_is_asked_for_watched_and_taken(edition, team):
    confirmed(edition, country="FR")
    confirmed(edition, country="BE")
    run = team("post", "registrations/exports", {"form": "json", "country": "FR"}).json()
    seen = team("get", f"runs/{run['id']}").json()
    file = team("get", f"runs/{run['id']}/file")

    assert (run["state"], seen["state"], seen["done"], seen["name"]) == (
        "queued",
        "ready",
        1,
        f"{edition.slug}-registrations.json",
    )
    assert [row["country"] for row in json.loads(file.content)] == ["FR"]
    assert team("post", "registrations/exports/guard", {}).status_code == 202
    assert team("post", "registrations/exports", {"form": "exe"}).status_code == 422


def test_one_that_waits_is_stopped_and_has_no_file(edition, team):
    run = team("post", "registrations/exports", {}, done=False).json()
    assert team("get", f"runs/{run['id']}/file", done=False).status_code == 409
    assert team("post", f"runs/{run['id']}/stop", done=False).json()["state"] == "stopped"


def test_a_list_is_read_then_entered_once(edition, team):
    term()
    content = base64.b64encode(b"first_name,last_name,email,country\nA,B,a@example.eu,BE\n").decode()
    run = team("post", "registrations/lists", {"name": "a.csv", "content": content}).json()
    seen = team("get", f"registrations/lists/{run['id']}").json()
    assert (seen["state"], seen["rows"], seen["faulty"], Registration.objects.count()) == ("ready", 1, [], 0)
    wish = {"list": seen["list"], "stakeholder": "cluster-org"}
    entered = team("post", "registrations/lists/enter", wish).json()
    assert "1 with a place" in team("get", f"runs/{entered['id']}").json()["said"]
    again = team("post", "registrations/lists/enter", wish).json()
    assert (team("get", f"runs/{again['id']}").json()["state"], Registration.objects.count()) == ("failed", 1)


def test_a_list_that_is_wrong_says_where(edition, team):
    wrong = base64.b64encode(b"first_name,last_name,email,country\n,,x,BE\n").decode()
    run = team("post", "registrations/lists", {"name": "a.csv", "content": wrong}).json()
    seen = team("get", f"registrations/lists/{run['id']}").json()
    assert (seen["list"], seen["faulty"][0]["number"]) == (None, 2)
    for content in ("%%%", ""):
        assert team("post", "registrations/lists", {"name": "a.csv", "content": content}).status_code == 422
    assert team("get", "registrations/lists/99").status_code == 404
    twice = [
        team("post", "registrations/lists/enter", {"list": 1, "stakeholder": factories.term().key}, done=False)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in twice] == [202, 409]


def test_who_did_not_come_is_noted_by_a_program_too(edition, team):
    run = team("post", "registrations/absent").json()
    said = team("get", f"runs/{run['id']}").json()
    assert (said["state"], "once the last day is over" in said["said"]) == ("failed", True)


def test_a_role_without_the_capability_finds_no_run(edition, noon, by_key, team):
    run = team("post", "registrations/exports", {}).json()
    stranger = member(edition, "programme")
    assert by_key(stranger, "get", f"{edition.slug}/runs/{run['id']}").status_code == 404
