from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.engines.meetings import Meeting, Person, Placing, Problem, Profile, Status, solve, verify
from hemicycle.engines.meetings.generate import generate
from tests.engines.meetings.builders import best_of_all, complete, literature, meetings, people, triangle


def quick(problem, **changes):
    return solve(problem, **{"seconds": 20, "seed": 1, "iterations": 1500} | changes)


def slots_of(solution):
    return {placing.meeting: placing.slot for placing in solution.schedule}


@st.composite
def problems(draw):
    names = "abcdef"[: draw(st.integers(2, 5))]
    slots = draw(st.integers(1, 4))
    pairs = [x + y for i, x in enumerate(names) for y in names[i + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=5))
    split = draw(st.integers(0, slots))
    half = st.sampled_from([frozenset(), frozenset({0}), frozenset({1})])
    crowd = tuple(
        Person(
            id=name,
            unavailable=frozenset(draw(st.lists(st.integers(0, slots - 1), max_size=1))),
            cap=draw(st.sampled_from([None, None, 1, 2])),
            floor=draw(st.integers(0, 2)),
        )
        for name in names
    )
    asked = []
    for place, pair in enumerate(chosen):
        after = frozenset(draw(st.lists(st.sampled_from(chosen[:place]), max_size=1))) if place else frozenset()
        asked.append(
            Meeting(id=pair, a=pair[0], b=pair[1], weight=draw(st.integers(1, 3)), halves=draw(half), after=after)
        )
    announced = draw(st.lists(st.sampled_from(chosen), unique=True, max_size=2)) if chosen else []
    return Problem(
        people=crowd,
        meetings=tuple(asked),
        tables=tuple(draw(st.lists(st.integers(0, 2), min_size=slots, max_size=slots))),
        halves=tuple(int(slot >= split) for slot in range(slots)),
        gaps_over_halves=draw(st.booleans()),
        profile=draw(st.sampled_from(list(Profile))),
        spread=draw(st.sampled_from([None, 0, 1, 2])),
        announced=tuple(Placing(meeting, draw(st.integers(0, slots - 1)), 0) for meeting in announced),
        keep_announced=False,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=problems())
def test_every_answer_verifies_and_small_ones_are_best_of_all(problem):
    solution = quick(problem)
    best = best_of_all(problem)

    assert verify(problem, solution).ok
    assert (solution.status is Status.INFEASIBLE) == (best is None)
    assert bool(solution.reasons) == (best is None)
    if best is not None:
        found = {level.name: level.value for level in solution.levels}
        levels = (found.get("announced", best[0]), found.get("floor", best[1]), -solution.weight, solution.value)
        assert levels == best
        assert solution.bound == solution.value


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), load=st.sampled_from([0.7, 1.0, 2.0]), tables=st.integers(3, 12))
def test_bigger_answers_verify_and_never_use_more_tables_than_there_are(seed, load, tables):
    problem = generate(people=30, requests=60, slots=8, tables=tables, seed=seed, load=load, floor=1)
    solution = quick(replace(problem, keep_announced=seed % 2 == 0), seconds=0.2, iterations=None)
    used = [sum(1 for placing in solution.schedule if placing.slot == slot) for slot in range(8)]

    assert verify(problem, replace(solution, levels=())).ok
    assert max(used) <= tables


def test_equal_seeds_give_equal_schedules_when_moves_lead():
    problem = generate(people=40, requests=150, slots=10, tables=12, seed=3, load=1.5)

    assert quick(problem).schedule == quick(problem).schedule


def test_equal_seeds_give_equal_schedules_above_the_size_of_proofs():
    problem = generate(people=80, requests=400, slots=10, tables=35, seed=3, load=1.2)

    assert quick(problem).schedule == quick(problem).schedule


def test_the_literature_needs_everything():
    solution = quick(literature(spread=2))

    assert (solution.status, solution.value, solution.bound, solution.placed) == (Status.OPTIMAL, 1, 1, 3)


def test_a_spread_that_cannot_be_kept_is_proven_infeasible():
    solution = quick(literature(spread=0))

    assert solution.status is Status.INFEASIBLE
    assert solution.schedule == ()
    assert [reason.text for reason in solution.reasons] == [
        "No schedule holds every meeting with breaks within 0 of each other; an exhaustive search proved it."
    ]


