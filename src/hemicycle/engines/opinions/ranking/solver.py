"""From ballots to places, majorities and a consensus order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import numpy as np

from hemicycle.engines.opinions.categories import keep_apart
from hemicycle.engines.opinions.ranking.borda import Ints, majorities_of, places_of, points_of, resample
from hemicycle.engines.opinions.ranking.kemeny import kemeny
from hemicycle.engines.opinions.ranking.problem import Problem
from hemicycle.engines.opinions.ranking.solution import Category, Consensus, Majority, Place, Progress, Solution


def solve(
    problem: Problem,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    times: int = 1000,
    level: float = 0.95,
    minimum: int = 10,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Rank the items.

    Args:
        problem: items and ballots.
        seconds: wall time; when it is up, intervals stand on fewer draws and the consensus may not be proven.
        seed: of the bootstrap. times: its draws. level: of its intervals.
        minimum: fewest people a category is reported for.
        progress: called before each phase. cancel: asked between steps; True goes on to the end without searching.
    """
    begin = monotonic()

    def left() -> float:
        stopped = cancel is not None and cancel()
        return 0.0 if stopped else max(0.0, seconds - (monotonic() - begin))

    def say(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, monotonic() - begin))

    def ranked(part: Problem) -> tuple[Place, ...]:
        points = points_of(part)
        scores = points.sum(axis=0, dtype=np.float64).astype(np.int64)
        sums = resample(points, times=times if len(points) else 0, seed=seed, cancel=lambda: left() == 0)
        return places_of(part, scores, sums, level=level)

    say("resample")
    places = ranked(problem)
    categories = []
    people = Counter(ballot.category for ballot in problem.ballots)
    for name in sorted(keep_apart(people, minimum)[0]):
        ballots = tuple(ballot for ballot in problem.ballots if ballot.category == name)
        categories.append(
            Category(name, len(ballots), ranked(replace(problem, ballots=ballots, longest=problem.places)))
        )
    say("count")
    above = majorities_of(points_of(problem))
    say("consensus")
    return Solution(
        people=len(problem.ballots),
        places=places,
        pairwise=_pairwise(problem, above),
        kemeny=_consensus(problem, above, places, left),
        categories=tuple(categories),
        seconds=round(monotonic() - begin, 3),
    )


def _pairwise(problem: Problem, above: Ints) -> tuple[Majority, ...]:
    found = []
    for i, item in enumerate(problem.items):
        for j in range(i + 1, len(problem.items)):
            a, b = int(above[i, j]), int(above[j, i])
            pair = (item, problem.items[j], a, b) if a >= b else (problem.items[j], item, b, a)
            found.append(Majority(*pair))
    return tuple(found)


def _consensus(problem: Problem, above: Ints, places: tuple[Place, ...], left: Callable[[], float]) -> Consensus:
    number = {item: place for place, item in enumerate(problem.items)}
    order, value, bound = kemeny(above, [number[place.item] for place in places], left=left)
    return Consensus(tuple(problem.items[i] for i in order), value, bound, value == bound)
