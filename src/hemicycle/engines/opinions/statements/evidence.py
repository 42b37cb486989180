"""Are there groups at all? More variance on two axes than chance gives, and the same groups from half the statements."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from hemicycle.engines.opinions.statements.axes import PROBES, Floats, columns, draw, turn
from hemicycle.engines.opinions.statements.cluster import RESTARTS, Labels, kmeans, rand_index
from hemicycle.engines.opinions.statements.problem import NOT_VOTED, Votes

DRAWS, MOST_HITS = 99, 5
PEOPLE, HALVES_PEOPLE, FEWEST_PEOPLE, VOTES = 1000, 3000, 200, 250_000
FEWEST_VOTES = 7
FEWEST_SPLITS, MOST_SPLITS, SPLIT_CELLS, HALF_RESTARTS = 10, 100, 2e6, 3
POWERS = 8


def variance_p(votes: Votes, rng: np.random.Generator, *, stop: Callable[[], bool]) -> float | None:
    """Return the p-value of the two-axis share of the variance; None when stopped before the first draw.

    Null hypothesis: within every statement the votes are shuffled among those who voted, so that margins and gaps stay
    and nothing else. Means and the whole variance stay too, so the variance on two axes alone is compared.
    p = (1 + hits) / (1 + draws); draws end early when significance is out of reach (Besag, Clifford 1991). Of many
    people up to 1,000 are drawn, fewer when they vote much.
    """
    votes = _some(votes, rng)
    filled, centre = columns(votes)
    probes = rng.standard_normal((votes.shape[1], PROBES)).astype(np.float32)
    seen = _two_axes(filled, centre, probes)
    statements = list(pairwise(filled.indptr.tolist()))
    hits = drawn = 0
    while drawn < DRAWS and hits < MOST_HITS and not stop():
        for begin, end in statements:
            rng.shuffle(filled.data[begin:end])
        hits += _two_axes(filled, centre, probes) >= seen
        drawn += 1
    return (1 + hits) / (1 + drawn) if drawn else None


def half_agreement(votes: Votes, k: int, rng: np.random.Generator, *, stop: Callable[[], bool]) -> float | None:
    """Return the mean adjusted Rand index between the k groups of one half of the statements and of the other.

    A person counts who would be placed by either half alone (`FEWEST_VOTES`); None when a half has too little to make k
    groups. Small consultations are split more often, because their splits differ more: 10 to 100 times.
    """
    votes = _some(votes, rng, most=HALVES_PEOPLE)
    found: list[float] = []
    splits = int(np.clip(SPLIT_CELLS / votes.size, FEWEST_SPLITS, MOST_SPLITS))
    while len(found) < splits and not (found and stop()):
        halves = [votes[:, half] for half in split(votes.shape[1], rng)]
        enough = placeable(halves[0]) & placeable(halves[1])
        labels = [groups_of(half[enough], k, rng, restarts=HALF_RESTARTS) for half in halves]
        if labels[0] is None or labels[1] is None:
            return None
        found.append(rand_index(labels[0], labels[1]))
    return float(np.mean(found))


def placeable(votes: Votes) -> NDArray[np.bool_]:
    """Say who has voted enough to be placed: on seven statements, or on all when there are fewer."""
    enough: NDArray[np.bool_] = (votes != NOT_VOTED).sum(axis=1) >= max(1, min(FEWEST_VOTES, votes.shape[1]))
    return enough


def groups_of(votes: Votes, k: int, rng: np.random.Generator, *, restarts: int = RESTARTS) -> Labels | None:
    """Return k groups of people; None when that many cannot be."""
    if len(votes) == 0 or votes.shape[1] < 2:  # noqa: PLR2004  # two axes
        return None
    points = draw(votes).positions
    return kmeans(points, k, rng, restarts=restarts) if len(np.unique(points, axis=0)) >= k else None


def split(statements: int, rng: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return two random halves of the statements' numbers."""
    order = rng.permutation(statements)
    return np.sort(order[: statements // 2]), np.sort(order[statements // 2 :])


def _some(votes: Votes, rng: np.random.Generator, *, most: int = PEOPLE) -> Votes:
    """Return the votes of so many people at most, fewer when they vote much; drawn at random."""
    each = max(1.0, float((votes != NOT_VOTED).sum()) / max(1, len(votes)))
    people = int(min(most, max(FEWEST_PEOPLE, VOTES / each)))
    return votes if len(votes) <= people else votes[np.sort(rng.choice(len(votes), people, replace=False))]


def _two_axes(filled: csc_array, centre: Floats, probes: Floats) -> float:
    """Return the variance on the two main axes.

    The same probes serve the votes and every shuffled copy, so that any inaccuracy is the same for all.
    """
    basis = probes
    for _ in range(POWERS):
        basis, values = turn(filled, centre, basis)
    return float(values[:2].sum())
