"""Words that both models of the programme engine share."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How much is known: proven best, valid, proven impossible, or nothing found in the time given."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life during a run: phase, seconds since the start, best value and bound so far."""

    phase: str
    seconds: float
    value: float | None
    bound: float | None
