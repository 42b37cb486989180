"""Organisations in from a file by a program: read, looked at, entered once and whole."""

import base64

import pytest

from hemicycle.directory.models import Fact, Intake, Organisation
from tests.factories import member, term

pytestmark = pytest.mark.django_db
GOOD = "name,country,kind,city\nBeta Hub,FR,cluster-org,Lyon\nGamma Hub,DE,,\n"


def encoded(text, name="a.csv"):
    return {"name": name, "content": base64.b64encode(text.encode()).decode()}


@pytest.fixture
def team(edition, noon, by_key, work):
    """Call the API for the registration team, and let the worker do what was asked."""
    term()
    person = member(edition, "registration")

    def call(method, path, body=None):
        with work():
            return by_key(person, method, f"{edition.slug}/{path}", body)

    return call


def test_a_list_is_read_then_entered_once(team):
    run = team("post", "organisation-lists", encoded(GOOD)).json()
    seen = team("get", f"organisation-lists/{run['id']}").json()
    assert (seen["state"], seen["new"], seen["known"], seen["faulty"]) == ("ready", 2, 0, [])
    assert Organisation.objects.count() == 0

    entered = team("post", "organisation-lists/enter", {"list": seen["list"]}).json()
    assert "2 new" in team("get", f"runs/{entered['id']}").json()["said"]
    again = team("post", "organisation-lists/enter", {"list": seen["list"]}).json()
    assert (team("get", f"runs/{again['id']}").json()["state"], Organisation.objects.count()) == ("failed", 2)


def test_facts_come_in_a_file_of_their_own(team):
    first = team("post", "organisation-lists", encoded(GOOD)).json()
    number = team("get", f"organisation-lists/{first['id']}").json()["list"]
    team("post", "organisation-lists/enter", {"list": number})
    facts = "organisation,country,kind,title,valid_from\nBeta Hub,FR,label,Gold,2029-01-01\n"
    run = team("post", "organisation-lists", encoded(facts)).json()
    seen = team("get", f"organisation-lists/{run['id']}").json()
    assert (seen["facts"], seen["faulty"]) == (1, [])
    team("post", "organisation-lists/enter", {"list": seen["list"]})
    assert Fact.objects.get().title == "Gold"


def test_one_wrong_row_and_nothing_can_be_entered(team):
    run = team("post", "organisation-lists", encoded(f"{GOOD}Delta,XX,,\n")).json()
    seen = team("get", f"organisation-lists/{run['id']}").json()
    assert (seen["list"], seen["faulty"][0]["number"], seen["faulty"][0]["sheet"]) == (None, 4, "")
    assert (Intake.objects.count(), Organisation.objects.count()) == (0, 0)


def test_what_is_no_list_is_refused(team, edition):
    assert team("post", "organisation-lists", {"name": "a.csv", "content": "%%%"}).status_code == 422
    assert team("post", "organisation-lists", {"name": "a.csv", "content": ""}).status_code == 422
    run = team("post", "organisation-lists", encoded("a,b\n1,2\n")).json()
    seen = team("get", f"organisation-lists/{run['id']}").json()
    assert (seen["state"], "cannot be read" in seen["said"]) == ("failed", True)
    other = team("post", "registrations/exports", {}).json()
    assert team("get", f"organisation-lists/{other['id']}").status_code == 404
