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
from scipy.sparse import csc_array

from hemicycle.engines.opinions.statements.problem import AGREE, DISAGREE, NOT_VOTED, Votes

Floats = NDArray[np.float32]
# Neutral votes added to each statement's mean, and votes added to each person's number.
STATEMENT_PRIOR, PERSON_PRIOR = 10.0, 3.0
AXES = 2
# Columns of the subspace, rounds at most, change of the axes at which rounds end; sparser votes are not filled up.
PROBES, ROUNDS, STILL, SPARSE = 8, 60, 1e-5, 0.25
TINY = float(np.finfo(float).tiny)


@dataclass(frozen=True, slots=True)
class Map:
    """People on the axes: positions (people, 2), weights (statements, 2), shares of the variance (2,)."""

    positions: NDArray[np.float64]
    weights: NDArray[np.float64]
    shares: NDArray[np.float64]


def means(votes: Votes) -> tuple[Floats, Floats]:
    """Return each statement's mean, and the mean of what the votes less it are with missing ones as 0."""
    counts = (votes != NOT_VOTED).sum(axis=0)
    sums = (votes == AGREE).sum(axis=0) - (votes == DISAGREE).sum(axis=0)
    mean = sums / (counts + STATEMENT_PRIOR)
    centre = (sums - counts * mean) / max(1, len(votes))
    return mean.astype(np.float32), centre.astype(np.float32)


def columns(votes: Votes) -> tuple[csc_array, Floats]:
    """Return S, the votes less their statement's mean without the missing ones, and c with X = S − 1·cᵀ centred."""
    mean, centre = means(votes)
    voted = [np.flatnonzero(column != NOT_VOTED).astype(np.int32) for column in votes.T]
    starts = np.concatenate(([0], np.cumsum([len(rows) for rows in voted]))).astype(np.int32)
    data = np.empty(starts[-1], dtype=np.float32)
    for column, rows in enumerate(voted):
        data[starts[column] : starts[column + 1]] = votes[rows, column] - mean[column]
    indices = np.concatenate([np.empty(0, dtype=np.int32), *voted])
    return csc_array((data, indices, starts), shape=votes.shape), centre


def draw(votes: Votes) -> Map:
    """Return the map of all people.

    Args:
        votes: shape (people, statements) with at least two statements and one person.
    """
    sparse = float((votes != NOT_VOTED).mean()) < SPARSE
    matrix, centre = columns(votes) if sparse else _filled(votes)
    vectors, values = _by_rounds(matrix, centre) if sparse else _at_once(matrix, centre)
    weights = _upright(vectors[:, :AXES].astype(float))
    squares = float((matrix * matrix).sum()) - len(votes) * float((centre.astype(float) ** 2).sum())
    counts = (votes != NOT_VOTED).sum(axis=1)
    scale = np.sqrt(votes.shape[1] / (counts + PERSON_PRIOR))
    image = (matrix @ weights.astype(np.float32) - centre @ weights).astype(float)
    return Map(image * scale[:, None], weights, np.maximum(values[:AXES], 0) / max(squares, TINY))


def _by_rounds(matrix: csc_array, centre: Floats) -> tuple[Floats, NDArray[np.float64]]:
    """Return the main axes and variances of sparse votes; products with a few columns are all it takes."""
    rng = np.random.default_rng(0)  # where the search for the axes begins
    basis = rng.standard_normal((matrix.shape[1], PROBES)).astype(np.float32)
    values = np.zeros(PROBES)
    for _ in range(ROUNDS):
        before = basis
        basis, values = turn(matrix, centre, basis)
        if np.abs(np.abs(basis[:, :AXES]) - np.abs(before[:, :AXES])).max() < STILL:
            break
    return basis, values


def _at_once(matrix: Floats, centre: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the main axes and variances of votes with few missing: from X'X, or from XX' when people are fewer."""
    people = len(matrix)
    if AXES <= people < matrix.shape[1]:
        image = (matrix - centre).astype(float)
        values, vectors = eigh(image @ image.T, subset_by_index=(people - AXES, people - 1))
        return np.linalg.qr(image.T @ vectors[:, ::-1])[0], values[::-1]
    covariance = (matrix.T @ matrix).astype(float) - len(matrix) * np.outer(centre, centre)
    size = len(covariance)
    values, vectors = eigh(covariance, subset_by_index=(size - AXES, size - 1))
    return vectors[:, ::-1], values[::-1]


def turn(matrix: Floats | csc_array, centre: Floats, basis: Floats) -> tuple[Floats, NDArray[np.float64]]:
    """Turn an orthonormal basis towards the main axes of X = matrix − 1·cᵀ; return it and the variances along it.

    One round of subspace iteration with a Rayleigh-Ritz step (Halko, Martinsson, Tropp 2011; Saad 2011, ch. 5):
    main axis first. What is on few columns needs no more than products of the votes with those.
    """
    image = matrix @ basis - centre @ basis
    basis, _ = np.linalg.qr(matrix.T @ image - np.outer(centre, image.sum(axis=0)))
    image = matrix @ basis - centre @ basis
    values, vectors = np.linalg.eigh((image.T @ image).astype(float))
    return (basis @ vectors[:, ::-1]).astype(np.float32), values[::-1]


def _filled(votes: Votes) -> tuple[Floats, Floats]:
    """Return `columns` with 0 for the missing votes."""
    mean, centre = means(votes)
    return np.where(votes == NOT_VOTED, np.float32(0), votes - mean), centre


def _upright(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn each axis so that its greatest weight is positive; otherwise the sign is arbitrary."""
    greatest = vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])]
    return vectors * np.where(greatest < 0, -1.0, 1.0)
