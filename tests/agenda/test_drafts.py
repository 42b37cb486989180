"""The draft: sessions and speakers written by the team, and what does not fit."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django_scopes import scope

from hemicycle.agenda import drafts, operations, queries, rules
from hemicycle.agenda.models import Session, Speaker
from hemicycle.agenda.rules import Conflict, Fault, Planned
from hemicycle.audit.models import Entry
from hemicycle.conferences import parts
from hemicycle.conferences.models import Room
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.registration import seats
from tests import factories
from tests.factories import NOON, member, person, session

START = datetime(2030, 5, 7, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAYS = [date(2030, 5, 7), date(2030, 5, 8)]
BY = {"actor": None, "now": NOON}


def planned(key, start=START, hours=1, **values):
    return Planned(key=key, starts_at=start, ends_at=start + hours * HOUR, **values)


def test_a_room_taken_twice_is_told_on_both_sides():
    found = rules.conflicts([planned("a", room=1), planned("b", room=1), planned("c", room=2)], days=DAYS)

    assert found == {"a": [Conflict("room", other="b")], "b": [Conflict("room", other="a")]}


def test_one_after_the_other_is_no_conflict():
    both = [planned("a", room=1, speakers=frozenset({7})), planned("b", START + HOUR, room=1, speakers=frozenset({7}))]

    assert rules.conflicts(both, days=DAYS) == {}


def test_a_speaker_at_two_places_is_told():
    both = [planned("a", speakers=frozenset({7, 8})), planned("b", START + HOUR / 2, speakers=frozenset({8}))]

    assert rules.conflicts(both, days=DAYS)["a"] == [Conflict("speaker", other="b", speaker=8)]


@pytest.mark.parametrize(
    ("start", "hours", "told"),
    [
        (datetime(2030, 5, 6, 8, 0, tzinfo=UTC), 1, True),
        (datetime(2030, 5, 8, 23, 0, tzinfo=UTC), 1, False),
        (datetime(2030, 5, 8, 23, 0, tzinfo=UTC), 2, True),
    ],
)
def test_outside_the_days_is_told(start, hours, told):
    assert ("a" in rules.conflicts([planned("a", start, hours)], days=DAYS)) is told
    assert rules.conflicts([planned("a", start, hours)], days=[]) == {}


@pytest.mark.parametrize(("seats_", "expected", "told"), [(50, 51, True), (50, 50, False), (None, 51, False)])
def test_more_people_than_seats_is_told(seats_, expected, told):
    found = rules.conflicts([planned("a", seats=seats_, expected=expected)], days=DAYS)

    assert found == ({"a": [Conflict("seats", number=51)]} if told else {})


@pytest.mark.parametrize(
    ("hours", "speakers", "faults"),
    [
        (1, [1, 2], []),
        (0, [], [Fault.ENDS_BEFORE_START]),
        (-1, [1, 1], [Fault.ENDS_BEFORE_START, Fault.SPEAKER_TWICE]),
        (25, [], [Fault.TOO_LONG]),
    ],
)
def test_what_no_draft_may_hold(hours, speakers, faults):
    assert rules.faults(starts_at=START, ends_at=START + hours * HOUR, speakers=speakers) == faults


pytestmark = pytest.mark.django_db


def write(edition, title="Circular valleys", **values):
    defaults = {"format": "workshop", "starts_at": START, "ends_at": START + HOUR, "terms": [], "policy_actions": []}
    return drafts.create_session(
        conference=edition, title=title, voices=values.pop("voices", []), **BY, **(defaults | values)
    )


def speaker(edition, name="Ana Kovač"):
    return drafts.create_speaker(conference=edition, name=name, **BY)


def room(edition, name="Gold Hall", capacity=2):
    return parts.add(model=Room, conference=edition, slug=name.lower()[:4], name=name, capacity=capacity, **BY)


def test_a_session_is_written_with_an_address_and_a_version(edition):
    first, second = write(edition), write(edition)
    ana = speaker(edition)
    drafts.change_session(
        session=first, seen_version=1, title="Valleys", format="panel", starts_at=START, ends_at=START + HOUR,
        terms=[], policy_actions=[], voices=[(ana, "moderator")], **BY,
    )  # fmt: skip
    first.refresh_from_db()

    assert (first.slug, second.slug, first.version) == ("circular-valleys", "circular-valleys-2", 2)
    assert [(seen.speaker, seen.role) for seen in queries.voices(session=first)] == [(ana, "moderator")]
    with pytest.raises(SomebodyElseWrote):
        drafts.change_session(
            session=first, seen_version=1, title="Hills", format="panel", starts_at=START, ends_at=START + HOUR,
            terms=[], policy_actions=[], voices=[], **BY,
        )  # fmt: skip
    assert queries.voices(session=first) != []


def test_the_impossible_is_refused(edition):
    ana = speaker(edition)
    with pytest.raises(drafts.Impossible) as told:
        write(edition, ends_at=START, voices=[(ana, "speaker"), (ana, "moderator")])

    assert told.value.faults == [Fault.ENDS_BEFORE_START, Fault.SPEAKER_TWICE]
    assert Session.objects.count() == 0


def test_a_speaker_on_stage_stays(edition):
    ana = speaker(edition)
    held = write(edition, voices=[(ana, "speaker")])
    with pytest.raises(parts.InUse) as told:
        drafts.remove_speaker(speaker=ana, **BY)
    assert told.value.places == ["Circular valleys"]

    drafts.remove_session(session=held, **BY)
    drafts.remove_speaker(speaker=ana, **BY)
    assert (Speaker.objects.count(), Session.objects.count()) == (0, 0)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True))[-4:] == [
        "added", "added", "removed", "removed",
    ]  # fmt: skip


def test_what_is_removed_is_shown_until_the_next_release(edition):
    held = write(edition)
    write(edition, "Another")
    operations.release(conference=edition, note="", **BY)
    drafts.remove_session(session=held, **BY)
    assert len(queries.released(conference=edition).sessions) == 2

    operations.release(conference=edition, note="", **BY)
    assert [found.slug for found in queries.released(conference=edition).sessions] == ["another"]


@pytest.fixture
def programme(edition, signed_in):
    return signed_in(member(edition, "programme"), second_factor=True)


def page(edition, name="agenda:desk_draft", *args):
    return reverse(name, args=[edition.slug, *args])


def answers(**values):
    return {
        "title_en": "Circular valleys", "abstract_en": "How.", "format": "workshop", "starts_at": "2030-05-07T10:00",
        "ends_at": "2030-05-07T11:00", "room": "", "expected": "", "version": 0, "voices-TOTAL_FORMS": 3,
        "voices-INITIAL_FORMS": 0,
    } | values  # fmt: skip


def test_a_session_by_the_page(edition, programme):
    ana, gold = speaker(edition), room(edition)
    skills = factories.conferences.add_term(kind="driver", key="skills", label="Skills")
    action = factories.conferences.add_policy_action(conference=edition, slug="pact", title="Pact")
    answer = programme.post(
        page(edition, "agenda:desk_session_add"),
        answers(room=gold.pk, terms=[skills.pk], policy_actions=[action.pk], **{"voices-0-speaker": ana.pk, "voices-0-role": "moderator"}),
    )  # fmt: skip
    made = Session.objects.get()

    assert (answer.status_code, made.starts_at, made.room, list(made.terms.all())) == (302, START, gold, [skills])
    shown = programme.get(page(edition, "agenda:desk_session", made.slug)).content.decode()
    words = (f'<option value="{ana.pk}" selected', 'value="2030-05-07T10:00"', "Europe/Brussels (CEST", "checked")
    assert [word in shown for word in words] == [True] * 4


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ends_at": "2030-05-07T09:00"}, "The session ends before it starts."),
        ({"ends_at": "2030-05-09T09:00"}, "A session lasts a day at most"),
        ({"starts_at": "2030-03-31T02:30"}, "does not exist in Europe/Brussels"),
        ({"title_en": ""}, "Write this in English"),
        ({"room": "99999"}, "Select a valid choice."),
        ({"expected": "-1"}, "greater than or equal to 0"),
        ({"voices-0-speaker": "99999"}, "Select a valid choice."),
    ],
)
def test_wrong_answers_are_told_and_kept(edition, programme, values, sentence):
    answer = programme.post(page(edition, "agenda:desk_session_add"), answers(abstract_en="Kept words", **values))
    shown = answer.content.decode()

    assert (answer.status_code, sentence in shown, "Kept words" in shown) == (422, True, True)
    assert Session.objects.count() == 0


def test_a_speaker_named_twice_is_told(edition, programme):
    ana = speaker(edition)
    twice = {
        f"voices-{row}-{name}": value for row in (0, 1) for name, value in (("speaker", ana.pk), ("role", "speaker"))
    }
    answer = programme.post(page(edition, "agenda:desk_session_add"), answers(**twice))

    assert (answer.status_code, b"A speaker is named twice" in answer.content) == (422, True)


def test_two_people_editing_a_session_are_told(edition, programme):
    made = write(edition)
    address = page(edition, "agenda:desk_session", made.slug)
    programme.post(address, answers(version=1, title_en="First"))

    late = programme.post(address, answers(version=1, title_en="Second"))
    shown = late.content.decode()
    assert (late.status_code, "Somebody else saved" in shown, 'value="Second"' in shown) == (422, True, True)
    assert '<input type="hidden" name="version" value="2"' in shown
    assert str(Session.objects.get().title) == "First"


def test_conflicts_stand_beside_the_row_and_after_saving(edition, programme):
    gold, ana = room(edition), speaker(edition)
    write(edition, "One", room=gold, voices=[(ana, "speaker")], expected=3)
    write(edition, "Two", room=gold, voices=[(ana, "speaker")])
    write(edition, "Early", starts_at=START - timedelta(days=3), ends_at=START - timedelta(days=3) + HOUR)
    seats.create_side_event(
        conference=edition, slug="assembly", title="Assembly", about="", host="ECCP", capacity=2, room=gold,
        starts_at=START, ends_at=START + HOUR, audience={}, audience_words="", how_to_become="",
    )  # fmt: skip
    shown = programme.get(page(edition)).content.decode()
    words = (
        "3 sessions have a conflict", "Gold Hall is taken at that time: Two", "Gold Hall is taken at that time: Assembly",
        "Ana Kovač speaks elsewhere at that time: One", "3 people are expected, the room seats 2.",
        "This is outside the days of the edition.",
    )  # fmt: skip
    assert [word in shown for word in words] == [True] * 6

    answer = programme.post(page(edition, "agenda:desk_session_add"), answers(room=gold.pk), follow=True)
    assert answer.content.decode().count("Gold Hall is taken at that time: One") == 3


def test_bookmarks_count_against_the_seats(edition, programme):
    held = session(edition, "opening", room=room(edition, capacity=1))
    for _ in range(2):
        operations.set_bookmark(conference=edition, person=person(), slug=held.slug, wanted=True)

    assert b"2 people are expected, the room seats 1." in programme.get(page(edition)).content


def test_speakers_by_the_pages(edition, programme):
    address = page(edition, "agenda:desk_speaker_add")
    wrong = programme.post(address, {"name": "", "organisation": "Kept", "version": 0})
    programme.post(
        address, {"name": "Ana Kovač", "organisation": "Cluster", "country": "HR", "bio_en": "x", "version": 0}
    )
    made = Speaker.objects.get()
    change = page(edition, "agenda:desk_speaker", made.slug)
    programme.post(change, {"name": "Ana K.", "version": 1})
    late = programme.post(change, {"name": "Ana Q.", "version": 1})

    assert (wrong.status_code, b'value="Kept"' in wrong.content, late.status_code) == (422, True, 422)
    assert (made.slug, Speaker.objects.get().name) == ("ana-kovac", "Ana K.")
    write(edition, voices=[(made, "speaker")])
    remove = page(edition, "agenda:desk_speaker_remove", made.slug)
    refused = programme.post(remove, {"yes": "yes"})
    assert (refused.status_code, b"Circular valleys" in refused.content) == (409, True)
    programme.post(page(edition, "agenda:desk_session_remove", "circular-valleys"), {"yes": "yes"})
    programme.post(remove, {"yes": "yes"})
    assert (Speaker.objects.count(), Session.objects.count()) == (0, 0)


def test_sessions_of_another_edition_and_other_roles_are_kept_out(edition, programme, client, signed_in):
    other = factories.edition(slug="other")
    with scope(conference=other.pk):
        write(other, "Foreign")

    assert programme.get(page(edition, "agenda:desk_session", "foreign")).status_code == 404
    assert programme.get(page(other, "agenda:desk_session", "foreign")).status_code == 403
    door = signed_in(member(edition, "door"), second_factor=True)
    assert door.post(page(edition, "agenda:desk_session_add"), answers()).status_code == 403
