"""Phragmén's sequential rule with costs (Los, Christoff, Grossi: "Proportional Budget Allocations", IJCAI 2022)."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from hemicycle.engines.opinions.shares.equal import EPS
from hemicycle.engines.opinions.shares.indexed import Indexed


@dataclass(frozen=True, slots=True)
class Bought:
    """A project, the load of its supporters after it, and what each class of them had before."""

    project: int
    load: Fraction
    before: tuple[Fraction, ...]


def phragmen(index: Indexed) -> list[Bought]:
    """Return the purchases: always the project that raises its supporters' common load least.

    Everybody earns money at the same speed; a project is bought when its supporters together have its cost, and takes
    all they have. The rule ends before the first project that would pass the budget. Scores do not count.
    """
    loads = [Fraction(0)]
    level = np.zeros(len(index.sizes), dtype=np.intp)
    left, money = index.candidates, index.budget
    bought: list[Bought] = []
    while left:
        best, load = _least(index, left, level, loads)
        if index.costs[best] > money:
            break
        support = index.support[best]
        bought.append(Bought(best, load, tuple(loads[at] for at in level[support.members])))
        loads.append(load)
        level[support.members] = len(loads) - 1
        left = [c for c in left if c != best]
        money -= index.costs[best]
    return bought


def _least(index: Indexed, left: list[int], level: np.ndarray, loads: list[Fraction]) -> tuple[int, Fraction]:
    """Return the project with the least new load, and the load; floating point sorts out who is far off."""
    values = np.array([float(load) for load in loads])
    rough = {}
    for c in left:
        support = index.support[c]
        rough[c] = (index.costs[c] + float(support.weight @ values[level[support.members]])) / support.voters
    bar = min(rough.values()) * (1 + EPS)
    exact = {c: _load(index, c, level, loads) for c in left if rough[c] <= bar}
    best = min(exact, key=lambda c: (exact[c], index.rank[c]))
    return best, exact[best]


def _load(index: Indexed, project: int, level: np.ndarray, loads: list[Fraction]) -> Fraction:
    support = index.support[project]
    voters = np.bincount(level[support.members], weights=support.weight, minlength=len(loads))
    carried = sum((int(count) * load for count, load in zip(voters, loads, strict=True) if count), Fraction(0))
    return (index.costs[project] + carried) / support.voters
