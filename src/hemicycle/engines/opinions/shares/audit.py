"""Equal Shares once more, in exact fractions, by a second program that shares nothing with the first."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from hemicycle.engines.opinions.shares.problem import Problem

Ballot = tuple[tuple[str, int], ...]


def replay(problem: Problem, endowment: Fraction, order: Sequence[str]) -> tuple[list[str], dict[str, Fraction]]:
    """Return what is bought when everybody begins with `endowment`, and the price per point of each purchase.

    `order` decides ties. Projects that nobody supports or that exceed the budget are left out.
    """
    count: Counter[Ballot] = Counter(
        tuple(zip(voter.supports, voter.scores or (1,) * len(voter.supports), strict=True)) for voter in problem.voters
    )
    money = dict.fromkeys(count, endowment)
    fans: dict[str, list[tuple[Ballot, int]]] = {project.id: [] for project in problem.projects}
    for ballot in count:
        for project, score in ballot:
            fans[project].append((ballot, score))
    costs = {project.id: Fraction(project.cost) for project in problem.projects if project.cost <= problem.budget}
    rank = {project: place for place, project in enumerate(order)}
    points = {project: sum(count[ballot] * score for ballot, score in fans[project]) for project in costs}
    prices: dict[str, Fraction] = {project: Fraction(0) for project in order if project in costs and points[project]}
    bought = [project for project in prices if costs[project] == 0]
    # votes only fall, so an old number is a bound: who stays ahead of all bounds after a fresh look is the best
    queue = [(-Fraction(points[project]), rank[project], project) for project in prices if costs[project] > 0]
    heapify(queue)
    while queue:
        _, place, project = heappop(queue)
        price = _price(costs[project], [(money[ballot], count[ballot], score) for ballot, score in fans[project]])
        if price is None:
            continue
        entry = (-costs[project] / price, place, project)
        if queue and queue[0] < entry:
            heappush(queue, entry)
            continue
        for ballot, score in fans[project]:
            money[ballot] -= min(money[ballot], price * score)
        prices[project] = price
        bought.append(project)
    return bought, {project: prices[project] for project in bought}


def _price(cost: Fraction, purses: list[tuple[Fraction, int, int]]) -> Fraction | None:
    """Return the least price per point at which the purses (money each, people, score) hold the cost."""
    if sum(money * people for money, people, _ in purses) < cost:
        return None
    points = sum(people * score for _, people, score in purses)
    price = cost / points
    short = [purse for purse in purses if purse[0] < price * purse[2]]
    rich = [purse for purse in purses if purse[0] >= price * purse[2]]
    while short:
        cost -= sum(money * people for money, people, _ in short)
        points = sum(people * score for _, people, score in rich)
        price = cost / points
        short = [purse for purse in rich if purse[0] < price * purse[2]]
        rich = [purse for purse in rich if purse[0] >= price * purse[2]]
    return price
