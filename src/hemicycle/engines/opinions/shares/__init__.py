"""A programme that everybody pays for: Method of Equal Shares, sequential Phragmén, most votes.

from hemicycle.engines.opinions.shares import Problem, Project, Voter, solve, verify
"""

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.opinions.shares.certificate import certify
from hemicycle.engines.opinions.shares.problem import (
    Completion,
    Problem,
    Project,
    Rule,
    Voter,
)
from hemicycle.engines.opinions.shares.revise import Revision, revise
from hemicycle.engines.opinions.shares.solution import (
    Certificate,
    Neglect,
    Paid,
    Phase,
    Progress,
    Solution,
    Status,
    Winner,
)
from hemicycle.engines.opinions.shares.solver import solve
from hemicycle.engines.opinions.shares.verify import verify

__all__ = [
    "BadProblem",
    "Certificate",
    "Completion",
    "Neglect",
    "Paid",
    "Phase",
    "Problem",
    "Progress",
    "Project",
    "Revision",
    "Rule",
    "Solution",
    "Status",
    "Voter",
    "Winner",
    "certify",
    "revise",
    "solve",
    "verify",
]
