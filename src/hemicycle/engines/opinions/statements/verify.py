"""Do groups, bounds and figures follow from the votes? Counted vote by vote; nothing here comes from the solver."""

from collections.abc import Iterator
from math import sqrt

from hemicycle.engines.opinions.statements.problem import AGREE, NOT_VOTED, Problem
from hemicycle.engines.opinions.statements.solution import Solution

ROUNDED = 1e-4


def verify(problem: Problem, solution: Solution) -> tuple[str, ...]:
    """Return what is wrong with a solution, as sentences; none when it is right."""
    wrong = [*_people(problem, solution), *_rules(solution)]
    return tuple(wrong) if wrong else (*_bounds(problem, solution), *_findings(problem, solution))


def _people(problem: Problem, solution: Solution) -> Iterator[str]:
    fewest = min(7, len(problem.statements))
    counts = [sum(1 for vote in row if vote != NOT_VOTED) for row in problem.votes.tolist()]
    enough = tuple(p for p, count in zip(problem.people, counts, strict=True) if count >= max(1, fewest))
    if solution.placed != enough or solution.left_out != len(problem.people) - len(enough):
        yield "those with enough votes are not those who are placed"
    members = [person for group in solution.clusters for person in group.members]
    if solution.clusters and sorted(members) != sorted(enough):
        yield "the groups do not hold everybody once"


def _rules(solution: Solution) -> Iterator[str]:
    test = solution.test
    sizes = [len(group.members) for group in solution.clusters]
    if test.needed != max(10, sum(1 for place in range(len(solution.placed)) if place % 20 == 0)):
        yield "the size a group needs is wrong"
    if sizes and test.smallest != min(sizes):
        yield "the smallest group is miscounted"
    named = (
        test.p is not None
        and test.p <= 0.05  # noqa: PLR2004
        and (test.agreement or 0) >= 0.3  # noqa: PLR2004
        and (test.smallest or 0) >= test.needed
    )
    if named != (solution.groups is not None):
        yield "groups are named against the test, or not named in spite of it"
    if solution.groups is not None and solution.groups != solution.clusters:
        yield "the named groups are others"
    if solution.groups is None and solution.findings:
        yield "findings without groups"


def _bounds(problem: Problem, solution: Solution) -> Iterator[str]:
    groups = solution.groups or ((),)
    row = dict(zip(problem.people, problem.votes.tolist(), strict=True))
    parts = [[row[p] for p in group.members] for group in solution.groups or ()] or [[row[p] for p in solution.placed]]
    assert len(parts) == len(groups)
    said = {common.statement: common.lower_bound for common in solution.common_ground}
    if sorted(said) != sorted(problem.statements if solution.placed else ()):
        yield "common ground does not hold every statement once"
        return
    bounds = [common.lower_bound for common in solution.common_ground]
    if bounds != sorted(bounds, reverse=True):
        yield "common ground is not in order"
    for place, statement in enumerate(problem.statements):
        least = min(_low([votes[place] for votes in part]) for part in parts)
        if statement in said and abs(said[statement] - least) > ROUNDED:
            yield f"the lower bound of {statement} is wrong"


def _low(votes: list[int]) -> float:
    """Solve (p̂ − p)² = z²·p·(1 − p) / n for its smaller root: Wilson's bound."""
    cast = [vote for vote in votes if vote != NOT_VOTED]
    if not cast:
        return 0.0
    n, z2 = len(cast), 1.959964**2
    share = cast.count(AGREE) / n
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share * share
    return max(0.0, (-b - sqrt(max(0.0, b * b - 4 * a * c))) / (2 * a))


def _findings(problem: Problem, solution: Solution) -> Iterator[str]:
    groups = len(solution.groups or ())
    for found in solution.findings:
        if found.statement not in problem.statements or not 0 <= found.group < groups:
            yield "a finding is about something unknown"
        if found.answer not in ("agree", "disagree") or not 0 <= found.outside < found.inside <= 1:
            yield f"the finding about {found.statement} is none"
        if not 0 <= found.p <= 0.05:  # noqa: PLR2004
            yield f"the finding about {found.statement} is not certain enough"
