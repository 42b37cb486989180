"""Who puts which items first: the input of the ranking."""

from dataclasses import dataclass

from hemicycle.engines.checking import need, need_unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """The items a person puts first.

    Args:
        id: unique among the ballots.
        choices: different items, best first; the others count as worse than these and equal among themselves.
        category: stakeholder category, empty when not known.
    """

    id: str
    choices: tuple[str, ...]
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Items and ballots.

    Args:
        items: everything that could be chosen, in the order in which equals are reported.
        ballots: one for each person.
        longest: most items on a ballot; 0 stands for the longest there is.

    Raises:
        BadProblem: something contradicts itself; the message names it.
    """

    items: tuple[str, ...]
    ballots: tuple[Ballot, ...]
    longest: int = 0

    def __post_init__(self) -> None:
        """Refuse contradictions at once."""
        need(len(self.items) > 0, "items: there are none")
        need_unique("item", self.items)
        need_unique("ballot", (ballot.id for ballot in self.ballots))
        known = set(self.items)
        for ballot in self.ballots:
            need(set(ballot.choices) <= known, f"ballot {ballot.id}: an item is not known")
            need(len(set(ballot.choices)) == len(ballot.choices), f"ballot {ballot.id}: an item is there twice")
            need(self.longest == 0 or len(ballot.choices) <= self.longest, f"ballot {ballot.id}: too many items")

    @property
    def places(self) -> int:
        """Return how many places a ballot has."""
        return self.longest or max((len(ballot.choices) for ballot in self.ballots), default=0)
