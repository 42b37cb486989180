"""How good an answer is known to be, in the words all engines share."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How much is known: proven best, valid, proven impossible, or nothing found in the time given."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Level:
    """One goal, smaller is better (except "weight"); no answer as good on all levels before can beat `bound`."""

    name: str
    value: int
    bound: int
