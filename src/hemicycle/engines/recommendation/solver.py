"""From profiles to lists."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from hemicycle.engines.recommendation.embedders import Embedder
from hemicycle.engines.recommendation.learn import learn
from hemicycle.engines.recommendation.lists import Board
from hemicycle.engines.recommendation.matching import match, one_way
from hemicycle.engines.recommendation.meaning import Meaning
from hemicycle.engines.recommendation.problem import LEARN_FROM, Problem
from hemicycle.engines.recommendation.scoring import Scores
from hemicycle.engines.recommendation.solution import Progress, Solution, Status


def solve(
    problem: Problem,
    *,
    embedder: Embedder | None = None,
    seconds: float | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    cancel: Callable[[], bool] = lambda: False,
) -> Solution:
    """Return a list for everybody; the result depends on nothing but the problem and the embedder.

    `seconds` of wall time, None for as long as it takes; on its end, or when `cancel` says so, the lists are built from
    what was scored so far.

    Raises:
        NoEmbedder: the embedder gave no vectors.
    """
    return board(problem, embedder=embedder, seconds=seconds, progress=progress, cancel=cancel).solution


def board(
    problem: Problem,
    *,
    embedder: Embedder | None = None,
    seconds: float | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    cancel: Callable[[], bool] = lambda: False,
) -> Board:
    """Return the lists together with what is needed to repair them after an edit; arguments as of `solve`."""
    with _no_search_for_garbage():
        return _built(problem, embedder, seconds, progress, cancel)


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Let be the search for cycles: a build makes many small objects and no cycles, and the search takes a quarter of its time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _built(
    problem: Problem,
    embedder: Embedder | None,
    seconds: float | None,
    progress: Callable[[Progress], None],
    cancel: Callable[[], bool],
) -> Board:
    begin = perf_counter()
    phase = "read"

    def step(done: int) -> bool:
        took = perf_counter() - begin
        progress(Progress(phase, done, len(problem.people), took))
        return cancel() or (seconds is not None and took > seconds)

    step(0)
    scores = Scores(problem, problem.weights, None if embedder is None else Meaning(embedder))
    learned = len(problem.decisions) >= LEARN_FROM
    if learned:
        scores.reweigh(learn(scores))
    phase = "score"
    found = match(scores, problem.cap, step)
    phase = "match"
    whole = not step(scores.size) and found.whole
    given, likely = one_way(scores, found.partners, problem.cap, problem.second_cap) if whole else ([], {})
    return Board(
        scores=scores,
        matching=found,
        given=given or [{} for _ in found.partners],
        likely=likely,
        learned=learned,
        status=Status.COMPLETE if whole else Status.PARTIAL,
        seconds=perf_counter() - begin,
    )
