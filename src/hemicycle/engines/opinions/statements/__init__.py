"""What a consultation's votes say: groups of opinion or none, what is typical of them, what all share.

from hemicycle.engines.opinions.statements import Problem, solve, verify
"""

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.opinions.statements.problem import (
    AGREE,
    DISAGREE,
    NOT_VOTED,
    PASS,
    Problem,
)
from hemicycle.engines.opinions.statements.solution import (
    Axis,
    Common,
    Finding,
    Group,
    Progress,
    Solution,
    Test,
)
from hemicycle.engines.opinions.statements.solver import solve
from hemicycle.engines.opinions.statements.verify import verify

__all__ = [
    "AGREE",
    "DISAGREE",
    "NOT_VOTED",
    "PASS",
    "Axis",
    "BadProblem",
    "Common",
    "Finding",
    "Group",
    "Problem",
    "Progress",
    "Solution",
    "Test",
    "solve",
    "verify",
]
