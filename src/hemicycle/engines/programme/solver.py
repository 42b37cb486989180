"""From a problem to an agenda: level by level with CP-SAT, interests by annealing, proofs where they are in reach."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from hemicycle.engines.clock import Clock
from hemicycle.engines.programme.anneal import BLOCK, Annealer
from hemicycle.engines.programme.construct import construct
from hemicycle.engines.programme.cpsat import Job, finish
from hemicycle.engines.programme.indexed import Indexed, Place
from hemicycle.engines.programme.model import Model
from hemicycle.engines.programme.precheck import impossible, smallest_conflict
from hemicycle.engines.programme.problem import Placement, Problem
from hemicycle.engines.programme.solution import (
    LEVELS,
    Progress,
    Reason,
    Solution,
)
from hemicycle.engines.programme.state import BLOCKING, INTEREST
from hemicycle.engines.programme.verify import check, measure
from hemicycle.engines.status import Level, Status

BEAT = 0.5
# Sessions up to which the levels are proved with one model; above, CP-SAT only finds a valid agenda.
PROVABLE = 150
# Products of pairs and steps up to which interests are proved after the annealing.
PAIRS = 20_000
# Seconds of annealing before the rules are proved.
QUICK = 0.2
# Deterministic seconds of CP-SAT, and moves of the annealing, for each unit of work.
WORK, MOVES = 0.05, 500


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    workers: int = 2,
    iterations: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Return the best agenda found in the time given; a problem without one is a status with reasons, not an error.

    Args:
        problem: grid, rooms, sessions, people, wishes.
        seconds: wall time, kept to within about a second.
        seed: equal seeds give equal results when `iterations` leads and the seconds do not run out before.
        workers: threads.
        iterations: units of work in place of time; everything then runs in one thread.
        progress, cancel: called from this thread several times a second; True from `cancel` ends with the best so far.
    """
    clock = Clock(seconds=seconds, iterations=iterations, cancel=cancel)
    return _Run(problem, clock, seed=seed, workers=workers, progress=progress).solution()


