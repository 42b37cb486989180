"""Small elections, named by what they are about, and a slow second way to count them."""

from fractions import Fraction

from hypothesis import strategies as st

from hemicycle.engines.opinions.shares import Problem, Project, Voter
from hemicycle.engines.opinions.shares.audit import replay

PB = """META
key;value
description;three ideas
budget;100
vote_type;approval
PROJECTS
project_id;cost;name;selected
a;60;"A; or not";1
b;40;B;0
c;50;C;0
VOTES
voter_id;age;vote;category
v1;30;a,b;youth
v2;31;a;youth
v3;32;"c";
v4;33;;
"""


def election(costs, ballots, budget, **changes):
    """Projects named by letters; ballots as words: "ab" supports a and b."""
    return Problem(
        projects=tuple(Project(id=name, cost=cost) for name, cost in costs.items()),
        voters=tuple(Voter(id=f"v{i}", supports=tuple(ballot)) for i, ballot in enumerate(ballots)),
        budget=budget,
        **changes,
    )


def towns():
    """51 voters of one town and 49 of another, five projects each, money for ten of the twenty."""
    costs = dict.fromkeys("abcdefghijklmnopqrst", 10)
    return election(costs, ["abcdefghij"] * 51 + ["klmnopqrst"] * 49, 100)


def winners(solution):
    return [winner.project for winner in solution.winners]


def every_step(problem, order):
    """ADD1 by trying every endowment in exact fractions."""
    costs = {project.id: project.cost for project in problem.projects}
    able = {name for voter in problem.voters for name in voter.supports if costs[name] <= problem.budget}
    endowment = Fraction(problem.budget) / max(1, len(problem.voters))
    best, _ = replay(problem, endowment, order)
    while set(best) != able:
        following, _ = replay(problem, endowment + problem.unit, order)
        if sum(costs[name] for name in following) > problem.budget:
            break
        best, endowment = following, endowment + problem.unit
    return best, endowment


@st.composite
def elections(draw, *, scores=True):
    projects = draw(st.integers(0, 6))
    names = "abcdef"[:projects]
    cost = st.sampled_from([0, 1, 2, 2, 3, 5, 7, Fraction(1, 2), Fraction(7, 3), 30])
    voters = []
    for v in range(draw(st.integers(0, 7))):
        supports = tuple(draw(st.lists(st.sampled_from(names), unique=True))) if names else ()
        given = tuple(draw(st.integers(1, 4)) for _ in supports) if scores and draw(st.booleans()) else ()
        voters.append(
            Voter(id=f"v{v}", supports=supports, scores=given, category=draw(st.sampled_from(["", "x", "y"])))
        )
    return Problem(
        projects=tuple(Project(id=name, cost=draw(cost)) for name in names),
        voters=tuple(voters),
        budget=draw(st.sampled_from([0, 1, 5, 9, 10, Fraction(21, 2), 40])),
        unit=draw(st.sampled_from([1, Fraction(1, 3), 2])),
    )
