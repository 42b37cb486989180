"""The compiled moves mean what the same lines mean in Python, and keep every timetable valid."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.compiled import kept
from hemicycle.engines.meetings import Meeting, Person, Placing, Problem, Profile, TableClass, moves
from hemicycle.engines.meetings import costs as costs_of
from hemicycle.engines.meetings.anneal import Annealer, state_of, warm
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.costs import Costs
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from tests.engines.plain import plain as plain_copies


@pytest.fixture(scope="module")
def plain():
    """The same module, not compiled."""
    return plain_copies(moves)[0]


def entangled(seed):
    """Everything a move must look after: few tables, a class, orders, days with pauses, some announced."""
    rng = Random(seed)
    problem = generate(people=14, requests=40, slots=8, tables=rng.randint(5, 6), seed=seed, load=0.9)
    asked = list(problem.meetings)
    for m in rng.sample(range(40), 6):
        asked[m] = replace(asked[m], table_class="screen")
    for early, late in (sorted(rng.sample(range(40), 2)) for _ in range(4)):
        asked[late] = replace(asked[late], after=asked[late].after | {asked[early].id})
    return replace(
        problem, meetings=tuple(asked), classes=(TableClass(name="screen", tables=(2, 1) * 4),), run_limit=2,
        announced=tuple(Placing(asked[m].id, rng.randrange(8), 0) for m in rng.sample(range(40), 8)),
    )  # fmt: skip


def tight(seed):
    """The form of the literature with hardly a free table."""
    problem = generate(people=12, requests=34, slots=12, tables=3, seed=seed, load=0.9)
    return replace(problem, profile=Profile.LITERATURE, spread=1)


def long(seed):
    """More slots than a bitmask holds."""
    return generate(people=10, requests=30, slots=moves.WORD + 6, tables=2, seed=seed, load=0.2)


def begun(problem):
    table, _ = construct(Indexed(problem), Random(1))
    return table, Costs(table.ix)


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("make", "seed"), list(product((entangled, tight, long), range(3))))
def test_compiled_and_plain_moves_are_the_same(plain, make, seed):
    table, costs = begun(make(seed))
    fast, slow = state_of(table, costs), state_of(table, costs)
    for heat in (3.0 * costs.gap, 0.3 * costs.gap, 0.1 * costs.run):
        moves.anneal(fast, np.array([seed + 1]), 1200, heat, 0)
        plain.anneal(slow, np.array([seed + 1]), 1200, heat, 0)

    assert same(fast, slow)
    assert fast.total[moves.BEST] < costs.total(table)


@pytest.mark.parametrize("make", [entangled, tight, long])
def test_after_any_moves_all_numbers_are_those_of_the_timetable(make):
    table, costs = begun(make(5))
    state = state_of(table, costs)
    moves.anneal(state, np.array([7]), 4000, 2.0 * costs.gap, 0)
    again = Timetable(table.ix)
    again.load(list(map(int, state.slot)))
    counted = state_of(again, costs)

    for name in ("at", "held", "sitting", "busy", "cost"):
        assert getattr(state, name).tolist() == getattr(counted, name).tolist(), name
    assert state.total[moves.NOW] == costs.total(again)
    again.load(list(map(int, state.kept)))
    assert state.total[moves.BEST] == costs.total(again)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_both_ways_of_looking_at_a_day_agree_with_the_plain_count(seed):
    rng = Random(seed)
    problem = replace(
        generate(people=7, requests=12, slots=9, tables=4, seed=seed, load=0.8),
        halves=(0, 0, 0, 0, 1, 1, 1, 2, 2), run_limit=rng.randint(1, 3), gaps_over_halves=rng.random() < 0.5,
    )  # fmt: skip
    away = tuple(
        replace(person, unavailable=frozenset(t for t in range(9) if rng.random() < 0.2)) for person in problem.people
    )
    table, costs = begun(replace(problem, people=away))
    state = state_of(table, costs)
    for p, (s, t) in product(range(7), ((0, 0), (1, 4), (3, 8))):
        mask = table.busy[p]
        if (mask >> s & 1) != (mask >> t & 1):
            mask ^= 1 << s | 1 << t
        gaps, longest = moves.look.py_func(state, p, s, t)
        assert moves.look_fast.py_func(state, p, mask) == (gaps, longest)
        assert (gaps, max(0, longest - problem.run_limit)) == (table.ix.gaps(p, mask), table.ix.excess(mask))


def test_where_nothing_can_be_written_code_is_compiled_again_each_time():
    nowhere = {}
    exec(compile("def twice(number):\n    return 2 * number\n", "nowhere/at/all.py", "exec"), nowhere)

    assert kept(nowhere["twice"])(21) == 42


def test_warming_compiles_the_moves():
    warm()

    assert moves.anneal.signatures


def test_a_start_that_cannot_be_better_is_left_alone():
    table, costs = begun(
        Problem(people=(Person(id="a"), Person(id="b")), meetings=(Meeting(id="m", a="a", b="b"),), tables=(1,))
    )
    annealer = Annealer(table, costs, Random(1))
    annealer.step(1, 0.0)

    assert annealer.run(Clock(seconds=9, iterations=100).share(seconds=9, part=1), goal=-1, tell=list) == 0
    assert annealer.kept == [0]


def test_moves_end_at_the_goal_and_never_use_a_slot_without_tables(plain):
    pairs = ("ab", "ac", "bd", "cd")
    asked = tuple(Meeting(id=pair, a=pair[0], b=pair[1]) for pair in pairs)
    problem = Problem(people=tuple(Person(id=name) for name in "abcd"), meetings=asked, tables=(1, 0, 1, 0, 1, 1))
    for module, goal in product((moves, plain), (10, 0)):
        table, costs = begun(problem)
        state = state_of(table, costs)
        module.anneal(state, np.array([3]), 2000, 1.0 * costs.gap, goal)
        assert state.held.tolist() == [1, 0, 1, 0, 1, 1]
        assert (state.slot.tolist() == table.slot) == (goal > 0)


def test_levels_that_outgrow_a_word_leave_out_the_last_one(monkeypatch):
    asked = generate(people=30, requests=60, slots=10, tables=9, seed=1)
    told = replace(asked, announced=tuple(Placing(m.id, n % 10, n) for n, m in enumerate(asked.meetings)))
    for keep in (True, False):
        ix = Indexed(replace(told, keep_announced=keep))
        assert Costs(ix).soon > 0
        with monkeypatch.context() as small:
            small.setattr(costs_of, "LARGEST", 10**6)
            assert (Costs(ix).soon, Costs(ix).change > 0) == (0, True)
