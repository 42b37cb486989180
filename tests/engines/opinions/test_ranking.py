from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult

from hemicycle.engines.opinions.ranking import BadProblem, Ballot, Consensus, Problem, solve, verify
from hemicycle.engines.opinions.ranking import kemeny as module
from hemicycle.engines.opinions.ranking.generate import generate
from hemicycle.engines.opinions.ranking.kemeny import disagreements, kemeny

# Ten sides each of which beat some others: the linear program needs its variables to be whole.
TOURNAMENT = [
    "0111100111",
    "0000101011",
    "0100011101",
    "0110001000",
    "0011001100",
    "1101101100",
    "1000000101",
    "0101000011",
    "0011111000",
    "0001110010",
]


def ballots(*words):
    return tuple(Ballot(id=f"b{i}", choices=tuple(word)) for i, word in enumerate(words))


def ask(items, *words, longest=0):
    return Problem(items=tuple(items), ballots=ballots(*words), longest=longest)


def best_of_all(above):
    return min(disagreements(above, list(order)) for order in permutations(range(len(above))))


@st.composite
def problems(draw):
    items = "abcdef"[: draw(st.integers(1, 6))]
    words = draw(st.lists(st.lists(st.sampled_from(items), unique=True, max_size=4), max_size=7))
    return ask(items, *words)


@settings(max_examples=100, deadline=None)
@given(problem=problems(), seed=st.integers(0, 5))
def test_every_answer_verifies_and_the_consensus_is_best_of_all(problem, seed):
    solution = solve(problem, seed=seed, times=20)
    number = {item: place for place, item in enumerate(problem.items)}
    above = np.zeros((len(number), len(number)), dtype=np.int64)
    for pair in solution.pairwise:
        above[number[pair.item], number[pair.other]] = pair.above
        above[number[pair.other], number[pair.item]] = pair.below

    assert verify(problem, solution) == ()
    assert solution.kemeny.proven
    assert solution.kemeny.disagreements == best_of_all(above)


