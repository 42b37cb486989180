"""Who agrees with which statement: the input of the analysis of a consultation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.checking import need, need_unique

AGREE, PASS, DISAGREE, NOT_VOTED = 1, 0, -1, 2
Votes = NDArray[np.int8]


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
        need_unique("participant", self.people)
        need_unique("statement", self.statements)
        shape = (len(self.people), len(self.statements))
        need(self.votes.shape == shape, f"votes: the shape is {self.votes.shape}, not {shape}")
        need(self.votes.dtype == np.int8, "votes: int8 is expected")
        known = ((self.votes >= DISAGREE) & (self.votes <= NOT_VOTED)).all()
        need(bool(known), "votes: only -1, 0, 1 and 2 (not voted) are known")
