"""The parts of the search, where the whole would not show them."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.meetings import Placing, Problem, Profile, anneal, constraints, exact, solve, solver, verify
from hemicycle.engines.meetings.anneal import Annealer, Costs
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.exact import Prover
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from hemicycle.engines.meetings.seats import seat
from hemicycle.engines.meetings.verify import measure
from tests.engines.meetings.builders import complete, meetings, people, triangle


def share(moves):
    return Clock(seconds=60, iterations=moves, cancel=None).share(seconds=60, part=1)


def nothing(*_):
    return None


def broken(problem, table):
    schedule = seat(table.ix, table.slot)
    return [violation for constraint in constraints.ALWAYS for violation in constraint(problem, schedule)]


def tangled(seed):
    """A problem with orders, half-days, caps and announced meetings."""
    rng = Random(seed)
    problem = generate(people=16, requests=36, slots=6, tables=rng.randint(5, 8), seed=seed, load=1.3)
    asked = list(problem.meetings)
    for m in range(1, len(asked)):
        changes = {}
        if rng.random() < 0.3:
            changes["after"] = frozenset({asked[rng.randrange(m)].id})
        if rng.random() < 0.2:
            changes["halves"] = frozenset({rng.randint(0, 1)})
        asked[m] = replace(asked[m], **changes)
    crowd = tuple(replace(p, cap=rng.choice([None, 3]), floor=rng.randint(0, 1)) for p in problem.people)
    told = tuple(Placing(asked[m].id, rng.randrange(6), 0) for m in rng.sample(range(len(asked)), 9))
    return replace(problem, people=crowd, meetings=tuple(asked), announced=told)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_construction_and_search_keep_every_condition(seed):
    problem = tangled(seed)
    table, left = construct(Indexed(problem), Random(seed))

    assert broken(problem, table) == []
    assert sorted(left) == [m for m in range(36) if table.slot[m] < 0]
    solution = solve(problem, seconds=60, seed=seed, iterations=1000)
    assert verify(problem, solution).ok


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_annealing_knows_its_cost_and_never_ends_worse(seed):
    ix = Indexed(tangled(seed))
    table, _ = construct(ix, Random(seed))
    costs = Costs(ix)
    before = costs.total(table)
    annealer = Annealer(table, costs, Random(seed))
    after = annealer.run(share(5000), goal=0, tell=nothing)

    assert after == annealer.best == costs.total(table) <= before
    assert broken(ix.problem, table) == []


def test_annealing_ends_with_the_best_it_met(monkeypatch):
    monkeypatch.setattr(anneal, "HOT", 50.0)
    monkeypatch.setattr(anneal, "COLD", 50.0)
    ix = Indexed(generate(people=16, requests=50, slots=10, tables=8, seed=1))
    table, _ = construct(ix, Random(1))
    costs = Costs(ix)
    annealer = Annealer(table, costs, Random(1))

    assert annealer.run(share(2560), goal=0, tell=nothing) == annealer.best == costs.total(table)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_chain_swapped_twice_is_as_before(seed):
    rng = Random(seed)
    table, _ = construct(Indexed(tangled(seed)), rng)
    before = (list(table.slot), [list(row) for row in table.at], list(table.busy), list(table.count))
    for p in range(16):
        s, t = rng.sample(range(6), 2)
        if table.busy[p] >> s & 1 and not table.busy[p] >> t & 1:
            found = table.chain(p, s, t)
            if found:
                table.swap(found[0], s, t)
                table.swap(found[0], t, s)

    assert (table.slot, table.at, table.busy, table.count) == before


def test_removing_what_was_placed_leaves_nothing():
    table = Timetable(Indexed(triangle()))
    table.place(0, 1)
    table.remove(0)

    assert (table.slot, table.busy, table.held, table.count) == ([-1] * 3, [0] * 3, [0] * 3, [0] * 3)


def test_inserting_moves_another_meeting_away():
    problem = Problem(people=people("abcd"), meetings=meetings("ab", "ac", "cd"), tables=(1, 1, 1))
    away = replace(problem, people=people("abcd", d={"unavailable": frozenset({1, 2})}))
    table = Timetable(Indexed(away))
    table.place(1, 0)

    assert table.insert(2)
    assert table.slot[2] == 0
    assert table.slot[1] in (1, 2)


def test_inserting_clears_a_table():
    away = people("abcd", c={"unavailable": frozenset({1})})
    table = Timetable(Indexed(Problem(people=away, meetings=meetings("ab", "cd"), tables=(1, 1))))
    table.place(0, 0)

    assert table.insert(1)
    assert table.slot == [1, 0]


def test_a_cleared_table_must_keep_the_order():
    ordered = meetings("ab", "cd", cd={"after": frozenset({"ab"})})
    away = people("abcd", c={"unavailable": frozenset({1})})
    table = Timetable(Indexed(Problem(people=away, meetings=ordered, tables=(1, 1))))
    table.place(0, 0)

    assert not table.insert(1)
    assert not table.insert(1) or table.slot[0] < table.slot[1]


def test_a_slot_without_tables_cannot_be_cleared():
    table = Timetable(Indexed(Problem(people=people("ab"), meetings=meetings("ab"), tables=(0,))))

    assert not table.insert(0)


def test_a_fixed_meeting_is_never_taken_out():
    problem = Problem(
        people=people("abc", a={"cap": 1}),
        meetings=meetings("ab", "ac", ab={"fixed": 0}, ac={"weight": 9}),
        tables=(1, 1),
    )

    assert [placing.meeting for placing in solve(problem, seconds=0.3, seed=1).schedule] == ["ab"]


@pytest.mark.parametrize(("others", "workers"), [("", 1), ("", 2), ("z", 2)])
def test_the_proof_counts_the_spread_from_the_fewest_breaks(others, workers):
    problem = complete("abcd", tables=(1,) * 6, profile=Profile.LITERATURE, spread=2)
    problem = replace(problem, people=problem.people + people(others))
    ix = Indexed(problem)
    table, _ = construct(ix, Random(1))
    clock = Clock(seconds=30, iterations=None, cancel=None)
    found = Prover(ix, clock=clock, seed=1, workers=workers).minimise(
        "gaps", table.slot, value=None, bound=0, tell=nothing
    )

    assert found.state == "optimal"
    assert found.bound == solve(problem, seconds=10, seed=1).value


@pytest.mark.parametrize(("seconds", "moves", "done"), [(0.0, None, 1.0), (9.0, 0, 1.0), (9.0, 512, 0.5)])
def test_a_share_is_used_by_moves_or_time(seconds, moves, done):
    clock = Clock(seconds=10, iterations=moves, cancel=None)

    assert clock.share(seconds=seconds, part=1).done() == done


def test_a_cancelled_clock_stays_over():
    answers = [True]
    clock = Clock(seconds=10, iterations=None, cancel=lambda: bool(answers and answers.pop()))

    assert (clock.over(), clock.over()) == (True, True)
    assert clock.share(seconds=1, part=1).done() == 1.0


def test_tables_follow_people_and_announcements():
    problem = triangle(tables=(2, 2, 2), announced=(Placing("ac", 1, 1),))
    schedule = seat(Indexed(problem), [0, 1, 2])

    assert [placing.table for placing in schedule] == [0, 1, 0]
    assert [placing.table for placing in seat(Indexed(replace(problem, announced=())), [0, 1, 2])] == [0, 0, 0]


def test_annealing_goes_on_beside_the_proof(monkeypatch):
    monkeypatch.setattr(exact, "ALONE", 0.0)
    monkeypatch.setattr(exact, "DOUBTFUL", 0.0)
    monkeypatch.setattr(anneal.Annealer, "run", lambda annealer, *_, **__: annealer.best)
    problem = generate(people=40, requests=150, slots=12, tables=13, seed=3, load=0.8)
    hard = replace(problem, profile=Profile.LITERATURE, spread=None)
    solution = solve(hard, seconds=1.5, seed=1, workers=1)

    assert verify(hard, solution).ok


def test_beside_the_proof_the_better_timetable_is_kept():
    ix = Indexed(triangle(tables=(1, 1, 1, 1), gaps_over_halves=True))
    beside = solver._Beside(ix, [0, 1, 2], Random(1))

    assert beside.better([0, 1, 3]) == [0, 1, 2]
    assert beside.better([2, 1, 0]) == [2, 1, 0]
    assert solver._Beside(ix, [0, -1, -1], Random(1)).better([0, 1, 3]) == [0, 1, 3]


def test_beside_the_proof_frozen_meetings_stay():
    frozen = meetings("ab", "ac", "bc", ab={"fixed": 0}, ac={"fixed": 1}, bc={"fixed": 2})
    beside = solver._Beside(Indexed(triangle(meetings=frozen)), [0, 1, 2], Random(1))
    beside.search(1.0)

    assert beside.annealer.kept == [0, 1, 2]


def test_a_proof_far_from_its_end_is_given_up_for_more_search(monkeypatch):
    monkeypatch.setattr(exact, "HOPELESS", 0.0)
    monkeypatch.setattr(exact, "FAR", 2.0)
    monkeypatch.setattr(anneal.Annealer, "run", lambda annealer, *_, **__: annealer.best)
    searches = []
    rest = solver._Beside.rest
    monkeypatch.setattr(solver._Beside, "rest", lambda *args, **how: searches.append(how) or rest(*args, **how))
    problem = generate(people=40, requests=150, slots=12, tables=13, seed=3, load=0.8)
    hard = replace(problem, profile=Profile.LITERATURE, spread=None)
    begun = measure(hard, seat(Indexed(hard), construct(Indexed(hard), Random(1))[0].slot))["gaps"]
    solution = solve(hard, seconds=2, seed=1, workers=2)

    assert verify(hard, solution).ok
    assert solution.bound <= solution.value < begun
    assert [how["workers"] for how in searches] == [2]


def test_the_search_in_every_thread_ends_at_its_goal_and_keeps_the_best():
    problem = triangle(tables=(1, 1, 1, 1), gaps_over_halves=True)
    beside = solver._Beside(Indexed(problem), [0, 1, 3], Random(1))
    bounds = []
    beside.rest(Clock(seconds=60, iterations=None, cancel=None), [0, 1, 3], workers=2, goal=1, tell=bounds.append)

    assert measure(problem, seat(Indexed(problem), beside.better([0, 1, 3])))["gaps"] == 1
    assert set(bounds) == {1}
    beside.rest(Clock(seconds=0, iterations=None, cancel=None), [0, 1, 3], workers=2, goal=-1, tell=bounds.append)
    begin = len(bounds)
    stop = Clock(seconds=60, iterations=None, cancel=lambda: len(bounds) > begin)
    beside.rest(stop, [0, 1, 3], workers=1, goal=-1, tell=bounds.append)
    assert len(bounds) == begin + 1
