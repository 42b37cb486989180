"""The door's desk by API, with keys."""

import pytest
from tests import factories
from tests.factories import confirmed, member

from hemicycle.door.models import CheckIn, CheckList, Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(edition, noon, by_key):
    return lambda who, method, path, body=None, **more: by_key(who, method, f"{edition.slug}/door/{path}", body, **more)


@pytest.fixture
def team(edition):
    return member(edition, "door")


@pytest.fixture
def main(call, team):
    assert call(team, "post", "lists").json() == {"made": 1}
    assert call(team, "post", "lists").json() == {"made": 0}
    return call(team, "get", "lists").json()[0]


def test_somebody_is_checked_in_and_taken_back(edition, call, team, main):
    row = confirmed(edition, first_name="Ada")
    at = f"lists/{main['id']}"
    answers = [call(team, "post", f"{at}/check-ins", {"registration": row.pk}, once="k").json() for _ in range(2)]
    assert [answer["result"] for answer in answers] == ["in", "in"]
    assert call(team, "post", f"{at}/check-ins", {"registration": row.pk}).json()["result"] == "double"
    (counted,) = call(team, "get", "lists").json()
    assert (counted["inside"], counted["expected"]) == (1, 1)
    (person,) = call(team, "get", f"{at}/people?search=ada&inside=yes").json()["items"]
    assert (person["id"], person["came_at"] is not None) == (row.pk, True)
    assert call(team, "get", f"{at}/people?inside=no").json()["count"] == 0
    assert len(call(team, "get", "latest").json()) == 2
    assert len(call(team, "get", "doubles").json()) == 1
    assert call(team, "delete", f"{at}/check-ins/{row.pk}").status_code == 204
    assert CheckIn.objects.count() == 0


def test_whom_and_what_is_not_there(edition, call, team, main):
    other = factories.edition(slug="other2030")
    from django_scopes import scope

    with scope(conference=other.pk):
        theirs = confirmed(other)
    at = f"lists/{main['id']}"
    wrong = call(team, "post", f"{at}/check-ins", {"registration": theirs.pk})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["registration"])
    assert call(team, "delete", f"{at}/check-ins/{theirs.pk}").status_code == 404
    for method, path in (("get", "lists/999/people"), ("get", "devices/999"), ("post", "devices/999/code")):
        assert call(team, method, path).status_code == 404
    assert call(team, "get", f"{at}/people?inside=maybe").status_code == 422
    assert call(confirmed(edition).person, "get", "lists").status_code == 404
    assert call(None, "get", "devices").status_code == 401
    assert call(team, "get", "attendance").status_code == 404


def test_a_device_is_made_enrolled_and_switched_off(edition, call, team, main, client):
    body = {"name": "Left", "lists": [main["id"]], "walk_ins": True}
    made = [call(team, "post", "devices", body, once="k").json() for _ in range(2)]
    assert (made[0], Device.objects.count()) == (made[1], 1)
    assert call(team, "post", "devices", body).json()["fields"].keys() == {"name"}
    assert call(team, "post", "devices", {**body, "name": "R", "lists": [999]}).json()["fields"].keys() == {"lists"}
    at = f"devices/{made[0]['id']}"
    code = call(team, "post", f"{at}/code").json()
    assert code["address"].endswith(f"/{edition.slug}/door/")
    secret = call(None, "post", "enrol", {"code": code["code"]}).json()["secret"]
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(f"/api/{edition.slug}/door/list", headers=headers).status_code == 200
    assert call(team, "get", at).json()["enrolled_at"] is not None
    assert call(team, "post", f"{at}/switch-off").json()["revoked_at"] is not None
    assert client.get(f"/api/{edition.slug}/door/list", headers=headers).status_code == 401
    assert len(call(team, "get", "devices").json()) == 1
    assert client.get(f"/api/{edition.slug}/door/devices", headers=headers).status_code == 401


def test_attendance_by_organisation(edition, call, team, main):
    row = confirmed(edition)
    call(team, "post", f"lists/{main['id']}/check-ins", {"registration": row.pk})
    (found,) = call(member(edition, "owner"), "get", "attendance").json()
    assert (found["year"], found["registered"], found["came"]) == (2030, 1, 1)
    assert CheckList.objects.count() == 1


def test_papers_are_made_for_everybody_one_run_at_a_time(edition, noon, by_key, work):
    confirmed(edition)
    person = member(edition, "registration")
    path = f"{edition.slug}/door/papers"
    first, second = (by_key(person, "post", path, {"kind": "badges_a6"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 409)
    with work():
        run = by_key(person, "post", path, {"kind": "booklet"}).json()
    assert by_key(person, "get", f"{edition.slug}/runs/{run['id']}/file").content[:5] == b"%PDF-"