class _Run:
    """One call of `solve`: the agenda so far and what is known about each level."""

    def __init__(
        self, problem: Problem, clock: Clock, *, seed: int, workers: int, progress: Callable[[Progress], None] | None
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.seed = seed
        self.workers = workers if clock.iterations is None else 1
        self.progress = progress
        self.beat, self.told = 0.0, ""
        self.ix = Indexed(problem)
        self.places: list[Place] | None = None
        self.bounds = dict.fromkeys(LEVELS, 0)

    def solution(self) -> Solution:
        """Run every phase and say what came out."""
        if not self.problem.sessions:
            return self._ending(())
        reasons = impossible(self.ix)
        if reasons:
            return self._ending(reasons, Status.INFEASIBLE)
        self._begin()
        made = Model(self.ix) if self.places is None or len(self.ix.names) <= PROVABLE else None
        if made is not None and not self._first(made):
            return self._ending(tuple(smallest_conflict(self.ix, self.clock)), Status.INFEASIBLE)
        if self.places is None:
            return self._ending((Reason("No agenda for everything was found in time."),), Status.UNKNOWN)
        if made is None or len(self.ix.names) > PROVABLE:
            self._anneal(LEVELS, 0.97)
            return self._ending(())
        self._prove(made, "changes")
        quick = min(0.2, QUICK / self.clock.seconds)
        self._anneal(LEVELS[1:3], quick)
        self._prove(made, "blocking")
        self._prove(made, "rules")
        if self._pairs() <= PAIRS:
            self._anneal(LEVELS[3:], quick)
            self._prove(made, "interests")
            self._prove(made, "comfort", 0.9)
        if any(self.bounds[name] != value for name, value in self._values().items()):
            self._anneal(LEVELS[3:], 0.97)
        return self._ending(())

    def _begin(self) -> None:
        """Take the published agenda or the draft if it is valid as it is; else put sessions in one by one."""
        for placements in (self.problem.published, self.problem.draft):
            places = self.ix.places({one.session: one for one in placements})
            if self.places is None and places is not None and not check(self.problem, placements):
                self.places = places
        if self.places is None:
            near = self.problem.published or self.problem.draft
            self.places = construct(self.ix, Random(self.seed), near)  # noqa: S311  # a search, not a secret

    def _first(self, made: Model) -> bool:
        """Find a valid agenda if there is none yet; False when it is proved that none exists."""
        if self.places is not None:
            return True
        for placements in (self.problem.published, self.problem.draft):
            self._near(made, placements)
        job = finish(self._job(made), self.clock, enough=lambda job: job.found > 0, tell=lambda: self._tell("first"))
        if job.state in ("optimal", "feasible"):
            self.places = made.solved(job.solver)
        return job.state != "infeasible"

    def _near(self, made: Model, placements: tuple[Placement, ...]) -> None:
        """Begin the search near an agenda that is not complete or not valid."""
        if not placements:
            return
        made.model.clear_hints()
        for one in placements:
            i, t = self.ix.number[one.session], self.ix.slot_of.get((one.day, one.start), -1)
            for u in self.ix.starts[i]:
                made.model.add_hint(made.b[i, u], int(u == t))
            for m in self.ix.rooms[i]:
                made.model.add_hint(made.r[i, m], int(m == self.ix.room_number[one.room]))

    def _job(self, made: Model, part: float = 1.0, tune: Callable[[Any], None] | None = None) -> Job:
        work = None if self.clock.iterations is None else self.clock.iterations * WORK
        seconds = self.clock.left() * part
        return Job(made.model, seconds=seconds, work=work, workers=self.workers, seed=self.seed, tune=tune)

    def _values(self) -> dict[str, int]:
        return measure(self.problem, self.ix.placements(self.places or []))

    def _prove(self, made: Model, name: str, part: float = 0.5) -> None:
        """Minimise a level with what came before frozen, then freeze it."""
        value = self._values()[name]
        if value == 0:
            if name not in LEVELS[3:]:
                self._freeze(made, name, 0)
            return
        goal = made.level(name)
        made.model.add(goal <= value)
        made.model.minimize(goal)
        made.hint(self.places or [])
        job = finish(self._job(made, part, _by_cores), self.clock, tell=lambda: self._tell(name, value))
        if job.state in ("optimal", "feasible"):
            self.places = made.solved(job.solver)
        self.bounds[name] = max(0, job.bound or 0)
        made.model.clear_objective()
        made.model.add(goal <= self._values()[name])

    def _freeze(self, made: Model, name: str, value: int) -> None:
        goal = made.level(name)
        if not isinstance(goal, int):
            made.model.add(goal <= value)

    def _anneal(self, goals: Sequence[str], part: float) -> None:
        """Search for less of these levels with those before kept, for a part of the time that is left."""
        values = self._values()
        if self.places is None or not any(values[name] for name in goals) or self.clock.over():
            return
        annealer = Annealer(self.ix, self.places, Random(self.seed), wishes="interests" in goals)  # noqa: S311
        begin, seconds = self.clock.elapsed(), self.clock.left()
        made = 0

        def done() -> float:
            nonlocal made
            made += BLOCK
            if self.clock.over():
                return 1.0
            if self.clock.iterations is not None:
                return made / (self.clock.iterations * MOVES)
            return (self.clock.elapsed() - begin) / max(0.01, part * seconds)

        def tell() -> None:
            upper, lower = annealer.worth
            self._tell(goals[0], lower // INTEREST if "interests" in goals else upper % BLOCKING)

        annealer.run(done, tell)
        self.places = annealer.best

    def _pairs(self) -> int:
        return sum(map(len, self.ix.wanted_both)) // 2 * len(self.ix.slots)

    def _ending(self, reasons: tuple[Reason, ...], status: Status = Status.OPTIMAL) -> Solution:
        """Put the answer together."""
        agenda = self.ix.placements(self.places) if self.places is not None else ()
        levels: tuple[Level, ...] = ()
        if status is Status.OPTIMAL:
            values = measure(self.problem, agenda)
            levels = tuple(Level(name, values[name], min(values[name], self.bounds[name])) for name in LEVELS)
            if any(level.value != level.bound for level in levels):
                status = Status.FEASIBLE
        return Solution(
            status=status, seconds=round(self.clock.elapsed(), 3), agenda=agenda, levels=levels, reasons=reasons
        )

    def _tell(self, phase: str, value: int | None = None) -> None:
        now = self.clock.elapsed()
        if self.progress is not None and (now >= self.beat or phase != self.told):
            self.beat, self.told = now + BEAT, phase
            self.progress(Progress(phase, now, value, self.bounds.get(phase)))


def _by_cores(parameters: Any) -> None:
    """Raise bounds from unsatisfiable cores, in one thread without LP, probing or symmetries: on agendas the least work."""
    parameters.num_workers = 1
    parameters.optimize_with_core = True
    parameters.linearization_level = 0
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    parameters.core_minimization_level = 1
