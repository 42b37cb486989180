"""What comes out of the programme engine, and the words its two models share."""

from dataclasses import dataclass

from hemicycle.engines.programme.problem import Placement
from hemicycle.engines.status import Level, Status

LEVELS = ("changes", "blocking", "rules", "interests", "comfort")


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life during a run: phase, seconds since the start, best value and bound so far."""

    phase: str
    seconds: float
    value: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be, as a sentence, with the sessions and people it is about."""

    text: str
    sessions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An agenda with its proof.

    Args:
        status: OPTIMAL when every level is at its bound.
        seconds: wall time.
        agenda: one placement for each session, in the order of the problem; empty when there is none.
        levels: the five goals in the order in which they count (`LEVELS`).
        reasons: why there is no agenda; empty unless the status is INFEASIBLE or UNKNOWN.
    """

    status: Status
    seconds: float
    agenda: tuple[Placement, ...]
    levels: tuple[Level, ...] = ()
    reasons: tuple[Reason, ...] = ()
