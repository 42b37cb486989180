"""Side events by API: the same rules as the pages."""

import json

import pytest

from hemicycle.registration import setup
from tests.factories import NOON, confirmed, member, person
from tests.hosting.conftest import START, make

pytestmark = pytest.mark.django_db


def send(client, event, path, body=None, method="post"):
    address = f"/api/{event.conference.slug}/side-events/{event.slug}/{path}"
    if method == "get":
        return client.get(address)
    return getattr(client, method)(address, json.dumps(body or {}), content_type="application/json")


def test_anybody_reads_the_list(event, client):
    found = client.get(f"/api/{event.conference.slug}/side-events").json()
    assert [(row["slug"], row["left"], row["title"]["en"]) for row in found] == [("assembly", 2, "Assembly")]


def test_a_seat_is_taken_with_answers_and_given_back(event, signed_in):
    setup.write_question(
        conference=event.conference, question=None, seen_version=0, categories=[], actor=None, now=NOON, side_event=event,
        key="topic", label="Topic", kind="text", options=[], required=True, restricted=False, depends_on=None, values=[], order=0,
    )  # fmt: skip
    client = signed_in(confirmed(event.conference).person)

    refused = send(client, event, "seat")
    assert (refused.status_code, refused.json()["fields"]) == (422, {"answers.topic": "Please answer this question."})
    assert send(client, event, "seat", {"answers": {"topic": "H2"}}).json() == {
        "side_event": "assembly",
        "status": "confirmed",
    }
    assert send(client, event, "seat", method="delete").status_code == 204


def test_refusals_are_sentences(edition, noon, signed_in, time_machine_at):
    first, second, closed = (
        make(edition, "first"),
        make(edition, "second"),
        make(edition, "closed", audience={"fact": "label"}),
    )
    row = confirmed(edition)
    client = signed_in(row.person)
    send(client, first, "seat")

    assert "swap" in send(client, second, "seat").json()["title"]
    assert send(client, second, "seat", {"swap": True}).json()["status"] == "confirmed"
    assert "fact: label" in send(client, closed, "seat").json()["title"]
    row.status = "waiting"
    row.save()
    assert "confirmed place" in send(client, first, "seat").json()["title"]
    row.status = "confirmed"
    row.save()
    time_machine_at(START)
    assert "any more" in send(signed_in(row.person), first, "seat").json()["title"]


def test_the_list_is_for_hosts_and_the_team(event, host, signed_in):
    guest = confirmed(event.conference)
    client = signed_in(guest.person)
    send(client, event, "seat")
    assert send(client, event, "seats", method="get").status_code == 404
    assert send(signed_in(person()), event, "seat").status_code == 404

    for somebody in (host, member(event.conference)):
        rows = send(signed_in(somebody, second_factor=somebody != host), event, "seats", method="get").json()
        assert [(row["email"], row["status"]) for row in rows] == [(guest.person.email, "confirmed")]


def test_a_host_decides(edition, noon, host, event, signed_in):
    event.needs_approval = True
    event.save()
    rows = [confirmed(edition) for _ in range(2)]
    for row in rows:
        send(signed_in(row.person), event, "seat")
    client = signed_in(host)
    ids = [row["id"] for row in send(client, event, "seats", method="get").json()]

    assert send(client, event, "decide", {"ids": ids[:1], "do": "approve"}).json() == {"done": 1}
    assert send(client, event, "decide", {"ids": ids[1:], "do": "decline", "reason": "Full"}).json() == {"done": 1}
    assert send(client, event, "decide", {"ids": ids, "do": "came"}).json() == {"done": 1}
    assert send(client, event, "decide", {"ids": ids, "do": "maybe"}).status_code == 422
    nowhere = make(edition, "nowhere")
    assert send(client, nowhere, "seats", method="get").status_code == 404
