from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.meetings import Problem, Profile, TableClass, bounds, daybound, solve
from hemicycle.engines.meetings.bounds import fits_by_vizing, run_bound, slot_bound, weight_bound
from hemicycle.engines.meetings.daybound import gap_bound
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.reasons import impossible
from tests.engines.meetings.builders import complete, literature, meetings, people, triangle


def texts(problem):
    return [reason.text for reason in impossible(Indexed(problem))]


def test_weight_is_everything_when_nothing_binds():
    assert weight_bound(Indexed(triangle(tables=(3, 3, 3)))) == 3


def test_weight_of_the_linear_programme_is_rounded_down():
    problem = triangle(people=people("abc", a={"cap": 1}, b={"cap": 1}, c={"cap": 1}))

    assert weight_bound(Indexed(problem)) == 1


def test_weight_counts_tables_and_meetings_without_a_slot():
    away = people("abcd", d={"unavailable": frozenset({0})})
    problem = Problem(people=away, meetings=meetings("ab", "ac", "bd", ac={"weight": 4}), tables=(1,))

    assert weight_bound(Indexed(problem)) == 4


def away(**slots):
    return {name: {"unavailable": frozenset(missed)} for name, missed in slots.items()}


def test_slot_by_slot_fewer_fit_than_people_and_tables_say(monkeypatch):
    problem = Problem(people=people("abcd", **away(a={1}, c={1})), meetings=meetings("ab", "cd"), tables=(1, 1))
    ix = Indexed(problem)

    assert (weight_bound(ix), slot_bound(ix, ix.weight)) == (2, 1)
    solution = solve(problem, seconds=5, seed=1, iterations=500)
    assert (solution.placed, solution.weight_bound, str(solution.status)) == (1, 1, "optimal")
    monkeypatch.setattr(bounds, "LARGEST", 1)
    assert slot_bound(ix, ix.weight) is None


def test_slot_by_slot_caps_classes_and_meetings_without_a_slot_count():
    screen = {"table_class": "screen"}
    crowd = people("abcdefg", **away(g={0, 1}), a={"cap": 1})
    asked = meetings("ab", "ac", "de", "df", "ag", de=screen, df=screen)
    problem = Problem(people=crowd, meetings=asked, tables=(3, 3), classes=(TableClass(name="screen", tables=(1, 0)),))

    assert slot_bound(Indexed(problem), [1] * 5) == 2
    assert slot_bound(Indexed(problem), [1, 5, 1, 1, 9]) == 6
    assert slot_bound(Indexed(Problem(people=crowd, meetings=(), tables=(1, 1))), []) is None


def test_what_cannot_be_held_together_is_counted_before_any_search():
    missing = away(a={2, 3}, c={0, 3}, e={1, 3}, g={2, 3})
    problem = literature(
        people=people("abcdefgh", **missing), meetings=meetings("ab", "cd", "ef", "gh"), tables=(1, 1, 1, 1)
    )
    solution = solve(problem, seconds=5, seed=1, iterations=500)

    assert texts(problem) == []
    assert [reason.text for reason in solution.reasons] == [
        "At most 3 of 4 meetings can be held with these slots and tables."
    ]
    assert (str(solution.status), solution.schedule) == ("infeasible", ())


@pytest.mark.parametrize(
    ("problem", "bound"),
    [
        (literature(), 1),
        (literature(tables=(1, 1, 1, 1)), 0),
        (literature(people=people("abc", a={"unavailable": frozenset({1})})), 1),
        (triangle(people=people("abc", a={"unavailable": frozenset({1})})), 0),
        (Problem(people=(), meetings=(), tables=()), 0),
    ],
)
def test_gaps_that_tables_and_absences_force(problem, bound):
    assert gap_bound(Indexed(problem)) == bound


