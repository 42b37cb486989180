"""Lists and what is known about them: the output of the recommendation engine."""

from dataclasses import dataclass
from enum import StrEnum

from hemicycle.engines.recommendation.problem import Weights


class Status(StrEnum):
    """COMPLETE: stable. PARTIAL: stopped early; caps and filters hold, somebody might still swap."""

    COMPLETE = "complete"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One person on a list.

    Args:
        id: of the person shown.
        score: mutual score, equal for both sides.
        mutual: whether the other's list shows this person too; else it is a one-way suggestion.
    """

    id: str
    score: float
    mutual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A list for everybody.

    Args:
        status: whether the search was finished.
        lists: id → suggestions, mutual ones first, best first.
        weights: those used; `learned` says whether they come from decisions.
        scales: unit of each part (root mean square of words and of tags over pairs).
        seconds: wall time.
    """

    status: Status
    lists: dict[str, tuple[Suggestion, ...]]
    weights: Weights
    learned: bool
    scales: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: phase ("read", "score", "match"), people done and in all, seconds since the start."""

    phase: str
    done: int
    people: int
    seconds: float