def crowded(seed):
    """A problem of the literature in which the search does not place everything."""
    rng = Random(seed)
    problem = generate(
        people=6, requests=rng.randint(8, 11), slots=rng.randint(4, 6), tables=rng.randint(2, 3), seed=seed, load=1.0
    )
    rng.choice((None, 0, 1))
    away = [frozenset(t for t in range(problem.slots) if rng.random() < 0.12) for _ in problem.people]
    crowd = tuple(replace(person, unavailable=slots) for person, slots in zip(problem.people, away, strict=True))
    return replace(problem, profile=Profile.LITERATURE, people=crowd)


@pytest.mark.parametrize(("seed", "spread", "status"), [(1, 0, "infeasible"), (3, 0, "optimal"), (19, 1, "optimal")])
@pytest.mark.parametrize("moves", [2000, None])
def test_what_the_search_does_not_place_is_found_or_proven_impossible(seed, spread, status, moves):
    problem = replace(crowded(seed), spread=spread)
    solution = quick(problem, iterations=moves)

    assert str(solution.status) == status
    assert verify(problem, solution).ok


def test_too_much_for_everybody_together_is_proven_infeasible_without_a_spread():
    odd = complete("abc", tables=(3, 3), profile=Profile.LITERATURE, spread=None)

    assert [reason.text for reason in quick(odd).reasons] == [
        "No schedule holds every meeting; an exhaustive search proved it."
    ]


def test_time_that_is_too_short_is_unknown():
    problem = complete("abcdefghi", tables=(4,) * 9, profile=Profile.LITERATURE, spread=0)
    solution = solve(problem, seconds=1e-9, seed=1)

    assert (solution.status, solution.value) == (Status.UNKNOWN, None)
    assert len(solution.reasons) == 1
    full = complete("abcdefghijklmno", tables=(7,) * 15, profile=Profile.LITERATURE, spread=None)
    assert solve(full, seconds=1e-9, seed=1).status is Status.UNKNOWN


def test_spread_is_reached_by_the_proof_when_the_annealing_has_no_time():
    problem = complete("abcdef", tables=(3,) * 5, profile=Profile.LITERATURE, spread=0)

    assert quick(problem, iterations=1).status is Status.OPTIMAL


def test_spread_counts_from_the_fewest_breaks():
    problem = complete("abcd", tables=(1,) * 6, profile=Profile.LITERATURE, spread=1)
    solution = quick(problem)

    assert solution.status is Status.OPTIMAL
    assert verify(problem, solution).ok


def test_one_worker_proves_too():
    assert solve(literature(), seconds=10, seed=1, workers=1).status is Status.OPTIMAL


def test_two_workers_prove_by_time():
    problem = complete("abcde", tables=(1, 1, 2, 2, 2, 2, 1), profile=Profile.LITERATURE, spread=1)

    assert solve(problem, seconds=10, seed=1).status is Status.OPTIMAL


def test_over_subscribed_tables_hold_the_worthiest():
    problem = Problem(people=people("abcd"), meetings=meetings("ab", "cd", "ac", "bd", cd={"weight": 9}), tables=(1,))
    solution = quick(problem)

    assert (slots_of(solution), solution.weight, solution.weight_bound) == ({"cd": 0}, 9, 9)
    assert solution.status is Status.OPTIMAL


def test_the_floor_goes_before_weight():
    heavy = meetings("ab", "ac", "cd", ab={"weight": 9}, ac={"weight": 9})
    problem = Problem(people=people("abcd", d={"floor": 1}), meetings=heavy, tables=(1, 1))

    assert "cd" in slots_of(quick(problem))


def test_caps_are_kept():
    problem = triangle(people=people("abc", a={"cap": 1}), tables=(3, 3, 3, 3))

    assert quick(problem).placed == 2


def test_fixed_meetings_stay_and_contradictions_are_reasons():
    fixed = meetings("ab", "ac", "bc", ab={"fixed": 2})

    assert slots_of(quick(triangle(meetings=fixed)))["ab"] == 2
    both = meetings("ab", "ac", ab={"fixed": 2}, ac={"fixed": 2})
    assert [reason.text for reason in quick(triangle(meetings=both, tables=(2, 2, 2))).reasons] == [
        "a must have 2 meetings in 1 slots."
    ]


