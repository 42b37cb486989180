"""Do the places follow from the ballots? Counted ballot by ballot; nothing here comes from the solver."""

from collections.abc import Iterator
from itertools import combinations

from hemicycle.engines.opinions.ranking.problem import Ballot, Problem
from hemicycle.engines.opinions.ranking.solution import Place, Solution


def verify(problem: Problem, solution: Solution) -> tuple[str, ...]:
    """Return what is wrong with a solution, as sentences; none when it is right."""
    wrong = list(_places(problem, problem.ballots, solution.places))
    for category in solution.categories:
        ballots = tuple(ballot for ballot in problem.ballots if ballot.category == category.name)
        if len(ballots) != category.people:
            wrong.append(f"the people of {category.name} are miscounted")
        wrong += _places(problem, ballots, category.places)
    if solution.people != len(problem.ballots):
        wrong.append("the people are miscounted")
    counted = {
        (a, b): sum(1 for ballot in problem.ballots if _above(ballot, a, b))
        for pair in combinations(problem.items, 2)
        for a, b in (pair, pair[::-1])
    }
    said = {(m.item, m.other): m.above for m in solution.pairwise} | {
        (m.other, m.item): m.below for m in solution.pairwise
    }
    if said != counted or any(m.above < m.below for m in solution.pairwise):
        wrong.append("a majority is miscounted")
    kemeny = solution.kemeny
    if sorted(kemeny.order) != sorted(problem.items):
        wrong.append("the consensus does not hold every item once")
    elif kemeny.disagreements != sum(counted[low, high] for high, low in combinations(kemeny.order, 2)):
        wrong.append("the disagreements are miscounted")
    if kemeny.bound > kemeny.disagreements or kemeny.proven != (kemeny.bound == kemeny.disagreements):
        wrong.append("the bound of the consensus is wrong")
    return tuple(wrong)


def _places(problem: Problem, ballots: tuple[Ballot, ...], places: tuple[Place, ...]) -> Iterator[str]:
    score, most = dict.fromkeys(problem.items, 0), problem.places
    for ballot in ballots:
        for worse, item in enumerate(ballot.choices):
            score[item] += most - worse
    if sorted(place.item for place in places) != sorted(problem.items):
        yield "the places do not hold every item once"
        return
    for place in places:
        above = sum(1 for other in score.values() if other > score[place.item])
        if (place.score, place.place) != (score[place.item], above + 1):
            yield f"the points or the place of {place.item} are wrong"
        if not place.low <= place.place <= place.high:
            yield f"the interval of {place.item} leaves its place out"
        if any(place.item not in other.tied_with for other in places if other.item in place.tied_with):
            yield f"{place.item} is tied with an item that is not tied with it"


def _above(ballot: Ballot, item: str, other: str) -> bool:
    if item not in ballot.choices:
        return False
    return other not in ballot.choices or ballot.choices.index(item) < ballot.choices.index(other)
