"""From ballots to places, majorities and a consensus order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hemicycle.engines.clock import Clock
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
    clock = Clock(seconds=seconds, cancel=cancel)

    def say(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, clock.elapsed()))

    def ranked(part: Problem) -> tuple[Place, ...]:
        points = points_of(part)
        scores = points.sum(axis=0, dtype=np.float64).astype(np.int64)
        sums = resample(points, times=times if len(points) else 0, seed=seed, cancel=clock.over)
        return places_of(part, scores, sums, level=level)

    say("resample")
    places = ranked(problem)
    parts = _parts(problem, minimum)
    categories = tuple(Category(name, len(part.ballots), ranked(part)) for name, part in parts.items())
    say("count")
    above = majorities_of(points_of(problem))
    say("consensus")
    return Solution(
        people=len(problem.ballots),
        places=places,
        pairwise=_pairwise(problem, above),
        kemeny=_consensus(problem, above, places, clock.left),
        categories=categories,
        seconds=round(clock.elapsed(), 3),
    )


def _parts(problem: Problem, minimum: int) -> dict[str, Problem]:
    """Return the ballots of each category that is large enough, by name."""
    people = Counter(ballot.category for ballot in problem.ballots)
    return {
        name: replace(
            problem,
            ballots=tuple(ballot for ballot in problem.ballots if ballot.category == name),
            longest=problem.places,
        )
        for name in sorted(keep_apart(people, minimum)[0])
    }


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
