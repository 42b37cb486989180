"""Side events set up, hosted and written about by API, with keys."""

import base64

import pytest

from hemicycle.files.tables import read_table
from hemicycle.hosting.models import Host, HostInvitation, Paper
from hemicycle.notifications.models import Mail
from hemicycle.registration import seats
from hemicycle.registration.models import SeatInvitation, SideEvent
from tests.factories import NOON, confirmed, member, person
from tests.hosting.conftest import make

pytestmark = pytest.mark.django_db
NEW = {
    "title": {"en": "Green hour"}, "host": {"en": "ECCP"}, "starts_at": "2030-05-06T14:00:00+02:00",
    "ends_at": "2030-05-06T16:00:00+02:00", "capacity": 20,
}  # fmt: skip


@pytest.fixture
def call(edition, noon, by_key):
    def call(who, method, path="", body=None, **more):
        return by_key(who, method, f"{edition.slug}/side-events{path}", body, **more)

    return call


@pytest.fixture
def team(edition):
    return member(edition, "programme")


def test_the_team_sets_one_up_and_changes_it(edition, call, team):
    made = [call(team, "post", "", {**NEW, "audience": {"one_of": ["fact:label"]}}, once="k") for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    row = SideEvent.objects.get()
    assert (row.slug, row.starts_at.hour, row.audience) == ("green-hour", 12, {"any": [{"fact": "label"}]})
    changed = call(team, "patch", "/green-hour", {"version": 1, "capacity": 5, "about": {"en": "Why"}}).json()
    assert (changed["capacity"], changed["about"], changed["title"], changed["starts_at"]) == (
        5,
        {"en": "Why"},
        {"en": "Green hour"},
        made[0].json()["starts_at"],
    )
    row.refresh_from_db()
    assert row.audience == {"any": [{"fact": "label"}]}
    assert call(team, "patch", "/green-hour", {"version": 1, "capacity": 6}).status_code == 409
    rule = {"all": [{"any": [{"fact": "label"}]}, {"none": [{"any": [{"stakeholder": "cluster-org"}]}]}]}
    assert call(team, "patch", "/green-hour", {"version": 2, "rule": rule}).status_code == 200
    assert call(team, "patch", "/green-hour", {"version": 3, "capacity": 7}).status_code == 200
    assert call(team, "get", "/green-hour/setup").json()["rule"] == rule
    assert call(team, "patch", "/green-hour", {"version": 4, "audience": {"one_of": []}}).status_code == 200
    assert call(team, "get", "/green-hour/setup").json() | {"fits": 0} == {
        "slug": "green-hour", "rule": {}, "fits": 0, "people": 0, "seats": {}, "version": 5,
    }  # fmt: skip
    assert call(team, "delete", "/green-hour").status_code == 204
    assert call(team, "get", "/green-hour").status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": "2030-05-06T13:00:00+02:00"}, "ends_at"),
        ({"title": {"en": ""}}, "title"),
        ({"room": "none"}, "room"),
        ({"kind": "workshop"}, "session_slug"),
        ({"audience": {"one_of": ["fact:none"]}}, "one_of"),
        ({"audience": {}, "rule": {}}, "rule"),
        ({"title": {"en": "X", "fr": "Y"}}, "title"),
    ],
)
def test_a_fault_names_its_field(edition, call, team, values, field):
    answer = call(team, "post", "", NEW | values)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


@pytest.mark.parametrize(
    "values",
    [
        {"rule": {"any": []}}, {"rule": {"x": 1}}, {"rule": {"fact": 1}}, {"starts_at": "2030-05-06T14:00:00"}, {"capacity": -1},
        {"starts_at": "0001-01-01T00:00:00+02:00"}, {"unknown": 1},
    ],
)  # fmt: skip
def test_what_does_not_fit_the_schema(call, team, values):
    assert call(team, "post", "", NEW | values).status_code == 422


def test_an_hour_that_comes_twice_is_exact(edition, call, team):
    body = NEW | {"starts_at": "2030-10-27T02:30:00+01:00", "ends_at": "2030-10-27T05:00:00+01:00"}
    assert call(team, "post", "", body).json()["starts_at"] == "2030-10-27T01:30:00Z"


def test_a_host_writes_words_and_no_more(event, host, call):
    answer = call(host, "patch", "/assembly", {"version": 1, "about": {"en": "Ours"}, "needs_approval": True})
    assert (answer.json()["about"], answer.json()["needs_approval"]) == ({"en": "Ours"}, True)
    refused = call(host, "patch", "/assembly", {"version": 2, "capacity": 900})
    assert (refused.status_code, list(refused.json()["fields"])) == (403, ["capacity"])
    assert call(host, "get", "/assembly/setup").status_code == 200
    for method, path, body in (("delete", "", None), ("get", "/hosts", None), ("post", "/hosts", {"email": "a@b.eu"})):
        assert call(host, method, f"/assembly{path}", body).status_code == 404


def test_a_host_needs_no_second_factor_and_a_weak_key_of_the_team_is_told(event, host, team, client):
    from tests.factories import key

    for who, status in ((host, 200), (team, 403), (person(), 404)):
        headers = {"Authorization": f"Bearer {key(who, second_factor=False)}"}
        path = f"/api/{event.conference.slug}/side-events/assembly/seats"
        assert client.get(path, headers=headers).status_code == status


