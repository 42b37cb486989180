from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.opinions.shares import (
    BadProblem,
    Completion,
    Phase,
    Problem,
    Project,
    Rule,
    Status,
    Voter,
    certify,
    revise,
    solve,
    verify,
)
from hemicycle.engines.opinions.shares.completion import Round, add_one
from hemicycle.engines.opinions.shares.equal import equal_shares
from hemicycle.engines.opinions.shares.generate import generate
from hemicycle.engines.opinions.shares.indexed import Indexed
from hemicycle.engines.opinions.shares.payments import by_category
from hemicycle.engines.opinions.shares.solution import Neglect, Paid
from tests.engines.opinions.elections import election, elections, every_step, towns, winners

RULES = [(Rule.MES, completion) for completion in Completion] + [
    (Rule.PHRAGMEN, Completion.NONE),
    (Rule.VOTES, Completion.NONE),
]


@settings(max_examples=80, deadline=None)
@given(problem=elections(), seed=st.integers(0, 3))
def test_every_answer_verifies_under_every_rule(problem, seed):
    for rule, completion in RULES:
        solution = solve(problem, rule=rule, completion=completion, seed=seed)

        assert verify(problem, solution) == ()
        assert solution.audit in ((True,) if rule is Rule.MES else (None,))


@settings(max_examples=100, deadline=None)
@given(problem=elections())
def test_adding_one_with_jumps_is_adding_one_every_time(problem):
    solution = solve(problem, completion=Completion.ADD1)

    assert (winners(solution), solution.endowment) == every_step(problem, solution.order)


@pytest.mark.parametrize(("classes", "few"), [(500, True), (0, False)])
def test_a_tie_between_people_of_equal_means_is_jumped_over(monkeypatch, classes, few):
    """Once y and a are paid p has nothing left, so b and c have two votes each whatever the endowment is."""
    monkeypatch.setattr("hemicycle.engines.opinions.shares.completion.MOST_CLASSES", classes)
    costs = {"y": 2000, "a": 1300, "b": 1400, "c": 1400, "d": 1000}
    problem = election(costs, ["yabc", *"yyyaabbccd"], 7700, unit=Fraction(1, 4))
    rounds = []
    solution = solve(problem, completion=Completion.ADD1, progress=rounds.append)

    assert (winners(solution), solution.endowment) == every_step(problem, solution.order)
    assert (len(rounds) < 500) == few


@settings(max_examples=60, deadline=None)
@given(problem=elections(scores=False))
def test_equal_shares_never_neglects_a_group(problem):
    for completion in Completion:
        assert solve(problem, completion=completion).certificate.holds


