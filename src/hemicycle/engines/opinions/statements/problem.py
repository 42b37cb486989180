"""Who agrees with which statement: the input of the analysis of a consultation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE, NOT_VOTED = 1, 0, -1, 2
Votes = NDArray[np.int8]


class BadProblem(ValueError):
    """The input contradicts itself: an id is doubled, or a vote is none."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """People, statements and votes.

    Args:
        people, statements: ids, each unique.
        votes: int8, shape (people, statements), of AGREE, PASS, DISAGREE and NOT_VOTED.

    Raises:
        BadProblem: something contradicts itself; the message names it.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    votes: Votes

    def __post_init__(self) -> None:
        """Refuse contradictions at once."""
        _need_unique("participant", self.people)
        _need_unique("statement", self.statements)
        shape = (len(self.people), len(self.statements))
        _need(self.votes.shape == shape, f"votes: the shape is {self.votes.shape}, not {shape}")
        _need(self.votes.dtype == np.int8, "votes: int8 is expected")
        known = ((self.votes >= DISAGREE) & (self.votes <= NOT_VOTED)).all()
        _need(bool(known), "votes: only -1, 0, 1 and 2 (not voted) are known")


def _need_unique(what: str, ids: Iterable[str]) -> None:
    for key, count in Counter(ids).items():
        _need(count == 1, f"{what} {key}: the id is there {count} times")


def _need(condition: bool, sentence: str) -> None:  # noqa: FBT001
    if not condition:
        raise BadProblem(sentence)