def test_host_teams(event, host, call, team):
    assert call(team, "post", "/assembly/hosts", {"email": "New@example.eu"}).status_code == 202
    assert call(team, "post", "/assembly/hosts", {"email": host.email}).status_code == 409
    found = call(team, "get", "/assembly/hosts").json()
    assert ([row["email"] for row in found["hosts"]], [row["email"] for row in found["invitations"]]) == (
        [host.email],
        ["new@example.eu"],
    )
    assert call(team, "delete", f"/assembly/hosts/{found['hosts'][0]['id']}").status_code == 204
    assert call(team, "delete", f"/assembly/host-invitations/{found['invitations'][0]['id']}").status_code == 204
    assert call(team, "delete", "/assembly/hosts/999").status_code == 404
    assert (Host.objects.count(), HostInvitation.objects.count()) == (0, 0)


def test_people_are_invited_and_written_to(event, host, call):
    assert call(host, "post", "/assembly/invitations", {"emails": ["A@example.eu"]}).json() == {"done": 1}
    assert call(host, "post", "/assembly/invitations", {"emails": ["a@example.eu"]}).json() == {"done": 0}
    (row,) = call(host, "get", "/assembly/invitations").json()
    assert call(host, "delete", f"/assembly/invitations/{row['id']}").status_code == 204
    assert call(host, "delete", f"/assembly/invitations/{row['id']}").status_code == 404
    assert SeatInvitation.objects.count() == 0
    seats.take(registration=confirmed(event.conference), side_event=event, swap=False, now=NOON)
    mail = {"to": ["confirmed"], "subject": "Hello", "words": "Come early."}
    answers = [call(host, "post", "/assembly/messages", mail, once="k").json() for _ in range(2)]
    assert (answers, Mail.objects.filter(kind="HostWrites").count()) == ([{"done": 1}] * 2, 1)
    assert call(host, "post", "/assembly/messages", {**mail, "subject": "A\nBcc: x"}).status_code == 422
    assert call(host, "post", "/assembly/messages", {**mail, "to": ["cancelled"]}).status_code == 422
    assert len(call(host, "get", "/assembly/seats?status=confirmed&search=guest").json()) == 1
    assert call(host, "get", "/assembly/seats?status=waiting").json() == []


def test_questions_of_the_host(event, host, call):
    body = {"key": "topic", "kind": "text", "label": {"en": "Topic?"}, "required": True}
    made = call(host, "post", "/assembly/questions", body).json()
    address = f"/assembly/questions/{made['id']}"
    assert call(host, "patch", address, {"version": 1, "required": False}).json()["required"] is False
    assert call(host, "patch", address, {"version": 1}).status_code == 409
    assert call(host, "post", "/assembly/questions", {**body, "key": "f", "kind": "file"}).status_code == 422
    assert call(host, "post", "/assembly/questions", {**body, "restricted": True}).status_code == 422
    other = make(event.conference, "other")
    assert call(host, "delete", address.replace("assembly", other.slug)).status_code == 404
    assert [row["key"] for row in call(confirmed(event.conference).person, "get", "/assembly/questions").json()] == [
        "topic"
    ]
    assert call(host, "delete", address).status_code == 204


def test_papers(event, host, call):
    body = {"title": "Output", "content": base64.b64encode(b"%PDF-1.7").decode()}
    made = call(host, "post", "/assembly/papers", body).json()
    address = f"/assembly/papers/{made['id']}"
    assert [call(None, "get", path).status_code for path in (address, "/assembly/papers")] == [404, 200]
    assert (call(None, "get", "/assembly/papers").json(), len(call(host, "get", "/assembly/papers/all").json())) == (
        [],
        1,
    )
    assert call(host, "get", address).content == b"%PDF-1.7"
    assert call(host, "patch", address, {"shown": True}).json()["shown"] is True
    assert call(None, "get", address).content == b"%PDF-1.7"
    for content, field in (("%%", "content"), (base64.b64encode(b"MZ").decode(), "content")):
        wrong = call(host, "post", "/assembly/papers", {**body, "content": content})
        assert (wrong.status_code, list(wrong.json()["fields"])) == (422, [field])
    assert (call(host, "delete", address).status_code, Paper.objects.count()) == (204, 0)


def test_what_one_hosts(edition, event, host, by_key):
    assert by_key(host, "get", f"{edition.slug}/me/hosting").json() == [{"side_event": "assembly", "status": "host"}]
    assert by_key(person(), "get", f"{edition.slug}/me/hosting").json() == []


def test_one_with_seats_stays(event, call, team):
    seats.take(registration=confirmed(event.conference), side_event=event, swap=False, now=NOON)
    assert call(team, "delete", "/assembly").status_code == 409


def test_the_list_is_taken_as_a_file(event, noon, by_key):
    row, team = confirmed(event.conference, first_name="Ada"), member(event.conference)
    seats.take(side_event=event, registration=row, swap=False, now=NOON)
    at = f"{event.conference.slug}/side-events/{event.slug}/seats/file"
    file = by_key(team, "get", at)
    assert [line["first_name"] for line in read_table(file.content, name="a.csv")] == ["Ada"]
    assert by_key(team, "get", f"{at}?form=xlsx").content[:2] == b"PK"
    assert by_key(team, "get", f"{at}?form=json").json()[0]["status"] == "confirmed"
    assert (by_key(team, "get", f"{at}?form=exe").status_code, by_key(row.person, "get", at).status_code) == (422, 404)
