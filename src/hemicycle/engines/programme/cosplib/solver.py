"""From an instance to a timetable: a first one, a bound, then searches of everything and of neighbourhoods in turn."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hemicycle.engines.clock import Clock
from hemicycle.engines.programme.cosplib.arrange import arrange
from hemicycle.engines.programme.cosplib.assignment import Cell, Seat, tracks_of, value
from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.cosplib.model import Model, pack
from hemicycle.engines.programme.cosplib.neighbours import Neighbours
from hemicycle.engines.programme.cosplib.terms import Objective
from hemicycle.engines.programme.cpsat import POLL, Job, finish
from hemicycle.engines.programme.solution import Progress
from hemicycle.engines.status import Status

BEAT = 0.5
# A phase ends when nothing better came for this part of the time; the first ones at the latest after that part.
STALL, FIRST = 0.06, 0.2
STALE = 20  # neighbourhoods without success, when work leads
# Deterministic seconds of CP-SAT for each unit of work, and wall seconds for one neighbourhood.
WORK, STEP = 0.05, 1.5
# Part of the time for annealing from all temperatures; blocks of moves for one, when work leads.
WARM, BLOCKS = 0.14, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What came out: `value` and `bound` in units of 1 / scale of the instance; `seats` empty when there are none."""

    status: Status
    value: int | None
    bound: int | None
    seconds: float
    seats: tuple[Seat, ...]
    reasons: tuple[str, ...] = ()


