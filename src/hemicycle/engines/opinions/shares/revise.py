"""People apply hard constraints after the vote; what that changes is published."""

from collections.abc import Collection
from dataclasses import dataclass

from hemicycle.engines.opinions.shares.certificate import certify
from hemicycle.engines.opinions.shares.problem import Money, Problem
from hemicycle.engines.opinions.shares.solution import Certificate, Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The difference between the winners and what is held in the end.

    Args:
        dropped, added: project ids, in the order of the winners and of the problem.
        spent: cost of what is held.
        lost: voters who had a winner and now have nothing. gained: the other way round.
        certificate: of what is held.
    """

    dropped: tuple[str, ...]
    added: tuple[str, ...]
    spent: Money
    lost: int
    gained: int
    certificate: Certificate


def revise(problem: Problem, solution: Solution, held: Collection[str]) -> Revision:
    """Compare the winners with the projects people hold in the end.

    Raises:
        ValueError: a held project is not known.
    """
    final, winners = set(held), [winner.project for winner in solution.winners]
    unknown = final - {project.id for project in problem.projects}
    if unknown:
        raise ValueError(f"project {min(unknown)} is not known")
    before = [not set(winners).isdisjoint(voter.supports) for voter in problem.voters]
    after = [not final.isdisjoint(voter.supports) for voter in problem.voters]
    return Revision(
        dropped=tuple(project for project in winners if project not in final),
        added=tuple(p.id for p in problem.projects if p.id in final and p.id not in winners),
        spent=sum(project.cost for project in problem.projects if project.id in final),
        lost=sum(had and not has for had, has in zip(before, after, strict=True)),
        gained=sum(has and not had for had, has in zip(before, after, strict=True)),
        certificate=certify(problem, final),
    )
