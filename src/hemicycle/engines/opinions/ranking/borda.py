"""Borda points of top-k ballots and how sure the places are.

The first of k places gives k points, the next k − 1, …, unranked items none (the truncated Borda count). Intervals: the
nonparametric bootstrap over ballots (Efron, Tibshirani: "An Introduction to the Bootstrap", 1993, ch. 13).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.opinions.ranking.problem import Problem
from hemicycle.engines.opinions.ranking.solution import Place

Ints = NDArray[np.int64]
CHUNK = 100


def points_of(problem: Problem) -> NDArray[np.float32]:
    """Return the points each ballot gives, shape (ballots, items); 0 for items that are not on it."""
    number = {item: place for place, item in enumerate(problem.items)}
    most = problem.places
    points = np.zeros((len(problem.ballots), len(problem.items)), dtype=np.float32)
    for row, ballot in enumerate(problem.ballots):
        for place, item in enumerate(ballot.choices):
            points[row, number[item]] = most - place
    return points


def resample(points: NDArray[np.float32], *, times: int, seed: int, cancel: Callable[[], bool]) -> Ints:
    """Return the sums of points over ballots drawn with replacement, shape (times, items); fewer when cancelled.

    Ballots are brought into an order of their own first: how they come does not matter.
    """
    rng = np.random.default_rng(seed)
    points = points[np.lexsort((np.arange(len(points)), *points.T))]
    people = len(points)
    sums = []
    for begin in range(0, times, CHUNK):
        if cancel():
            break
        weights = np.empty((min(CHUNK, times - begin), people), dtype=np.float32)
        for row in weights:
            row[:] = np.bincount(rng.integers(0, people, people), minlength=people)
        sums.append(np.rint(weights @ points).astype(np.int64))
    return np.concatenate(sums) if sums else np.empty((0, points.shape[1]), dtype=np.int64)


def places_of(problem: Problem, scores: Ints, sums: Ints, *, level: float) -> tuple[Place, ...]:
    """Return the places, best first.

    Args:
        problem: for the names.
        scores: points of each item, shape (items,).
        sums: bootstrap sums, shape (times, items).
        level: of the intervals and of "cannot be told apart": two items are practically tied when the interval of
            the difference of their points holds 0.
    """
    side = (1 - level) / 2
    every = np.vstack([scores, sums])
    ranks = 1 + np.stack([(every > every[:, [i]]).sum(axis=1) for i in range(len(scores))], axis=1)
    low = np.quantile(ranks, side, axis=0, method="lower")
    high = np.quantile(ranks, 1 - side, axis=0, method="higher")
    ahead = np.stack(
        [((every[:, [i]] > every) + 0.5 * (every[:, [i]] == every)).mean(axis=0) for i in range(len(scores))]
    )
    tied = np.minimum(ahead, 1 - ahead) >= side
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    found: list[Place] = []
    band, first = 0, -1
    for i in order:
        if first < 0 or not tied[first, i]:
            band, first = band + 1, i
        place = int(ranks[0, i])
        found.append(
            Place(
                item=problem.items[i],
                score=int(scores[i]),
                place=place,
                low=min(place, int(low[i])),
                high=max(place, int(high[i])),
                tied_with=tuple(problem.items[j] for j in order if j != i and tied[i, j]),
                band=band,
            )
        )
    return tuple(found)


def majorities_of(points: NDArray[np.float32]) -> Ints:
    """Return how many ballots put item i above item j, shape (items, items)."""
    return np.stack([(points[:, [i]] > points).sum(axis=0) for i in range(points.shape[1])]).astype(np.int64)
