import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.programme.cosplib import positions
from hemicycle.engines.programme.cosplib import solver as solver_module
from hemicycle.engines.programme.cosplib.arrange import arrange
from hemicycle.engines.programme.cosplib.assignment import measure, value
from hemicycle.engines.programme.cosplib.exact import exact_value, sessions_allowed, solve_exact
from hemicycle.engines.programme.cosplib.model import Model, pack
from hemicycle.engines.programme.cosplib.neighbours import Neighbours
from hemicycle.engines.programme.cosplib.solver import rooms_needed, solve_full
from hemicycle.engines.programme.cosplib.terms import Objective
from hemicycle.engines.programme.cpsat import Job
from hemicycle.engines.status import Status
from tests.engines.programme.builders import all_weights, best_of_all, first_fit, people, seat, tracks, zeros


def crowded(**changes):
    """Two tracks that are alike and share people, with wishes; small enough to try everything."""
    spec = {
        "A": [{"presenters": people("p"), "order": 2}, {"order": 1}],
        "B": [{"presenters": people("p"), "slots": 2}, {"attendees": people("p")}],
    }
    usual = {
        "sessions": (2, 2),
        "rooms": 2,
        "weights": all_weights() | {"attendees_slot": 0, "presenters_slot": 0},
        "similar": ((0, 3), (3, 0)),
        "chairs": {"A": ("c",), "B": ("c",)},
        "submissions_sessions": ((0, 1), (2, 0), (0, 0), (1, 0)),
        "submissions_rooms": ((1, 0), (0, 0), (0, 2), (0, 0)),
        "tracks_rooms": ((0, 1), (2, 0)),
    }
    return tracks(spec, **usual | changes)


