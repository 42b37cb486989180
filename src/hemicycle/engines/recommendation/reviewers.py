"""How well texts suit people who are known by texts of their own: reviewers and papers, people and sessions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hemicycle.engines.recommendation.embedders import Embedder
from hemicycle.engines.recommendation.languages import assign
from hemicycle.engines.recommendation.lexicon import Lexicon

POWER = 4
MEANING = 0.5


def fit(
    profiles: Sequence[Sequence[str]], texts: Sequence[str], *, embedder: Embedder | None = None
) -> NDArray[np.float64]:
    """Return how well each text suits each person (profiles × texts); 0 or more, only comparisons have a meaning.

    A person is as near to a text as the power mean (exponent 4) of the likeness of their own texts: the nearest count
    most, one lucky one does not decide. Likeness is the cosine of weighted words, in standard units; with an embedder
    half of it is the cosine of vectors.
    """
    own = list(dict.fromkeys(text for profile in profiles for text in profile))
    place = {text: row for row, text in enumerate(own)}
    found = np.zeros((len(profiles), len(texts)))
    if not own or not texts:
        return found
    likeness = _likeness(own, list(texts), embedder)
    for row, profile in enumerate(profiles):
        if profile:
            mine = likeness[[place[text] for text in profile]]
            found[row] = (mine**POWER).mean(axis=0) ** (1 / POWER)
    return found


def _likeness(own: list[str], texts: list[str], embedder: Embedder | None) -> NDArray[np.float64]:
    both = list(dict.fromkeys(own + texts))
    place = {text: row for row, text in enumerate(both)}
    left, right = [place[text] for text in own], [place[text] for text in texts]
    matrix = Lexicon(both, assign(both, [None] * len(both))).matrix
    words = sparse.csr_matrix(matrix[left] @ matrix[right].T).toarray().astype(np.float64)
    words = np.asarray(words / (np.sqrt((words**2).mean()) or 1), np.float64)
    if embedder is None:
        return words
    vectors = embedder.embed(both, "about").astype(np.float64)
    meaning = vectors[left] @ vectors[right].T
    meaning = (meaning - meaning.mean()) / (meaning.std() or 1)
    return np.asarray(np.maximum((1 - MEANING) * words / (words.std() or 1) + MEANING * (meaning + 1), 0), np.float64)
