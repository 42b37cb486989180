"""The pages of hosts, of the team and of who takes a seat; wrong input stands beside its field."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hemicycle.hosting.models import Host, HostInvitation, Paper
from hemicycle.notifications.models import Mail
from hemicycle.registration import seats
from hemicycle.registration.models import Question, Seat, SideEvent
from tests import factories
from tests.factories import NOON, confirmed, session
from tests.hosting.conftest import START, make

pytestmark = pytest.mark.django_db


def at(name, event, *more):
    return reverse(f"hosting:{name}", args=[event.conference.slug, event.slug, *more])


def words(response):
    return response.content.decode()


QUESTION = {
    "label_en": "Which topic?", "help_en": "", "key": "topic", "kind": "choice", "options": "h2 = Hydrogen\nai = AI",
    "required": "on", "depends_on": "", "values": "", "order": "0", "version": "0",
}  # fmt: skip


def test_a_question_is_asked_with_the_seat_and_read_at_the_hosts_desk(event, at_desk, host, signed_in):
    assert at_desk.post(at("question_new", event), QUESTION).status_code == 302
    question = Question.objects.get()
    row = confirmed(event.conference)
    client = signed_in(row.person)

    refused = client.post(at("seat", event), {})
    assert (refused.status_code, "Please answer this question." in words(refused)) == (422, True)
    client.post(at("seat", event), {"q_topic": "h2"})
    signed_in(host)

    listed = words(client.get(at("people", event)))
    assert "Hydrogen" in listed
    assert client.get(at("export", event, "csv")).content.decode("utf-8-sig").splitlines()[1].endswith(",h2")
    assert json.loads(client.get(at("export", event, "json")).content)[0]["topic"] == "h2"
    assert client.get(at("export", event, "pdf")).status_code == 404
    client.post(at("question", event, question.pk), QUESTION | {"label_en": "Topic", "version": "1"})
    stale = client.post(at("question", event, question.pk), QUESTION | {"label_en": "Mine", "version": "1"})
    assert (stale.status_code, "Somebody else saved" in words(stale), "Mine" in words(stale)) == (422, True, True)
    fixed = client.post(at("question", event, question.pk), QUESTION | {"kind": "text", "options": "", "version": "2"})
    assert "stays as it is" in words(fixed)
    assert "Topic" in words(client.get(at("questions", event)))
    client.post(at("question", event, question.pk), {"do": "remove"})
    assert Question.objects.count() == 0


def test_requests_are_decided_in_the_list(edition, signed_in):
    event = make(edition, needs_approval=True)
    host = factories.person()
    Host.objects.create(side_event=event, person=host, added_at=NOON)
    held = [seats.take(registration=confirmed(edition), side_event=event, swap=False, now=NOON) for _ in range(2)]
    client = signed_in(host)

    nothing = client.post(at("act", event), {"do": "approve"}, follow=True)
    assert "Choose at least one person" in words(nothing)
    client.post(at("act", event), {"do": "approve", "key": held[0].pk})
    client.post(at("act", event), {"do": "decline", "key": held[1].pk, "reason": "Full."})
    client.post(at("act", event), {"do": "came", "key": held[0].pk})

    assert list(Seat.objects.order_by("pk").values_list("status", flat=True)) == ["confirmed", "declined"]
    found = words(
        client.get(at("people", event), {"search": held[1].registration.person.first_name, "status": "declined"})
    )
    assert (held[1].registration.person.email in found, held[0].registration.person.email in found) == (True, False)
    client.post(at("act", event), {"do": "not_came", "key": held[0].pk})
    assert client.get(at("act", event)).status_code == 302


def test_a_host_invites_and_writes(event, at_desk):
    wrong = at_desk.post(at("invite", event), {"emails": "a@example.eu, nobody"})
    assert (wrong.status_code, "“nobody” is not an email address." in words(wrong)) == (422, True)
    at_desk.post(at("invite", event), {"emails": "a@example.eu; b@example.eu"})
    assert event.invitations.count() == 2
    at_desk.post(at("invite", event), {"withdraw": event.invitations.first().pk})
    assert "b@example.eu" in words(at_desk.get(at("invite", event)))

    seats.take(registration=confirmed(event.conference), side_event=event, swap=False, now=NOON)
    assert at_desk.post(at("write", event), {"to": ["confirmed"], "subject": "", "words": "x"}).status_code == 422
    at_desk.post(at("write", event), {"to": ["confirmed"], "subject": "Room", "words": "Second floor."})
    assert Mail.objects.filter(kind="HostWrites").count() == 1


def test_a_host_changes_the_words_but_not_the_room(event, at_desk):
    saved = at_desk.post(
        at("words", event),
        {"about_en": "**New**", "audience_words_en": "All", "how_to_become_en": "", "version": "1", "capacity": "99"},
    )
    event.refresh_from_db()
    assert (saved.status_code, str(event.about), event.capacity) == (302, "**New**", 2)
    assert "<strong>New</strong>" in words(at_desk.get(at("event", event)))


def test_papers_are_pdf_files_shown_when_ready(event, at_desk, client):
    page = SimpleUploadedFile("out.pdf", b"<html>", content_type="application/pdf")
    refused = at_desk.post(at("papers", event), {"title": "Out", "file": page})
    assert "This is none of: PDF" in words(refused)
    at_desk.post(at("papers", event), {"title": "Out", "file": SimpleUploadedFile("out.pdf", b"%PDF-1.7")})
    paper = Paper.objects.get()
    address = at("paper", event, paper.pk)
    own = at_desk.get(address)
    assert (own.status_code, own["Content-Disposition"], own["X-Content-Type-Options"]) == (
        200, 'attachment; filename="out.pdf"', "nosniff",
    )  # fmt: skip

    client.logout()
    assert client.get(address).status_code == 404
    client.force_login(Host.objects.get().person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(at("paper_change", event, paper.pk), {"do": "show"})
    client.logout()
    assert (client.get(address).status_code, "Papers" in words(client.get(at("event", event)))) == (
        200,
        True,
    )
    client.force_login(Host.objects.get().person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(at("paper_change", event, paper.pk), {"do": "hide"})
    client.post(at("paper_change", event, paper.pk), {"do": "remove"})
    assert Paper.objects.count() == 0


def test_a_host_of_one_has_no_desk_at_another(event, at_desk):
    other = make(event.conference, "other")
    assert at_desk.get(at("people", other)).status_code == 403
    assert at_desk.get(reverse("hosting:mine", args=[event.conference.slug])).status_code == 200


def test_saying_yes_to_hosting(event, client, signed_in, host):
    signed_in(factories.member(event.conference), second_factor=True)
    client.post(at("desk_hosts", event), {"email": "ana@example.eu"})
    client.post(at("desk_hosts", event), {"email": "not an address"})
    again = client.post(at("desk_hosts", event), {"email": host.email}, follow=True)
    assert "hosts it already" in words(again)
    client.logout()
    link = Mail.objects.get(kind="AskedToHost").payload["link"]

    assert "ana@example.eu is asked to host it." in words(client.get(link))
    assert client.post(link).status_code == 302
    assert client.post(link).status_code == 410
    assert Host.objects.filter(person__email="ana@example.eu").exists()


FORM = {
    "title_en": "Forum", "host_en": "The network", "kind": "side_event", "session_slug": "",
    "starts_at": "2030-05-06T14:00", "ends_at": "2030-05-06T16:00", "room": "", "capacity": "40",
    "one_of": ["fact:label"], "version": "0",
}  # fmt: skip


@pytest.fixture
def team(edition, noon, signed_in):
    return signed_in(factories.member(edition), second_factor=True)


def test_the_team_sets_up_a_side_event_with_its_audience(edition, team):
    add = reverse("hosting:desk_add", args=[edition.slug])
    wrong = team.post(add, FORM | {"ends_at": "2030-05-06T13:00", "kind": "workshop"})
    assert "It must end after it begins." in words(wrong)
    assert "Choose the session this workshop is." in words(wrong)
    team.post(add, FORM)
    event = SideEvent.objects.get()

    assert (event.slug, event.audience, event.starts_at) == ("forum", {"any": [{"fact": "label"}]}, START)
    assert "Forum" in words(team.get(reverse("hosting:desk", args=[edition.slug])))
    page = team.get(at("desk_event", event))
    assert "0 of 0 people with a place" in words(page)
    team.post(at("desk_event", event), FORM | {"capacity": "50", "none_of": ["fact:association"], "version": "1"})
    event.refresh_from_db()
    assert (event.capacity, event.audience["all"][1]) == (50, {"none": [{"fact": "association"}]})
    stale = team.post(at("desk_event", event), FORM | {"version": "1"})
    assert (stale.status_code, "Somebody else saved" in words(stale)) == (422, True)


def test_a_rule_that_boxes_cannot_say_stays_until_it_is_replaced(edition, team):
    rule = {"any": [{"all": [{"fact": "label"}, {"fact": "association"}]}]}
    event = make(edition, "forum", audience=rule)
    team.post(at("desk_event", event), FORM | {"version": "1"})
    event.refresh_from_db()
    assert event.audience == rule
    team.post(at("desk_event", event), FORM | {"version": "2", "replace_rule": "on"})
    event.refresh_from_db()
    assert event.audience == {"any": [{"fact": "label"}]}


def test_hosts_and_invitations_are_taken_away(event, host, team):
    asked = HostInvitation.objects.create(side_event=event, email="x@example.eu", invited_at=NOON)
    assert "x@example.eu" in words(team.get(at("desk_event", event)))
    team.post(at("desk_hosts", event), {"invitation": asked.pk})
    team.post(at("desk_hosts", event), {"host": Host.objects.get().pk})
    assert (Host.objects.count(), HostInvitation.objects.count()) == (0, 0)


def test_removing_asks_once_more_and_refuses_what_is_in_use(edition, team):
    empty, used = make(edition, "empty"), make(edition, "used")
    seats.take(registration=confirmed(edition), side_event=used, swap=False, now=NOON)

    assert "Yes, remove it" in words(team.get(at("desk_remove", empty)))
    team.post(at("desk_remove", empty), {"yes": "yes"})
    assert team.post(at("desk_remove", used), {"yes": "yes"}).status_code == 409
    assert list(SideEvent.objects.values_list("slug", flat=True)) == ["used"]


def test_a_workshop_offers_its_seats_on_the_sessions_page(edition, noon, client, team):
    from hemicycle.agenda import operations as agenda

    session(edition, "hydrogen")
    agenda.release(conference=edition, note="", actor=None, now=NOON)
    workshop = make(edition, "hydrogen-lab", kind="workshop", session_slug="hydrogen")
    client.logout()

    page = words(client.get(reverse("agenda:session", args=[edition.slug, "hydrogen"])))
    assert "2 of 2 left" in page
    assert at("event", workshop) in page
    assert "Hydrogen-Lab" not in words(client.get(reverse("website:side_events", args=[edition.slug])))


def test_a_seat_that_is_closed_or_needs_a_place_says_so(event, signed_in, time_machine_at):
    waiting = factories.registered(event.conference)
    refused = signed_in(waiting.person).post(at("seat", event), {}, follow=True)
    assert "confirmed place" in words(refused)
    row = confirmed(event.conference)
    time_machine_at(START)
    late = signed_in(row.person).post(at("seat", event), {}, follow=True)
    assert "No seats are given any more." in words(late)
    assert signed_in(row.person).get(at("seat", event)).status_code == 302
    nowhere = reverse("hosting:event", args=[event.conference.slug, "nowhere"])
    assert signed_in(row.person).get(nowhere).status_code == 404
