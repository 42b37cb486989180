"""Whom to meet, with reasons.

from hemicycle.engines.recommendation import Problem, Profile, solve, verify
"""

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.recommendation.explain import explain
from hemicycle.engines.recommendation.problem import (
    Decision,
    Problem,
    Profile,
    Weights,
)
from hemicycle.engines.recommendation.reviewers import fit
from hemicycle.engines.recommendation.solution import Progress, Solution, Status, Suggestion
from hemicycle.engines.recommendation.solver import board, solve
from hemicycle.engines.recommendation.verify import verify

__all__ = [
    "BadProblem",
    "Decision",
    "Problem",
    "Profile",
    "Progress",
    "Solution",
    "Status",
    "Suggestion",
    "Weights",
    "board",
    "explain",
    "fit",
    "solve",
    "verify",
]
