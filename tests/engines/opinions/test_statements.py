from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.opinions.statements import NOT_VOTED, BadProblem, Group, Problem, solve, verify
from hemicycle.engines.opinions.statements.axes import columns, draw
from hemicycle.engines.opinions.statements.cluster import divide, kmeans, rand_index, silhouettes
from hemicycle.engines.opinions.statements.evidence import half_agreement, variance_p
from hemicycle.engines.opinions.statements.findings import _greater, common_ground, representative
from hemicycle.engines.opinions.statements.generate import generate, shuffle
from hemicycle.engines.opinions.statements.solver import needed

TWO = generate(people=80, statements=24, seed=2, answered=0.8, divided=0.8)
NONE = shuffle(TWO, seed=1)
SOLVED = solve(TWO)
REFUSED = solve(NONE)


def votes(*rows):
    return np.array(rows, dtype=np.int8)


def ask(table):
    return Problem(
        people=tuple(f"p{i}" for i in range(len(table))),
        statements=tuple(f"s{j}" for j in range(table.shape[1])),
        votes=table,
    )


def forever():
    return False


@st.composite
def tables(draw):
    shape = (draw(st.integers(0, 14)), draw(st.integers(0, 9)))
    kind = st.sampled_from([1, 0, -1, NOT_VOTED])
    return np.array(
        draw(st.lists(kind, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])), dtype=np.int8
    ).reshape(shape)


def test_two_groups_are_found_again_with_what_divides_them():
    sides = [{f"p{i}" for i in range(start, 80, 2)} for start in (0, 1)]

    assert sorted(map(sorted, (group.members for group in SOLVED.groups))) == sorted(map(sorted, sides))
    assert (SOLVED.test.clear, SOLVED.test.p, SOLVED.test.smallest, SOLVED.test.needed) == (True, 0.01, 40, 10)
    assert {finding.group for finding in SOLVED.findings} == {0, 1}
    assert verify(TWO, SOLVED) == ()


def test_three_groups_are_three():
    problem = generate(people=150, statements=60, seed=4, groups=3, answered=0.8, divided=0.9)
    solution = solve(problem)

    assert sorted(len(group.members) for group in solution.groups) == [50, 50, 50]
    assert verify(problem, solution) == ()


def test_shuffled_votes_have_no_clear_groups():
    assert (REFUSED.groups, REFUSED.findings, REFUSED.test.clear) == (None, (), False)
    assert len(REFUSED.clusters) >= 2
    assert verify(NONE, REFUSED) == ()
    assert [solve(shuffle(TWO, seed=seed)).groups for seed in range(2)] == [None] * 2


def test_cross_fitting_finds_next_to_nothing_in_shuffled_votes():
    found = []
    for seed in range(8):
        table = shuffle(TWO, seed=seed).votes
        rng = np.random.default_rng(seed)
        labels = kmeans(draw(table).positions, 2, rng)
        found.append(len(representative(table, TWO.statements, labels, rng, minimum=10)))

    assert sum(found) <= 8


def test_a_group_that_is_too_small_is_not_named():
    small = np.vstack([np.tile(votes([1] * 12), (40, 1)), np.tile(votes([-1] * 12), (8, 1))])
    noise = np.random.default_rng(1).random(small.shape) < 0.2
    solution = solve(ask(np.where(noise, -small, small).astype(np.int8)))

    assert (solution.groups, solution.test.p, solution.test.smallest, solution.test.needed) == (None, 0.01, 9, 10)
    assert solution.test.agreement > 0.3


@pytest.mark.parametrize(("people", "fewest"), [(0, 10), (200, 10), (201, 11), (1000, 50)])
def test_a_group_needs_ten_people_and_a_twentieth(people, fewest):
    assert needed(people) == fewest


def test_who_votes_too_little_is_not_placed():
    table = TWO.votes.copy()
    table[0, 6:] = NOT_VOTED
    table[1, :] = NOT_VOTED
    solution = solve(replace(TWO, votes=table))

    assert solution.left_out == 2
    assert not {"p0", "p1"} & set(solution.placed)
    assert verify(replace(TWO, votes=table), solution) == ()


