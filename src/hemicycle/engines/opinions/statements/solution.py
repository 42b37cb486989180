"""Groups, what is typical of them, what all share, and how far this can be trusted: the output of the analysis."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Test:
    """The three numbers that decide whether groups are named; None where there was too little to look at.

    Args:
        p: chance of so much variance on two axes when votes are shuffled within every statement.
        agreement: adjusted Rand index between the groups of two halves of the statements, mean over splits.
        smallest: people in the smallest group.
        needed: people a group needs.
    """

    p: float | None
    agreement: float | None
    smallest: int | None
    needed: int

    @property
    def clear(self) -> bool:
        """Say whether groups are named: p ≤ .05, agreement ≥ .3, and no group too small."""
        if self.p is None or self.agreement is None or self.smallest is None:
            return False
        return self.p <= MOST_P and self.agreement >= LEAST_AGREEMENT and self.smallest >= self.needed


MOST_P, LEAST_AGREEMENT = 0.05, 0.3


@dataclass(frozen=True, slots=True)
class Group:
    """People, by id in the order of the problem."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement that a group answers otherwise than the others.

    Args:
        group: number of the group from 0.
        statement: id.
        answer: "agree" or "disagree", given more often inside.
        inside, outside: share of the voters who give it. p: one-sided, of the half that did not make the groups.
    """

    group: int
    statement: str
    answer: str
    inside: float
    outside: float
    p: float


@dataclass(frozen=True, slots=True)
class Common:
    """A statement, and what the agreement in its least supportive group is at least (95 %)."""

    statement: str
    lower_bound: float


@dataclass(frozen=True, slots=True)
class Axis:
    """A principal axis: its share of the variance, and the weight of every statement in the order of the problem."""

    share: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: what is looked at, and since when."""

    phase: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What the votes say, and whether there are groups at all.

    Args:
        groups: the named groups, largest first; None for "no clear groups".
        clusters: the division k-means gives in any case, for those who want to see what was refused.
        silhouette: mean silhouette of the division, None without one.
        test: why groups are named or not.
        findings: representative statements, strongest first; none without named groups.
        common_ground: every statement, best first. Without groups everybody is one group.
        axes: at most two.
        left_out: people with too few votes to be placed.
        positions: (x, y) of every placed person, for the map; not for publication with names.
        placed: their ids.
        seconds: wall time.
    """

    groups: tuple[Group, ...] | None
    clusters: tuple[Group, ...]
    silhouette: float | None
    test: Test
    findings: tuple[Finding, ...]
    common_ground: tuple[Common, ...]
    axes: tuple[Axis, ...]
    left_out: int
    positions: tuple[tuple[float, float], ...]
    placed: tuple[str, ...]
    seconds: float
