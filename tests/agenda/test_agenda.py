"""Releases, bookmarks, the board, calendar files."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.urls import reverse

from hemicycle.agenda import operations, queries, rules
from hemicycle.agenda.board import board
from hemicycle.agenda.models import Bookmark, Session
from hemicycle.conferences import operations as conferences
from tests.factories import NOON, person, session

START = datetime(2030, 5, 7, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_grid_puts_sessions_between_the_instants_something_begins():
    spans = [(START, START + HOUR, ""), (START + HOUR, START + 2 * HOUR, "a"), (START + HOUR, START + 4 * HOUR, "b")]
    spans.append((START + 2 * HOUR, START + 3 * HOUR, "a"))

    starts, cells = rules.grid(spans, rooms=["a", "b"])

    assert starts == [START, START + HOUR, START + 2 * HOUR]
    assert [(c.row, c.end, c.column, c.width) for c in cells] == [
        (1, 2, 2, 2),
        (2, 3, 2, 1),
        (2, 4, 3, 1),
        (3, 4, 2, 1),
    ]


def test_now_and_next():
    spans = [(START, START + HOUR), (START + HOUR, START + 2 * HOUR), (START + HOUR, START + 3 * HOUR)]

    assert rules.now_and_next(spans, now=START) == ([0], [1, 2])
    assert rules.now_and_next(spans, now=START + 2 * HOUR) == ([2], [])
    assert rules.now_and_next([], now=START) == ([], [])


def row(slug, **values):
    return {
        "slug": slug,
        "title": "T",
        "starts_at": "1",
        "ends_at": "2",
        "room": "",
        "format": "x",
        "voices": [],
    } | values


def test_changes_say_what_a_visitor_must_know():
    found = rules.changes(
        [row("a"), row("b"), row("c")], [row("a", room="gold"), row("c", abstract="new words"), row("d")]
    )

    assert [(c["what"], c["slug"], c.get("fields")) for c in found] == [
        ("added", "d", None), ("changed", "a", ["room"]), ("removed", "b", None),
    ]  # fmt: skip


@pytest.mark.django_db
class TestReleases:
    def test_nothing_is_shown_before_the_first_release(self, edition, client):
        session(edition)

        assert queries.released(conference=edition) is None
        assert client.get(reverse("agenda:agenda", args=[edition.slug])).status_code == 200
        assert client.get(reverse("agenda:calendar", args=[edition.slug])).status_code == 404

    def test_a_draft_change_shows_with_the_next_release_only(self, edition, client):
        draft = session(edition, "opening")
        operations.release(conference=edition, note="", actor=None, now=NOON)
        draft.title = "Renamed"
        draft.save()
        page = reverse("agenda:session", args=[edition.slug, "opening"])

        before = client.get(page).content
        operations.release(conference=edition, note="", actor=None, now=NOON)
        after = client.get(page).content

        assert (b"Renamed" in before, b"Renamed" in after) == (False, True)

    def test_the_same_draft_is_not_released_twice(self, edition):
        session(edition)
        operations.release(conference=edition, note="", actor=None, now=NOON)

        with pytest.raises(operations.NothingToRelease):
            operations.release(conference=edition, note="", actor=None, now=NOON)

    def test_a_moved_session_is_the_same_event_with_a_higher_sequence(self, edition, client):
        moved = session(edition, "opening")
        operations.release(conference=edition, note="", actor=None, now=NOON)
        address = reverse("agenda:session_calendar", args=[edition.slug, "opening"])
        first = self.event(client, address)
        Session.objects.filter(pk=moved.pk).update(starts_at=START + HOUR, ends_at=START + 2 * HOUR)
        operations.release(conference=edition, note="", actor=None, now=NOON + HOUR)

        second = self.event(client, address)

        assert (first["uid"], first["sequence"], second["uid"], second["sequence"]) == (
            first["uid"],
            0,
            first["uid"],
            1,
        )
        assert second["dtstart"].dt.isoformat() == "2030-05-07T11:00:00+02:00"

    def event(self, client, address):
        (event,) = icalendar.Calendar.from_ical(client.get(address).content).walk("VEVENT")
        return event

    def test_the_board_shows_what_passes_the_filters(self, edition):
        green = conferences.add_term(kind="transition", key="green", label="Green", colour="green")
        session(edition, "green", terms=[green])
        session(edition, "grey")
        session(edition, "coffee", format="break", start=START + 2 * HOUR)
        operations.release(conference=edition, note="", actor=None, now=NOON)
        agenda = queries.released(conference=edition)

        def shown(chosen, mine=frozenset()):
            laid = board(agenda, day=START.date(), chosen=chosen, mine=mine)
            return [placed.session.slug for row in laid.rows for placed in row.placed]

        assert shown({}) == ["green", "grey", "coffee"]
        assert shown({"transition": "green"}) == ["green"]
        assert shown({"mine": True}, frozenset({"grey"})) == ["grey"]
        assert shown({"room": "nowhere"}) == []

    def test_bookmarks_of_a_visitor_are_merged_at_sign_in(self, edition, client, signed_in):
        session(edition, "opening")
        operations.release(conference=edition, note="", actor=None, now=NOON)
        address = reverse("agenda:bookmark", args=[edition.slug])
        answer = client.post(address, {"session": "opening"}, headers={"Accept": "application/json"})
        assert answer.json() == {"bookmarked": True, "count": 1}
        someone = person()
        signed_in(someone)

        client.get(reverse("agenda:agenda", args=[edition.slug]))

        assert list(Bookmark.objects.values_list("person", "session_slug")) == [(someone.pk, "opening")]

    def test_a_bookmark_goes_with_the_second_tap(self, edition, client, signed_in):
        session(edition, "opening")
        operations.release(conference=edition, note="", actor=None, now=NOON)
        signed_in(person())
        address = reverse("agenda:bookmark", args=[edition.slug])

        for number in (1, 0):
            client.post(address, {"session": "opening", "next": "https://evil.example/"})
            assert Bookmark.objects.count() == number

    @pytest.mark.parametrize("slug", ["", "nothing", "secret"])
    def test_only_released_sessions_can_be_bookmarked(self, edition, client, slug):
        session(edition, "opening")
        operations.release(conference=edition, note="", actor=None, now=NOON)
        session(edition, "secret", start=START + HOUR)

        assert client.post(reverse("agenda:bookmark", args=[edition.slug]), {"session": slug}).status_code == 404

    @pytest.mark.parametrize(
        "query", ["day=tomorrow", "day=1999-01-01", "view=cube", "room=%00", "transition=" + "x" * 90]
    )
    def test_nonsense_in_the_filters_shows_the_agenda(self, edition, client, query):
        session(edition)
        operations.release(conference=edition, note="", actor=None, now=NOON)

        assert client.get(f"/{edition.slug}/agenda/?{query}").status_code == 200

    def test_a_session_over_the_clock_change_keeps_its_local_times(self, edition, client):
        edition.timezone = "Europe/Brussels"
        edition.save()
        session(edition, "night", start=datetime(2030, 10, 26, 23, 30, tzinfo=UTC), minutes=120)
        operations.release(conference=edition, note="", actor=None, now=NOON)

        event = self.event(client, reverse("agenda:session_calendar", args=[edition.slug, "night"]))

        assert [event[name].dt.isoformat() for name in ("dtstart", "dtend")] == [
            "2030-10-27T01:30:00+02:00", "2030-10-27T01:30:00+00:00",
        ]  # fmt: skip

    def test_erasing_a_person_takes_their_bookmarks(self, edition):
        someone = person()
        operations.set_bookmark(conference=edition, person=someone, slug="opening", wanted=True)
        operations.erase_person(person_id=someone.pk)

        assert Bookmark.objects.count() == 0
