"""What an open consultation says about itself: equal ballots and sudden rushes. A report, never a verdict."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import median

# A window is a rush when a Poisson count with the usual mean is that large with less than this chance.
RARE = 1e-6


@dataclass(frozen=True, slots=True)
class Cast:
    """All votes of one person, statement → vote, and when the first was cast (seconds, any beginning)."""

    at: float
    votes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Same:
    """So many people cast exactly the same votes on so many statements."""

    people: int
    statements: int


@dataclass(frozen=True, slots=True)
class Rush:
    """So many people began in the window from `begin` (seconds), where `usual` is the median of all windows."""

    begin: float
    people: int
    usual: float


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what was found, largest first; published in any case."""

    people: int
    same: tuple[Same, ...]
    rushes: tuple[Rush, ...]


def report(casts: Sequence[Cast], *, window: float = 60.0, fewest: int = 8, people: int = 3) -> Report:
    """Count equal ballots and rushes.

    Args:
        casts: one for each person.
        window: seconds that are counted together.
        fewest: votes on which two people can agree by chance are not counted: shorter ballots are left out.
        people: equal ballots from which on they are reported.
    """
    ballots = Counter(tuple(sorted(cast.votes)) for cast in casts if len(cast.votes) >= fewest)
    same = [Same(count, len(ballot)) for ballot, count in ballots.items() if count >= people]
    counts = Counter(int(cast.at // window) for cast in casts)
    usual = float(median(counts.values())) if counts else 0.0
    rushes = [Rush(at * window, count, usual) for at, count in counts.items() if _tail(count, usual) < RARE]
    return Report(
        people=len(casts),
        same=tuple(sorted(same, key=lambda found: (-found.people, -found.statements))),
        rushes=tuple(sorted(rushes, key=lambda rush: (-rush.people, rush.begin))),
    )


def _tail(count: int, mean: float) -> float:
    """Return the chance that a Poisson number is at least `count`."""
    term = below = exp(-mean)
    for k in range(1, count):
        term *= mean / k
        below += term
    return max(0.0, 1 - below)