def larger(seed=3, count=8):
    rng = random.Random(seed)
    spec = {
        f"T{t}": [
            {
                "presenters": people(f"p{rng.randrange(12)}"),
                "attendees": people(f"p{rng.randrange(12)}"),
                "order": rng.randrange(3),
                "slots": rng.choice((1, 1, 2)),
            }
            for _ in range(rng.randint(2, 4))
        ]
        for t in range(count)
    }
    weights = all_weights() | {"attendees_slot": 0, "presenters_slot": 0}
    instance = tracks(spec, sessions=(4, 4, 3), rooms=count // 2 + 2, weights=weights)
    wishes = tuple(tuple(rng.choice((0, 0, 1, 3)) for _ in range(3)) for _ in instance.submissions)
    similar = tuple(tuple(int(abs(a - b) == 1) for b in range(count)) for a in range(count))
    return replace(instance, submissions_sessions=wishes, similar=similar)


def test_the_optimum_is_that_of_trying_everything():
    instance = crowded()
    found = solve_full(instance, seconds=20, seed=0)

    assert found.status is Status.OPTIMAL
    assert found.value == found.bound == value(instance, found.seats) == best_of_all(instance)


@given(
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.integers(0, 3),
)
@settings(max_examples=8, deadline=None)
def test_the_optimum_is_right_for_any_wishes(first, second, similar):
    instance = crowded(
        submissions_sessions=tuple(zip(first, second, strict=True)), similar=((0, similar), (similar, 0)), rooms=2
    )
    found = solve_full(instance, seconds=20, seed=0, workers=1)

    assert (found.status, found.value) == (Status.OPTIMAL, best_of_all(instance))


def test_a_track_that_is_too_long_runs_in_parallel_rooms():
    instance = tracks({"A": [{"slots": 2}] * 3, "B": [{}]}, sessions=(2,), rooms=4, weights=all_weights())
    instance = replace(
        instance, submissions=tuple(replace(one, name=f"n{i}") for i, one in enumerate(instance.submissions))
    )
    found = solve_full(instance, seconds=10, seed=0)

    assert rooms_needed(instance, 0) == 3
    assert (found.status, measure(instance, found.seats)["parallel"]) == (Status.OPTIMAL, 2)


def test_a_room_penalty_is_left_by_running_in_parallel():
    instance = tracks(
        {"A": [{}, {}]},
        sessions=(1, 1),
        weights={"parallel": 1, "tracks_sessions": 1},
        tracks_sessions=((0, 5),),
    )

    assert solve_full(instance, seconds=10, seed=0).value == 1


@pytest.mark.parametrize(
    ("instance", "reason"),
    [
        (
            tracks({"A": [{"slots": 3}]}, sessions=(2,)),
            "Submission A0 takes 3 time slots; the longest session has 2.",
        ),
        (
            tracks({"A": [{}, {}, {}]}, sessions=(1,)),
            "The submissions take 3 time slots; all rooms in all sessions have 2.",
        ),
        (
            tracks({"A": [{"slots": 2}] * 1, "B": [{"slots": 2}], "C": [{}]}, sessions=(3,)),
            "No timetable holds every submission; an exhaustive search proved it.",
        ),
    ],
)
def test_without_a_timetable_there_are_reasons(instance, reason):
    found = solve_full(instance, seconds=10, seed=0)

    assert (found.status, found.value, found.seats, found.reasons) == (Status.INFEASIBLE, None, (), (reason,))
    assert solve_exact(instance, seconds=10, seed=0).status is Status.INFEASIBLE


@pytest.mark.parametrize("units", [12, 16])
def test_equal_seeds_give_equal_timetables(monkeypatch, units):
    monkeypatch.setattr(solver_module, "WORK", 0.002)
    monkeypatch.setattr(solver_module, "STALE", 5)
    instance = larger(count=7)
    told = []
    found = [
        solve_full(instance, seconds=60, seed=5, iterations=units, progress=told.append, cancel=lambda: False)
        for _ in range(2)
    ]

    assert found[0].seats == found[1].seats != ()
    assert found[0].value == value(instance, found[0].seats)
    assert {one.phase for one in told} <= {"first", "prove", "anneal", "improve", "whole"}


def test_the_search_goes_on_while_there_is_time(monkeypatch):
    monkeypatch.setattr(solver_module, "STEP", 0.05)
    monkeypatch.setattr(solver_module, "STALL", 0.02)
    instance = larger(count=12)
    found = solve_full(instance, seconds=2, seed=0, workers=2)

    assert found.value == value(instance, found.seats)


def test_neighbourhoods_end_with_the_clock():
    instance = larger(count=12)
    run = solver_module._Run(
        instance,
        solver_module.Clock(seconds=6, iterations=None, cancel=lambda: bool(started)),
        seed=0,
        workers=1,
        progress=None,
    )
    started = []
    run._first()
    begin = run._start
    run._start = lambda: (started.append(1), begin())[1]
    run._improve()

    assert started == [1]
    run.clock = solver_module.Clock(seconds=0.0, iterations=None, cancel=None)
    run._improve()
    assert started == [1]
    run.clock = solver_module.Clock(seconds=1.0, iterations=None, cancel=None)
    run.better = -10.0
    assert run._stalled()


def test_neighbourhoods_make_a_timetable_better_that_nobody_wished_for():
    instance = larger(count=6)
    clock = solver_module.Clock(seconds=60, iterations=12, cancel=None)
    run = solver_module._Run(instance, clock, seed=0, workers=1, progress=None)
    run.seats = first_fit(instance)
    run.value = begun = value(instance, run.seats)
    run._improve()

    assert run.value == value(instance, run.seats) < begun
    assert run.done == 12


def test_cancelling_gives_the_best_so_far():
    found = solve_full(larger(count=12), seconds=10**6, seed=0, cancel=lambda: True)

    assert (found.status, found.seats) == (Status.UNKNOWN, ())
    assert found.reasons == ("No timetable for everything was found in time.",)


def test_two_tracks_never_share_a_room(monkeypatch):
    instance = crowded()
    run = solver_module._Run(
        instance, solver_module.Clock(seconds=5, iterations=None, cancel=None), seed=0, workers=1, progress=None
    )
    made = Model(instance, copies=[1, 1], pool=False, free=[0, 1], seats=None)
    Objective(made).full().minimize()
    job = Job(made.model, seconds=5)
    job.wait(5)

    assert run._clash([(0, 0), (0, 0), (0, 0), (1, 1)])
    monkeypatch.setattr(made, "solved", lambda _: None)
    assert not run._take(made, job)
    monkeypatch.setattr(made, "solved", lambda _: dict.fromkeys(range(4), (0, 0)))
    assert not run._take(made, job)


def test_the_exact_model_wants_one_room_and_no_presenter_twice():
    instance = crowded(tracks_sessions=((0, 4), (0, 0)))
    told = []
    found = solve_exact(instance, seconds=10, seed=0, iterations=50, progress=told.append)
    terms = measure(instance, found.seats)

    assert found.status is Status.OPTIMAL
    assert found.value == found.bound == exact_value(instance, found.seats)
    assert (terms["rooms_per_track"], terms["presenters"]) == (0, 0)
    assert sessions_allowed(instance, 1) == 2
    assert told


def test_the_exact_model_can_be_impossible_or_out_of_time():
    instance = tracks({"A": [{"slots": 2}, {"slots": 2}]}, sessions=(2,))

    assert solve_exact(instance, seconds=10, seed=0).reasons == (
        "No timetable has one room for each track and no presenter in two rooms; a search proved it.",
    )
    found = solve_exact(larger(count=12), seconds=10, seed=0, cancel=lambda: True)
    assert found.seats or found.reasons


def test_packing():
    assert pack([1, 2, 2], [2, 3]) == [1, 0, 1]
    assert pack([2, 2], [3]) is None


def test_neighbourhoods_have_the_wanted_size():
    instance = larger()
    seats = arrange(instance, [(one.track % 3, one.track // 3) for one in instance.submissions])
    neighbours = Neighbours(instance, random.Random(1))
    kinds = set()
    for _ in range(60):
        kind, free = neighbours.draw(seats, 4)
        kinds.add(kind)
        assert 1 <= len(free) <= 6
        assert free == sorted(set(free))

    assert kinds == {"random", "related", "costly", "sessions", "rooms"}


def test_permuting_tracks_changes_no_optimum():
    instance = crowded(submissions_rooms=zeros(4, 2))
    swapped = crowded(
        submissions_rooms=zeros(4, 2),
        similar=((0, 3), (3, 0)),
        rooms=2,
    )
    order = [2, 3, 0, 1]
    swapped = replace(
        swapped,
        tracks=instance.tracks[::-1],
        tracks_rooms=instance.tracks_rooms[::-1],
        submissions=tuple(replace(instance.submissions[i], track=1 - instance.submissions[i].track) for i in order),
        submissions_sessions=tuple(instance.submissions_sessions[i] for i in order),
    )

    assert solve_full(swapped, seconds=10, seed=0).value == solve_full(instance, seconds=10, seed=0).value


def test_a_negative_penalty_is_a_wish():
    instance = tracks(
        {"A": [{}], "B": [{}]},
        weights={"similar": 1, "submissions_rooms": 1},
        similar=((0, -2), (-2, 0)),
        submissions_rooms=((0, -1), (0, 0)),
    )
    found = solve_full(instance, seconds=10, seed=0)

    assert (found.value, measure(instance, found.seats)["similar"], seat(0) in found.seats) == (-3, -2, True)


def test_sessions_too_short_for_a_submission_are_left_out():
    both = {"presenters": people("p")}
    instance = tracks(
        {"A": [{"slots": 2, "order": 2} | both, {"order": 7}, {"order": 1}], "B": [both]},
        sessions=(1, 3),
        weights=all_weights(),
    )
    found = solve_full(instance, seconds=10, seed=0)

    assert found.seats[0].session == 1
    assert measure(instance, found.seats)["order"] == 1
    assert (found.status, found.value) == (Status.OPTIMAL, best_of_all(instance))
    assert solve_exact(instance, seconds=10, seed=0).seats[0].session == 1


def test_a_pool_that_does_not_divide_into_rooms_is_no_timetable():
    instance = tracks({"A": [{"slots": 2, "name": name} for name in "abc"]}, sessions=(3,))
    made = Model(instance, copies=[0], pool=True, free=[0], seats=None)
    job = Job(made.model, seconds=5)
    while job.running:
        job.wait()

    assert job.state == "optimal"
    assert made.solved(job.solver) is None
    assert rooms_needed(instance, 0) == 2


def test_positions_are_improved_for_a_limited_number_of_rounds(monkeypatch):
    monkeypatch.setattr(positions, "ROUNDS", 1)
    both = {"presenters": people("p")}
    instance = tracks(
        {"A": [both, both | {"name": "x"}], "B": [both, both | {"name": "y"}]},
        sessions=(3,),
        weights={"presenters_slot": 1},
    )

    assert measure(instance, arrange(instance, [(0, 0), (0, 0), (0, 1), (0, 1)]))["presenters_slot"] <= 2


def test_a_fixed_submission_may_be_where_a_free_one_cannot():
    both = {"presenters": people("p")}
    instance = tracks({"A": [both | {"slots": 2}], "B": [both]}, sessions=(1, 2), weights=all_weights())
    made = Model(instance, copies=[1, 1], pool=False, free=[0], seats=[seat(1), seat(0)])
    objective = Objective(made).full()
    objective.minimize()
    job = Job(made.model, seconds=5)
    while job.running:
        job.wait()

    assert (job.state, job.bound) == ("optimal", 0)
    assert made.solved(job.solver)[0][0] == 1
