"""Who supports which proposal, what each costs, how much there is: the input of Equal Shares."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hemicycle.engines.checking import need

Money = int | Fraction


class Rule(StrEnum):
    """How winners are found: Method of Equal Shares, sequential Phragmén, or most votes first."""

    MES = "mes"
    PHRAGMEN = "phragmen"
    VOTES = "votes"


class Completion(StrEnum):
    """How Equal Shares goes on when money is left.

    NONE: not at all. ADD1: everybody gets one unit more until the budget would be passed.
    ADD1U: the same, then what still fits, most votes first.
    """

    NONE = "none"
    ADD1 = "add1"
    ADD1U = "add1u"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A proposal and its exact cost, in money or minutes."""

    id: str
    cost: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """A ballot.

    Args:
        id: unique among the voters.
        supports: ids of different projects.
        scores: whole numbers from 1, one for each supported project; empty means 1 each (approval).
        category: stakeholder category, empty when not known.
    """

    id: str
    supports: tuple[str, ...]
    scores: tuple[int, ...] = ()
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Projects, voters and the budget. The worth of a project to a voter is its cost times the voter's score.

    Args:
        unit: how much more each voter gets in one step of ADD1.

    Raises:
        BadProblem: something contradicts itself; the message names it.
    """

    projects: tuple[Project, ...]
    voters: tuple[Voter, ...]
    budget: Money
    unit: Money = 1

    def __post_init__(self) -> None:
        """Refuse contradictions at once."""
        need(self.budget >= 0, "budget: below 0")
        need(self.unit > 0, "unit: not above 0")
        for key, count in Counter(project.id for project in self.projects).items():
            need(count == 1, f"project {key}: the id is there {count} times")
        for key, count in Counter(voter.id for voter in self.voters).items():
            need(count == 1, f"voter {key}: the id is there {count} times")
        for project in self.projects:
            need(project.cost >= 0, f"project {project.id}: the cost is below 0")
        known = {project.id for project in self.projects}
        for voter in self.voters:
            _check_voter(voter, known)


def _check_voter(voter: Voter, known: set[str]) -> None:
    supported = set(voter.supports)
    need(supported <= known, f"voter {voter.id}: a project is not known")
    need(len(supported) == len(voter.supports), f"voter {voter.id}: a project is there twice")
    need(len(voter.scores) in (0, len(voter.supports)), f"voter {voter.id}: one score per project is needed")
    need(all(score >= 1 for score in voter.scores), f"voter {voter.id}: a score is below 1")
