"""How well texts suit people who are known by texts of their own: reviewers and papers, people and sessions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hemicycle.engines.recommendation.embedders import Embedder
from hemicycle.engines.recommendation.languages import assign
from hemicycle.engines.recommendation.lexicon import Lexicon

# How much of the likeness of an average text everybody's likeness of a text is smoothed with.
SMOOTHING = 0.5
# Weight of meaning beside words, both in units of their deviation.
MEANING = 0.5
Scores = NDArray[np.float64]


def fit(profiles: Sequence[Sequence[str]], texts: Sequence[str], *, embedder: Embedder | None = None) -> Scores:
    """Return how well each text suits each person (profiles × texts); 0 or more, only comparisons have a meaning.

    Likeness is the cosine of weighted words, mean over a person's own texts, divided by that of everybody given: a
    general text is near to all of them and says little about one (hubs: Radovanović, Nanopoulos, Ivanović 2010). With an
    embedder a third of it is the mean cosine of vectors. Somebody without texts has 0 everywhere.
    """
    own = [text for profile in profiles for text in profile]
    found = np.zeros((len(profiles), len(texts)))
    if not own or not texts:
        return found
    both = list(dict.fromkeys([*own, *texts]))
    place = {text: row for row, text in enumerate(both)}
    right = [place[text] for text in texts]
    there = [row for row, profile in enumerate(profiles) if profile]
    mean = _means([[place[text] for text in profiles[row]] for row in there], len(both))
    found[there] = _words(both, mean, right)
    if embedder is not None:
        vectors = embedder.embed(both, "about").astype(np.float64)
        meaning = (mean @ vectors) @ vectors[right].T
        found /= found[there].std() or 1
        found[there] += MEANING * (meaning - meaning.min()) / (meaning.std() or 1)
    return found


def _means(profiles: list[list[int]], count: int) -> sparse.csr_matrix:
    """Return the matrix (people × texts) that takes the mean over everybody's own texts."""
    many = np.array([len(profile) for profile in profiles])
    columns = [row for profile in profiles for row in profile]
    ends = np.concatenate([[0], np.cumsum(many)])
    return sparse.csr_matrix((np.repeat(1 / many, many), columns, ends), shape=(len(profiles), count))


def _words(both: list[str], mean: sparse.csr_matrix, right: list[int]) -> Scores:
    """Return the mean likeness in words of everybody's own texts, beside that of all people."""
    matrix = Lexicon(both, assign(both, [None] * len(both))).matrix
    words = np.asarray(sparse.csr_matrix(mean @ matrix @ matrix[right].T).toarray(), np.float64)
    crowd = words.mean(axis=0)
    return np.asarray(words / (crowd + (SMOOTHING * crowd.mean() or 1)), np.float64)
