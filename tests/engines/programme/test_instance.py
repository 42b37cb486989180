from dataclasses import replace

import pytest

from hemicycle.engines.programme.cosplib.instance import BadInstance, Session, Submission
from tests.engines.programme.builders import people, tracks, zeros


def plain(**changes):
    return replace(tracks({"A": [{}], "B": [{}]}), **changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rooms": ("R0", "R0")}, "room R0: the name is there 2 times"),
        ({"rooms": ()}, "rooms: there are none"),
        ({"sessions": (Session(name="S0", slots=0), Session(name="S1", slots=1))}, "sessions: a number of time slots"),
        ({"submissions": (Submission(name="a", track=5),)}, "submission a: the track is not known"),
        ({"submissions": (Submission(name="a", track=0, slots=0),)}, "submission a: the required time slots"),
        ({"submissions": (Submission(name="a", track=0, order=-1),)}, "submission a: the order is below 0"),
        ({"submissions": (Submission(name="a", track=0),)}, "track B: it has no submission"),
        ({"similar": zeros(1, 2)}, "similar: 2 rows of 2 penalties are needed"),
        ({"tracks_rooms": zeros(2, 3)}, "tracks_rooms: 2 rows of 2 penalties are needed"),
    ],
)
def test_a_contradiction_is_refused(changes, sentence):
    with pytest.raises(BadInstance, match=sentence):
        plain(**changes)


def test_costs_stay_whole_numbers_of_64_bits():
    priced = {"weights": {"similar": 10**6}, "similar": ((0, -(10**6)), (0, 0))}

    assert tracks({"A": [{}], "B": [{}]}, **priced).price("similar") == 10**6
    for changes in ({"similar": ((0, -(10**6) - 1), (0, 0))}, {"weights": {"order": 10**12 + 1}}):
        with pytest.raises(BadInstance, match="weight times penalty is above 1000000000000"):
            tracks({"A": [{}], "B": [{}]}, **priced | changes)


def test_a_weight_below_zero_counts_as_none():
    assert tracks({"A": [{}]}, weights={"order": -3, "parallel": 2}).price("order") == 0


def test_presenters_conflict_with_each_other_and_with_chairs_of_other_tracks():
    found = tracks(
        {
            "A": [{"presenters": people("p", "c")}, {"presenters": people("p")}],
            "B": [{"presenters": people("q")}, {}],
        },
        chairs={"A": ("c",), "B": ("c", "q")},
    )

    assert found.presenter_pairs == {(0, 1), (0, 2), (0, 3)}
    assert found.chair_pairs == {(0, 1)}


def test_attendees_conflict_with_presenters_too():
    found = tracks(
        {"A": [{"attendees": people("x", "p")}, {"presenters": people("p")}], "B": [{"attendees": people("x")}]}
    )

    assert found.attendee_pairs == {(0, 1), (0, 2)}
    assert found.presenter_pairs == frozenset()