def test_gaps_of_large_problems_are_bounded_person_by_person(monkeypatch):
    away = people("abc", a={"unavailable": frozenset({1})})
    ix = Indexed(literature(people=away))
    monkeypatch.setattr(daybound, "LARGEST", 1)

    assert gap_bound(ix) == 1


def test_gaps_have_no_bound_when_nothing_fits():
    assert gap_bound(Indexed(literature(tables=(0, 0, 1)))) == 0


def test_vizing_knows_when_everything_fits():
    assert fits_by_vizing(complete("abcd", tables=(2, 2, 2, 2)))
    assert not fits_by_vizing(complete("abcd", tables=(2, 2, 2)))
    assert not fits_by_vizing(complete("abcd", tables=(2, 2, 2, 1)))
    assert not fits_by_vizing(Problem(people=people("ab", a={"cap": 0}), meetings=meetings("ab"), tables=(1, 1)))
    assert not fits_by_vizing(triangle(people=people("abc", a={"unavailable": frozenset({1})})))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 999))
def test_what_vizing_promises_is_found(seed):
    problem = generate(people=14, requests=30, slots=9, tables=4, seed=seed, away=0, load=0.8)

    assert fits_by_vizing(problem)
    assert solve(problem, seconds=0.1, seed=seed).placed == 30


def test_a_meeting_without_a_slot_is_a_reason():
    away = people("abc", a={"unavailable": frozenset({0, 1})}, b={"unavailable": frozenset({2})})

    assert texts(literature(people=away)) == ["Meeting ab: a and b have no slot in which it may be held."]


def test_too_many_meetings_for_a_person_are_a_reason():
    assert texts(literature(people=people("abc", a={"cap": 1}))) == ["a takes 1 meetings but must have 2."]
    assert texts(literature(tables=(3,)))[:1] == ["a must have 2 meetings in 1 slots."]


def test_too_few_tables_are_a_reason():
    early = {pair: {"halves": frozenset({0})} for pair in ("ab", "cd")}
    problem = Problem(
        people=people("abcd"),
        meetings=meetings("ab", "cd", **early),
        tables=(1, 1),
        halves=(0, 1),
        profile=Profile.LITERATURE,
    )

    assert texts(problem) == ["2 meetings must be held in 1 slots, with 1 tables over all these slots."]
    assert texts(literature(tables=(1, 1, 0))) == ["3 meetings must be held, with 2 tables over all these slots."]


def test_a_circle_of_orders_is_a_reason_only_when_all_must_be_held():
    circle = meetings("ab", "ac", "bc", ab={"after": frozenset({"ac"})}, ac={"after": frozenset({"ab"})})

    assert texts(literature(meetings=circle)) == ["Meetings ab, ac wait for each other."]
    assert texts(triangle(meetings=circle)) == []


@pytest.mark.parametrize(
    ("changes", "bound"),
    [
        ({}, 1),
        ({"run_limit": 3}, 0),
        ({"halves": (0, 0, 1, 1)}, 0),
        ({"people": people("abcd", a={"unavailable": frozenset({2})})}, 0),
        ({"people": people("abcd", a={"unavailable": frozenset({0, 1})})}, 0),
    ],
)
def test_runs_that_a_day_without_gaps_forces(changes, bound):
    usual = {"people": people("abcd"), "meetings": meetings("ab", "ac", "ad"), "tables": (2,) * 4, "run_limit": 2}

    assert run_bound(Indexed(Problem(**usual | changes))) == bound


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 999))
def test_no_schedule_beats_the_bound_of_its_runs(seed):
    problem = replace(generate(people=12, requests=26, slots=8, tables=8, seed=seed, load=0.8), run_limit=1)
    solution = solve(problem, seconds=20, seed=seed, iterations=800)
    found = {level.name: (level.value, level.bound) for level in solution.levels}

    assert found["runs"][0] >= found["runs"][1]
    assert found["gaps"][0] > 0 or found["runs"][1] >= run_bound(Indexed(problem))
