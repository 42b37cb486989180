"""Two principal axes of incomplete votes, as Polis does it, with two corrections for few votes.

Small, Bjorkegren, Erkkilä, Shaw, Megill: "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces"
(Recerca 26, 2021): a missing vote is the mean of its statement; a person's place is divided by the root of their votes,
because imputed votes pull towards the middle. Here means and roots are drawn in by a few neutral votes, so
that a statement or a person with three votes does not lie far out by chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from hemicycle.engines.opinions.statements.problem import NOT_VOTED, Votes

Floats = NDArray[np.float32]
# Neutral votes added to each statement's mean, and votes added to each person's number.
STATEMENT_PRIOR, PERSON_PRIOR = 10.0, 3.0
AXES = 2


@dataclass(frozen=True, slots=True)
class Map:
    """People on the axes: positions (people, 2), weights (statements, 2), shares of the variance (2,)."""

    positions: NDArray[np.float64]
    weights: NDArray[np.float64]
    shares: NDArray[np.float64]


def fill(votes: Votes) -> Floats:
    """Return the votes with missing ones imputed by their statement's mean, then centred; float32, same shape."""
    voted = votes != NOT_VOTED
    sums = np.where(voted, votes, 0).sum(axis=0, dtype=np.int64)
    mean = (sums / (voted.sum(axis=0) + STATEMENT_PRIOR)).astype(np.float32)
    filled = np.where(voted, votes - mean, np.float32(0))
    filled -= filled.mean(axis=0)
    return filled


def draw(votes: Votes) -> Map:
    """Return the map of all people.

    Args:
        votes: shape (people, statements) with at least two statements.
    """
    filled = fill(votes)
    covariance = (filled.T @ filled).astype(float)
    size = len(covariance)
    values, vectors = eigh(covariance, subset_by_index=(size - AXES, size - 1))
    weights = _upright(vectors[:, ::-1])
    whole = max(float(np.trace(covariance)), np.finfo(float).tiny)
    counts = (votes != NOT_VOTED).sum(axis=1)
    scale = np.sqrt(size / (counts + PERSON_PRIOR))
    return Map((filled @ weights.astype(np.float32)) * scale[:, None], weights, np.maximum(values[::-1], 0) / whole)


def _upright(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn each axis so that its greatest weight is positive; otherwise the sign is arbitrary."""
    greatest = vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])]
    return vectors * np.where(greatest < 0, -1.0, 1.0)
