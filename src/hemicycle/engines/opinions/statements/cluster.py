"""k-means on people, the number of groups, and how alike two divisions are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Labels = NDArray[np.intp]
RESTARTS, MOST_RESTARTS, RUNS, MOST_ROUNDS = 8, 100, 30_000, 100
FEWEST, MOST = 2, 5
SAMPLE, CHUNK = 2000, 256


@dataclass(frozen=True, slots=True)
class Division:
    """Group number of each person, from 0, and the mean silhouette."""

    labels: Labels
    silhouette: float

    @property
    def groups(self) -> int:
        """Return the number of groups."""
        return int(self.labels.max()) + 1


def divide(points: Points, rng: np.random.Generator) -> Division | None:
    """Return the division into 2-5 groups that the silhouette prefers; None when no two points differ.

    The smallest number of groups within one standard error of the best mean silhouette is taken (the one-standard-error
    rule, Breiman et al. 1984, section 3.4.3): more groups must pay.
    """
    different = len(np.unique(points, axis=0))
    # few people are divided quickly, and more often in ways that are almost as good as the best
    restarts = int(np.clip(RUNS / len(points), RESTARTS, MOST_RESTARTS))
    divisions = [kmeans(points, k, rng, restarts=restarts) for k in range(FEWEST, min(MOST, different) + 1)]
    if not divisions:
        return None
    values = silhouettes(points, divisions, rng)
    means = values.mean(axis=1)
    best = int(means.argmax())
    bar = means[best] - values[best].std() / np.sqrt(values.shape[1])
    chosen = int((means >= bar).argmax())
    return Division(divisions[chosen], float(means[chosen]))


def kmeans(points: Points, k: int, rng: np.random.Generator, *, restarts: int = RESTARTS) -> Labels:
    """Return the best of several runs of Lloyd's algorithm from k-means++ seeds (Arthur, Vassilvitskii 2007).

    One more run begins with k equal slices along the first axis; it makes the result depend less on the seeds.

    Args:
        points: shape (people, axes), of which at least k differ.
        k: groups; every one gets somebody.
        rng: for the seeds. restarts: runs.
    """
    best, least = np.zeros(len(points), dtype=np.intp), np.inf
    for centres in [_slices(points, k), *(_seeds(points, k, rng) for _ in range(restarts))]:
        labels, inertia = _lloyd(points, centres)
        if inertia < least and np.bincount(labels, minlength=k).all():
            best, least = labels, inertia
    return best


def silhouettes(points: Points, divisions: list[Labels], rng: np.random.Generator) -> Points:
    """Return the silhouettes (Rousseeuw 1987) of up to 2,000 people drawn at random, shape (divisions, people).

    Distances are measured once for all divisions.
    """
    people = len(points)
    drawn = np.sort(rng.choice(people, SAMPLE, replace=False)) if people > SAMPLE else np.arange(people)
    sizes = [int(labels.max()) + 1 for labels in divisions]
    member = np.concatenate([np.eye(k)[labels] for labels, k in zip(divisions, sizes, strict=True)], axis=1)
    sums = np.concatenate(
        [
            np.sqrt(_squares(points[drawn[begin : begin + CHUNK]], points)) @ member
            for begin in range(0, len(drawn), CHUNK)
        ]
    )
    found, begin = [], 0
    for labels, k in zip(divisions, sizes, strict=True):
        counts = np.bincount(labels)
        part, own = sums[:, begin : begin + k], labels[drawn]
        row = np.arange(len(drawn))
        within = part[row, own] / np.maximum(counts[own] - 1, 1)
        others = part / counts
        others[row, own] = np.inf
        nearest = others.min(axis=1)
        greater = np.maximum(np.maximum(within, nearest), np.finfo(float).tiny)
        found.append(np.where(counts[own] > 1, (nearest - within) / greater, 0.0))
        begin += k
    return np.stack(found)


def rand_index(a: Labels, b: Labels) -> float:
    """Return the adjusted Rand index of two divisions of the same people (Hubert, Arabie 1985); 1 when equal."""
    table = np.zeros((int(a.max()) + 1, int(b.max()) + 1))
    np.add.at(table, (a, b), 1)
    both, rows, columns, every = (
        float((counts * (counts - 1) / 2).sum())
        for counts in (table, table.sum(axis=1), table.sum(axis=0), np.array([len(a)]))
    )
    chance = rows * columns / max(every, 1.0)
    most = (rows + columns) / 2
    return (both - chance) / (most - chance) if most != chance else 1.0


def _lloyd(points: Points, centres: Points) -> tuple[Labels, float]:
    """Return the groups to which Lloyd's algorithm comes from these centres, and their sum of squared distances."""
    k = len(centres)
    first = _squares(points, centres).argmin(axis=1)
    labels = np.full(len(points), -1, dtype=np.intp)
    for _ in range(MOST_ROUNDS):
        distances = _squares(points, centres)
        nearest = distances.argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        counts = np.bincount(labels, minlength=k)
        sums = np.stack([np.bincount(labels, weights=axis, minlength=k) for axis in points.T], axis=1)
        centres = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centres)
    # a group that lost everybody sends the run back to its beginning
    labels = labels if np.bincount(labels, minlength=k).all() else first
    return labels, float(distances[np.arange(len(points)), labels].sum())


def _seeds(points: Points, k: int, rng: np.random.Generator) -> Points:
    """Draw the first centre evenly, each next one with a chance that grows with the squared distance."""
    chosen = [int(rng.integers(len(points)))]
    distance = _squares(points, points[chosen])[:, 0]
    for _ in range(1, k):
        chosen.append(int(rng.choice(len(points), p=distance / distance.sum())))
        distance = np.minimum(distance, _squares(points, points[chosen[-1:]])[:, 0])
    return points[chosen]


def _slices(points: Points, k: int) -> Points:
    """Return the means of k equal parts along the first axis."""
    parts = np.array_split(points[np.argsort(points[:, 0], kind="stable")], k)
    return np.stack([part.mean(axis=0) for part in parts])


def _squares(a: Points, b: Points) -> Points:
    """Return the squared distances, shape (a, b)."""
    whole = np.zeros((len(a), len(b)))
    for one, other in zip(a.T, b.T, strict=True):
        whole += (one[:, None] - other[None, :]) ** 2
    return whole
