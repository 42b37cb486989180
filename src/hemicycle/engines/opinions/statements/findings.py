"""What is typical of a group, and what all groups share."""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

from hemicycle.engines.opinions.statements.cluster import Labels
from hemicycle.engines.opinions.statements.evidence import groups_of, split
from hemicycle.engines.opinions.statements.problem import AGREE, DISAGREE, NOT_VOTED, Votes
from hemicycle.engines.opinions.statements.solution import Common, Finding

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
ANSWERS = {"agree": AGREE, "disagree": DISAGREE}
RATE, Z = 0.05, 1.959964
# Expected counts from which on the normal approximation serves (Cochran 1954).
LARGE = 5.0


def representative(
    votes: Votes, statements: tuple[str, ...], labels: Labels, rng: np.random.Generator, *, minimum: int
) -> list[Finding]:
    """Return the statements that groups answer otherwise than the rest, most certain first.

    Cross-fitting: whoever makes groups from votes and then tests the same votes finds differences in pure noise. So the
    groups of one half of the statements are tested on the other half, and the other way round; then
    Benjamini-Hochberg over all tests at a rate of 5 %. Groups of a half carry the number of the group in `labels` that
    they share most people with.

    Args:
        votes: of the people in `labels`, shape (people, statements).
        statements: ids.
        labels: group of each person, from 0.
        rng: for the halves and their groups.
        minimum: votes a statement needs inside and outside the group.
    """
    k = int(labels.max()) + 1
    first, second = split(len(statements), rng)
    tests: list[tuple[float, int, int, str, float, float]] = []
    for train, test in ((first, second), (second, first)):
        halves = groups_of(votes[:, train], k, rng)
        if halves is not None:
            tests += _tests(votes, test, _renumber(halves, labels, k), k, minimum)
    tests.sort()
    threshold = 0
    for place, (p, *_) in enumerate(tests, 1):
        if p <= RATE * place / len(tests):
            threshold = place
    return [
        Finding(group, statements[column], answer, round(inside, 4), round(outside, 4), p)
        for p, column, group, answer, inside, outside in tests[:threshold]
        if inside > outside
    ]


def common_ground(votes: Votes, statements: tuple[str, ...], labels: Labels) -> list[Common]:
    """Return every statement with Wilson's lower bound (95 %) of agreement in its least supportive group, best first.

    Passes count as no agreement; a group without votes on a statement has the bound 0.
    """
    bounds = np.stack([_wilson_low(*_counts(votes[labels == group], AGREE)) for group in np.unique(labels)])
    least = bounds.min(axis=0)
    order = sorted(range(len(statements)), key=lambda j: (-least[j], j))
    return [Common(statements[j], round(float(least[j]), 4)) for j in order]


def _tests(
    votes: Votes, columns: NDArray[np.intp], labels: Labels, k: int, minimum: int
) -> list[tuple[float, int, int, str, float, float]]:
    found = []
    for group in range(k):
        part, rest = votes[labels == group][:, columns], votes[labels != group][:, columns]
        for answer, value in ANSWERS.items():
            hits, voted = _counts(part, value)
            others, all_others = _counts(rest, value)
            p = _greater(hits, voted, others, all_others)
            for place in np.flatnonzero((voted >= max(1, minimum)) & (all_others >= max(1, minimum))):
                inside, outside = hits[place] / voted[place], others[place] / all_others[place]
                found.append((float(p[place]), int(columns[place]), group, answer, float(inside), float(outside)))
    return found


def _counts(votes: Votes, value: int) -> tuple[Ints, Ints]:
    """Return how many gave the answer and how many voted, for each statement."""
    return (votes == value).sum(axis=0), (votes != NOT_VOTED).sum(axis=0)


def _greater(hits: Ints, voted: Ints, others: Ints, all_others: Ints) -> Floats:
    """Return one-sided p-values of "given more often inside": Fisher's exact test, for large tables the z-test."""
    people, given = voted + all_others, hits + others
    mean = given * voted / np.maximum(people, 1)
    deviation = np.sqrt(mean * (people - given) / np.maximum(people, 1) * all_others / np.maximum(people - 1, 1))
    smallest = np.minimum(np.minimum(mean, voted - mean), np.minimum(given - mean, all_others - given + mean))
    p: Floats = ndtr(-(hits - 0.5 - mean) / np.maximum(deviation, np.finfo(float).tiny))
    for place in np.flatnonzero(smallest < LARGE):
        p[place] = _fisher(int(hits[place]), int(voted[place]), int(given[place]), int(people[place]))
    p[p > 1] = 1
    return p


def _fisher(hits: int, voted: int, given: int, people: int) -> float:
    """Return the chance of at least `hits` answers inside when `given` answers fall on `people` at random."""
    count = np.arange(hits, min(voted, given) + 1, dtype=float)
    chances = _choose(given, count) + _choose(people - given, voted - count) - _choose(people, np.array(float(voted)))
    return float(np.exp(chances).sum())


def _choose(n: int, k: Floats) -> Floats:
    """Return the logarithm of the binomial coefficient, −∞ where it is 0."""
    inside = (k >= 0) & (k <= n)
    kept = np.where(inside, k, 0)
    return np.where(inside, gammaln(n + 1) - gammaln(kept + 1) - gammaln(n - kept + 1), -np.inf)


def _wilson_low(hits: Ints, voted: Ints) -> Floats:
    """Return the lower end of Wilson's 95 % interval (Wilson 1927), 0 without votes."""
    n = np.maximum(voted, 1)
    share = hits / n
    middle = share + Z * Z / (2 * n)
    spread = Z * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return np.where(voted > 0, np.maximum(0.0, (middle - spread) / (1 + Z * Z / n)), 0.0)


def _renumber(halves: Labels, labels: Labels, k: int) -> Labels:
    """Give the groups of a half the numbers of the groups they share most people with, one to one."""
    shared = np.zeros((k, k), dtype=np.int64)
    np.add.at(shared, (halves, labels), 1)
    best = max(permutations(range(k)), key=lambda numbers: sum(shared[g, numbers[g]] for g in range(k)))
    return np.array(best, dtype=np.intp)[halves]
