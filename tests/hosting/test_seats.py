"""Asking for a seat: the host's decision, personal invitations, questions, the day it closes, time and room that change."""

from datetime import timedelta

import pytest

from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.notifications.models import Mail
from hemicycle.registration import queries, questionnaire, seats, setup
from hemicycle.registration.models import Seat
from tests.factories import NOON, confirmed
from tests.hosting.conftest import START, make

pytestmark = pytest.mark.django_db


def take(row, event, now=NOON, **values):
    return seats.take(registration=row, side_event=event, swap=False, now=now, **values)


def states(event):
    return list(Seat.objects.filter(side_event=event).order_by("pk").values_list("status", flat=True))


def kinds(after=0):
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))[after:]


def test_the_host_decides_in_order_of_asking_until_the_seats_are_gone(edition):
    event = make(edition, needs_approval=True, capacity=2)
    asked = [take(confirmed(edition), event, NOON + timedelta(minutes=n)) for n in range(4)]
    assert states(event) == ["pending"] * 4

    seats.decline(side_event=event, keys=[asked[1].pk], reason="Next time.", actor=None, now=NOON)
    number = seats.approve(side_event=event, keys=[seat.pk for seat in reversed(asked)], actor=None, now=NOON)

    assert number == 3
    assert states(event) == ["confirmed", "declined", "confirmed", "waiting"]
    assert Mail.objects.get(kind="SeatDeclined").payload["reason"] == "Next time."


def test_declining_who_has_a_seat_moves_the_waiting_list_up(edition):
    event = make(edition, capacity=1)
    first, second = take(confirmed(edition), event), take(confirmed(edition), event)

    seats.decline(side_event=event, keys=[first.pk], reason="", actor=None, now=NOON)

    assert states(event) == ["declined", "confirmed"]
    assert seats.approve(side_event=event, keys=[first.pk, second.pk], actor=None, now=NOON) == 0


def test_whom_the_host_invites_needs_neither_audience_nor_approval(edition):
    event = make(edition, needs_approval=True, audience={"fact": "partnership"})
    row = confirmed(edition)
    with pytest.raises(seats.NotEligible):
        take(row, event)

    assert seats.invite(side_event=event, emails=[row.person.email.upper()] * 2, actor=None, now=NOON) == 1
    assert seats.invite(side_event=event, emails=[row.person.email], actor=None, now=NOON) == 0

    assert queries.side_events(conference=edition, registration=row)[0].invited is True
    assert take(row, event).status == "confirmed"
    assert Mail.objects.filter(kind="SeatInvited").count() == 1


def test_a_withdrawn_invitation_opens_nothing_and_a_taken_seat_stays(edition):
    event = make(edition, invitation_only=True)
    here, late = confirmed(edition), confirmed(edition)
    seats.invite(side_event=event, emails=[here.person.email, late.person.email], actor=None, now=NOON)
    take(here, event)
    for row in list(event.invitations.all()):
        seats.withdraw_invitation(side_event=event, key=row.pk, actor=None, now=NOON)
        seats.withdraw_invitation(side_event=event, key=row.pk, actor=None, now=NOON)

    with pytest.raises(seats.NotEligible) as refused:
        take(late, event)

    assert [reason.missing.value for reason in refused.value.reasons] == ["invitation"]
    assert states(event) == ["confirmed"]


@pytest.mark.parametrize(("closes", "now"), [(None, START), (NOON, NOON)])
def test_after_its_day_no_seat_is_given(edition, closes, now):
    event, row = make(edition, closes_at=closes), confirmed(edition)
    with pytest.raises(seats.SeatsClosed):
        take(row, event, now)
    assert take(row, event, now - timedelta(seconds=1)).status == "confirmed"


def test_answers_of_a_side_event_and_of_the_conference_do_not_touch_each_other(edition):
    event = make(edition)
    common = {
        "conference": edition, "question": None, "seen_version": 0, "categories": [], "actor": None, "now": NOON,
        "kind": "text", "options": [], "required": False, "restricted": False, "depends_on": None, "values": [], "order": 0,
    }  # fmt: skip
    setup.write_question(key="diet", label="Diet", **common)
    setup.write_question(key="topic", label="Topic", side_event=event, **common)
    row = confirmed(edition, answers={"diet": "none"})

    take(row, event, answers={"topic": "Hydrogen", "diet": "all"})
    assert questionnaire.read(registration=row, restricted=False) == {"diet": "none", "topic": "Hydrogen"}

    questionnaire.write(registration=row, answers={"diet": "vegan"})
    assert questionnaire.read(registration=row, restricted=False) == {"diet": "vegan", "topic": "Hydrogen"}


def test_more_seats_go_to_the_waiting_list_and_a_new_time_is_told(edition):
    event = make(edition, capacity=1)
    first, second = take(confirmed(edition), event), take(confirmed(edition), event)
    seats.give_back(seat=take(confirmed(edition), event), now=NOON)
    before = Mail.objects.count()

    setup.change_side_event(
        side_event=event, seen_version=1, actor=None, now=NOON, capacity=2, starts_at=START + timedelta(hours=1)
    )

    assert states(event) == ["confirmed", "confirmed", "cancelled"]
    assert kinds(before) == ["SeatConfirmed", "SeatMoved", "SeatMoved"]
    assert {first.registration_id, second.registration_id} == set(
        Seat.objects.filter(status="confirmed").values_list("registration", flat=True)
    )


def test_two_people_writing_one_side_event_are_told(edition):
    event = make(edition)
    setup.change_side_event(side_event=event, seen_version=1, actor=None, now=NOON, capacity=9)
    with pytest.raises(SomebodyElseWrote):
        setup.change_side_event(side_event=event, seen_version=1, actor=None, now=NOON, capacity=3)


def test_a_side_event_with_requests_stays(edition):
    empty, asked = make(edition, "empty"), make(edition, "asked")
    take(confirmed(edition), asked)

    setup.remove_side_event(side_event=empty, actor=None, now=NOON)
    with pytest.raises(setup.InUse):
        setup.remove_side_event(side_event=asked, actor=None, now=NOON)


def test_a_host_writes_to_those_chosen_and_to_nobody_else(edition):
    event = make(edition, capacity=1)
    rows = [confirmed(edition) for _ in range(3)]
    held = [take(row, event) for row in rows]
    seats.give_back(seat=held[2], now=NOON)

    number = seats.write_to_all(
        side_event=event, statuses=["waiting"], subject="Soon", words="Bring a pen.", actor=None, now=NOON
    )

    letter = Mail.objects.get(kind="HostWrites")
    assert (number, letter.to, letter.payload["words"]) == (1, rows[1].person.email, "Bring a pen.")
