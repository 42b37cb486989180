from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.programme.cosplib.answer import answer
from hemicycle.engines.programme.cosplib.arrange import arrange
from hemicycle.engines.programme.cosplib.assignment import measure, value
from hemicycle.engines.programme.cosplib.instance import TERMS, Weights
from hemicycle.engines.programme.cosplib.solver import Timetable
from hemicycle.engines.programme.cosplib.verify import total, verify_rows
from hemicycle.engines.status import Status
from tests.engines.programme.builders import all_weights, people, seat, tracks

ONE = all_weights()


def table(*rows):
    return tuple(map(tuple, rows))


@pytest.mark.parametrize(
    ("term", "instance", "kept", "broken"),
    [
        ("tracks_sessions", tracks({"A": [{}]}, tracks_sessions=table([0, 5])), [seat(0)], [seat(1)]),
        ("tracks_rooms", tracks({"A": [{}]}, tracks_rooms=table([0, 5])), [seat(0)], [seat(0, 1)]),
        ("sessions_rooms", tracks({"A": [{}]}, sessions_rooms=table([0, 5], [0, 0])), [seat(1, 1)], [seat(0, 1)]),
        (
            "similar",
            tracks({"A": [{}], "B": [{}]}, similar=table([0, 5], [5, 0])),
            [seat(0), seat(1)],
            [seat(0), seat(0, 1)],
        ),
        ("rooms_per_track", tracks({"A": [{}, {}]}), [seat(0), seat(1)], [seat(0), seat(1, 1)]),
        ("parallel", tracks({"A": [{}, {}]}), [seat(0), seat(1, 1)], [seat(0), seat(0, 1)]),
        ("consecutive", tracks({"A": [{}, {}]}, sessions=(1, 1, 1)), [seat(1), seat(2)], [seat(0), seat(2)]),
        ("timezones", tracks({"A": [{}]}, timezones=table([0, 5])), [seat(0)], [seat(1)]),
        ("order", tracks({"A": [{"order": 2}, {}]}), [seat(0, 0, 1), seat(0)], [seat(0), seat(0, 0, 1)]),
        ("order", tracks({"A": [{"order": 1}, {"order": 2}]}), [seat(0), seat(0, 1, 1)], [seat(0), seat(0, 1)]),
        ("submissions_sessions", tracks({"A": [{}]}, submissions_sessions=table([0, 5])), [seat(0)], [seat(1)]),
        ("submissions_rooms", tracks({"A": [{}]}, submissions_rooms=table([0, 5])), [seat(0)], [seat(0, 1)]),
        (
            "presenters",
            tracks({"A": [{"presenters": people("p")}], "B": [{"presenters": people("p")}]}),
            [seat(0), seat(1)],
            [seat(0), seat(0, 1, 1)],
        ),
        (
            "attendees",
            tracks({"A": [{"attendees": people("p")}, {"attendees": people("p")}]}),
            [seat(0), seat(0, 0, 1)],
            [seat(0), seat(0, 1)],
        ),
        (
            "chairs",
            tracks({"A": [{}], "B": [{}]}, chairs={"A": ("c",), "B": ("c",)}),
            [seat(0), seat(1)],
            [seat(0), seat(0, 1)],
        ),
        (
            "presenters_slot",
            tracks({"A": [{"presenters": people("p")}], "B": [{"presenters": people("p")}]}),
            [seat(0), seat(0, 1, 1)],
            [seat(0), seat(0, 1)],
        ),
        (
            "attendees_slot",
            tracks({"A": [{"attendees": people("p")}], "B": [{"presenters": people("p")}]}),
            [seat(0), seat(0, 1, 1)],
            [seat(0), seat(0, 1)],
        ),
    ],
)
def test_each_term(term, instance, kept, broken):
    assert measure(instance, kept)[term] == 0
    assert measure(instance, broken)[term] in (1, 5)
    for seats in (kept, broken):
        assert checked(instance, seats) == measure(instance, seats)


def test_a_long_submission_counts_for_each_of_its_slots():
    instance = tracks({"A": [{"slots": 2}]}, submissions_sessions=table([5, 0]), weights={"submissions_sessions": 2})

    assert value(instance, [seat(0)]) == 20


def test_weights_of_zero_leave_a_term_out():
    instance = tracks({"A": [{}]}, tracks_sessions=table([5, 0]))

    assert value(instance, [seat(0)]) == 0
    assert value(replace(instance, weights=Weights(tracks_sessions=3)), [seat(0)]) == 15


def checked(instance, seats):
    rows = answer(instance, Timetable(status=Status.FEASIBLE, value=None, bound=None, seconds=0, seats=tuple(seats)))
    wrong, terms = verify_rows(instance, rows["tracks"], rows["submissions"])
    assert wrong == []
    assert total(instance, terms) == value(instance, seats)
    return terms


