from dataclasses import replace
from fractions import Fraction

import pytest

from hemicycle.engines.opinions.shares import Completion, Phase, Rule, Status, solve, verify
from hemicycle.engines.opinions.shares.solution import Certificate, Neglect, Paid
from tests.engines.opinions.elections import election

PROBLEM = election({"a": 6, "b": 5, "c": 4, "d": 3}, ["ab", "ab", "a", "c", "cd", "d"], 13)
SHARES = solve(PROBLEM, completion=Completion.ADD1)
MORE = solve(PROBLEM, completion=Completion.ADD1U)
PHRAGMEN = solve(PROBLEM, rule=Rule.PHRAGMEN)
VOTES = solve(PROBLEM, rule=Rule.VOTES)


def with_winner(solution, place, **changes):
    found = list(solution.winners)
    found[place] = replace(found[place], **changes)
    return replace(solution, winners=tuple(found))


def without_last(solution):
    """A solution whose last winner is gone, with figures that fit."""
    kept = solution.winners[:-1]
    names = {winner.project for winner in kept}
    nothing = sum(1 for voter in PROBLEM.voters if names.isdisjoint(voter.supports))
    return replace(
        solution,
        winners=kept,
        spent=sum(winner.price for winner in kept),
        uncovered=nothing / len(PROBLEM.voters),
        certificate=Certificate(holds=True),
    )


def test_what_is_right_is_accepted():
    assert [verify(PROBLEM, solution) for solution in (SHARES, MORE, PHRAGMEN, VOTES)] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (with_winner(SHARES, 0, project="z"), "a winner is unknown or there twice"),
        (replace(SHARES, winners=SHARES.winners * 2), "a winner is unknown or there twice"),
        (replace(SHARES, order=("a",)), "the order of ties does not hold every project once"),
        (replace(SHARES, spent=1), "the money spent is not the sum of the costs, or more than the budget"),
        (replace(SHARES, uncovered=0.5), "the share of voters with nothing is wrong"),
        (with_winner(SHARES, 0, supporters=9), "the price or the supporters of c are wrong"),
        (with_winner(SHARES, 0, price=9), "the price or the supporters of c are wrong"),
        (with_winner(SHARES, 0, paid=(Paid("x", 9, Fraction(99)),)), "more was paid for c than it costs"),
        (replace(SHARES, certificate=Certificate(holds=False)), "the certificate is wrong"),
        (
            replace(SHARES, certificate=Certificate(holds=True, neglected=(Neglect("d", 1, 0),))),
            "the certificate is wrong",
        ),
        (with_winner(SHARES, 0, most=Fraction(1)), "exact fractions pay something else"),
        (replace(SHARES, endowment=Fraction(1)), "the endowment is not the equal share and whole units"),
        (
            replace(SHARES, endowment=SHARES.endowment + Fraction(1, 2)),
            "the endowment is not the equal share and whole units",
        ),
        (replace(SHARES, endowment=Fraction(13, 6)), "one more unit for everybody still fits the budget"),
        (with_winner(SHARES, -1, phase=Phase.VOTES), "exact fractions buy something else"),
        (with_winner(SHARES, -1, phase=Phase.VOTES), "a winner has no share to pay for it"),
        (without_last(MORE), "by votes, other projects come next"),
        (without_last(VOTES), "by votes, other projects come next"),
        (without_last(PHRAGMEN), "Phragmén's rule buys something else"),
    ],
)
def test_what_is_wrong_is_said(broken, sentence):
    assert any(sentence.replace(" c ", f" {broken.winners[0].project} ") == said for said in verify(PROBLEM, broken))


def test_a_stopped_run_need_not_reach_the_end():
    stopped = solve(PROBLEM, completion=Completion.ADD1, seconds=0)

    assert (stopped.status, verify(PROBLEM, stopped)) == (Status.STOPPED, ())
    assert verify(PROBLEM, replace(stopped, status=Status.COMPLETE)) == (
        "one more unit for everybody still fits the budget",
    )
