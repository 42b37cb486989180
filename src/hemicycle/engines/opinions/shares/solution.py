"""Winners, what they cost whom, and how far the result can be trusted: the output of Equal Shares."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hemicycle.engines.opinions.shares.problem import Completion, Money, Rule


class Status(StrEnum):
    """COMPLETE: the rule came to its end. STOPPED: time was up or somebody stopped it; the best so far."""

    COMPLETE = "complete"
    STOPPED = "stopped"


class Phase(StrEnum):
    """What brought a winner in: its supporters' shares, or the votes that count after the shares."""

    SHARES = "shares"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Paid:
    """What the supporters in one category paid together; `supporters` of them."""

    category: str
    supporters: int
    amount: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Winner:
    """A project that is chosen.

    Args:
        price: its cost.
        supporters: number of voters for it.
        phase: what brought it in.
        most: the most one supporter paid for it (per point of score); None when no shares paid for it.
        paid: by category, small categories together as "other"; empty when no shares paid.
    """

    project: str
    price: Money
    supporters: int
    phase: Phase
    most: Fraction | None = None
    paid: tuple[Paid, ...] = ()


@dataclass(frozen=True, slots=True)
class Neglect:
    """A project that is not chosen although `voters` of its supporters deserve it and have at most `worth` each."""

    project: str
    voters: int
    worth: Money


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whether the winners satisfy EJR+ up to any project; the groups they neglect when not."""

    holds: bool
    neglected: tuple[Neglect, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: money per voter tried, winners and money spent so far."""

    seconds: float
    endowment: float
    winners: int
    spent: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The winners in the order in which they were chosen.

    Args:
        endowment: money per voter in the last accepted round of Equal Shares; None for the other rules.
        spent: sum of the prices.
        uncovered: share of voters none of whose projects won.
        order: the published order that decides ties, best first.
        certificate: EJR+ up to any project.
        audit: whether a second program, in exact fractions, chose the same; None for the other rules.
        seconds: wall time.
    """

    rule: Rule
    completion: Completion
    status: Status
    winners: tuple[Winner, ...]
    endowment: Fraction | None
    spent: Money
    uncovered: float
    order: tuple[str, ...]
    certificate: Certificate
    audit: bool | None
    seconds: float
