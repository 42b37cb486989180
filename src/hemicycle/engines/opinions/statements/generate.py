"""Made-up consultations of any size, equal for equal seeds: for tests, benchmarks and trying out."""

import numpy as np

from hemicycle.engines.opinions.statements.problem import NOT_VOTED, Problem


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
    agree = np.where(rng.random(statements) < divided, own, shared)[np.arange(people) % groups]
    draw = rng.random((people, statements), dtype=np.float32)
    votes = np.where(draw < 0.9 * agree, 1, np.where(draw < 0.9, -1, 0)).astype(np.int8)
    votes[rng.random((people, statements), dtype=np.float32) >= answered] = NOT_VOTED
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
