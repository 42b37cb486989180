"""Places by API: the pages' operations, the pages' refusals, problem+json, nothing twice."""

import json

import pytest

from hemicycle.notifications.models import Mail
from hemicycle.registration import questionnaire
from hemicycle.registration.models import Category, Invitation, Question, Registration
from tests.factories import confirmed, member, registered
from tests.factories import edition as make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(edition, signed_in, noon):
    def call(who, method, path, body=None, *, slug=None, key=None):
        client = signed_in(who, second_factor=True)
        headers = {"Idempotency-Key": key} if key else {}
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)(f"/api/{slug or edition.slug}/{path}", headers=headers, **sent)

    return call


@pytest.fixture
def team(edition):
    return member(edition, "registration")


def test_the_team_lists_filters_and_reads_without_secrets(edition, call, team):
    Question.objects.create(conference=edition, key="born", label="Born", kind="past", restricted=True)
    Question.objects.create(conference=edition, key="words", label="Words", kind="text")
    row = confirmed(edition, country="FR", first_name="Zoë")
    questionnaire.write(registration=row, answers={"born": "1980-02-29", "words": "a"})
    registered(edition)

    found = call(team, "get", "registrations?status=confirmed&country=FR").json()
    assert [item["code"] for item in found["items"]] == [row.code]
    one = call(team, "get", f"registrations/{row.pk}").json()
    assert (one["first_name"], one["answers"]) == ("Zoë", {"words": "a"})
    assert call(team, "get", "registrations/999999").status_code == 404


def test_many_are_decided_once(edition, call, team):
    asked = Category.objects.create(conference=edition, slug="asked", name="Asked", needs_approval=True)
    rows = [confirmed(edition, category=asked) for _ in range(3)]
    body = {"do": "approve", "ids": [rows[0].pk, rows[1].pk]}
    answers = [call(team, "post", "registrations/decide", body, key="k") for _ in range(2)]
    declined = call(team, "post", "registrations/decide", {"do": "decline", "ids": [rows[2].pk], "reason": "Full."})

    assert [answer.json() for answer in (*answers, declined)] == [{"done": 2}, {"done": 2}, {"done": 1}]
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert call(team, "post", "registrations/decide", {**body, "do": "cancel"}, key="k").status_code == 422
    assert call(team, "post", "registrations/decide", {"do": "again", "ids": [rows[0].pk]}).json() == {"done": 1}
    assert call(team, "post", "registrations/decide", {"do": "cancel", "ids": [rows[0].pk]}).json() == {"done": 1}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"do": "explode", "ids": [1]},
        {"do": "approve", "ids": []},
        {"do": "approve", "ids": [1], "unknown": 1},
        {"do": "approve", "ids": ["x"]},
    ],
)
def test_what_does_not_fit_is_a_problem_that_says_where(call, team, body):
    answer = call(team, "post", "registrations/decide", body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"] != []


def test_people_are_invited(edition, call, team):
    Category.objects.create(conference=edition, slug="guests", name="Guests", invitation_only=True)
    made = call(team, "post", "invitations", {"emails": ["A@example.eu"], "category": "guests"})
    code = call(team, "post", "invitations", {"uses": 7})
    wrong = call(team, "post", "invitations", {"emails": ["nowhere"]})
    other = call(team, "post", "invitations", {"category": "nothing"})

    assert [answer.status_code for answer in (made, code, wrong, other)] == [201, 201, 422, 422]
    assert other["Content-Type"] == "application/problem+json"
    assert (made.json()[0]["email"], made.json()[0]["category"], code.json()[0]["uses"]) == (
        "a@example.eu",
        "guests",
        7,
    )
    assert Mail.objects.filter(kind="Invited").count() == 1
    assert len(call(team, "get", "invitations").json()) == Invitation.objects.count() == 2
    assert [row["slug"] for row in call(team, "get", "categories").json()] == ["guests"]


def test_ways_by_invitation_are_not_for_everybody(edition, client, noon):
    Category.objects.create(conference=edition, slug="guests", name="Guests", invitation_only=True)
    assert client.get(f"/api/{edition.slug}/categories").json() == []
    edition.stage = "draft"
    edition.save()
    assert client.get(f"/api/{edition.slug}/categories").status_code == 404


def test_ones_own_place_is_handed_over_or_given_back_once(edition, call):
    row = confirmed(edition)
    wish = {"email": "new@example.eu", "first_name": "New", "last_name": "One"}
    assert call(row.person, "post", "me/transfer", wish).status_code == 202
    assert call(row.person, "post", "me/transfer", {**wish, "email": row.person.email}).status_code == 409
    assert call(row.person, "post", "me/cancel").json()["status"] == "cancelled"
    row.person.__dict__.pop("_registrations", None)
    assert call(row.person, "post", "me/cancel").status_code == 409


@pytest.mark.parametrize("role", ["stranger", "participant", "door", "programme", "visitor"])
def test_nobody_else_reads_or_does_anything(edition, client, signed_in, noon, role):
    row = confirmed(edition)
    if role == "participant":
        signed_in(row.person)
    elif role != "visitor":
        person = member(make_edition(slug="other2030"), "owner") if role == "stranger" else member(edition, role)
        signed_in(person, second_factor=True)
    refused = 401 if role == "visitor" else 404
    base = f"/api/{edition.slug}"
    body = {"data": json.dumps({"do": "cancel", "ids": [row.pk]}), "content_type": "application/json"}
    seen = 200 if role == "door" else refused
    answers = [
        client.get(f"{base}/registrations").status_code,
        client.get(f"{base}/registrations/{row.pk}").status_code,
        client.post(f"{base}/registrations/decide", **body).status_code,
        client.get(f"{base}/invitations").status_code,
        client.post(f"{base}/invitations", data="{}", content_type="application/json").status_code,
    ]

    assert answers == [seen, seen, refused, refused, refused]
    assert Registration.objects.get(pk=row.pk).status == "confirmed"
