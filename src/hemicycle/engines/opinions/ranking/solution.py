"""Places with their intervals, majorities and a consensus order: the output of the ranking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item stands.

    Args:
        item: its name.
        score: Borda points over all ballots.
        place: from 1; equal points, equal place.
        low, high: ends of the bootstrap interval of the place.
        tied_with: items whose points cannot be told from these; in the order of the places.
        band: number from 1 of the group of items that cannot be told from the group's first.
    """

    item: str
    score: int
    place: int
    low: int
    high: int
    tied_with: tuple[str, ...]
    band: int


@dataclass(frozen=True, slots=True)
class Majority:
    """So many ballots put `item` above `other`, so many the other way round; `item` has no fewer."""

    item: str
    other: str
    above: int
    below: int


@dataclass(frozen=True, slots=True)
class Consensus:
    """The order with the fewest disagreements found (Kemeny); none can have fewer than `bound`.

    A disagreement is one ballot that puts a pair the other way round. `proven`: the bound is reached.
    """

    order: tuple[str, ...]
    disagreements: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Category:
    """The places among the people of one stakeholder category."""

    name: str
    people: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life: "count", "resample" or "consensus"."""

    phase: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What the ballots say, best place first.

    Args:
        people: number of ballots.
        places: one for each item.
        pairwise: one for each pair of items.
        kemeny: the consensus order.
        categories: those with enough people, so that the rest cannot be found by subtracting.
        seconds: wall time.
    """

    people: int
    places: tuple[Place, ...]
    pairwise: tuple[Majority, ...]
    kemeny: Consensus
    categories: tuple[Category, ...]
    seconds: float