@settings(max_examples=40, deadline=None)
@given(problem=problems(), random=st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_their_names_do_not_matter(problem, random):
    rows = list(problem.ballots)
    random.shuffle(rows)
    mixed = replace(problem, ballots=tuple(replace(row, id=f"other {row.id}") for row in rows))
    plain, other = solve(problem, times=20), solve(mixed, times=20)

    assert replace(other, seconds=0) == replace(plain, seconds=0)


def test_the_first_of_k_places_gives_k_points():
    solution = solve(ask("abcd", "abc", "b", "ba"), times=10)

    assert [(p.item, p.score, p.place) for p in solution.places] == [("b", 8, 1), ("a", 5, 2), ("c", 1, 3), ("d", 0, 4)]
    assert [(p.score, p.place) for p in solve(ask("ab", "a", longest=5), times=10).places] == [(5, 1), (0, 2)]


def test_equal_points_are_an_equal_place():
    solution = solve(ask("abc", "a", "b"), times=10)

    assert [(p.item, p.place) for p in solution.places] == [("a", 1), ("b", 1), ("c", 3)]


def test_what_many_agree_on_is_certain_and_what_few_decide_is_a_tie():
    certain = solve(ask("abc", *["abc"] * 50), times=200)
    close = solve(ask("abc", *["a"] * 26, *["b"] * 24), times=200)

    assert [(p.low, p.high, p.tied_with, p.band) for p in certain.places] == [
        (1, 1, (), 1),
        (2, 2, (), 2),
        (3, 3, (), 3),
    ]
    assert [(p.item, p.low, p.high, p.tied_with, p.band) for p in close.places] == [
        ("a", 1, 2, ("b",), 1),
        ("b", 1, 2, ("a",), 1),
        ("c", 3, 3, (), 2),
    ]


def test_a_ranked_item_counts_as_above_an_unranked_one():
    solution = solve(ask("abc", "a", "ba"), times=10)

    assert [(m.item, m.other, m.above, m.below) for m in solution.pairwise] == [
        ("a", "b", 1, 1),
        ("a", "c", 2, 0),
        ("b", "c", 1, 0),
    ]


def test_too_many_items_for_circles_keep_the_bound_from_pairs(monkeypatch):
    monkeypatch.setattr(module, "MOST_ITEMS", 2)
    solution = solve(ask("abc", *["abc"] * 4, *["bca"] * 3, *["cab"] * 2), times=10)

    assert solution.kemeny == Consensus(("a", "b", "c"), 10, 9, proven=False)


def test_a_circle_of_majorities_is_cut_where_fewest_disagree():
    solution = solve(ask("abc", *["abc"] * 4, *["bca"] * 3, *["cab"] * 2), times=10)

    # a over b: 3 say otherwise; b over c: 2; a over c: 5
    assert solution.kemeny == Consensus(("a", "b", "c"), 10, 10, proven=True)


def test_small_categories_are_not_ranked_alone():
    base = generate(people=60, items=5, seed=2, groups=1)
    kinds = ["x"] * 30 + ["y"] * 21 + ["z"] * 9
    crowd = tuple(replace(b, category=kind) for b, kind in zip(base.ballots, kinds, strict=True))
    three = solve(replace(base, ballots=crowd), times=20)
    two = solve(replace(base, ballots=crowd[:51]), times=20)

    assert [(c.name, c.people) for c in three.categories] == [("x", 30)]
    assert [(c.name, c.people) for c in two.categories] == [("x", 30), ("y", 21)]
    assert verify(replace(base, ballots=crowd), three) == ()
    assert three.categories[0].places == solve(replace(base, ballots=crowd[:30]), times=20).places


def test_equal_seeds_give_equal_answers():
    problem = generate(people=200, items=12, seed=3, spread=0.2)

    assert problem == generate(people=200, items=12, seed=3, spread=0.2)
    assert replace(solve(problem, seed=4), seconds=0) == replace(solve(problem, seed=4), seconds=0)
    assert solve(problem, seed=4, times=30).places != solve(problem, seed=5, times=30).places


def test_without_time_places_stand_and_the_consensus_says_it_is_not_proven():
    problem = ask("abcde", *["abcd"] * 3, *["bcda"] * 3, *["cdab"] * 3, *["dabc"] * 3, "e")
    phases = []
    stopped = solve(problem, seconds=0)
    cancelled = solve(problem, cancel=lambda: True, progress=phases.append)

    assert (stopped.kemeny.proven, verify(problem, stopped)) == (False, ())
    assert [(p.low, p.high) for p in stopped.places] == [(p.place, p.place) for p in stopped.places]
    assert cancelled.kemeny == stopped.kemeny
    assert [progress.phase for progress in phases] == ["resample", "count", "consensus"]


def test_whole_numbers_are_asked_for_when_the_linear_program_needs_them():
    above = np.array([[int(sign) for sign in row] for row in TOURNAMENT])
    order, value, bound = kemeny(above, list(range(10)), left=lambda: 60.0)

    assert value == bound == disagreements(above, order)


def test_a_solver_that_stops_without_a_point_leaves_the_best_so_far(monkeypatch):
    circle = np.array([[0, 2, 1], [1, 0, 2], [2, 1, 0]])
    nothing = OptimizeResult(x=None, fun=None, status=1, mip_dual_bound=None)
    monkeypatch.setattr(module, "milp", lambda *_, **__: nothing)

    assert kemeny(circle, [0, 1, 2], left=lambda: 1.0) == ([0, 1, 2], 4, 3)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": ()}, "items: there are none"),
        ({"items": ("a", "a")}, "item a: the id is there 2 times"),
        ({"ballots": ballots("a") * 2}, "ballot b0: the id is there 2 times"),
        ({"ballots": ballots("z")}, "ballot b0: an item is not known"),
        ({"ballots": ballots("aa")}, "ballot b0: an item is there twice"),
        ({"ballots": ballots("ab"), "longest": 1}, "ballot b0: too many items"),
    ],
)
def test_contradictions_are_refused(changes, sentence):
    with pytest.raises(BadProblem) as caught:
        Problem(**{"items": ("a", "b"), "ballots": ()} | changes)

    assert str(caught.value) == sentence


PROBLEM = replace(ask("abc", "ab", "ba", "cab", "b"), longest=3)
CROWD = replace(PROBLEM, ballots=tuple(replace(b, category="x") for b in PROBLEM.ballots))
RIGHT = solve(CROWD, times=20, minimum=2)


def first(solution, **changes):
    return replace(solution, places=(replace(solution.places[0], **changes), *solution.places[1:]))


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (replace(RIGHT, people=9), "the people are miscounted"),
        (replace(RIGHT, categories=(replace(RIGHT.categories[0], people=3),)), "the people of x are miscounted"),
        (replace(RIGHT, pairwise=RIGHT.pairwise[1:]), "a majority is miscounted"),
        (replace(RIGHT, kemeny=replace(RIGHT.kemeny, order=("a",))), "the consensus does not hold every item once"),
        (replace(RIGHT, kemeny=replace(RIGHT.kemeny, disagreements=99)), "the disagreements are miscounted"),
        (replace(RIGHT, kemeny=replace(RIGHT.kemeny, proven=False)), "the bound of the consensus is wrong"),
        (replace(RIGHT, places=RIGHT.places[1:]), "the places do not hold every item once"),
        (first(RIGHT, score=99), "the points or the place of b are wrong"),
        (first(RIGHT, low=2), "the interval of b leaves its place out"),
        (
            replace(RIGHT, places=tuple(replace(p, tied_with=("a",) if p.item == "c" else ()) for p in RIGHT.places)),
            "c is tied with an item that is not tied with it",
        ),
    ],
)
def test_what_is_wrong_is_said(broken, sentence):
    assert verify(CROWD, RIGHT) == ()
    assert sentence in verify(CROWD, broken)
