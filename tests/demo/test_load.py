"""The demo edition: loaded once for all these tests, counted, and the same at every start."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db.models import F
from django_scopes import scope

from hemicycle.accounts.models import User
from hemicycle.agenda.queries import released
from hemicycle.audit.models import Job
from hemicycle.conferences import queries as conferences
from hemicycle.conferences.models import Conference, Figure, Term
from hemicycle.demo import clock, day, people, requests, roles
from hemicycle.demo.load import load
from hemicycle.demo.models import Clock
from hemicycle.demo.words import read
from hemicycle.directory import queries as directory
from hemicycle.directory.models import Fact, JoinRequest, Organisation
from hemicycle.door import queries
from hemicycle.door.models import CheckList
from hemicycle.matchmaking.models import MeetingRequest, Profile, Slot
from hemicycle.notifications.models import Mail
from hemicycle.registration import queries as registration
from hemicycle.registration.models import Registration, Seat, SideEvent

PARALLEL = {"workshop", "cases", "debate", "round_table"}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load(progress=lambda _: None)
        conference = Conference.objects.get(slug="ecc2024")
        with scope(conference=conference.pk):
            yield conference
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def edition(demo, db):
    return demo


@pytest.fixture
def agenda(edition):
    return released(conference=edition)


def profile_of(key):
    return Profile.objects.get(registration__person=roles.person(roles.find(key)))


def test_the_archive_holds_nine_editions_and_one_is_open(edition):
    assert [(row.number, row.year, row.stage) for row in conferences.editions(conference=edition)] == [
        (9, 2024, "open"), (8, 2022, "archived"), (7, 2020, "archived"), (6, 2019, "archived"), (5, 2016, "archived"),
        (4, 2014, "archived"), (3, 2012, "archived"), (2, 2010, "archived"), (1, 2008, "archived"),
    ]  # fmt: skip
    assert conferences.current() == edition


def test_every_figure_says_what_was_counted_and_where_it_was_read(edition):
    figures = list(Figure._base_manager.all())

    assert [row for row in figures if not str(row.definition) or not row.source or len(row.source_url) > 200] == []
    assert [(row.value, str(row.label)) for row in conferences.home_figures(conference=edition)] == [
        (700, "people"), (56, "speakers"), (12, "parallel sessions"), (170, "people in matchmaking"),
    ]  # fmt: skip


def test_numbers_that_contradict_each_other_stand_side_by_side(edition):
    rows = Figure.objects.filter(conference=edition, value__in=[500, 700, 800])

    assert Counter(rows.values_list("value", "certainty")) == Counter(
        [(700, "organiser"), (500, "reported"), (800, "reported"), (800, "organiser")]
    )


def test_the_taxonomy_has_three_by_three_and_fourteen_ecosystems(edition):
    counts = Counter(Term.objects.values_list("kind", flat=True))

    assert counts == {"transition": 3, "driver": 3, "ecosystem": 14, "stakeholder": 17, "funding": 6}


def test_seven_hundred_people_of_forty_countries_hold_a_place(edition):
    rows = Registration.objects.filter(conference=edition)

    assert Counter(rows.values_list("status", flat=True)) == {"confirmed": 700, "pending": 3}
    assert len(set(rows.values_list("country", flat=True))) == 40
    assert edition.capacity == 760
    assert all(str(email).endswith(".example") for email in User.objects.values_list("email", flat=True))


def test_people_register_one_after_the_other_while_registration_is_open(edition):
    times = list(Registration.objects.order_by("created_order").values_list("submitted_at", flat=True))

    assert times == sorted(times)
    assert edition.registration_opens_at <= times[0]
    assert times[-1] < clock.PHASES["registration"]


def test_170_people_of_26_countries_show_offers_and_needs(edition):
    profiles = list(Profile.objects.select_related("registration").prefetch_related("entries", "ecosystems"))

    assert len(profiles) == 170
    assert len({row.registration.country for row in profiles}) == 26
    sides = [Counter(entry.kind for entry in row.entries.all()) for row in profiles]
    assert {1, 2, 3} >= {number for side in sides for number in side.values()}
    assert [row for row, side in zip(profiles, sides, strict=True) if len(side) != 2 or not row.ecosystems.all()] == []


def test_800_requests_are_accepted_and_some_wait_or_were_declined(edition):
    rows = MeetingRequest.objects.all()

    assert Counter(rows.values_list("status", flat=True)) == {"accepted": 800, "requested": 60, "declined": 40}
    degrees = Counter(pk for row in rows if row.status == "accepted" for pk in (row.sender_id, row.receiver_id))
    assert (len(degrees), min(degrees.values()) >= 4, max(degrees.values()) <= 16) == (170, True, True)
    assert max(row.answered_at for row in rows if row.answered_at) < clock.PHASES["registration"]


def test_nobody_meets_a_colleague(edition):
    same = MeetingRequest.objects.filter(sender__registration__organisation=F("receiver__registration__organisation"))

    assert same.count() == 0


def test_every_request_has_a_reason_in_the_two_profiles():
    world = people.generate()
    profiles = [person.profile for person in world.people]

    found = [requests.why(profiles[row.sender], profiles[row.receiver])[0] for row in requests.generate(world)]

    assert set(found) == {"offer", "need", "sector"}


def test_56_people_speak_thirteen_of_them_in_public_and_all_in_a_session(agenda):
    assert Counter(speaker.sample for speaker in agenda.speakers) == {True: 43, False: 13}
    assert [speaker.slug for speaker in agenda.speakers if not agenda.of_speaker(speaker.slug)] == []
    assert {str(speaker.bio) for speaker in agenda.speakers if not speaker.sample} == {""}


def test_the_programme_has_two_panels_and_twelve_parallel_sessions_on_both_axes(agenda):
    parallel = [session for session in agenda.sessions if session.format in PARALLEL and session.room]

    assert len([session for session in agenda.sessions if session.format == "panel"]) == 2
    assert len(parallel) == 12
    assert Counter(session.starts_at for session in parallel).most_common() == [
        (datetime(2024, 5, 7, 9, 30, tzinfo=UTC), 4),
        (datetime(2024, 5, 7, 12, 15, tzinfo=UTC), 4),
        (datetime(2024, 5, 8, 9, 0, tzinfo=UTC), 4),
    ]
    assert [session for session in parallel if not session.transitions or not session.drivers] == []
    crossings = {(a.key, b.key) for session in parallel for a in session.transitions for b in session.drivers}
    assert len(crossings) == 9


def test_nobody_speaks_in_two_rooms_at_once_and_no_room_holds_two_sessions(agenda):
    clashes = [
        (one.slug, two.slug)
        for one in agenda.sessions
        for two in agenda.sessions
        if one.slug < two.slug and one.starts_at < two.ends_at and two.starts_at < one.ends_at
        and ({v.slug for v in one.voices} & {v.slug for v in two.voices} or one.room == two.room or "" in (one.room, two.room))
    ]  # fmt: skip

    assert clashes == []


def test_all_that_was_invented_is_marked(agenda, edition):
    assert {session.sample for session in agenda.sessions} == {True}
    assert [room.slug for room in conferences.rooms(conference=edition) if room.sample] == ["panoramic", "studio"]
    assert set(edition.sample_note.data) == {"en", "fr", "nl", "de"}


def test_two_side_events_are_at_the_same_time_for_different_audiences(edition):
    events = list(SideEvent.objects.filter(conference=edition, kind="side_event"))

    assert {(row.starts_at, row.ends_at) for row in events} == {
        (datetime(2024, 5, 6, 12, 0, tzinfo=UTC), datetime(2024, 5, 6, 15, 30, tzinfo=UTC))
    }
    assert {row.slug: row.capacity for row in events} == {"assembly-partnerships": 120, "assembly-associations": 80}
    assert Seat.objects.filter(side_event__in=events).exclude(status="confirmed").count() == 0


def test_some_facts_are_over_and_some_have_not_begun(edition):
    eve = date(2024, 5, 6)
    rows = Fact.objects.filter(kind="partnership")

    assert Counter((row.valid_from <= eve, (row.valid_until or eve) >= eve) for row in rows) == {
        (True, True): 31, (True, False): 8, (False, True): 6,
    }  # fmt: skip
    assert Fact.objects.filter(kind="association").count() == 30
    assert Organisation.objects.filter(pk__in=rows.values("organisation"), kind=None).count() == 0


def test_the_roles_of_the_demo_can_all_be_tried(edition):
    team = {(row.person.email.partition("@")[0], row.role) for row in conferences.team(conference=edition)}

    assert team == {(role, role) for role in ("owner", "registration", "programme", "matchmaking", "door")}
    assert [role.key for role in roles.ROLES if roles.person(role) is None] == []


def test_the_participant_has_requests_to_answer_and_none_with_the_partner(edition):
    mine, partner = profile_of("participant"), profile_of("partner")
    rows = MeetingRequest.objects.filter(sender=mine) | MeetingRequest.objects.filter(receiver=mine)

    assert Counter((row.status, row.receiver_id == mine.pk) for row in rows if row.status != "accepted") == {
        ("requested", True): 2
    }
    assert rows.filter(status="accepted").count() == 6
    assert [row for row in rows if partner.pk in (row.sender_id, row.receiver_id)] == []
    assert mine.registration.country != partner.registration.country
    assert set(mine.ecosystems.all()) & set(partner.ecosystems.all())
    assert (
        registration.why_not(
            registration=mine.registration, side_event=SideEvent.objects.get(slug="assembly-partnerships")
        )
        == ()
    )


def test_twenty_slots_of_twenty_minutes_in_two_halves(edition):
    slots = list(Slot.objects.filter(conference=edition))

    assert Counter(slot.block for slot in slots) == {0: 11, 1: 9}
    assert {slot.tables for slot in slots} == {60}
    assert {(slot.ends_at - slot.starts_at).total_seconds() for slot in slots} == {1200.0}


def test_the_mailbox_stays_small_and_nothing_is_queued(edition):
    assert Counter(Mail.objects.values_list("state", flat=True)) == {"sent": 40}
    assert Mail.objects.filter(sent_at=None).count() == 0
    assert Job.objects.count() == 0


def test_the_clock_stands_where_registration_is_open(edition):
    assert Clock.objects.get().phase == "registration"


def test_loading_again_changes_nothing(edition):
    load(progress=pytest.fail)

    assert Registration.objects.count() == 703


def test_the_invented_world_is_the_same_at_every_start():
    one, two = people.generate(), people.generate()

    assert one == two
    assert requests.generate(one) == requests.generate(two)
    assert one != people.generate(seed=1)


def test_no_invented_person_has_the_name_of_a_public_one():
    public = {row["name"] for row in read("speakers")["public"]}

    assert {f"{person.first} {person.last}" for person in people.generate().people} & public == set()


def test_the_workshop_waits_for_its_host(edition):
    workshop = SideEvent.objects.get(conference=edition, kind="workshop")
    held = Counter(Seat.objects.filter(side_event=workshop).values_list("status", flat=True))

    assert held == {"confirmed": 13, "pending": 5, "declined": 1}
    assert [paper.title for paper in workshop.papers.all()] == ["Questions for the tables"]
    assert workshop.hosts.get().person == roles.person(roles.find("host"))


def test_organisations_have_something_for_every_page_of_the_desk(edition):
    mine = Organisation.objects.get(slug="scania-circular-textiles-cluster")

    assert (mine.region, mine.managers.get().person.email) == ("SE22", "participant@demo.hemicycle.example")
    assert sorted(mine.facts.values_list("kind", "confirmed")) == [
        ("label", False), ("partnership", True), ("programme", True),
    ]  # fmt: skip
    assert [(one.slug, other.slug) for one, other, _why in directory.duplicates()] == [
        ("scania-circular-textiles-cluster", "scania-circular-textiles-cluster-ab")
    ]
    assert JoinRequest.objects.count() > 0
    assert Organisation.objects.exclude(region="").count() > 300


def test_most_people_come_on_the_day_and_the_ones_to_sign_in_as_last(edition):
    first = datetime(2024, 5, 7, 9, 40, tzinfo=UTC)
    main = CheckList.objects.get(conference=edition, kind="conference")
    expected = queries.expected(checklist=main).count()
    day.arrive(conference=edition, now=datetime(2024, 5, 6, 9, 0, tzinfo=UTC))
    assert main.check_ins.count() == 0
    came = day.arrive(conference=edition, now=first)
    assert (main.check_ins.count() > 0.7 * expected, day.arrive(conference=edition, now=first)) == (True, 0)
    star = Registration.objects.get(conference=edition, person=roles.person(roles.find("participant")))
    assert star.status == "confirmed"
    late = day.arrive(conference=edition, now=datetime(2024, 5, 15, 8, 0, tzinfo=UTC))
    star.refresh_from_db()
    assert (star.status, 0 < late < came) == ("checked_in", True)
