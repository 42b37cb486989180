"""Do the winners follow from the ballots, and are the figures right? Nothing here comes from the solver."""

from collections.abc import Iterator
from fractions import Fraction

from hemicycle.engines.opinions.shares.audit import replay
from hemicycle.engines.opinions.shares.problem import Completion, Problem, Rule
from hemicycle.engines.opinions.shares.solution import Neglect, Phase, Solution, Status


def verify(problem: Problem, solution: Solution) -> tuple[str, ...]:
    """Return what is wrong with a solution, as sentences; none when it is right.

    Equal Shares is run again in exact fractions at the endowment of the solution and one unit above; the other rules
    are followed purchase by purchase. Figures are counted voter by voter.
    """
    wrong = list(_figures(problem, solution))
    if not wrong:
        wrong += {Rule.MES: _shares, Rule.PHRAGMEN: _phragmen, Rule.VOTES: _votes}[solution.rule](problem, solution)
    return tuple(wrong)


def _figures(problem: Problem, solution: Solution) -> Iterator[str]:
    costs = {project.id: project.cost for project in problem.projects}
    names = [winner.project for winner in solution.winners]
    if len(set(names)) < len(names) or not set(names) <= set(costs):
        yield "a winner is unknown or there twice"
        return
    if sorted(solution.order) != sorted(costs):
        yield "the order of ties does not hold every project once"
        return
    if solution.spent != sum(costs[name] for name in names) or solution.spent > problem.budget:
        yield "the money spent is not the sum of the costs, or more than the budget"
    nothing = [voter for voter in problem.voters if not set(voter.supports) & set(names)]
    if abs(solution.uncovered - len(nothing) / max(1, len(problem.voters))) > 1e-9:  # noqa: PLR2004
        yield "the share of voters with nothing is wrong"
    for winner in solution.winners:
        fans = sum(1 for voter in problem.voters if winner.project in voter.supports)
        if (winner.price, winner.supporters) != (costs[winner.project], fans):
            yield f"the price or the supporters of {winner.project} are wrong"
        if winner.paid and sum(line.amount for line in winner.paid) > winner.price:
            yield f"more was paid for {winner.project} than it costs"
    neglected = set(_neglected(problem, set(names)))
    if (not neglected) != solution.certificate.holds or neglected != set(solution.certificate.neglected):
        yield "the certificate is wrong"


def _neglected(problem: Problem, winners: set[str]) -> Iterator[Neglect]:
    """Try, for every project that is not chosen, every bound on what its supporters have."""
    costs = {project.id: project.cost for project in problem.projects}
    has = {voter.id: sum(costs[name] for name in voter.supports if name in winners) for voter in problem.voters}
    for project in problem.projects:
        if project.id in winners:
            continue
        fans = [has[voter.id] for voter in problem.voters if project.id in voter.supports]
        for worth in sorted(set(fans), reverse=True):
            group = sum(1 for other in fans if other <= worth)
            if worth + project.cost <= Fraction(group * problem.budget) / len(problem.voters):
                yield Neglect(project.id, group, worth)
                break


def _shares(problem: Problem, solution: Solution) -> Iterator[str]:
    assert solution.endowment is not None
    costs = {project.id: project.cost for project in problem.projects}
    bought, prices = replay(problem, solution.endowment, solution.order)
    paid = [winner for winner in solution.winners if winner.phase is Phase.SHARES]
    if [winner.project for winner in paid] != bought:
        yield "exact fractions buy something else"
    elif [winner.most for winner in paid] != [prices[name] for name in bought]:
        yield "exact fractions pay something else"
    first = Fraction(problem.budget) / max(1, len(problem.voters))
    if solution.endowment < first or (solution.endowment - first) % problem.unit:
        yield "the endowment is not the equal share and whole units"
    able = {name for voter in problem.voters for name in voter.supports if costs[name] <= problem.budget}
    if solution.completion is not Completion.NONE and solution.status is Status.COMPLETE and set(bought) != able:
        more, _ = replay(problem, solution.endowment + problem.unit, solution.order)
        if sum(costs[name] for name in more) <= problem.budget:
            yield "one more unit for everybody still fits the budget"
    if solution.completion is Completion.ADD1U:
        yield from _greedy(problem, solution, bought)
    elif len(paid) < len(solution.winners):
        yield "a winner has no share to pay for it"


def _votes(problem: Problem, solution: Solution) -> Iterator[str]:
    yield from _greedy(problem, solution, [])


def _greedy(problem: Problem, solution: Solution, begun: list[str]) -> Iterator[str]:
    """Go through the projects by votes and take what fits."""
    costs = {project.id: project.cost for project in problem.projects}
    votes = dict.fromkeys(costs, 0)
    for voter in problem.voters:
        for name, score in zip(voter.supports, voter.scores or (1,) * len(voter.supports), strict=True):
            votes[name] += score
    left = problem.budget - sum(costs[name] for name in begun)
    taken = list(begun)
    for name in sorted(solution.order, key=lambda name: -votes[name]):
        if votes[name] and name not in taken and costs[name] <= left:
            taken.append(name)
            left -= costs[name]
    if [winner.project for winner in solution.winners] != taken:
        yield "by votes, other projects come next"


def _phragmen(problem: Problem, solution: Solution) -> Iterator[str]:
    """Let every voter carry a load of their own, purchase by purchase."""
    costs = {project.id: project.cost for project in problem.projects}
    fans = {name: [voter.id for voter in problem.voters if name in voter.supports] for name in costs}
    load = {voter.id: Fraction(0) for voter in problem.voters}
    left, taken = problem.budget, []
    open_ = [name for name in solution.order if fans[name] and costs[name] <= problem.budget]
    while open_:
        loads = {
            name: sum((load[voter] for voter in fans[name]), Fraction(costs[name])) / len(fans[name]) for name in open_
        }
        best = min(open_, key=lambda name: loads[name])
        if costs[best] > left:
            break
        load |= dict.fromkeys(fans[best], loads[best])
        left -= costs[best]
        taken.append(best)
        open_.remove(best)
    if [winner.project for winner in solution.winners] != taken:
        yield "Phragmén's rule buys something else"