@settings(max_examples=20, deadline=None)
@given(table=tables())
def test_any_table_gets_an_answer_that_verifies(table):
    problem = ask(table)

    assert verify(problem, solve(problem)) == ()


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_neither_rows_nor_columns_nor_signs_matter(seed):
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(80), rng.permutation(24)
    mixed = Problem(
        people=tuple(TWO.people[i] for i in rows),
        statements=tuple(TWO.statements[j] for j in columns),
        votes=TWO.votes[rows][:, columns],
    )
    other = solve(mixed)
    turned = solve(replace(TWO, votes=np.where(TWO.votes == NOT_VOTED, NOT_VOTED, -TWO.votes).astype(np.int8)))

    sides = {frozenset(group.members) for group in SOLVED.groups}
    assert [set(group.members) for group in other.groups] == [set(group.members) for group in SOLVED.groups]
    assert (other.test, other.silhouette, other.findings, other.common_ground) == (
        SOLVED.test,
        SOLVED.silhouette,
        SOLVED.findings,
        SOLVED.common_ground,
    )
    assert [axis.weights for axis in other.axes] == [tuple(a.weights[j] for j in columns) for a in SOLVED.axes]
    assert {frozenset(group.members) for group in turned.groups} == sides


def test_equal_seeds_give_equal_answers():
    assert replace(solve(TWO), seconds=0) == replace(SOLVED, seconds=0)
    again = generate(people=80, statements=24, seed=2, answered=0.8, divided=0.8)
    assert (again.votes == TWO.votes).all()


def test_without_time_nothing_is_named():
    phases = []
    stopped = solve(TWO, seconds=0, progress=phases.append)

    assert (stopped.test.p, stopped.groups) == (None, None)
    assert verify(TWO, stopped) == ()
    assert solve(TWO, cancel=lambda: True).groups is None
    assert [progress.phase for progress in phases] == ["axes", "groups", "test", "findings"]


def test_common_ground_is_what_the_least_supportive_group_supports():
    table = votes(*[[1, 1, NOT_VOTED]] * 10, *[[1, -1, 1]] * 10)
    found = common_ground(table, ("a", "b", "c"), np.repeat([0, 1], 10))

    assert [(c.statement, c.lower_bound) for c in found] == [("a", 0.7225), ("b", 0.0), ("c", 0.0)]


def test_sparse_and_filled_votes_lie_on_the_same_axes():
    table = generate(people=80, statements=40, seed=2, answered=0.24, divided=0.9).votes
    matrix, centre = columns(table)
    filled = (matrix.toarray() - centre).astype(float)
    _, values, vectors = np.linalg.svd(filled, full_matrices=False)
    drawn = draw(table)

    assert np.abs(np.abs(vectors[:2]) - np.abs(drawn.weights.T)).max() < 0.01
    assert drawn.shares == pytest.approx((values**2 / (values**2).sum())[:2], rel=1e-3)
    assert filled.mean(axis=0) == pytest.approx(np.zeros(40), abs=1e-6)
    many = generate(people=30, statements=90, seed=2, answered=0.9).votes
    matrix, centre = columns(many)
    _, values, vectors = np.linalg.svd((matrix.toarray() - centre).astype(float), full_matrices=False)
    assert np.abs(np.abs(vectors[:2]) - np.abs(draw(many).weights.T)).max() < 1e-4
    assert draw(many).shares == pytest.approx((values**2 / (values**2).sum())[:2], rel=1e-3)
    dense = draw(generate(people=80, statements=40, seed=2, answered=0.9).votes)
    assert 0 < dense.shares[1] < dense.shares[0] < 1


def test_without_variance_there_are_no_axes_to_speak_of():
    same = np.ones((30, 12), dtype=np.int8)

    assert (solve(ask(same)).clusters, solve(ask(same)).silhouette) == ((), None)
    assert draw(same).shares.tolist() == [0, 0]


def test_kmeans_and_silhouettes_on_points_anybody_can_check():
    points = np.array([[0.0, 0], [0, 1], [10, 0], [10, 1]])
    rng = np.random.default_rng(0)
    labels = kmeans(points, 2, rng)

    assert rand_index(labels, np.array([0, 0, 1, 1])) == 1
    assert silhouettes(points, [labels], rng)[0] == pytest.approx([1 - 1 / ((10 + 101**0.5) / 2)] * 4)
    assert silhouettes(points, [np.array([0, 0, 0, 1])], rng)[0][3] == 0
    assert divide(points[:1], rng) is None
    assert divide(points, rng).groups == 2


def test_silhouettes_of_many_people_are_sampled():
    rng = np.random.default_rng(0)
    points = rng.standard_normal((2100, 2))

    assert silhouettes(points, [np.arange(2100) % 2], rng).shape == (1, 2000)


def test_a_group_that_loses_everybody_comes_back():
    """Seeds that Lloyd's algorithm would leave empty: k groups come out all the same."""
    for seed in range(30):
        rng = np.random.default_rng(seed)
        points = np.round(rng.standard_normal((7, 2)))
        k = min(5, len(np.unique(points, axis=0)))
        assert len(np.unique(kmeans(points, k, rng))) == k


