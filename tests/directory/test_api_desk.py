"""Managers, facts, checks, merges and the export by API, with keys."""

from datetime import date

import pytest

from hemicycle.accounts import operations as accounts
from hemicycle.audit.models import Entry
from hemicycle.directory import joining, operations
from hemicycle.directory.models import Fact, JoinRequest, Manager, ManagerInvitation, Organisation
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
GRANT = {"kind": "label", "title": "Gold", "valid_from": "2029-01-01"}


@pytest.fixture
def call(edition, noon, by_key):
    def call(who, method, path, body=None, **more):
        return by_key(who, method, f"{edition.slug}/{path}", body, **more)

    return call


@pytest.fixture
def team(edition):
    return factories.member(edition, "registration")


def test_a_managers_fact_waits_is_confirmed_changed_and_removed(call, cluster, manager, team):
    at = f"organisations/{cluster.slug}/facts"
    made = [call(manager, "post", at, GRANT, once="k").json() for _ in range(2)]
    assert (made[0], made[1]["confirmed"], Fact.objects.count()) == (made[1], False, 1)
    address = f"{at}/{made[0]['id']}"
    assert call(manager, "post", f"{address}/confirm").status_code == 404
    assert call(team, "post", f"{address}/confirm").json()["confirmed"] is True
    assert call(manager, "patch", address, {"version": 1, "title": "Silver"}).json()["confirmed"] is False
    assert call(manager, "patch", address, {"version": 1, "title": "Bronze"}).status_code == 409
    wrong = call(team, "patch", address, {"version": 2, "valid_until": "2020-01-01"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["valid_until"])
    assert call(team, "patch", address, {"version": 2, "valid_until": "2031-01-01"}).json()["confirmed"] is True
    other = operations.create(name="Other", country="BE", actor=None, now=NOON)
    assert call(team, "delete", f"organisations/{other.slug}/facts/{made[0]['id']}").status_code == 404
    assert call(factories.person(), "delete", address).status_code == 404
    assert call(manager, "delete", address).status_code == 204
    assert call(manager, "delete", address).status_code == 404


def test_checks_are_set_aside_and_count_again(call, cluster, manager, team):
    at = f"organisations/{cluster.slug}"
    assert call(team, "put", f"{at}/waivers/staff", {"reason": "Recognised."}).status_code == 204
    found = call(manager, "get", f"{at}/workspace").json()
    assert [row["waiver"] for row in found["checks"] if row["key"] == "staff"] == ["Recognised."]
    assert (found["history"], len(found["managers"])) == ([], 1)
    assert call(team, "get", f"{at}/workspace").json()["history"][0]["action"] == "check waived"
    assert call(team, "delete", f"{at}/waivers/staff").status_code == 204
    assert call(team, "put", f"{at}/waivers/none", {"reason": "x"}).status_code == 422
    assert call(manager, "put", f"{at}/waivers/staff", {"reason": "x"}).status_code == 404
    assert call(factories.person(), "get", f"{at}/workspace").status_code == 404


def test_managers_come_and_go(call, cluster, manager, team, edition):
    at = f"organisations/{cluster.slug}"
    assert call(manager, "post", f"{at}/invitations", {"email": "New@example.eu"}).status_code == 202
    assert call(manager, "post", f"{at}/invitations", {"email": manager.email}).status_code == 409
    asked = ManagerInvitation.objects.get()
    assert call(manager, "delete", f"{at}/invitations/{asked.pk}").status_code == 204
    assert call(manager, "delete", f"{at}/invitations/{asked.pk}").status_code == 404
    own = Manager.objects.get()
    last = call(manager, "post", f"{at}/managers/{own.pk}/remove", {})
    assert (last.status_code, list(last.json()["fields"])) == (409, ["word"])
    assert call(manager, "post", f"{at}/managers/{own.pk}/remove", {"word": "Ask Eve."}).status_code == 204
    assert call(manager, "get", f"{at}/workspace").status_code == 404
    joining.add(organisation=cluster, person=manager, actor=None, now=NOON)
    assert call(team, "post", f"{at}/managers/{Manager.objects.get().pk}/remove", {}).status_code == 204


def test_asking_to_join_tells_nothing_to_others(call, cluster, manager):
    Organisation.objects.filter(pk=cluster.pk).update(domain="alpha.example")
    asks = factories.person(email="ada@alpha.example")
    accounts.verify_address(person=asks)
    assert call(asks, "get", "me/organisations").json() == {"managed": [], "asked": [], "joinable": [cluster.slug]}
    assert call(asks, "post", f"organisations/{cluster.slug}/join").status_code == 202
    assert call(asks, "get", "me/organisations").json()["asked"] == [cluster.slug]
    stranger = factories.person()
    answers = [call(stranger, "post", f"organisations/{slug}/join") for slug in (cluster.slug, "none")]
    assert answers[0].json() == answers[1].json()
    row = JoinRequest.objects.get()
    address = f"organisations/{cluster.slug}/join-requests/{row.pk}"
    assert call(asks, "post", address, {"say": "yes"}).status_code == 404
    assert call(manager, "post", address, {"say": "maybe"}).status_code == 422
    assert call(manager, "post", address, {"say": "yes"}).status_code == 204
    assert call(asks, "get", "me/organisations").json()["managed"] == [cluster.slug]


def test_two_records_become_one(call, cluster, team):
    other = operations.create(name="Alpha Cluster AISBL", country="BE", website=cluster.website, actor=None, now=NOON)
    versions = call(team, "get", f"organisation-merges?kept={cluster.slug}&gone={other.slug}").json()
    body = {"kept": cluster.slug, "gone": other.slug, **{k: versions[k] for k in ("kept_version", "gone_version")}}
    assert call(team, "get", "organisation-duplicates").status_code == 200
    assert call(team, "post", "organisation-merges", {**body, "gone": cluster.slug}).status_code == 422
    assert call(team, "post", "organisation-merges", {**body, "gone": "none"}).json()["fields"].keys() == {"gone"}
    assert call(team, "post", "organisation-merges", {**body, "gone_version": 9}).status_code == 409
    assert call(team, "post", "organisation-merges", body).json()["slug"] == cluster.slug
    assert call(team, "get", f"organisations/{other.slug}").json()["slug"] == cluster.slug
    assert Entry.objects.filter(action="merged").count() == 1
    assert call(factories.person(), "post", "organisation-merges", body).status_code == 404


def test_the_list_is_taken_whole_with_facts(call, cluster, team, manager):
    operations.add_fact(organisation=cluster, kind="label", title="Gold", valid_from=date(2029, 1, 1), valid_until=None)
    (row,) = call(team, "get", "organisation-export?state=listed").json()
    assert (row["name"], row["facts"][0]["title"]) == (cluster.name, "Gold")
    assert call(manager, "get", "organisation-export").status_code == 404
    assert call(team, "get", "organisations?state=unmanaged").json()["count"] == 0


def test_only_the_team_renames(call, cluster, manager, team):
    at = f"organisations/{cluster.slug}"
    refused = call(manager, "patch", at, {"version": cluster.version, "name": "Beta", "listed": False})
    assert (refused.status_code, sorted(refused.json()["fields"])) == (422, ["listed", "name"])
    assert call(team, "patch", at, {"version": cluster.version, "name": "Beta"}).json()["name"] == "Beta"
    assert call(team, "patch", at, {"version": 9, "name": "A\nB"}).status_code == 422
    assert call(team, "patch", at, {"version": cluster.version + 1, "country": "ZZ"}).json()["fields"].keys() == {
        "country"
    }


def test_the_list_is_made_as_a_file(edition, noon, cluster, by_key, work):
    person = factories.member(edition, "registration")
    with work():
        run = by_key(person, "post", f"{edition.slug}/organisation-export", {"form": "json"}).json()
    file = by_key(person, "get", f"{edition.slug}/runs/{run['id']}/file")
    assert [row["name"] for row in file.json()] == ["Alpha Cluster"]
