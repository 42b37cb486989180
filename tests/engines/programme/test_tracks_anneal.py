"""The compiled moves over sessions and rooms mean what the same lines mean in Python, and count what they change."""

import random
from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from hemicycle.engines.programme.cosplib import moves
from hemicycle.engines.programme.cosplib.anneal import Annealing, state_of, unit_of, warm
from hemicycle.engines.programme.cosplib.arrange import arrange
from hemicycle.engines.programme.cosplib.assignment import tracks_of, value
from tests.engines.plain import plain as plain_copies
from tests.engines.programme.builders import all_weights, best_of_all, first_fit, people, seat, tracks


@pytest.fixture(scope="module")
def plain():
    """The moves, not compiled."""
    return plain_copies(moves)[0]


def event(seed, **weights):
    """Six tracks that share people, chairs and wishes; some orders, long submissions, sessions of two lengths."""
    rng = random.Random(seed)
    spec = {
        f"T{t}": [
            {
                "presenters": people(f"p{rng.randrange(9)}"),
                "attendees": people(f"p{rng.randrange(9)}"),
                "order": rng.choice((0, 0, place, 9)),
                "slots": rng.choice((1, 1, 2)),
            }
            for place in range(1, rng.randint(2, 6))
        ]
        for t in range(6)
    }
    usual = all_weights() | {"attendees_slot": 0, "presenters_slot": 0}
    chairs = {"T0": ("c",), "T1": ("c",)}
    instance = tracks(spec, sessions=(3, 4, 2, 4), rooms=4, weights=usual | weights, chairs=chairs)

    def drawn(rows, columns):
        return tuple(tuple(rng.choice((0, 0, 1, 3)) for _ in range(columns)) for _ in range(rows))

    similar = tuple(tuple(2 * int(abs(a - b) == 1) for b in range(6)) for a in range(6))
    count = len(instance.submissions)
    return replace(
        instance, similar=similar, submissions_sessions=drawn(count, 4), submissions_rooms=drawn(count, 4),
        timezones=drawn(count, 4), tracks_sessions=drawn(6, 4), tracks_rooms=drawn(6, 4), sessions_rooms=drawn(4, 4),
    )  # fmt: skip


@pytest.mark.parametrize(("seed", "order"), [(0, 1), (1, 1), (2, 0)])
def test_compiled_and_plain_moves_are_the_same(plain, seed, order):
    instance = event(seed, order=order)
    seats = first_fit(instance)
    fast, slow = state_of(instance, seats), state_of(instance, seats)
    for heat in (20.0, 3.0, 0.5):
        moves.anneal(fast, np.array([seed + 1]), 1500, heat)
        plain.anneal(slow, np.array([seed + 1]), 1500, heat)

    assert all(np.array_equal(a, b) for a, b in zip(fast, slow, strict=True))
    assert not np.array_equal(fast.session, [seat.session for seat in seats])


@pytest.mark.parametrize("seed", range(6))
def test_after_any_moves_all_numbers_are_those_of_the_timetable(seed):
    instance = event(seed, order=0)
    seats = first_fit(instance)
    state = state_of(instance, seats)
    for heat in (50.0, 5.0, 2.0):
        moves.anneal(state, np.array([seed + 9]), 4000, heat)
        now = [seat(int(s), int(r)) for s, r in zip(state.session, state.room, strict=True)]
        counted = state_of(instance, now)
        for name in ("at", "fill", "held"):
            assert getattr(state, name).tolist() == getattr(counted, name).tolist(), name
        assert (state.fill <= state.slots[:, None]).all()
        assert len(tracks_of(instance, now)) == len(
            {(one.session, one.room, i.track) for one, i in zip(now, instance.submissions, strict=True)}
        )
        assert state.total[moves.NOW] == value(
            instance, arrange(instance, [(one.session, one.room) for one in now])
        ) - value(instance, seats)
    kept = arrange(instance, [(int(s), int(r)) for s, r in state.kept.T])
    assert state.total[moves.BEST] == value(instance, kept) - value(instance, seats) <= 0


@pytest.mark.parametrize("seed", range(4))
def test_order_counts_as_in_the_library_when_no_track_runs_in_parallel(seed):
    instance = event(seed, order=5, parallel=1000)
    first = state_of(instance, first_fit(instance))
    moves.anneal(first, np.array([seed + 3]), 20_000, 4.0)
    start = arrange(instance, [(int(s), int(r)) for s, r in first.kept.T])
    state = state_of(instance, start)
    moves.anneal(state, np.array([seed + 4]), 3_000, 9.0)

    now = arrange(instance, [(int(s), int(r)) for s, r in zip(state.session, state.room, strict=True)])
    held = tracks_of(instance, now)
    assert len({(s, t) for (s, _), t in held.items()}) == len(held)
    assert state.total[moves.NOW] == value(instance, now) - value(instance, start) > 0


def test_the_search_finds_the_best_of_all_and_is_the_same_for_one_seed():
    both = {"presenters": people("p")}
    instance = tracks(
        {"A": [both, {"order": 1}], "B": [both | {"slots": 2}, {}]}, sessions=(2, 2, 3), rooms=2,
        weights=all_weights() | {"presenters_slot": 0, "attendees_slot": 0}, similar=((0, 3), (3, 0)),
        tracks_rooms=((0, 1), (2, 0)),
    )  # fmt: skip
    found = []
    for _ in range(2):
        search = Annealing(instance, first_fit(instance), heat=12.0, seconds=0.0, blocks=4, seed=5)
        search.wait(60)
        assert not search.running
        found.append(search.cells)

    assert found[0] == found[1]
    assert value(instance, arrange(instance, found[0])) == best_of_all(instance)


def test_time_ends_the_search_and_so_does_the_one_who_asked():
    instance = event(2)
    seats = first_fit(instance)
    timed = Annealing(instance, seats, heat=4.0, seconds=0.2)
    timed.wait(60)
    assert not timed.running

    endless = Annealing(instance, seats, heat=4.0, seconds=10_000)
    endless.wait(0.05)
    assert endless.running
    endless.stop()
    endless.wait(60)
    assert not endless.running
    assert value(instance, arrange(instance, endless.cells)) <= value(instance, seats)


def test_nobody_waits_for_the_compiler_when_time_is_up(monkeypatch):
    done = Event()
    monkeypatch.setattr(moves, "anneal", lambda *_: done.wait(60))
    instance = event(1)
    search = Annealing(instance, first_fit(instance), heat=4.0, seconds=1.0)
    assert search.running
    search.stop()

    assert not search.running
    assert search.cells == [(one.session, one.room) for one in first_fit(instance)]
    done.set()
    search.wait(60)


def test_one_unit_is_the_smallest_cost_there_is():
    assert unit_of(state_of(event(1), first_fit(event(1)))) == 1
    free = tracks({"A": [{}], "B": [{}]}, similar=((0, 7), (7, 0)))
    assert unit_of(state_of(free, first_fit(free))) == 1
    dear = replace(free, weights=replace(free.weights, similar=3, order=50))
    assert unit_of(state_of(dear, first_fit(dear))) == 21


def test_warming_compiles_the_moves():
    warm()

    assert moves.anneal.signatures
