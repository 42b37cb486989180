"""A schedule and what is known about it: the output of the meetings engine."""

from dataclasses import dataclass
from enum import StrEnum

from hemicycle.engines.status import Level, Status


@dataclass(frozen=True, slots=True)
class Placing:
    """One meeting at its slot and table, both from 0."""

    meeting: str
    slot: int
    table: int


class Why(StrEnum):
    """Why a meeting is not held, for those who say it in words of their own."""

    CAPPED = "capped"
    NO_SLOT = "no slot"
    BUSY = "busy"
    NO_COMMON = "no common slot"
    NO_TABLE = "no table"
    NO_CLASS = "no table of its class"
    ORDER = "order"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be, as a sentence, with the people, meetings and slots (from 0) it is about."""

    text: str
    people: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    slots: tuple[int, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life during a run.

    Args:
        phase: "place", "arrange" or "prove".
        seconds: since the start.
        placed, requested: meetings.
        value: gaps so far, None before they are looked at. bound: known so far.
    """

    phase: str
    seconds: float
    placed: int
    requested: int
    value: int | None
    bound: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A schedule with its proof.

    Args:
        status: what is known about it.
        value: gaps (profile LITERATURE: breaks), None when there is no valid schedule.
        bound: no schedule that holds as much as this one has fewer.
        requested, placed: number of meetings asked for and held.
        weight, weight_bound: worth of the meetings held, and what no schedule can beat.
        seconds: wall time.
        schedule: the meetings held, in the order of the problem.
        levels: every goal in the order in which they count.
        reasons: why there is no schedule; empty unless the status is INFEASIBLE or UNKNOWN.
    """

    status: Status
    value: int | None
    bound: int
    requested: int
    placed: int
    weight: int
    weight_bound: int
    seconds: float
    schedule: tuple[Placing, ...]
    levels: tuple[Level, ...] = ()
    reasons: tuple[Reason, ...] = ()
