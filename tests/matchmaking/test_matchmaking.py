"""Profiles, requests, the schedule from button to calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from hemicycle.agenda import operations as agenda
from hemicycle.engines.meetings import Why
from hemicycle.matchmaking import bridge, operations, plans, queries, rules
from hemicycle.matchmaking.enums import WhyNot
from hemicycle.matchmaking.models import Meeting, MeetingRequest, Plan, Profile
from hemicycle.notifications.models import Mail
from hemicycle.registration import operations as registration
from tests.factories import NOON, meeting_slots, profile, registered, session

START = datetime(2030, 5, 8, 7, 0, tzinfo=UTC)
STEP = timedelta(minutes=20)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, ""),
        ({"same_person": True}, "self"),
        ({"same_organisation": True}, "colleague"),
        ({"already": ["accepted"]}, "already"),
        ({"already": ["declined"]}, ""),
        ({"open_requests": 40}, "too_many"),
    ],
)
def test_who_may_ask_whom(facts, why):
    default = {"same_person": False, "same_organisation": False, "open_requests": 0, "already": []}
    assert rules.may_ask(**(default | facts)) == why


def test_a_slot_is_blocked_by_any_shared_instant():
    slots = [(START + STEP * n, START + STEP * (n + 1)) for n in range(3)]
    assert rules.slots_blocked(slots=slots, busy=[(START + STEP, START + STEP * 2)]) == {1}


def test_asked_for_from_both_sides_weighs_more():
    assert rules.weight(asked_by_both=True, speaks=False) > rules.weight(asked_by_both=False, speaks=True)


pytestmark = pytest.mark.django_db


def accepted(a, b):
    return operations.answer(
        meeting_request=operations.ask(sender=a, receiver=b, message="", now=NOON), yes=True, now=NOON
    )


@pytest.fixture
def people(edition):
    meeting_slots(edition, number=4, tables=2)
    return [profile(edition) for _ in range(4)]


def run(edition, seconds=0.5):
    plan = plans.start(conference=edition, actor=None, seconds=seconds, now=NOON)
    plans.perform(plan_id=plan.pk, now=NOON)
    return Plan.objects.get(pk=plan.pk)


def test_a_profile_needs_a_confirmed_place(edition):
    with pytest.raises(operations.NoPlace):
        operations.write_profile(
            registration=registered(edition), about="", offers=["x"], needs=[], ecosystems=[], visible=True, now=NOON
        )


def test_asking_somebody_who_asked_you_is_a_yes(people):
    one, two, *_ = people
    operations.ask(sender=one, receiver=two, message="", now=NOON)

    back = operations.ask(sender=two, receiver=one, message="", now=NOON)

    assert (back.status, MeetingRequest.objects.count()) == ("accepted", 1)


def test_asking_twice_is_refused_and_answering_twice_too(people):
    one, two, *_ = people
    asked = operations.ask(sender=one, receiver=two, message="", now=NOON)
    with pytest.raises(operations.MayNotAsk, match="already"):
        operations.ask(sender=one, receiver=two, message="", now=NOON)
    operations.answer(meeting_request=asked, yes=False, now=NOON)

    with pytest.raises(operations.AlreadyAnswered):
        operations.answer(meeting_request=asked, yes=True, now=NOON)


def test_the_schedule_reaches_both_people_by_mail_and_calendar(edition, people, work):
    one, two, *_ = people
    asked = accepted(one, two)
    plan = run(edition)
    assert (plan.state, plan.result["placed"], plan.result["status"]) == ("ready", 1, "optimal")

    with work():
        assert plans.publish(plan=plan, actor=None, now=NOON) == 1

    meeting = Meeting.objects.get()
    assert (meeting.request_id, meeting.table) == (asked.pk, 1)
    letters = Mail.objects.filter(kind="MeetingsScheduled")
    assert {letter.to for letter in letters} == {one.registration.person.email, two.registration.person.email}
    assert all(b"SUMMARY" in bytes(letter.calendar) for letter in letters)
    plans.tell_everybody(plan_id=plan.pk, now=NOON)
    assert letters.count() == 2


def test_publishing_twice_and_publishing_the_unfinished_is_refused(edition, people):
    accepted(*people[:2])
    waiting = plans.start(conference=edition, actor=None, seconds=0.5, now=NOON)
    with pytest.raises(plans.NotReady):
        plans.publish(plan=waiting, actor=None, now=NOON)
    with pytest.raises(plans.AlreadyRunning):
        plans.start(conference=edition, actor=None, seconds=0.5, now=NOON)
    plans.perform(plan_id=waiting.pk, now=NOON)
    plans.publish(plan=waiting, actor=None, now=NOON)

    with pytest.raises(plans.NotReady):
        plans.publish(plan=waiting, actor=None, now=NOON)


def test_a_stopped_run_stays_stopped(edition, people):
    plan = plans.start(conference=edition, actor=None, seconds=0.5, now=NOON)
    plans.stop(plan=plan, actor=None, now=NOON)
    plans.stop(plan=plan, actor=None, now=NOON)

    plans.perform(plan_id=plan.pk, now=NOON)

    plan.refresh_from_db()
    assert plan.state == "cancelled"


def test_a_schedule_with_a_request_cancelled_since_is_outdated(edition, people):
    asked = accepted(*people[:2])
    plan = run(edition)
    operations.withdraw(meeting_request=asked, actor=people[0].registration.person, now=NOON)

    with pytest.raises(plans.Outdated):
        plans.publish(plan=plan, actor=None, now=NOON)


def test_giving_the_place_back_cancels_the_meetings_in_the_same_transaction(edition, people):
    one, two, three, _ = people
    accepted(one, two)
    operations.ask(sender=three, receiver=one, message="", now=NOON)
    plans.publish(plan=run(edition), actor=None, now=NOON)

    registration.cancel(registration=one.registration, actor=one.registration.person, now=NOON)

    assert sorted(MeetingRequest.objects.values_list("status", flat=True)) == ["cancelled", "withdrawn"]
    assert Meeting.objects.get().cancelled_at is not None
    letter = Mail.objects.get(kind="MeetingCancelled")
    assert letter.to == two.registration.person.email
    assert b"STATUS:CANCELLED" in bytes(letter.calendar)


def test_published_meetings_stay_when_the_schedule_runs_again(edition, people):
    one, two, three, four = people
    first = accepted(one, two)
    plans.publish(plan=run(edition), actor=None, now=NOON)
    before = Meeting.objects.get(request=first)
    accepted(three, four)
    accepted(one, three)

    plans.publish(plan=run(edition), actor=None, now=NOON)

    after = Meeting.objects.get(request=first)
    assert (after.slot_id, after.table, after.sequence) == (before.slot_id, before.table, 0)
    assert Meeting.objects.filter(cancelled_at=None).count() == 3


def test_what_finds_no_place_says_why(edition):
    meeting_slots(edition, number=1, tables=5)
    one, two, three = (profile(edition) for _ in range(3))
    accepted(one, two)
    accepted(one, three)

    plan = run(edition)

    assert plan.result["placed"] == 1
    (row,) = queries.left_out(plan=plan)
    busy = one.registration.person.name
    assert row.why == f"{busy} has other meetings at every time at which both are available."
    partner = next(p for p in (two, three) if p.registration.person.name in row.names)
    (theirs,) = queries.left_out(plan=plan, reader=partner.registration)
    assert theirs.why == f"{row.names[0]} and {row.names[1]} have no free time in common."
    other = next(p for p in (two, three) if p is not partner)
    assert queries.left_out(plan=plan, reader=other.registration) == []


def test_every_reason_of_the_engine_has_its_sentence():
    assert set(WhyNot.values) == set(Why)


def test_a_full_house_names_the_times(edition):
    meeting_slots(edition, number=1, tables=1)
    for _ in range(2):
        accepted(profile(edition), profile(edition))

    (row,) = queries.left_out(plan=run(edition))

    assert row.why == f"{row.names[0]} and {row.names[1]} are both free at 09:00, but every table is taken then."


def test_nobody_meets_while_they_speak(edition, people):
    one, two, *_ = people
    someone = one.registration.person
    speaker = agenda.add_speaker(conference=edition, slug="one", name="One", person=someone)
    session(edition, "talk", start=START, minutes=60, voices=[(speaker, "speaker")])
    accepted(one, two)

    problem = bridge.problem(conference=edition)

    assert {person.id: person.unavailable for person in problem.people}[str(one.registration_id)] == {0, 1, 2}


def test_the_people_list_filters_and_counts(edition):
    profile(edition, offers=("linen blades",), country="FR", last_name="Abc")
    profile(edition, needs=("a harbour",), country="PT", last_name="Def")

    def found(**chosen):
        return [row.registration.person.last_name for row in queries.people(conference=edition, **chosen)]

    assert found() == ["Abc", "Def"]
    assert (found(search="LINEN"), found(country="PT"), found(search="nobody")) == (["Abc"], ["Def"], [])
    assert queries.facets(conference=edition).countries == [("FR", 1), ("PT", 1)]


def test_a_hidden_profile_is_not_found_and_not_counted(edition, people):
    Profile.objects.filter(pk=people[0].pk).update(visible=False)

    assert queries.profile(conference=edition, profile_id=people[0].pk) is None
    assert queries.people(conference=edition).count() == 3
    assert queries.counts(conference=edition)["profiles"] == 3


def test_erasing_a_person_takes_the_profile(edition, people):
    from hemicycle.accounts import operations as accounts

    someone = people[0].registration.person
    accounts.erase(person=someone, actor=someone, now=NOON)

    assert Profile.objects.filter(registration__person=someone).count() == 0
