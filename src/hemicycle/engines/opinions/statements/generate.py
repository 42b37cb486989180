"""Made-up consultations of any size, equal for equal seeds: for tests, benchmarks and trying out."""

import numpy as np

from hemicycle.engines.opinions.statements.problem import AGREE, DISAGREE, NOT_VOTED, PASS, Problem

# Share of the votes that are no pass.
DECIDED = 0.9


def generate(
    *, people: int, statements: int, seed: int, groups: int = 2, answered: float = 0.3, divided: float = 0.4
) -> Problem:
    """Return a consultation with groups that differ on some statements; `shuffle` takes the groups away.

    Args:
        people, statements: numbers.
        seed: of the random numbers.
        groups: of equal size; person i is in group i mod groups.
        answered: share of the statements a person votes on.
        divided: share of the statements on which groups differ.
    """
    rng = np.random.default_rng(seed)
    shared = rng.beta(2, 2, statements)
    own = rng.beta(0.4, 0.4, (groups, statements))
    agree = np.where(rng.random(statements) < divided, own, shared)
    votes = np.empty((people, statements), dtype=np.int8)
    for person in range(people):
        draw, asked = rng.random(statements), rng.random(statements) < answered
        vote = np.where(draw < DECIDED * agree[person % groups], AGREE, np.where(draw < DECIDED, DISAGREE, PASS))
        votes[person] = np.where(asked, vote, NOT_VOTED)
    return Problem(
        people=tuple(f"p{i}" for i in range(people)), statements=tuple(f"s{j}" for j in range(statements)), votes=votes
    )


def shuffle(problem: Problem, *, seed: int) -> Problem:
    """Return the problem with the votes of every statement shuffled among those who voted: no structure is left."""
    rng = np.random.default_rng(seed)
    votes = problem.votes.copy()
    for column in votes.T:
        rows = np.flatnonzero(column != NOT_VOTED)
        column[rows] = column[rng.permutation(rows)]
    return Problem(people=problem.people, statements=problem.statements, votes=votes)
