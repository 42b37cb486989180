"""Audiences over dated facts, seats, clashes, waiting lists."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from hemicycle.directory import operations as directory
from hemicycle.notifications.models import Mail
from hemicycle.registration import operations, queries, rules, seats
from hemicycle.registration.models import Seat
from hemicycle.registration.rules import DatedFact, Missing, Reason
from hemicycle.registration.templatetags.registration import why
from tests.factories import NOON, confirmed, registered

DAY = date(2030, 5, 6)
START = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)
RUNNING = DatedFact("partnership", date(2029, 1, 1), None)
ENDED = DatedFact("partnership", date(2028, 1, 1), date(2030, 5, 5))
COMING = DatedFact("partnership", date(2030, 5, 7), None)


def missing(rule, *facts, stakeholder="company"):
    return rules.not_eligible(rule, facts=facts, stakeholder=stakeholder, on=DAY)


PARTNERS = {"fact": "partnership"}


@pytest.mark.parametrize(
    ("rule", "facts", "reasons"),
    [
        ({}, (), ()),
        (PARTNERS, (RUNNING,), ()),
        (PARTNERS, (), (Reason(Missing.FACT, "partnership"),)),
        (PARTNERS, (ENDED,), (Reason(Missing.FACT_EXPIRED, "partnership", date(2030, 5, 5)),)),
        (PARTNERS, (COMING,), (Reason(Missing.FACT_NOT_YET, "partnership", date(2030, 5, 7)),)),
        (PARTNERS, (ENDED, RUNNING), ()),
        ({"stakeholder": "company"}, (), ()),
        ({"stakeholder": "investor"}, (), (Reason(Missing.STAKEHOLDER, "investor"),)),
        ({"any": []}, (), ()),
        ({"any": [PARTNERS, {"stakeholder": "company"}]}, (), ()),
        ({"all": [PARTNERS, {"stakeholder": "company"}]}, (), (Reason(Missing.FACT, "partnership"),)),
        ({"none": [PARTNERS]}, (), ()),
        ({"none": [{"stakeholder": "company"}]}, (), (Reason(Missing.EXCLUDED, "[{'stakeholder': 'company'}]"),)),
    ],
)
def test_an_audience_says_what_is_missing(rule, facts, reasons):
    assert missing(rule, *facts) == reasons


def test_an_unknown_word_in_a_rule_is_refused():
    with pytest.raises(ValueError, match="sometimes"):
        missing({"sometimes": []})


@pytest.mark.parametrize(("minutes", "together"), [(-60, False), (-59, True), (0, True), (59, True), (60, False)])
def test_overlap(minutes, together):
    a = START, START + timedelta(hours=1)
    shift = timedelta(minutes=minutes)
    assert rules.overlap(a=a, b=(a[0] + shift, a[1] + shift)) is together


def side_event(edition, slug="assembly", **values):
    defaults = {
        "title": slug.title(), "host": "ECCP", "capacity": 1, "starts_at": START, "ends_at": START + timedelta(hours=3),
        "audience": {}, "how_to_become": "Ask.",
    }  # fmt: skip
    return seats.create_side_event(conference=edition, slug=slug, **(defaults | values))


pytestmark = pytest.mark.django_db


def test_the_last_seat_is_taken_and_the_next_waits_and_moves_up(edition):
    event = side_event(edition)
    first, second = confirmed(edition), confirmed(edition)
    held = seats.take(registration=first, side_event=event, swap=False, now=NOON)
    waits = seats.take(registration=second, side_event=event, swap=False, now=NOON)
    assert (held.status, waits.status) == ("confirmed", "waiting")

    seats.give_back(seat=held, now=NOON)
    seats.give_back(seat=held, now=NOON)

    waits.refresh_from_db()
    assert waits.status == "confirmed"
    assert Mail.objects.filter(kind="SeatConfirmed", to=second.person.email).count() == 2


def test_taking_twice_is_taking_once_and_back_again(edition):
    event, row = side_event(edition), confirmed(edition)
    held = seats.take(registration=row, side_event=event, swap=False, now=NOON)
    seats.take(registration=row, side_event=event, swap=False, now=NOON)
    seats.give_back(seat=held, now=NOON)
    seats.take(registration=row, side_event=event, swap=False, now=NOON)

    assert [(seat.pk, seat.status) for seat in Seat.objects.all()] == [(held.pk, "confirmed")]


def test_only_a_confirmed_place_takes_a_seat(edition):
    with pytest.raises(seats.NoPlace):
        seats.take(registration=registered(edition), side_event=side_event(edition), swap=False, now=NOON)


def test_giving_the_place_back_frees_the_seat_in_the_same_transaction(edition):
    event = side_event(edition)
    first, second = confirmed(edition), confirmed(edition)
    for row in (first, second):
        seats.take(registration=row, side_event=event, swap=False, now=NOON)

    operations.cancel(registration=first, actor=first.person, now=NOON)

    assert dict(Seat.objects.values_list("registration", "status")) == {first.pk: "cancelled", second.pk: "confirmed"}


def test_a_clash_is_told_and_a_swap_gives_the_other_back(edition, signed_in):
    one, two = side_event(edition, "one"), side_event(edition, "two")
    row = confirmed(edition)
    seats.take(registration=row, side_event=one, swap=False, now=NOON)
    client = signed_in(row.person)
    address = reverse("registration:seat", args=[edition.slug, "two"])

    told = client.post(address)
    assert (told.status_code, b"runs at the same time" in told.content) == (409, True)
    client.post(address, {"swap": "yes"})

    assert dict(Seat.objects.values_list("side_event", "status")) == {one.pk: "cancelled", two.pk: "confirmed"}


def test_who_is_not_meant_is_told_why_and_how(edition, signed_in):
    side_event(edition, audience=PARTNERS)
    organisation = directory.organisation_for(name="Old partner", country="BE")
    directory.add_fact(
        organisation=organisation,
        kind="partnership",
        title="x",
        valid_from=ENDED.valid_from,
        valid_until=ENDED.valid_until,
    )
    row = confirmed(edition, organisation=organisation)

    answer = signed_in(row.person).post(reverse("registration:seat", args=[edition.slug, "assembly"]))

    assert answer.status_code == 403
    assert b"until 5 May 2030." in answer.content
    assert b"Ask." in answer.content


def test_reasons_in_words(db):
    assert [why(reason) for reason in (
        Reason(Missing.STAKEHOLDER, "investor"), Reason(Missing.EXCLUDED, "x"), Reason(Missing.FACT, "association"),
        Reason(Missing.FACT_NOT_YET, "label", date(2031, 1, 2)),
    )] == [
        "You did not register as: investor.",
        "Your kind of organisation is not meant here.",
        "Your organisation is not recorded as: national cluster association or network.",
        "Your organisation becomes cluster excellence label on 2 January 2031, after this event.",
    ]  # fmt: skip


def test_the_list_shows_seat_reason_and_clash(edition):
    one = side_event(edition, "one")
    side_event(edition, "two", audience=PARTNERS)
    row = confirmed(edition)
    seats.take(registration=row, side_event=one, swap=False, now=NOON)

    shown = queries.side_events(conference=edition, registration=row)

    assert [(r.event.slug, r.left, r.seat is not None, len(r.reasons), r.clash) for r in shown] == [
        ("one", 0, True, 0, None), ("two", 1, False, 1, one),
    ]  # fmt: skip
