"""Run CP-SAT models so that progress, cancelling and work limits reach them.

L. Perron, F. Didier: CP-SAT, Google OR-Tools. The library is imported when the first model is built.
"""

from collections.abc import Callable
from math import ceil
from threading import Thread
from time import monotonic
from typing import Any, Protocol, TypeVar

from hemicycle.engines.clock import Clock

POLL = 0.02
ROUNDING = 1e-6


class Job:
    """One model being solved in a thread of its own; ask `running`, then read `state`, `solver` and `bound`.

    Args:
        model: a `cp_model.CpModel`.
        seconds: wall time. work: deterministic time in place of it, then with one thread; None to be led by time.
        workers: threads. seed: of the search.
        tune: changes the parameters last.
    """

    def __init__(
        self,
        model: Any,
        *,
        seconds: float,
        work: float | None = None,
        workers: int = 1,
        seed: int = 0,
        tune: Callable[[Any], None] | None = None,
    ) -> None:
        """Start solving."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  # half a second, and some calls do without

        self.solver: Any = cp_model.CpSolver()
        self.found = 0
        self.better = self.moved = monotonic()
        self._status: Any = cp_model.UNKNOWN
        parameters = self.solver.parameters
        parameters.random_seed = seed
        parameters.catch_sigint_signal = False
        parameters.max_time_in_seconds = max(0.01, seconds)
        parameters.num_workers = workers
        if work is not None:
            parameters.max_deterministic_time = max(0.01, work)
            parameters.num_workers = 1
        if tune is not None:
            tune(parameters)
        self._bounds: list[float] = []
        self.solver.best_bound_callback = self._raised
        job = self

        class Counter(cp_model.CpSolverSolutionCallback):
            """Counts the solutions."""

            def on_solution_callback(self) -> None:
                job.found += 1
                job.better = monotonic()

        self._counter = Counter()
        self._thread = Thread(target=self._run, args=(model,), daemon=True)
        self._thread.start()

    def _run(self, model: Any) -> None:
        self._status = self.solver.solve(model, self._counter)

    def _raised(self, bound: float) -> None:
        self._bounds.append(bound)
        self.moved = monotonic()

    def stalled(self, *, bounds: bool = False) -> float:
        """Return the seconds since the last better solution, or, if `bounds` count, since the last better bound."""
        return monotonic() - max(self.better, self.moved if bounds else 0.0)

    @property
    def running(self) -> bool:
        """Say whether the search goes on."""
        return self._thread.is_alive()

    def wait(self, seconds: float = POLL) -> None:
        """Wait for the end, at most so long."""
        self._thread.join(seconds)

    def stop(self) -> None:
        """Ask the search to end with what it has."""
        self.solver.stop_search()

    @property
    def state(self) -> str:
        """Return "optimal", "feasible", "infeasible" or "unknown"; valid once it is not running."""
        name = self.solver.status_name(self._status).lower()
        return name if name in ("optimal", "feasible", "infeasible") else "unknown"

    @property
    def bound(self) -> int | None:
        """Return what no solution of the model beats, rounded up; None before anything is known."""
        known = list(self._bounds)
        if not self.running and self.state in ("optimal", "feasible"):
            known.append(self.solver.best_objective_bound)
        return ceil(max(known) - ROUNDING) if known else None


class Running(Protocol):
    """Something that searches in a thread of its own."""

    @property
    def running(self) -> bool:
        """Say whether the search goes on."""

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""

    def stop(self) -> None:
        """Ask the search to end with what it has."""


R = TypeVar("R", bound=Running)


def finish(
    job: R, clock: Clock, *, enough: Callable[[R], bool] | None = None, tell: Callable[[], None] | None = None
) -> R:
    """Wait until a job ends, the clock is over, or `enough` says so; return the job."""
    while job.running:
        job.wait(POLL)
        if clock.over() or (enough is not None and enough(job)):
            job.stop()
        if tell is not None and job.running:
            tell()
    if tell is not None:
        tell()
    return job
