"""EJR+ up to any project: no group that is large enough for a project it lacks goes without.

Brill, Peters: "Robust and Verifiable Proportionality Axioms for Multiwinner Voting" (EC 2023), with costs as worth:
winners W violate it when a project c ∉ W and a group G of its supporters exist with, for all i ∈ G,
cost(A_i ∩ W) + cost(c) ≤ |G| · budget / voters. With approval ballots Equal Shares never does. Nothing here comes from
the rules' code.
"""

from collections.abc import Collection

from hemicycle.engines.opinions.shares.problem import Money, Problem
from hemicycle.engines.opinions.shares.solution import Certificate, Neglect


def certify(problem: Problem, winners: Collection[str]) -> Certificate:
    """Return the certificate of any set of projects; for each violated project its largest neglected group.

    Sorting the supporters by what they have makes the check exact and fast: the best group for a bound t on what its
    members have is all supporters with at most t. Scores do not count, only who supports what.
    """
    costs = {project.id: project.cost for project in problem.projects}
    chosen = set(winners)
    has: dict[str, list[Money]] = {project: [] for project in costs if project not in chosen}
    for voter in problem.voters:
        worth: Money = sum(costs[project] for project in voter.supports if project in chosen)
        for project in voter.supports:
            if project in has:
                has[project].append(worth)
    found = []
    for project, worths in has.items():
        worths.sort()
        for count in range(len(worths), 0, -1):
            if (worths[count - 1] + costs[project]) * len(problem.voters) <= count * problem.budget:
                found.append(Neglect(project, count, worths[count - 1]))
                break
    return Certificate(not found, tuple(found))