def test_searches_that_do_not_settle_end_all_the_same(monkeypatch):
    monkeypatch.setattr("hemicycle.engines.opinions.statements.axes.ROUNDS", 1)
    monkeypatch.setattr("hemicycle.engines.opinions.statements.cluster.MOST_ROUNDS", 1)
    table = generate(people=60, statements=40, seed=2, answered=0.2).votes
    points = draw(table).positions

    assert points.shape == (60, 2)
    assert len(np.unique(kmeans(points, 3, np.random.default_rng(0)))) == 3


@pytest.mark.parametrize(
    ("a", "b", "index"),
    [([0, 0, 1, 1], [1, 1, 0, 0], 1.0), ([0, 0, 0], [0, 0, 0], 1.0), ([0, 0, 1, 1], [0, 1, 0, 1], -0.5)],
)
def test_the_adjusted_rand_index(a, b, index):
    assert rand_index(np.array(a), np.array(b)) == pytest.approx(index)


def test_large_consultations_are_tested_on_a_part():
    table = generate(people=1300, statements=20, seed=2, answered=0.9).votes
    rng = np.random.default_rng(0)

    assert variance_p(table, rng, stop=forever) == 0.01
    assert half_agreement(table, 2, rng, stop=forever) > 0.3


def test_too_little_to_split_has_no_agreement():
    rng = np.random.default_rng(0)

    assert half_agreement(votes(*[[1, -1, 1]] * 4), 2, rng, stop=forever) is None
    assert half_agreement(np.ones((9, 20), dtype=np.int8), 2, rng, stop=forever) is None


def test_halves_that_cannot_be_grouped_give_no_findings():
    labels = np.repeat([0, 1], 10)

    assert (
        representative(np.ones((20, 8), dtype=np.int8), tuple("abcdefgh"), labels, np.random.default_rng(0), minimum=1)
        == []
    )


def test_small_tables_are_tested_exactly():
    """Fisher's tea: 4 of 4 right, 0 of 4 outside: 1 / 70."""
    one = [np.array([value]) for value in (4, 4, 0, 4)]
    large = [np.array([value]) for value in (60, 100, 40, 100)]

    assert _greater(*one)[0] == pytest.approx(1 / 70)
    assert _greater(*large)[0] == pytest.approx(0.0036, abs=2e-4)
    assert _greater(*(np.array([0]) for _ in range(4)))[0] == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"people": ("a", "a")}, "participant a: the id is there 2 times"),
        ({"statements": ("s", "s")}, "statement s: the id is there 2 times"),
        ({"votes": votes([1])}, "votes: the shape is (1, 1), not (2, 1)"),
        ({"votes": np.array([[1], [1]])}, "votes: int8 is expected"),
        ({"votes": votes([1], [3])}, "votes: only -1, 0, 1 and 2 (not voted) are known"),
    ],
)
def test_contradictions_are_refused(changes, sentence):
    with pytest.raises(BadProblem) as caught:
        Problem(**{"people": ("a", "b"), "statements": ("s",), "votes": votes([1], [0])} | changes)

    assert str(caught.value) == sentence


def finding(**changes):
    return replace(SOLVED, findings=(replace(SOLVED.findings[0], **changes),))


BEST = SOLVED.common_ground[0]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (replace(SOLVED, left_out=1), "those with enough votes are not those who are placed"),
        (replace(SOLVED, clusters=SOLVED.clusters[:1]), "the groups do not hold everybody once"),
        (replace(SOLVED, test=replace(SOLVED.test, needed=9)), "the size a group needs is wrong"),
        (replace(SOLVED, test=replace(SOLVED.test, smallest=39)), "the smallest group is miscounted"),
        (
            replace(SOLVED, test=replace(SOLVED.test, p=0.06)),
            "groups are named against the test, or not named in spite of it",
        ),
        (replace(SOLVED, groups=None), "groups are named against the test, or not named in spite of it"),
        (replace(SOLVED, groups=(Group(()),)), "the named groups are others"),
        (replace(SOLVED, groups=None), "findings without groups"),
        (replace(SOLVED, common_ground=()), "common ground does not hold every statement once"),
        (replace(SOLVED, common_ground=SOLVED.common_ground[::-1]), "common ground is not in order"),
        (
            replace(SOLVED, common_ground=(replace(BEST, lower_bound=1.0), *SOLVED.common_ground[1:])),
            f"the lower bound of {BEST.statement} is wrong",
        ),
        (finding(statement="z"), "a finding is about something unknown"),
        (finding(answer="maybe"), f"the finding about {SOLVED.findings[0].statement} is none"),
        (finding(p=0.2), f"the finding about {SOLVED.findings[0].statement} is not certain enough"),
    ],
)
def test_what_is_wrong_is_said(broken, sentence):
    assert sentence in verify(TWO, broken)