def test_announced_meetings_are_kept_and_stay_where_nothing_else_is_gained():
    told = tuple(Placing(meeting, slot, 0) for meeting, slot in (("ab", 2), ("bc", 1), ("ac", 0)))
    solution = quick(triangle(announced=told))

    assert solution.schedule == tuple(sorted(told, key=lambda placing: ["ab", "ac", "bc"].index(placing.meeting)))
    assert solution.status is Status.OPTIMAL


@pytest.mark.parametrize(("keep", "gaps", "changes"), [(True, 1, 0), (False, 0, 4)])
def test_the_organiser_chooses_whether_changes_go_before_gaps(keep, gaps, changes):
    problem = Problem(
        people=people("abc"),
        meetings=meetings("ab", "ac"),
        tables=(1, 1, 1),
        announced=(Placing("ab", 0, 0), Placing("ac", 2, 0)),
        keep_announced=keep,
    )
    found = {level.name: level.value for level in quick(problem).levels}

    assert (found["gaps"], found["changes"]) == (gaps, changes)


def test_a_pause_comes_after_a_long_run_when_gaps_allow():
    problem = Problem(
        people=people("abcde"),
        meetings=meetings("ab", "ac", "ad", "ae"),
        tables=(1,) * 6,
        halves=(0, 0, 0, 1, 1, 1),
        run_limit=2,
    )
    found = {level.name: (level.value, level.bound) for level in quick(problem).levels}

    assert (found["gaps"], found["runs"]) == ((0, 0), (0, 0))


def test_a_run_that_cannot_be_shorter_is_proven():
    problem = Problem(people=people("abcd"), meetings=meetings("ab", "ac", "ad"), tables=(1,) * 3, run_limit=2)
    solution = quick(problem)

    assert {level.name: level.value for level in solution.levels}["runs"] == 1
    assert solution.status is Status.OPTIMAL


def test_large_problems_with_announced_meetings_move_few():
    problem = generate(people=80, requests=320, slots=10, tables=40, seed=5)
    first = solve(problem, seconds=1.5, seed=1)
    again = replace(problem, announced=first.schedule, keep_announced=True)
    second = solve(again, seconds=1.5, seed=2)

    assert {level.name: level.value for level in second.levels}["changes"] == 0
    assert second.placed == 320


def test_cancel_ends_at_once_with_a_valid_schedule():
    problem = generate(people=80, requests=320, slots=10, tables=20, seed=5, load=1.5)
    seen = []
    solution = solve(problem, seconds=60, seed=1, cancel=lambda: True, progress=seen.append)

    assert "prove" not in {sign.phase for sign in seen}
    assert verify(problem, solution).ok


def test_cancel_stops_the_proof():
    problem = generate(people=60, requests=290, slots=10, tables=30, seed=5, load=2.5)
    asked = []

    def cancel():
        return bool(asked)

    def watch(progress):
        if progress.phase == "prove":
            asked.append(progress)

    solution = solve(problem, seconds=4, seed=1, cancel=cancel, progress=watch)

    assert len(asked) == 1
    assert verify(problem, solution).ok


def test_progress_names_every_phase_in_order():
    problem = generate(people=60, requests=290, slots=10, tables=30, seed=5, load=2.5)
    seen = []
    solve(problem, seconds=2, seed=1, progress=seen.append)

    assert list(dict.fromkeys(sign.phase for sign in seen)) == ["place", "arrange", "prove"]
    assert {sign.requested for sign in seen} == {290}


def test_nothing_to_do_is_done():
    empty = Problem(people=(), meetings=(), tables=())
    solution = quick(empty)

    assert (solution.status, solution.value, solution.schedule) == (Status.OPTIMAL, 0, ())


def test_full_slots_are_cleared_by_moving_others():
    rng = Random(0)
    names = "abcdefgh"
    pairs = ["ab", "cd", "ef", "gh", "ac", "bd", "eg", "fh"]
    rng.shuffle(pairs)
    problem = Problem(people=people(names), meetings=meetings(*pairs), tables=(4, 4), profile=Profile.LITERATURE)

    assert quick(problem).status is Status.OPTIMAL
