"""Are there groups at all? More variance on two axes than chance gives, and the same groups from half the statements."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.opinions.statements.axes import Floats, draw, fill
from hemicycle.engines.opinions.statements.cluster import Labels, divide, kmeans, rand_index
from hemicycle.engines.opinions.statements.problem import NOT_VOTED, Votes

DRAWS, MOST_HITS = 99, 5
PEOPLE, HALVES_PEOPLE = 1000, 3000
SPLITS, FEWEST_VOTES = 5, 2
PROBES, POWERS = 8, 12


def variance_p(votes: Votes, rng: np.random.Generator, *, stop: Callable[[], bool]) -> float | None:
    """Return the p-value of the two-axis share of the variance; None when stopped before the first draw.

    Null hypothesis: within every statement the votes are shuffled among those who voted, so that margins and gaps stay
    and nothing else. p = (1 + hits) / (1 + draws); draws end early when significance is out of reach (Besag, Clifford
    1991). Of more than 1,000 people as many are drawn.
    """
    if len(votes) > PEOPLE:
        votes = votes[rng.choice(len(votes), PEOPLE, replace=False)]
    probes = rng.standard_normal((votes.shape[1], PROBES)).astype(np.float32)
    seen = _share(fill(votes), probes)
    columns = [np.flatnonzero(column != NOT_VOTED) for column in votes.T]
    shuffled = votes.copy()
    hits = drawn = 0
    while drawn < DRAWS and hits < MOST_HITS:
        if stop():
            break
        for column, rows in enumerate(columns):
            shuffled[rows, column] = votes[rng.permutation(rows), column]
        hits += _share(fill(shuffled), probes) >= seen
        drawn += 1
    return (1 + hits) / (1 + drawn) if drawn else None


def half_agreement(votes: Votes, k: int, rng: np.random.Generator, *, stop: Callable[[], bool]) -> float | None:
    """Return the mean adjusted Rand index between the k groups of one half of the statements and of the other.

    Only people with at least two votes in both halves count; None when a half has too little to make k groups.
    """
    if len(votes) > HALVES_PEOPLE:
        votes = votes[rng.choice(len(votes), HALVES_PEOPLE, replace=False)]
    found = []
    for _ in range(SPLITS):
        if found and stop():
            break
        halves = [votes[:, half] for half in split(votes.shape[1], rng)]
        enough = np.logical_and(*((half != NOT_VOTED).sum(axis=1) >= FEWEST_VOTES for half in halves))
        labels = [groups_of(half[enough], k, rng) for half in halves]
        if labels[0] is None or labels[1] is None:
            return None
        found.append(rand_index(labels[0], labels[1]))
    return float(np.mean(found))


def groups_of(votes: Votes, k: int | None, rng: np.random.Generator) -> Labels | None:
    """Return k groups of people (as many as the silhouette prefers for None); None when that many cannot be."""
    if len(votes) == 0 or votes.shape[1] < 2:  # noqa: PLR2004  # two axes
        return None
    points = draw(votes).positions
    if k is None:
        division = divide(points, rng)
        return None if division is None else division.labels
    return kmeans(points, k, rng) if len(np.unique(points, axis=0)) >= k else None


def split(statements: int, rng: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return two random halves of the statements' numbers."""
    order = rng.permutation(statements)
    return np.sort(order[: statements // 2]), np.sort(order[statements // 2 :])


def _share(filled: Floats, probes: Floats) -> float:
    """Return the variance on the two main axes as a share of all, by subspace iteration (Halko et al. 2011).

    The same probes serve the votes and every shuffled copy, so that any inaccuracy is the same for all.
    """
    basis = probes
    for _ in range(POWERS):
        basis, _ = np.linalg.qr(filled.T @ (filled @ basis))
    image = filled @ basis
    values = np.linalg.eigvalsh((image.T @ image).astype(float))
    whole = float(np.einsum("ij,ij->", filled, filled, dtype=np.float64))
    return float(values[-2:].sum()) / whole if whole > 0 else 0.0
