"""Who meets whom, when, at which table.

    from hemicycle.engines.meetings import Meeting, Person, Problem, solve, verify

Importing this package is cheap: NumPy, SciPy and OR-Tools are loaded when first needed.
"""

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.meetings.problem import (
    Meeting,
    Person,
    Problem,
    Profile,
    TableClass,
)
from hemicycle.engines.meetings.solution import (
    Placing,
    Progress,
    Reason,
    Solution,
    Why,
)
from hemicycle.engines.meetings.solver import solve
from hemicycle.engines.meetings.verify import verify
from hemicycle.engines.status import Level, Status

__all__ = [
    "BadProblem",
    "Level",
    "Meeting",
    "Person",
    "Placing",
    "Problem",
    "Profile",
    "Progress",
    "Reason",
    "Solution",
    "Status",
    "TableClass",
    "Why",
    "solve",
    "verify",
]
