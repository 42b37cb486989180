"""What devices send, in order, twice, late, wrong and on purpose."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django_scopes import scope
from tests import factories
from tests.door.conftest import Door
from tests.factories import NOON, confirmed

from hemicycle.audit.models import Entry
from hemicycle.door import operations, scans
from hemicycle.door.models import CheckIn, Double, Scan
from hemicycle.door.queries import code_digest
from hemicycle.registration import operations as registration
from hemicycle.registration.letters import ticket_text

pytestmark = pytest.mark.django_db


def ticket(row):
    return ticket_text(row, row.conference)


def status(row):
    row.refresh_from_db()
    return row.status


def test_a_confirmed_place_has_a_signed_ticket(edition):
    row = confirmed(edition)
    assert ticket(row).startswith(f"HC2.{edition.pk}.{row.code}.")


def test_a_ticket_checks_its_person_in_once(edition, door, client):
    row = confirmed(edition)

    assert door.results(client, door.item(ticket(row)), door.item(ticket(row))) == ["in", "double"]
    assert (status(row), CheckIn.objects.count(), Scan.objects.count(), Double.objects.count()) == (
        "checked_in",
        1,
        2,
        1,
    )
    assert Entry.objects.filter(action="checked in").count() == 1


def test_the_answer_says_who_it_is_and_no_more(edition, door, client):
    row = confirmed(edition, first_name="Zoë")
    answer = door.post(client, door.item(ticket(row))).json()["answers"][0]

    assert answer["person"].keys() == {"id", "name", "organisation", "kind", "tone"}
    assert (answer["person"]["name"], answer["sentence"], answer["first_door"]) == ("Zoë Ålund", "Welcome", "Main")


def test_a_batch_sent_twice_is_taken_once_with_the_same_answers(edition, door, client):
    items = [door.item(ticket(confirmed(edition))), door.item("rubbish")]
    first = door.post(client, *items).json()["answers"]

    assert door.post(client, *items).json()["answers"] == first
    assert (Scan.objects.count(), CheckIn.objects.count()) == (2, 1)


def test_tickets_of_the_first_kind_codes_and_names_work_online(edition, door, client):
    rows = [confirmed(edition) for _ in range(3)]
    items = [door.item(f"HC1:{edition.slug}:{rows[0].code}"), door.item(rows[1].code), door.item(person=rows[2].pk)]

    assert door.results(client, *items) == ["in"] * 3


def test_hostile_tickets_get_a_clear_answer_each(edition, door, client, noon):
    other = factories.edition(slug="other2030", series=edition.series, number=2)
    with scope(conference=other.pk):
        foreign = confirmed(other)
        foreign_text = ticket(foreign)
    gone, row, waits = confirmed(edition), confirmed(edition), factories.registered(edition)
    registration.cancel(registration=gone, actor=gone.person, now=NOON)
    forged = ticket(row)[:-2] + ("AA" if not ticket(row).endswith("AA") else "BA")
    renamed = foreign_text.replace(f"HC2.{other.pk}.", f"HC2.{edition.pk}.")
    online = confirmed(edition, mode="online")
    items = [forged, renamed, foreign_text, f"HC1:{other.slug}:{foreign.code}", ticket(gone), ticket(waits), foreign.code,
             ticket(online), "http://evil.example"]  # fmt: skip

    assert door.results(client, *map(door.item, items)) == [
        "forged", "forged", "other_edition", "other_edition", "cancelled", "not_confirmed", "unknown", "online", "unknown",
    ]  # fmt: skip
    assert (CheckIn.objects.count(), door.results(client, door.item(person=foreign.pk))) == (0, ["unknown"])


def test_a_batch_with_garbage_answers_each_and_loses_nothing(edition, door, client):
    row = confirmed(edition)
    good = door.item(ticket(row))
    garbage = [
        None,
        7,
        "x",
        {},
        {"id": "mine"},
        door.item(at=NOON, id="no"),
        door.item(list=True),
        door.item(list=2**80),
    ]
    answer = door.post(client, *garbage, good, door.item(list=10**9))

    results = [(found["id"], found["result"]) for found in answer.json()["answers"]]
    assert [result for _, result in results] == ["garbage"] * 8 + ["in", "not_this_list"]
    assert (answer.status_code, results[4][0], status(row)) == (200, "mine", "checked_in")


@pytest.mark.parametrize("body", ["", "[]", "{", '{"scans": 5}', '{"x": 1}', '{"scans": [], "after": "x"}', "\x00"])
def test_a_body_that_is_none_is_refused_without_a_fault(door, client, body):
    answer = client.post(
        f"/api/{door.conference.slug}/door/scans", body, content_type="application/json", headers=door.headers
    )
    assert answer.status_code in (400, 422)


def test_a_giant_batch_is_refused_whole(door, client):
    answer = door.post(client, *[1] * 501)
    assert (answer.status_code, answer.json()["title"]) == (422, "At most 500 scans at once.")


def test_the_earlier_scan_wins_also_when_it_arrives_later_and_both_devices_hear(edition, door, client):
    row, late = confirmed(edition), Door(edition, "Side")
    first = door.item(ticket(row), at=NOON)
    earlier = late.item(ticket(row), at=NOON - timedelta(minutes=5))

    assert door.results(client, first) == ["in"]
    answer = late.post(client, earlier).json()
    assert answer["answers"][0]["result"] == "in"
    told = door.post(client).json()["doubles"]
    assert told == answer["doubles"]
    assert (told[0]["first_door"], told[0]["second_door"], told[0]["second"]) == ("Side", "Main", first["id"])
    assert CheckIn.objects.get().scan.uuid.hex == earlier["id"].replace("-", "")
    assert door.post(client, after=told[0]["id"]).json()["doubles"] == []


def test_a_device_with_a_wrong_clock_neither_wins_nor_loses_by_it(edition, door, client):
    row, wrong = confirmed(edition), Door(edition, "Wrong clock")
    ahead = timedelta(days=500)
    door.results(client, door.item(ticket(row), at=NOON - timedelta(minutes=1)))
    item = wrong.item(ticket(row), at=NOON - ahead - timedelta(seconds=20))

    assert wrong.results(client, item, sent_at=NOON - ahead) == ["double"]
    assert Scan.objects.get(device=wrong.device).scanned_at == NOON - timedelta(seconds=20)


def test_undo_takes_the_person_out_and_the_place_stays(edition, door, client):
    row = confirmed(edition)
    item = door.item(ticket(row))
    undo = door.item(kind="undo", undoes=item["id"])

    assert door.results(client, item, undo, undo) == ["in", "undone", "undone"]
    assert (status(row), CheckIn.objects.count(), Scan.objects.count()) == ("confirmed", 0, 2)
    assert door.results(client, door.item(ticket(row))) == ["in"]


def test_undo_of_the_first_lets_the_second_stand(edition, door, client):
    row, other = confirmed(edition), Door(edition, "Side")
    item = door.item(ticket(row))
    door.results(client, item)
    other.results(client, other.item(ticket(row)))
    door.results(client, door.item(kind="undo", undoes=item["id"]))

    assert (status(row), CheckIn.objects.get().scan.device) == ("checked_in", other.device)


def test_nobody_undoes_what_another_device_scanned(edition, door, client):
    row, other = confirmed(edition), Door(edition, "Side")
    item = door.item(ticket(row))
    door.results(client, item)

    assert other.results(client, other.item(kind="undo", undoes=item["id"])) == ["unknown"]
    assert status(row) == "checked_in"


def test_the_same_name_for_a_scan_from_two_devices_is_two_scans(edition, door, client):
    rows, other, name = [confirmed(edition), confirmed(edition)], Door(edition, "Side"), str(uuid4())

    assert door.results(client, door.item(ticket(rows[0]), id=name)) == ["in"]
    assert other.results(client, other.item(ticket(rows[1]), id=name)) == ["in"]


def test_a_side_event_has_its_own_list_and_seats(edition, client, noon):
    from hemicycle.registration import seats

    event = seats.create_side_event(
        conference=edition, slug="assembly", title="Assembly", about="x", host="ECCP", capacity=1,
        starts_at=NOON + timedelta(days=21), ends_at=NOON + timedelta(days=21, hours=2),
    )  # fmt: skip
    row, without = confirmed(edition), confirmed(edition)
    seats.take(registration=row, side_event=event, swap=False, now=NOON)
    door = Door(edition, kinds=("side_event",))

    assert door.results(client, door.item(ticket(row)), door.item(ticket(without))) == ["in", "no_seat"]
    assert status(row) == "confirmed"
    assert [person[2] for person in door.listing(client).json()["people"]] == [row.person.name]


def test_released_sessions_have_lists(edition, noon):
    from hemicycle.agenda import operations as agenda
    from hemicycle.door.models import CheckList

    factories.session(edition, "opening")
    factories.session(edition, "coffee", format="break")
    agenda.release(conference=edition, note="", actor=None, now=NOON)

    assert list(CheckList.objects.filter(kind="session").values_list("reference", flat=True)) == ["opening"]


def test_an_enrolment_code_works_once_and_not_for_ever(edition, door):
    code = operations.make_code(device=door.device, actor=None, now=NOON)
    for wrong, when in ((code, NOON + timedelta(minutes=16)), ("", NOON), ("ABCDEFGHJK", NOON)):
        with pytest.raises(operations.BadCode):
            operations.enrol(conference=edition, code=wrong, now=when)
    operations.enrol(conference=edition, code=f" {code[:5]}-{code[5:]} ", now=NOON)

    with pytest.raises(operations.BadCode):
        operations.enrol(conference=edition, code=code, now=NOON)


def test_enrolling_by_the_api_tells_the_secret_once(edition, door, client):
    code = operations.make_code(device=door.device, actor=None, now=NOON)
    post = lambda: client.post(  # noqa: E731
        f"/api/{edition.slug}/door/enrol", json.dumps({"code": code}), content_type="application/json"
    )
    secret = post().json()["secret"]

    assert (len(secret) > 40, secret in str(door.device.__dict__), post().status_code) == (True, False, 403)
    assert door.post(client).status_code == 401


def test_a_device_that_was_switched_off_gets_nothing_and_its_scans_wait(edition, door, client, noon):
    row = confirmed(edition)
    operations.revoke(device=door.device, actor=None, now=NOON)
    answer = door.post(client, door.item(ticket(row)))

    assert (answer.status_code, answer.json()["title"]) == (
        401, "This device was switched off. Ask the desk for a new code.",
    )  # fmt: skip
    assert (door.listing(client).status_code, status(row)) == (401, "confirmed")
    code = operations.make_code(device=door.device, actor=None, now=NOON)
    door.device, door.secret = operations.enrol(conference=edition, code=code, now=NOON)
    assert door.results(client, door.item(ticket(row))) == ["in"]


def test_a_secret_opens_its_own_edition_only(edition, door, client):
    other = factories.edition(slug="other2030", series=edition.series, number=2)
    door.conference = other

    assert (door.post(client).status_code, door.listing(client).status_code) == (401, 401)
    assert client.get(f"/api/{edition.slug}/door/list").status_code == 401


def test_the_list_holds_digests_and_names_and_answers_304_while_nothing_changed(edition, door, client):
    row, gone = confirmed(edition), confirmed(edition)
    registration.cancel(registration=gone, actor=gone.person, now=NOON)
    answer = door.listing(client)
    found = answer.json()

    assert found["people"] == [
        [row.pk, code_digest(row.code), row.person.name, "", row.stakeholder_id, row.stakeholder.order % 8, None]
    ]
    assert (found["gone"], row.code in answer.content.decode(), row.person.email in answer.content.decode()) == (
        [code_digest(gone.code)], False, False,
    )  # fmt: skip
    assert door.listing(client, **{"If-None-Match": answer["ETag"]}).status_code == 304
    door.results(client, door.item(ticket(row)))
    changed = door.listing(client, **{"If-None-Match": answer["ETag"]})
    assert (changed.status_code, changed.json()["people"][0][6]) == (200, NOON.isoformat())


def test_a_device_sees_only_its_lists(edition, door, client):
    other = operations.make_device(conference=edition, name="No list", lists=[], walk_ins=False, actor=None, now=NOON)
    code = operations.make_code(device=other, actor=None, now=NOON)
    door.device, door.secret = operations.enrol(conference=edition, code=code, now=NOON)

    assert door.listing(client).status_code == 404
    assert door.results(client, door.item("x")) == ["not_this_list"]


WALK = {
    "first_name": "Ada", "last_name": "Byron", "email": "ada@example.eu", "country": "IE", "stakeholder": "cluster-org",
}  # fmt: skip


def walk(client, door, **values):
    body = {"list": door.list.pk, "organisation": "Engines Ltd"} | WALK | values
    return client.post(
        f"/api/{door.conference.slug}/door/walk-ins",
        json.dumps(body),
        content_type="application/json",
        headers=door.headers,
    )


def test_a_walk_in_is_registered_and_in(edition, client, noon):
    door = Door(edition, walk_ins=True)
    answer = walk(client, door).json()

    assert (answer["result"], answer["person"]["name"], answer["person"]["organisation"]) == (
        "in", "Ada Byron", "Engines Ltd",
    )  # fmt: skip
    assert walk(client, door).json()["result"] == "double"


def test_a_walk_in_finds_no_place_where_none_is_left(edition, client, noon):
    door = Door(edition, walk_ins=True)
    edition.capacity = 0
    edition.save()

    assert walk(client, door).status_code == 409


def test_a_walk_in_of_somebody_in_the_waiting_list_takes_a_free_place(edition, client, noon):
    door = Door(edition, walk_ins=True)
    row = factories.registered(edition, email=WALK["email"])

    assert (walk(client, door).json()["result"], status(row)) == ("in", "checked_in")


def test_walk_ins_say_what_is_wrong_and_need_the_device_to_be_allowed(edition, door, client):
    allowed = Door(edition, "Walk", walk_ins=True)
    answer = walk(client, allowed, email="x", last_name="")

    assert (answer.status_code, answer.json()["fields"].keys()) == (422, {"email", "last_name"})
    assert walk(client, door).status_code == 404


def test_the_desk_checks_in_and_takes_out(edition, door, noon):
    row, owner = confirmed(edition), factories.member(edition)
    assert scans.by_hand(checklist=door.list, registration=row, actor=owner, now=NOON).result == "in"
    scans.correct(checklist=door.list, registration=row, actor=owner, now=NOON)

    assert (status(row), CheckIn.objects.count()) == ("confirmed", 0)
    assert list(Scan.objects.order_by("pk").values_list("result", flat=True)) == ["in", "undone"]


def test_an_erased_person_s_ticket_is_unknown_and_the_count_stays(edition, door, client):
    from hemicycle.accounts import operations as accounts

    row = confirmed(edition)
    text = ticket(row)
    door.results(client, door.item(text))
    accounts.erase(person=row.person, actor=row.person, now=NOON)

    assert (door.results(client, door.item(text)), CheckIn.objects.count()) == (["unknown"], 1)


def test_a_badge_is_printed_again_by_the_device(edition, door, client):
    row = confirmed(edition)
    get = lambda pk: client.get(f"/api/{edition.slug}/door/badge/{pk}", headers=door.headers)  # noqa: E731

    assert (get(row.pk).content[:5], get(10**9).status_code) == (b"%PDF-", 404)


def test_a_scan_alone_needs_few_questions_to_the_database(edition, door, client, django_assert_max_num_queries):
    text = ticket(confirmed(edition))
    with django_assert_max_num_queries(17):  # the savepoint's two are the test's own
        assert door.results(client, door.item(text)) == ["in"]
