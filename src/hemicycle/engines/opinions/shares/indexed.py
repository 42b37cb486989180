"""A problem as arrays: equal ballots become one class, money becomes whole numbers."""

from collections.abc import Sequence
from hashlib import sha256
from math import lcm

import numpy as np

from hemicycle.engines.opinions.shares.problem import Problem


class Support:
    """Who supports one project: classes of voters, voters in each, score that each gives."""

    def __init__(self, classes: Sequence[int], counts: Sequence[int], scores: Sequence[int]) -> None:
        """Keep exact numbers as lists and the same as float64 arrays, shape (classes,)."""
        self.classes, self.counts, self.scores = list(classes), list(counts), list(scores)
        self.members = np.array(self.classes, dtype=np.intp)
        self.weight = np.array(self.counts, dtype=float)
        self.score = np.array(self.scores, dtype=float)
        self.points = self.weight * self.score
        self.plain = all(score == 1 for score in self.scores)
        self.voters = sum(self.counts)
        self.votes = sum(count * score for count, score in zip(self.counts, self.scores, strict=True))


class Indexed:
    """The arrays of a problem; projects are numbers in its order.

    Args:
        problem: people, projects and budget.
        seed: of the order that decides ties: lower cost, more votes, then a hash of seed and id, so that neither the
            order of the file nor a machine decides.
    """

    def __init__(self, problem: Problem, seed: int) -> None:
        """Group the voters and scale the money by its common denominator."""
        money = [*(project.cost for project in problem.projects), problem.budget, problem.unit]
        self.scale = lcm(*(amount.denominator for amount in money))
        *costs, self.budget, self.unit = (int(amount * self.scale) for amount in money)
        self.costs: list[int] = costs
        self.voters = len(problem.voters)
        self.ids = [project.id for project in problem.projects]
        place = {name: number for number, name in enumerate(self.ids)}
        classes: dict[tuple[tuple[int, int], ...], int] = {}
        self.sizes: list[int] = []
        self.class_of: list[int] = []
        for voter in problem.voters:
            scores = voter.scores or (1,) * len(voter.supports)
            ballot = tuple(sorted((place[name], score) for name, score in zip(voter.supports, scores, strict=True)))
            number = classes.setdefault(ballot, len(classes))
            if number == len(self.sizes):
                self.sizes.append(0)
            self.sizes[number] += 1
            self.class_of.append(number)
        self.ballots = list(classes)
        self.support = _supports(self.ballots, self.sizes, len(costs))
        self.votes = [support.votes for support in self.support]
        self.order = sorted(
            range(len(costs)), key=lambda c: (costs[c], -self.votes[c], _lot(seed, self.ids[c]), self.ids[c])
        )
        self.rank = {project: place for place, project in enumerate(self.order)}

    @property
    def candidates(self) -> list[int]:
        """Return the projects that can win: somebody is for them, and they cost no more than there is."""
        return [c for c in self.order if self.votes[c] > 0 and self.costs[c] <= self.budget]

    def cost(self, projects: Sequence[int]) -> int:
        """Return the sum of the costs."""
        return sum(self.costs[c] for c in projects)


def _supports(ballots: list[tuple[tuple[int, int], ...]], sizes: list[int], projects: int) -> list[Support]:
    found: list[tuple[list[int], list[int], list[int]]] = [([], [], []) for _ in range(projects)]
    for number, ballot in enumerate(ballots):
        for project, score in ballot:
            classes, counts, scores = found[project]
            classes.append(number)
            counts.append(sizes[number])
            scores.append(score)
    return [Support(*lists) for lists in found]


def _lot(seed: int, name: str) -> bytes:
    return sha256(f"{seed}:{name}".encode()).digest()