def solve_full(
    instance: Instance,
    *,
    seconds: float,
    seed: int,
    workers: int = 2,
    iterations: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Timetable:
    """Minimise the library's full objective; a problem without a timetable is a status with reasons, not an error.

    Args:
        instance: tracks, submissions, sessions, rooms, penalties.
        seconds: wall time, kept to within about a second.
        seed: equal seeds give equal results when `iterations` leads and the seconds do not run out before.
        workers: threads.
        iterations: units of work in place of time; everything then runs in one thread.
        progress, cancel: called from this thread several times a second; True from `cancel` ends with the best so far.
    """
    clock = Clock(seconds=seconds, iterations=iterations, cancel=cancel)
    return _Run(instance, clock, seed=seed, workers=workers, progress=progress).timetable()


@dataclass
class _Try:
    """One neighbourhood being solved."""

    job: Job
    made: Model
    size: int


class _Run:
    """One call: the best timetable so far and what is known about the optimum."""

    def __init__(
        self,
        instance: Instance,
        clock: Clock,
        *,
        seed: int,
        workers: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.instance = instance
        self.clock = clock
        self.seed = seed
        self.workers = workers if clock.iterations is None else 1
        self.progress = progress
        self.rng = Random(seed)  # noqa: S311  # a search, not a secret
        self.neighbours = Neighbours(instance, self.rng)
        self.seats: tuple[Seat, ...] = ()
        self.value: int | None = None
        self.bound: int | None = None
        self.impossible = False
        self.done = 0
        self.size = 6
        self.rounds = 0
        self.stale, self.better = 0, 0.0
        self.beat = 0.0
        self.phase = "first"

    def timetable(self) -> Timetable:
        """Run every phase and say what came out."""
        reasons = impossible(self.instance)
        if reasons:
            return self._ending(Status.INFEASIBLE, reasons)
        self._first()
        if self.seats or not self.clock.over():
            self._prove()
        if self.impossible:
            return self._ending(
                Status.INFEASIBLE, ("No timetable holds every submission; an exhaustive search proved it.",)
            )
        while self.seats and self._more():
            for search in (self._anneal, self._whole, self._improve):
                if self._more():
                    search()
        if not self.seats:
            return self._ending(Status.UNKNOWN, ("No timetable for everything was found in time.",))
        proven = self.bound is not None and self.value == self.bound
        return self._ending(Status.OPTIMAL if proven else Status.FEASIBLE, ())

    def _ending(self, status: Status, reasons: tuple[str, ...]) -> Timetable:
        return Timetable(
            status=status,
            value=self.value,
            bound=self.bound,
            seconds=round(self.clock.elapsed(), 3),
            seats=self.seats,
            reasons=reasons,
        )

    def _first(self) -> None:
        """Find a timetable with as few parallel rooms as the lengths allow; more when that is impossible."""
        most = len(self.instance.rooms)
        copies = [rooms_needed(self.instance, t) for t in range(len(self.instance.tracks))]
        while not self.seats and not self.clock.over():
            made = self._model(copies, pool=False)
            job = self._job(made)
            finish(job, self.clock, enough=self._patience(), tell=self._tell)
            self._take(made, job)
            if job.state != "infeasible" or min(copies) >= most:
                return
            copies = [min(most, count + 1) for count in copies]

    def _prove(self) -> None:
        """Solve everything at once, any number of parallel rooms allowed: the bound holds for every timetable."""
        self.phase = "prove"
        made = self._model([1] * len(self.instance.tracks), pool=True)
        job = finish(self._job(made, tune=_by_cores), self.clock, enough=self._patience(bounds=True), tell=self._tell)
        self.impossible = job.state == "infeasible"
        known = job.bound
        if known is not None and not self.impossible:
            self.bound = known if self.bound is None else max(known, self.bound)
        self._take(made, job)

    def _anneal(self) -> None:
        """Anneal from the best timetable, each time from another temperature, one in each thread."""
        from hemicycle.engines.programme.cosplib.anneal import (  # noqa: PLC0415  # loads a compiler
            HEATS,
            Annealing,
        )

        self.phase = "anneal"
        self.done += STALE
        rounds = -(-len(HEATS) // self.workers)
        for begin in range(0, len(HEATS), self.workers):
            searches = [
                Annealing(
                    self.instance,
                    self.seats,
                    heat=heat,
                    seconds=max(0.01, min(self.clock.left(), WARM * self.clock.seconds / rounds)),
                    blocks=None if self.clock.iterations is None else BLOCKS,
                    seed=self.rng.randrange(2**30),
                )
                for heat in HEATS[begin : begin + self.workers]
            ]
            for search in searches:
                self._adopt(finish(search, self.clock, tell=self._tell).cells)

    def _whole(self) -> None:
        """Search everything at once, with CP-SAT's own neighbourhoods, until it stalls.

        The hint leaves open what follows from the rest, so each search begins near the best timetable, not at it:
        from the timetable itself it rarely finds a way out.
        """
        self.phase = "whole"
        self.rounds += 1
        made = self._model(self._copies(spare=int(self.rounds % 3 == 0)), pool=False)
        self.done += STALE
        job = self._job(made, seed=self.seed + self.rounds, tune=_by_neighbourhoods)
        self._take(made, finish(job, self.clock, enough=self._patience(times=2), tell=self._tell))

    def _patience(self, *, bounds: bool = False, times: int = 1) -> Callable[[Job], bool] | None:
        """Return when a job has had its time: it stalls, or its part is over. Work alone leads when it is limited.

        `times` as much of both when it is a multiple.
        """
        if self.clock.iterations is not None:
            return None
        whole = self.clock.seconds
        until = self.clock.elapsed() + FIRST * whole * times

        def enough(job: Job) -> bool:
            if not (job.found or self.seats):  # nothing at all yet: the first model may be too narrow, the next is not
                return self.clock.elapsed() > until and not bounds
            begun = job.found > 0 or job.bound is not None  # on a busy machine even that takes a while
            stalled = begun and job.stalled(bounds=bounds) > STALL * whole * times
            return stalled or self.clock.elapsed() > until

        return enough

    def _copies(self, *, spare: int) -> list[int]:
        """Return the rooms at once of each track now, with so many to spare."""
        copies = [1] * len(self.instance.tracks)
        for (t, _), count in Counter((t, s) for (s, _), t in tracks_of(self.instance, self.seats).items()).items():
            copies[t] = max(copies[t], min(len(self.instance.rooms), count + spare))
        return copies

    def _model(self, copies: Sequence[int], *, pool: bool) -> Model:
        made = Model(self.instance, copies=copies, pool=pool, free=range(len(self.instance.tracks)), seats=None)
        Objective(made).full().minimize()
        if self.seats:
            made.hint(self.seats)
        return made

    def _job(self, made: Model, *, seed: int | None = None, tune: Callable[[Any], None] | None = None) -> Job:
        work = None if self.clock.iterations is None else self.clock.iterations * WORK
        seed = self.seed if seed is None else seed
        return Job(made.model, seconds=self.clock.left(), work=work, workers=self.workers, seed=seed, tune=tune)

    def _take(self, made: Model, job: Job) -> bool:
        """Keep what a job found if it is no worse; say whether it is better."""
        if job.state not in ("optimal", "feasible"):
            return False
        found = made.solved(job.solver)
        if found is None:
            return False
        cells: list[Cell] = [(seat.session, seat.room) for seat in self.seats] or [(0, 0)] * len(
            self.instance.submissions
        )
        for i, cell in found.items():
            cells[i] = cell
        return not self._clash(cells) and self._adopt(cells)

    def _adopt(self, cells: Sequence[Cell]) -> bool:
        """Keep a timetable if it is no worse; say whether it is better."""
        seats = arrange(self.instance, cells)
        worth = value(self.instance, seats)
        better = self.value is None or worth < self.value
        if self.value is None or worth <= self.value:
            self.seats, self.value = seats, worth
        return better

    def _clash(self, cells: Sequence[Cell]) -> bool:
        """Say whether two tracks share a room: a neighbourhood solved beside another one may not fit any more."""
        track: dict[Cell, int] = {}
        return any(
            track.setdefault(cell, one.track) != one.track
            for cell, one in zip(cells, self.instance.submissions, strict=True)
        )

    def _improve(self) -> None:
        """Solve neighbourhoods side by side, one in each thread, until time or work is up or the bound is reached."""
        self.phase = "improve"
        tries: list[_Try] = []
        self.stale, self.better = 0, self.clock.elapsed()
        while tries or self._more():
            while len(tries) < self.workers and self._more() and not self._stalled():
                tries.append(self._start())
            if not tries:
                return
            tries[0].job.wait(POLL / len(tries))
            if self.clock.over():
                for one in tries:
                    one.job.stop()
            for one in [one for one in tries if not one.job.running]:
                tries.remove(one)
                self._finished(one)
            self._tell()

    def _stalled(self) -> bool:
        """Say whether neighbourhoods have not helped for a while."""
        if self.clock.iterations is not None:
            return self.stale >= STALE
        return self.clock.elapsed() - self.better > STALL * self.clock.seconds

    def _more(self) -> bool:
        if self.clock.over() or self.value == self.bound:
            return False
        return self.clock.iterations is None or self.done < self.clock.iterations

    def _start(self) -> _Try:
        self.done += 1
        _, free = self.neighbours.draw(self.seats, self.size)
        copies = self._copies(spare=int(self.rng.random() < 0.7))  # noqa: PLR2004
        made = Model(self.instance, copies=copies, pool=False, free=free, seats=self.seats)
        Objective(made).full().minimize()
        made.hint(self.seats)
        step = min(STEP, self.clock.left())
        work = None if self.clock.iterations is None else WORK * 2
        job = Job(
            made.model, seconds=step if work is None else self.clock.left(), work=work, seed=self.rng.randrange(2**30)
        )
        return _Try(job, made, len(free))

    def _finished(self, one: _Try) -> None:
        """Take the result; larger neighbourhoods while they are solved to the end, smaller ones when they are not."""
        self.stale += 1
        if self._take(one.made, one.job):
            self.stale, self.better = 0, self.clock.elapsed()
        if one.job.state == "optimal":
            self.size = min(len(self.instance.tracks), max(self.size, one.size + 1))
        elif one.size <= self.size:
            self.size = max(3, self.size - 1)

    def _tell(self) -> None:
        now = self.clock.elapsed()
        if self.progress is not None and now >= self.beat:
            self.beat = now + BEAT
            scale = self.instance.scale
            known = None if self.bound is None else self.bound / scale
            self.progress(Progress(self.phase, now, None if self.value is None else self.value / scale, known))


def _by_cores(parameters: Any) -> None:
    """Raise the bound from unsatisfiable cores: on the library's instances far better than from the LP alone."""
    if parameters.num_workers > 1:
        parameters.subsolvers.extend(["core", "default_lp"])
    else:
        parameters.optimize_with_core = True


def _by_neighbourhoods(parameters: Any) -> None:
    """Leave proofs aside: with all threads on large neighbourhoods timetables get better several times as fast."""
    parameters.use_lns_only = parameters.num_workers > 1


def impossible(instance: Instance) -> tuple[str, ...]:
    """Return why there can be no timetable, as far as counting tells."""
    longest = max(session.slots for session in instance.sessions)
    reasons = [
        f"Submission {one.name} takes {one.slots} time slots; the longest session has {longest}."
        for one in instance.submissions
        if one.slots > longest
    ]
    need = sum(one.slots for one in instance.submissions)
    have = sum(session.slots for session in instance.sessions) * len(instance.rooms)
    if need > have:
        reasons.append(f"The submissions take {need} time slots; all rooms in all sessions have {have}.")
    return tuple(reasons)


def rooms_needed(instance: Instance, track: int) -> int:
    """Return how many rooms at once a track needs at least, as far as packing its submissions tells."""
    sizes = [instance.submissions[i].slots for i in instance.by_track[track]]
    for rooms in range(1, len(instance.rooms)):
        if pack(sizes, [session.slots for session in instance.sessions for _ in range(rooms)]) is not None:
            return rooms
    return len(instance.rooms)
