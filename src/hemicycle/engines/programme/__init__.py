"""Sessions to rooms and times.

    from hemicycle.engines.programme import Problem, solve, verify

The agenda model; the model of the library CoSPLib is in `hemicycle.engines.programme.cosplib`. Importing this package
is cheap: NumPy and OR-Tools are loaded when first needed.
"""

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.programme.problem import (
    Acknowledged,
    Appearance,
    Day,
    Effect,
    Interest,
    Person,
    Placement,
    Problem,
    Relation,
    Room,
    Rule,
    Session,
    Setting,
    SideEvent,
    Similar,
    Window,
)
from hemicycle.engines.programme.solution import (
    Progress,
    Reason,
    Solution,
)
from hemicycle.engines.programme.solver import solve
from hemicycle.engines.programme.verify import verify
from hemicycle.engines.status import Level, Status

__all__ = [
    "Acknowledged",
    "Appearance",
    "BadProblem",
    "Day",
    "Effect",
    "Interest",
    "Level",
    "Person",
    "Placement",
    "Problem",
    "Progress",
    "Reason",
    "Relation",
    "Room",
    "Rule",
    "Session",
    "Setting",
    "SideEvent",
    "Similar",
    "Solution",
    "Status",
    "Window",
    "solve",
    "verify",
]