@st.composite
def seated(draw):
    """An instance with everything that counts, and every submission somewhere."""
    number = st.integers(0, 3)
    counts = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    names = st.frozensets(st.sampled_from("pqr"), max_size=2)
    spec = {
        f"T{t}": [
            {
                "slots": draw(st.integers(1, 2)),
                "order": draw(number),
                "presenters": draw(names),
                "attendees": draw(names),
            }
            for _ in range(count)
        ]
        for t, count in enumerate(counts)
    }

    def matrix(rows, columns):
        return draw(
            st.lists(st.lists(number, min_size=columns, max_size=columns).map(tuple), min_size=rows, max_size=rows).map(
                tuple
            )
        )

    total_count = sum(counts)
    instance = tracks(
        spec,
        sessions=(9, 9),
        rooms=3,
        weights={term: draw(number) for term in TERMS},
        chairs={name: draw(names) for name in spec},
        tracks_sessions=matrix(len(spec), 2),
        tracks_rooms=matrix(len(spec), 3),
        sessions_rooms=matrix(2, 3),
        similar=tuple(tuple(0 if a == b else (a + b) % 3 for b in range(len(spec))) for a in range(len(spec))),
        submissions_sessions=matrix(total_count, 2),
        submissions_rooms=matrix(total_count, 3),
        timezones=matrix(total_count, 2),
    )
    cells = []
    for one in instance.submissions:  # a track keeps to its own room, or to a second one in the other session
        room = one.track
        cells.append((draw(st.integers(0, 1)), room))
    return instance, cells


@given(seated())
@settings(max_examples=40, deadline=None)
def test_both_counts_agree(case):
    instance, cells = case
    seats = arrange(instance, cells)

    assert checked(instance, seats) == measure(instance, seats)


def rows(instance, seats):
    return answer(instance, Timetable(status=Status.FEASIBLE, value=1, bound=1, seconds=0, seats=tuple(seats)))


@pytest.mark.parametrize(
    ("part", "place", "changes", "sentence"),
    [
        ("tracks", 0, {"track": "Z"}, "track Z: the track, session or room is not known"),
        ("tracks", 1, {"session": "S0", "room": "R0"}, "R0 in S0: two tracks"),
        ("submissions", 0, {"submission": "Z"}, "submission Z: not known, twice, or at no known place"),
        ("submissions", 0, {"room": "Z"}, "submission A0: not known, twice, or at no known place"),
        ("submissions", 0, {"position": None}, "submission A0: not known, twice, or at no known place"),
        ("submissions", 0, {"position": 0}, "submission A0: its time slot is taken or outside the session"),
        ("submissions", 0, {"position": 3}, "submission A0: its time slot is taken or outside the session"),
        ("submissions", 0, {"room": "R1"}, "submission A0: its track is not in this room"),
        ("submissions", 1, {"submission": "A0"}, "submission A0: not known, twice, or at no known place"),
    ],
)
def test_a_broken_answer_is_told(part, place, changes, sentence):
    instance = tracks({"A": [{}], "B": [{}]})
    told = rows(instance, [seat(0), seat(0, 1)])
    told[part][place] |= changes
    wrong, terms = verify_rows(instance, told["tracks"], told["submissions"])

    assert sentence in wrong
    assert terms == {}


def test_a_room_of_a_track_without_submissions_is_told():
    instance = tracks({"A": [{}]})
    told = rows(instance, [seat(0)])
    told["tracks"].append({"session": "S1", "room": "R1", "track": "A"})

    assert verify_rows(instance, told["tracks"], told["submissions"])[0] == ["track A: a room without submissions"]


def test_figures_come_back_in_the_units_of_the_file():
    instance = replace(tracks({"A": [{}]}, tracks_rooms=table([1, 4]), weights={"tracks_rooms": 1}), scale=4)
    told = [rows(instance, [seat(0, room)])["full"] for room in (0, 1)]

    assert told == [0.25, 1]


def test_ordered_submissions_that_would_run_at_once_are_moved_apart():
    instance = tracks({"A": [{"order": 1}, {"order": 2}]}, weights={"order": 1})

    assert measure(instance, arrange(instance, [(0, 0), (0, 1)]))["order"] == 0


def test_somebody_at_two_submissions_gets_from_one_to_the_other():
    both = {"presenters": people("p")}
    instance = tracks({"A": [both, {}], "B": [{}, both]}, sessions=(3,), weights={"presenters_slot": 1})
    crowded = tracks({"A": [both], "B": [both]}, sessions=(1,), weights={"presenters_slot": 1})

    assert measure(instance, arrange(instance, [(0, 0), (0, 0), (0, 1), (0, 1)]))["presenters_slot"] == 0
    assert measure(crowded, arrange(crowded, [(0, 0), (0, 1)]))["presenters_slot"] == 1


def test_order_falls_into_place_around_those_without():
    instance = tracks({"A": [{"order": 3}, {}, {"order": 1}, {"order": 9}]}, sessions=(4,))
    seats = arrange(instance, [(0, 0)] * 4)

    assert [one.position for one in seats] == [2, 1, 0, 3]