@settings(max_examples=60, deadline=None)
@given(problem=elections(), random=st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_names_of_voters_matter(problem, random):
    rows, projects = list(problem.voters), list(problem.projects)
    random.shuffle(rows)
    random.shuffle(projects)
    renamed = tuple(replace(voter, id=f"other {voter.id}") for voter in rows)
    for rule, completion in RULES:
        plain = solve(problem, rule=rule, completion=completion)
        mixed = solve(replace(problem, voters=renamed, projects=tuple(projects)), rule=rule, completion=completion)

        assert (mixed.winners, mixed.uncovered, mixed.order) == (plain.winners, plain.uncovered, plain.order)


@settings(max_examples=60, deadline=None)
@given(problem=elections(), factor=st.sampled_from([2, 60, Fraction(1, 7)]))
def test_another_currency_changes_nothing(problem, factor):
    other = replace(
        problem,
        projects=tuple(replace(project, cost=project.cost * factor) for project in problem.projects),
        budget=problem.budget * factor,
        unit=problem.unit * factor,
    )
    for rule, completion in RULES:
        plain, changed = (solve(p, rule=rule, completion=completion) for p in (problem, other))

        assert winners(changed) == winners(plain)


def test_a_minority_gets_its_share_where_most_votes_give_it_nothing():
    shares, votes = solve(towns(), completion=Completion.NONE), solve(towns(), rule=Rule.VOTES)

    assert [sum(project in town for project in winners(shares)) for town in ("abcdefghij", "klmnopqrst")] == [5, 4]
    assert (shares.uncovered, shares.certificate.holds) == (0.0, True)
    assert winners(votes) == sorted(winners(votes), key=votes.order.index)
    assert (set(winners(votes)), votes.uncovered) == (set("abcdefghij"), 0.49)
    assert votes.certificate.neglected[0] == Neglect("k", 49, 0)
    assert verify(towns(), votes) == ()


def test_supporters_pay_equally_and_who_is_short_pays_all():
    problem = election({"a": 6, "b": 6}, ["a", "a", "ab", "b", "b"], 15)
    solution = solve(problem, completion=Completion.NONE)

    assert [(w.project, w.most, w.phase) for w in solution.winners] == [
        (solution.order[0], Fraction(2), Phase.SHARES),
        (solution.order[1], Fraction(5, 2), Phase.SHARES),
    ]
    assert solution.endowment == 3


def test_scores_weigh_support():
    voters = (Voter(id="x", supports=("a", "b"), scores=(3, 1)), Voter(id="y", supports=("b",)))
    problem = Problem(projects=(Project(id="a", cost=4), Project(id="b", cost=4)), voters=voters, budget=8)
    solution = solve(problem, completion=Completion.NONE)

    assert [(w.project, w.most) for w in solution.winners] == [("a", Fraction(4, 3)), ("b", Fraction(4))]
    assert winners(solve(problem, rule=Rule.VOTES)) == ["a", "b"]


def test_of_equals_the_cheaper_then_the_published_order_wins():
    problem = election({"a": 5, "b": 4, "c": 4}, ["abc"] * 3, 9)
    orders = {solve(problem, seed=seed).order for seed in range(20)}

    assert orders == {("b", "c", "a"), ("c", "b", "a")}
    for seed in range(20):
        solution = solve(problem, seed=seed, completion=Completion.NONE)
        assert winners(solution) == list(solution.order[:2])


def test_a_tie_that_floating_point_cannot_see_is_decided_in_whole_numbers():
    """After x, both a and b have 2 of 3 supporters short; b's cost differs by less than a double can hold."""
    many = 3 * 10**17
    costs = {"x": many, "a": 2 * many // 3, "b": 2 * many // 3 + 1}
    problem = election(costs, ["xab", "xab", "a", "b", "xab"], 5 * many // 2)
    for seed in range(4):
        solution = solve(problem, seed=seed, completion=Completion.NONE)

        assert verify(problem, solution) == ()
        assert solution.audit


def test_just_enough_money_is_enough_and_a_hair_less_is_not():
    exact = election({"a": Fraction(2, 3)}, ["a", "a", ""], 1)
    dearer = election({"a": Fraction(2, 3) + Fraction(1, 10**15)}, ["a", "a", ""], 1)

    assert [winners(solve(problem, completion=Completion.NONE)) for problem in (exact, dearer)] == [["a"], []]
    # 4 − 5/3 three times is 7, but in floating point each has a little less than the third of 7
    thirds = solve(election({"a": 5, "b": 7}, ["ab"] * 3 + [""], 16), completion=Completion.NONE)
    assert [(w.project, w.most) for w in thirds.winners] == [("a", Fraction(5, 3)), ("b", Fraction(7, 3))]


def test_a_project_dearer_than_the_budget_cannot_win_nor_stop_the_others():
    problem = election({"a": 50, "b": 200}, ["ab"] * 10, 100)

    assert winners(solve(problem)) == ["a"]
    assert solve(problem).status is Status.COMPLETE


def test_what_costs_nothing_wins_if_anybody_wants_it():
    problem = election({"a": 0, "b": 0, "c": 5}, ["a", "c"], 4)

    assert [winners(solve(problem, rule=rule)) for rule in Rule] == [["a"], ["a"], ["a"]]


def test_completion_goes_on_by_votes():
    problem = election({"a": 10, "b": 9, "c": 3}, ["a"] * 5 + ["b"] * 3 + ["c"] * 2, 14)
    phases = {c: [(w.project, w.phase) for w in solve(problem, completion=c).winners] for c in Completion}

    assert phases[Completion.NONE] == []
    assert phases[Completion.ADD1] == [("a", Phase.SHARES), ("c", Phase.SHARES)]
    assert phases[Completion.ADD1U] == phases[Completion.ADD1]
    shared = election({"a": 10, "b": 5, "c": 4}, ["a"] * 5 + ["b"] * 5 + ["c"], 14)
    assert [(w.project, w.phase) for w in solve(shared).winners] == [("b", Phase.SHARES), ("c", Phase.VOTES)]


def test_clones_do_not_slow_down_a_long_way():
    """Two equal projects tie at every endowment; 300,000 endowments lie between the first and the last."""
    problem = election({"a": 300_000, "b": 300_000, "c": 900_000}, ["ab", "ab", "c"], 900_000)
    solution = solve(problem, completion=Completion.ADD1, seconds=5)

    assert (solution.status, sorted(winners(solution)), solution.audit) == (Status.COMPLETE, ["a", "b"], True)
    assert solution.endowment == 899_999


def test_phragmen_ends_before_the_first_project_that_does_not_fit():
    problem = election({"a": 4, "b": 5, "c": 6}, ["a", "b", "b", "c"], 10)
    solution = solve(problem, rule=Rule.PHRAGMEN)

    assert [(w.project, w.most) for w in solution.winners] == [("b", Fraction(5, 2)), ("a", Fraction(4))]
    assert winners(solve(replace(problem, budget=15), rule=Rule.PHRAGMEN)) == ["b", "a", "c"]


def test_time_and_cancelling_end_with_the_best_so_far():
    problem = election({"a": 1000, "b": 700}, ["a"] * 3 + ["b"], 1100)
    calls = []
    for limits in ({"seconds": 0}, {"cancel": lambda: True}, {"cancel": lambda: False, "progress": calls.append}):
        solution = solve(problem, **limits)
        assert verify(problem, solution) == ()
        assert solution.status is (Status.COMPLETE if calls else Status.STOPPED)
    assert calls[0].endowment == 275
    assert calls[0].spent == 0


def test_large_answers_verify_and_are_the_same_every_time():
    problem = generate(voters=300, projects=30, budget=100_000, seed=4)
    solution = solve(problem)

    assert problem == generate(voters=300, projects=30, budget=100_000, seed=4)
    assert verify(problem, solution) == ()
    assert replace(solve(problem), seconds=0) == replace(solution, seconds=0)
    assert all(len(w.paid) >= 1 for w in solution.winners if w.phase is Phase.SHARES)
    for winner in solution.winners:
        if winner.phase is Phase.SHARES and sum(line.supporters for line in winner.paid) == winner.supporters:
            assert sum(line.amount for line in winner.paid) == winner.price


def test_one_run_equals_the_exact_one_on_ballots_with_scores():
    rng = Random(5)
    base = generate(voters=60, projects=12, budget=1000, seed=5)
    voters = tuple(replace(v, scores=tuple(rng.randint(1, 5) for _ in v.supports)) for v in base.voters)
    problem = replace(base, voters=voters)

    assert verify(problem, solve(problem, completion=Completion.ADD1)) == ()


def test_rounds_that_buy_the_same_are_jumped_over():
    index = Indexed(election({"a": 10**6, "b": 10**6 - 1}, ["a"] * 5 + ["b"] * 2, 10**6), 0)
    first = Round(Fraction(10**6, 7), tuple(equal_shares(index, Fraction(10**6, 7))))
    asked = []
    last, ended = add_one(index, first, stop=lambda best: bool(asked.append(best)))

    assert (ended, last.projects, len(asked) < 500) == (True, [0], True)


def test_small_categories_are_told_together_or_not_at_all():
    amounts = {"a": Fraction(3), "b": Fraction(1), "c": Fraction(2), "": Fraction(4)}

    def lines(**people):
        return by_category(people, {k: amounts[k] for k in people}, minimum=10)

    assert lines(a=20, b=10) == (Paid("a", 20, Fraction(3)), Paid("b", 10, Fraction(1)))
    assert lines(a=20, b=11, c=3) == (Paid("a", 20, Fraction(3)), Paid("other", 14, Fraction(3)))
    assert lines(a=20, b=5, c=6) == (Paid("a", 20, Fraction(3)), Paid("other", 11, Fraction(3)))
    assert lines(a=6, c=3) == ()
    assert by_category({"a": 20, "": 3}, amounts, minimum=10) == (Paid("other", 23, Fraction(7)),)


def test_payments_are_told_by_category():
    voters = [Voter(id=f"v{i}", supports=("a",), category="x" if i < 12 else "y") for i in range(24)]
    problem = Problem(projects=(Project(id="a", cost=48),), voters=tuple(voters), budget=48)

    assert solve(problem).winners[0].paid == (Paid("x", 12, Fraction(24)), Paid("y", 12, Fraction(24)))
    assert solve(problem, rule=Rule.PHRAGMEN).winners[0].paid == solve(problem).winners[0].paid
    assert solve(problem, rule=Rule.VOTES).winners[0].paid == ()


def test_a_revision_says_what_hard_constraints_changed():
    problem = election({"a": 5, "b": 5, "c": 5}, ["a", "ab", "b", "c"], 10)
    solution = solve(problem)
    changed = revise(problem, solution, ["a", "c"])

    assert sorted(winners(solution)) == ["a", "b"]
    assert (changed.dropped, changed.added, changed.spent, changed.lost, changed.gained) == (("b",), ("c",), 10, 1, 1)
    assert changed.certificate == certify(problem, {"a", "c"})
    with pytest.raises(ValueError, match="project d is not known"):
        revise(problem, solution, ["d"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"budget": -1}, "budget: below 0"),
        ({"unit": 0}, "unit: not above 0"),
        ({"projects": (Project(id="a", cost=1),) * 2}, "project a: the id is there 2 times"),
        ({"projects": (Project(id="a", cost=-1),)}, "project a: the cost is below 0"),
        ({"voters": (Voter(id="v", supports=()),) * 2}, "voter v: the id is there 2 times"),
        ({"voters": (Voter(id="v", supports=("z",)),)}, "voter v: a project is not known"),
        ({"voters": (Voter(id="v", supports=("a", "a")),)}, "voter v: a project is there twice"),
        ({"voters": (Voter(id="v", supports=("a",), scores=(1, 2)),)}, "voter v: one score per project is needed"),
        ({"voters": (Voter(id="v", supports=("a",), scores=(0,)),)}, "voter v: a score is below 1"),
    ],
)
def test_contradictions_are_refused(changes, sentence):
    usual = {"projects": (Project(id="a", cost=1),), "voters": (), "budget": 1}
    with pytest.raises(BadProblem) as caught:
        Problem(**usual | changes)

    assert str(caught.value) == sentence
