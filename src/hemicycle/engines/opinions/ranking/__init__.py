"""Priorities from top-k ballots: Borda places with intervals, majorities, Kemeny's order.

from hemicycle.engines.opinions.ranking import Ballot, Problem, solve, verify
"""

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.opinions.ranking.problem import (
    Ballot,
    Problem,
)
from hemicycle.engines.opinions.ranking.solution import Category, Consensus, Majority, Place, Progress, Solution
from hemicycle.engines.opinions.ranking.solver import solve
from hemicycle.engines.opinions.ranking.verify import verify

__all__ = [
    "BadProblem",
    "Ballot",
    "Category",
    "Consensus",
    "Majority",
    "Place",
    "Problem",
    "Progress",
    "Solution",
    "solve",
    "verify",
]
