"""Matchmaking by API: one's own side, and the team's schedules, with keys."""

import pytest

from hemicycle.matchmaking.models import MeetingRequest, Plan, Profile
from tests import factories
from tests.factories import confirmed, member, profile, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(edition, noon, by_key):
    return lambda who, method, path, body=None, **more: by_key(who, method, f"{edition.slug}/{path}", body, **more)


def who(row):
    return row.registration.person


def test_a_profile_is_written_whole_and_read(edition, call):
    factories.term(kind="ecosystem", key="textile", label="Textile")
    row = confirmed(edition)
    assert call(row.person, "get", "me/profile").status_code == 404
    assert call(row.person, "get", "people").status_code == 404
    body = {"about": "We weave.", "offers": ["A loom"], "needs": ["Wool", ""], "ecosystems": ["textile"]}
    written = call(row.person, "put", "me/profile", body).json()
    assert (written["offers"], written["needs"], written["ecosystems"]) == (["A loom"], ["Wool"], ["textile"])
    assert call(row.person, "get", "me/profile").json() == written
    for wrong, field in (({}, "offers"), ({"offers": ["x"], "ecosystems": ["none"]}, "ecosystems")):
        answer = call(row.person, "put", "me/profile", wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert call(row.person, "put", "me/profile", {"offers": ["a\nb"]}).status_code == 422
    assert call(row.person, "put", "me/profile", {"offers": list("abcdef")}).status_code == 422
    waits = registered(edition)
    assert call(waits.person, "put", "me/profile", body).status_code == 409


def test_people_are_found_by_the_pages_filters(edition, call):
    own, other = profile(edition), profile(edition, country="FR", offers=("a pilot line",), needs=("steel",))
    hidden = profile(edition)
    Profile.objects.filter(pk=hidden.pk).update(visible=False)
    assert [row["id"] for row in call(who(own), "get", "people").json()["items"]] == [other.pk]
    for query, number in (
        ("country=FR", 1),
        ("country=DE", 0),
        ("search=steel", 1),
        ("kind=none", 0),
        ("ecosystem=x", 0),
    ):
        assert (query, call(who(own), "get", f"people?{query}").json()["count"]) == (query, number)
    assert call(who(own), "get", "people/facets").json()["countries"] == {"BE": 1, "FR": 1}
    assert call(who(own), "get", f"people/{other.pk}").json()["needs"] == ["steel"]
    assert call(who(own), "get", f"people/{hidden.pk}").status_code == 404
    assert call(confirmed(edition).person, "get", f"people/{other.pk}").status_code == 404


def test_requests_are_sent_answered_and_taken_back(edition, call):
    ada, eve, third = profile(edition), profile(edition), profile(edition)
    sent = [call(who(ada), "post", f"people/{eve.pk}/requests", {"message": "Tea?"}, once="k") for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert MeetingRequest.objects.count() == 1
    assert call(who(ada), "post", f"people/{eve.pk}/requests", {}).status_code == 409
    assert call(who(ada), "post", f"people/{ada.pk}/requests", {}).json()["title"] == "This is you."
    at = f"me/requests/{sent[0].json()['id']}"
    assert call(who(ada), "post", at, {"do": "accept"}).status_code == 409
    assert call(who(third), "post", at, {"do": "accept"}).status_code == 404
    assert call(who(eve), "post", at, {"do": "accept"}).json()["status"] == "accepted"
    assert call(who(eve), "post", at, {"do": "decline"}).status_code == 409
    assert call(who(eve), "post", at, {"do": "smile"}).status_code == 422
    (seen,) = call(who(eve), "get", "me/requests").json()
    assert (seen["sent"], seen["partner"], seen["message"]) == (False, ada.pk, "Tea?")
    assert call(who(ada), "post", at, {"do": "withdraw"}).json()["status"] == "cancelled"
    assert call(who(ada), "post", at, {"do": "withdraw"}).status_code == 409


def test_a_schedule_is_started_looked_at_and_published_once(edition, call, work):
    factories.meeting_slots(edition)
    ada, eve = profile(edition), profile(edition)
    request = call(who(ada), "post", f"people/{eve.pk}/requests", {}).json()
    call(who(eve), "post", f"me/requests/{request['id']}", {"do": "accept"})
    team = member(edition, "matchmaking")
    assert call(team, "get", "matchmaking").json()["counts"]["accepted"] == 1
    assert call(team, "post", "matchmaking/plans", {"seconds": 999}).json()["fields"].keys() == {"seconds"}
    started = call(team, "post", "matchmaking/plans", {"seconds": 0.5})
    assert (started.status_code, started.json()["state"]) == (202, "queued")
    at = f"matchmaking/plans/{started.json()['id']}"
    assert call(team, "post", "matchmaking/plans", {"seconds": 0.5}).status_code == 409
    assert call(team, "post", f"{at}/publish").status_code == 409
    from hemicycle.matchmaking import plans

    plans.perform(plan_id=started.json()["id"], now=factories.NOON)
    found = call(team, "get", at).json()
    assert (found["state"], [row["request"] for row in found["schedule"]], found["unplaced"]) == (
        "ready",
        [request["id"]],
        [],
    )
    answers = [call(team, "post", f"{at}/publish", once="k").json() for _ in range(2)]
    assert answers == [{"meetings": 1}] * 2
    assert call(team, "post", f"{at}/publish").status_code == 409
    (meeting,) = call(who(ada), "get", "me/meetings").json()
    assert (meeting["partner"], meeting["table"]) == (eve.pk, 1)
    assert [row["state"] for row in call(team, "get", "matchmaking/plans").json()] == ["published"]


def test_a_run_is_stopped(edition, call):
    team = member(edition, "matchmaking")
    plan = call(team, "post", "matchmaking/plans", {"seconds": 1}).json()
    assert call(team, "post", f"matchmaking/plans/{plan['id']}/stop").json()["state"] == "cancelled"
    for somebody in (member(edition, "door"), profile(edition).registration.person):
        assert call(somebody, "get", f"matchmaking/plans/{plan['id']}").status_code == 404
        assert call(somebody, "post", "matchmaking/plans", {"seconds": 1}).status_code == 404
    assert Plan.objects.count() == 1
