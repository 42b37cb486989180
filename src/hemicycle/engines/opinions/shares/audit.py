"""Equal Shares once more, in exact fractions, by a second program that shares nothing with the first."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm

from hemicycle.engines.opinions.shares.problem import Problem

Ballot = tuple[tuple[str, int], ...]
# money, people, score
Purse = tuple[int, int, int]


def replay(problem: Problem, endowment: Fraction, order: Sequence[str]) -> tuple[list[str], dict[str, Fraction]]:
    """Return what is bought when everybody begins with `endowment`, and the price per point of each purchase.

    `order` decides ties. Projects that nobody supports or that exceed the budget are left out.
    Fractions are whole numbers over one common denominator, `unit`, which grows with each purchase.
    """
    count: Counter[Ballot] = Counter(
        tuple(zip(voter.supports, voter.scores or (1,) * len(voter.supports), strict=True)) for voter in problem.voters
    )
    costs = {project.id: Fraction(project.cost) for project in problem.projects if project.cost <= problem.budget}
    people = list(count.values())
    fans: dict[str, list[tuple[int, int]]] = {project.id: [] for project in problem.projects}
    for number, ballot in enumerate(count):
        for project, score in ballot:
            fans[project].append((number, score))
    unit = lcm(endowment.denominator, *(cost.denominator for cost in costs.values()))
    money = [int(endowment * unit)] * len(people)
    rank = {project: place for place, project in enumerate(order)}
    points = {project: sum(people[number] * score for number, score in fans[project]) for project in costs}
    able = [project for project in order if points.get(project)]
    prices = {project: Fraction(0) for project in able if costs[project] == 0}
    # votes only fall, so an old number is a bound: who stays ahead of all bounds after a fresh look is the best
    queue = [(-Fraction(points[project]), rank[project], project) for project in able if costs[project] > 0]
    heapify(queue)
    while queue:
        _, place, project = heappop(queue)
        cost = int(costs[project] * unit)
        price = _price(cost, [(money[number], people[number], score) for number, score in fans[project]])
        if price is None:
            continue
        entry = (Fraction(-cost) / price, place, project)
        if queue and queue[0] < entry:
            heappush(queue, entry)
            continue
        prices[project] = price / unit
        money = [amount * price.denominator for amount in money]
        unit *= price.denominator
        for number, score in fans[project]:
            money[number] = max(0, money[number] - price.numerator * score)
    return list(prices), prices


def _price(cost: int, purses: list[Purse]) -> Fraction | None:
    """Return the least price per point at which the purses hold the cost; who is short gives all they have."""
    if sum(money * people for money, people, _ in purses) < cost:
        return None
    while True:
        points = sum(people * score for _, people, score in purses)
        shared = gcd(cost, points)
        price, by = cost // shared, points // shared
        rich = [purse for purse in purses if purse[0] * by >= price * purse[2]]
        if len(rich) == len(purses):
            return Fraction(price, by)
        cost -= sum(money * people for money, people, score in purses if money * by < price * score)
        purses = rich
