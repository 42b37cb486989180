"""Organisations by API: the public reads open pages, managers and team write."""

import json

import pytest

from hemicycle.directory import operations
from hemicycle.directory.models import Fact, Organisation
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(edition, client, signed_in, noon):
    def call(who, method, path, body=None):
        client.logout()
        if who is not None:
            signed_in(who, second_factor=True)
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)(f"/api/{edition.slug}/organisations{path}", **sent)

    return call


@pytest.fixture
def team(edition):
    return factories.member(edition, "registration")


def test_the_public_lists_and_reads_facts_as_of_a_day(call, cluster, team):
    hidden = operations.create(name="Hidden", country="BE", actor=None, now=NOON)
    fact = {"kind": "label", "title": "Gold", "valid_from": "2029-01-01", "valid_until": "2030-01-31"}
    assert call(team, "post", f"/{cluster.slug}/facts", fact).json()["confirmed"] is True
    listed = call(None, "get", "?country=BE").json()["items"]
    assert [(row["slug"], row["kind"]) for row in listed] == [("alpha-cluster", "cluster-org")]
    assert len(call(team, "get", "").json()["items"]) == 2
    assert call(None, "get", f"/{cluster.slug}").json()["facts"] == []
    assert [row["title"] for row in call(None, "get", f"/{cluster.slug}?on=2030-01-31").json()["facts"]] == ["Gold"]
    assert [row["title"] for row in call(None, "get", f"/{cluster.slug}/facts?on=2029-01-01").json()] == ["Gold"]
    assert call(None, "get", f"/{hidden.slug}").status_code == call(None, "get", "/none").status_code == 404
    assert call(team, "get", f"/{hidden.slug}").status_code == 200


def test_a_manager_writes_their_own_and_their_facts_wait(call, cluster, manager):
    textile = factories.term(kind="ecosystem", key="textile", label="Textile")
    body = {
        "version": 1,
        "city": "Ghent",
        "members": 20,
        "kind": "",
        "ecosystems": ["textile"],
        "member_types": ["sme"],
    }
    changed = call(manager, "patch", f"/{cluster.slug}", body)
    assert (changed.status_code, changed.json()["city"], changed.json()["kind"]) == (200, "Ghent", "")
    assert list(Organisation.objects.get().ecosystems.all()) == [textile]
    assert call(manager, "patch", f"/{cluster.slug}", body).status_code == 409
    for wrong in (
        {"region": "FR10"},
        {"domain": "b.eu"},
        {"website": "javascript:alert(1)"},
        {"kind": "nobody"},
        {"name": "Other"},
        {"languages": ["xx"]},
        {"members": -1},
    ):
        assert call(manager, "patch", f"/{cluster.slug}", {"version": 2, **wrong}).status_code == 422
    assert call(manager, "patch", f"/{cluster.slug}", {"version": 2, "members": None}).json()["members"] is None
    written = call(
        manager, "post", f"/{cluster.slug}/facts", {"kind": "label", "title": "G", "valid_from": "2029-01-01"}
    )
    assert (written.status_code, written.json()["confirmed"]) == (201, False)
    wrong = {"kind": "label", "title": "G", "valid_from": "2029-01-01", "valid_until": "2028-01-01"}
    assert call(manager, "post", f"/{cluster.slug}/facts", wrong).status_code == 422
    assert Fact.objects.count() == 1


def test_strangers_write_nothing_and_the_team_makes_new_ones(call, cluster, team, edition):
    stranger, body = factories.person(), {"name": "Beta", "country": "FR"}
    assert call(None, "post", "", body).status_code == 401
    assert call(stranger, "post", "", body).status_code == 404
    assert call(stranger, "patch", f"/{cluster.slug}", {"version": 1}).status_code == 404
    made = call(team, "post", "", {**body, "kind": "cluster-org", "staff": 1.5, "languages": ["fr"]})
    assert (made.status_code, made.json()["slug"], made.json()["languages"]) == (201, "beta", ["fr"])
    assert call(team, "post", "", body).status_code == 422
    for wrong in ({"website": "javascript:alert(1)"}, {"domain": "gmail.com"}, {"region": "BE10"}):
        assert call(team, "post", "", {**body, "name": "New", **wrong}).status_code == 422
    assert call(team, "post", "", {"name": "X", "country": "ZZ"}).status_code == 422
    edition.stage = "draft"
    edition.save()
    assert call(None, "get", "").status_code == call(None, "get", f"/{cluster.slug}").status_code == 404
