"""From a problem to a schedule: a valid one at once, then more meetings, then fewer gaps, then the proof."""

from collections.abc import Callable, Sequence
from random import Random
from threading import Event, Thread
from time import monotonic

from hemicycle.engines.meetings.bounds import change_bounds, run_bound, slot_bound, weight_bound
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.costs import Costs
from hemicycle.engines.meetings.daybound import gap_bound
from hemicycle.engines.meetings.eject import Filler
from hemicycle.engines.meetings.exact import Outcome, Prover
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from hemicycle.engines.meetings.problem import Problem, Profile
from hemicycle.engines.meetings.reasons import impossible
from hemicycle.engines.meetings.seats import seat
from hemicycle.engines.meetings.solution import (
    Progress,
    Reason,
    Solution,
)
from hemicycle.engines.meetings.verify import check, measure
from hemicycle.engines.status import Level, Status

# Meetings up to which CP-SAT is asked; above, it is worse than the annealing.
PROVABLE = {Profile.LITERATURE: 600, Profile.PRODUCT: 300}
# Blocks of moves beside the proof between two looks at it: some hundredths of a second.
TURN = 32
# Seconds between two signs of life, and between two looks at the clock.
BEAT, POLL = 0.2, 0.05


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
    """Return the best schedule found in the time given; a problem without one is a status with reasons, not an error.

    Args:
        problem: people, meetings, slots and tables.
        seconds: wall time, kept to within about half a second.
        seed: equal seeds give equal results when `iterations` leads and the seconds do not run out before.
        workers: threads of the proof.
        iterations: moves of the search in place of time; the proof then has one thread and a work limit.
        progress: called from this thread a few times a second.
        cancel: called from this thread many times a second; True ends the run with the best so far.
    """
    clock = Clock(seconds=seconds, iterations=iterations, cancel=cancel)
    return _Run(problem, clock, seed=seed, workers=workers, progress=progress).solution()


class _Run:
    """One call of `solve`: the slots found so far and what is known about each level."""

    def __init__(
        self, problem: Problem, clock: Clock, *, seed: int, workers: int, progress: Callable[[Progress], None] | None
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.ix = Indexed(problem)
        self.rng = Random(seed)  # noqa: S311  # a search, not a secret
        self.workers = workers
        self.prover = Prover(self.ix, clock=clock, seed=seed, workers=workers)
        self.progress = progress
        self.beat = 0.0
        self.slots = [-1] * self.ix.meetings
        self.bounds = dict.fromkeys(level_names(problem), 0)
        self.reasons: tuple[Reason, ...] = ()

    def solution(self) -> Solution:
        """Run every phase and say what came out."""
        self.reasons = impossible(self.ix)
        if self.reasons:
            return self._ending(Status.INFEASIBLE)
        complete = self._place()
        if self.reasons:
            return self._ending(Status.INFEASIBLE)
        self._first_bounds(complete=complete)
        self._arrange(complete=complete)
        if complete and not self.ix.literature and self._value("gaps") == 0:
            self.bounds["runs"] = run_bound(self.ix)
        if self._provable():
            self._prove()
        return self._ending(self._status())

    def _place(self) -> bool:
        """Hold as much as possible; say whether everything is held."""
        table, left = construct(self.ix, self.rng)
        if left and self.ix.literature:
            self.reasons = self._too_many()
        if left and not self.reasons:
            filler = Filler(table, self.rng)
            part = min(2.0, self.clock.seconds * 0.2) if self.ix.literature else self.clock.seconds * 0.5
            share = self.clock.share(seconds=part, part=0.3)
            filler.run(share, lambda: self._tell("place", self.ix.meetings - len(filler.waiting), None))
        self.slots = list(table.slot)
        if min(self.slots, default=0) < 0 and self.ix.literature and self._provable() and not self.reasons:
            self._any()
        return min(self.slots, default=0) >= 0

    def _provable(self) -> bool:
        """Say whether the problem is small enough for CP-SAT."""
        return self.ix.meetings <= PROVABLE[self.problem.profile]

    def _too_many(self) -> tuple[Reason, ...]:
        """Say that not all meetings can be held, if a linear programme knows that."""
        most = slot_bound(self.ix, [1] * self.ix.meetings)
        if most is None or most >= self.ix.meetings:
            return ()
        return (Reason(f"At most {most} of {self.ix.meetings} meetings can be held with these slots and tables."),)

    def _first_bounds(self, *, complete: bool) -> None:
        """Set what is known about each level before anything is proved."""
        ix = self.ix
        self.bounds = {
            "announced": 0,
            "floor": sum(max(0, floor - ix.most(p)) for p, floor in enumerate(ix.floor)),
            "weight": sum(ix.weight) if complete else self._weight_bound(),
            "gaps": gap_bound(ix, seconds=self.clock.seconds) if complete or ix.literature else 0,
            "runs": 0,
            "changes": 0,
            "soon": 0,
        }
        lost = any(before >= 0 and slot < 0 for before, slot in zip(ix.announced, self.slots, strict=True))
        if not ix.literature and not lost:
            self.bounds |= change_bounds(self.problem)

    def _weight_bound(self) -> int:
        known = weight_bound(self.ix)
        by_slot = None if self.ix.literature else slot_bound(self.ix, self.ix.weight)
        return known if by_slot is None else min(known, by_slot)

    def _arrange(self, *, complete: bool) -> None:
        """Anneal what is held; leave time for the proof if there will be one."""
        if self.ix.literature and not complete:
            return
        from hemicycle.engines.meetings.anneal import Annealer  # noqa: PLC0415  # loads a compiler; most imports do without

        table_costs = Costs(self.ix)
        table = Timetable(self.ix)
        table.load(self.slots)
        part = 1.0
        seconds = self.clock.left() - 0.05
        if self._provable():
            part, seconds = 0.3, min(1.5, self.clock.seconds * 0.2)
        annealer = Annealer(table, table_costs, self.rng)
        share = self.clock.share(seconds=max(0.0, seconds), part=part)
        placed = sum(1 for slot in self.slots if slot >= 0)
        tell = lambda: self._tell("arrange", placed, annealer.best // table_costs.gap)  # noqa: E731
        annealer.run(share, goal=self.bounds["gaps"] * table_costs.gap, tell=tell)
        self.slots = list(table.slot)

    def _levels(self, slots: Sequence[int]) -> list[Level]:
        """Return every level of the profile for these slots, in the order in which they count."""
        measured = measure(self.problem, seat(self.ix, slots))
        return [Level(name, measured[name], self.bounds.get(name, 0)) for name in level_names(self.problem)]

    def _value(self, name: str) -> int:
        return next(level.value for level in self._levels(self.slots) if level.name == name)

    def _valid(self, slots: Sequence[int]) -> bool:
        return not check(self.problem, seat(self.ix, slots))

    def _prove(self) -> None:
        """Minimise each level that is not at its bound with CP-SAT, and freeze it before the next one."""
        for name in level_names(self.problem):
            valid = self._valid(self.slots)
            value = self._value(name)
            sign = -1 if name == "weight" else 1
            if (not valid or value != self.bounds[name]) and not self.clock.over():
                self._improve(name, sign, sign * value if valid else None)
                if self.reasons:
                    return
                value = self._value(name)
            self.prover.freeze(name, sign * value)

    def _improve(self, name: str, sign: int, value: int | None) -> None:
        if value is None:
            self._any()
            if self.reasons:
                return
            value = self._value(name) * sign if self._valid(self.slots) else None
        placed = sum(1 for slot in self.slots if slot >= 0)
        beside = (
            _Beside(self.ix, self.slots, self.rng) if self.ix.literature and self.clock.iterations is None else None
        )
        tell = lambda bound: self._tell("prove", placed, value, bound if name == "gaps" else None)  # noqa: E731
        found = self.prover.minimise(
            name,
            self.slots,
            value=value,
            bound=sign * self.bounds[name],
            part=1.0 if name == level_names(self.problem)[-1] else 0.5,
            tell=tell,
            meanwhile=beside.search if beside else None,
        )
        self.bounds[name] = sign * found.bound
        self._take(found)
        if beside and not self.reasons:
            if found.state != "optimal" and value is not None:
                beside.rest(self.clock, self.slots, workers=self.workers, goal=found.bound, tell=tell)
            other = beside.better(self.slots)
            self.slots = other if self._valid(other) or not self._valid(self.slots) else self.slots

    def _any(self) -> None:
        """Look for any schedule with everything, in a part of the time."""
        self._take(self.prover.any(self.slots, part=0.2))

    def _take(self, found: Outcome) -> None:
        """Take over the slots that CP-SAT found, or that there are none."""
        if found.slots is not None:
            self.slots = found.slots
        if found.state == "infeasible":
            spread = "" if self.problem.spread is None else f" with breaks within {self.problem.spread} of each other"
            self.reasons = (Reason(f"No schedule holds every meeting{spread}; an exhaustive search proved it."),)

    def _status(self) -> Status:
        if self.reasons:
            return Status.INFEASIBLE
        if not self._valid(self.slots):
            return Status.UNKNOWN
        proven = all(level.value == level.bound for level in self._levels(self.slots))
        return Status.OPTIMAL if proven else Status.FEASIBLE

    def _ending(self, status: Status) -> Solution:
        """Put the answer together."""
        sound = status in (Status.OPTIMAL, Status.FEASIBLE)
        schedule = () if status is Status.INFEASIBLE else seat(self.ix, self.slots)
        levels = tuple(self._levels(self.slots)) if sound else ()
        weights = {meeting.id: meeting.weight for meeting in self.problem.meetings}
        if status is Status.UNKNOWN:
            text = f"No schedule for everything was found in time; {len(schedule)} of {len(weights)} meetings fit."
            self.reasons = (Reason(text),)
        return Solution(
            status=status,
            value=next((level.value for level in levels if level.name == "gaps"), None),
            bound=self.bounds["gaps"],
            requested=len(weights),
            placed=len(schedule),
            weight=sum(weights[placing.meeting] for placing in schedule),
            weight_bound=self.bounds.get("weight", sum(weights.values())),
            seconds=round(self.clock.elapsed(), 3),
            schedule=schedule,
            levels=levels,
            reasons=self.reasons,
        )

    def _tell(self, phase: str, placed: int, value: int | None, bound: int | None = None) -> None:
        """Give a sign of life, a few times a second."""
        now = self.clock.elapsed()
        if self.progress is not None and now >= self.beat:
            self.beat = now + BEAT
            known = self.bounds["gaps"] if bound is None else bound
            self.progress(Progress(phase, now, placed, self.ix.meetings, value, known))


class _Beside:
    """Annealing in the time in which the proof runs elsewhere; it goes on from the timetable that the proof began with."""

    def __init__(self, ix: Indexed, slots: Sequence[int], rng: Random) -> None:
        from hemicycle.engines.meetings.anneal import Annealer  # noqa: PLC0415  # as above

        self.rng = rng
        self.table = Timetable(ix)
        self.table.load(slots)
        self.costs = Costs(ix)
        self.annealer = Annealer(self.table, self.costs, rng)

    def search(self, over: float) -> int:
        """Anneal for a moment; `over` is the part of its time that has gone. Return the best cost met."""
        for _ in range(TURN):
            self.annealer.step(self.costs.gap, min(1.0, over))
        return self.annealer.best

    def rest(self, clock: Clock, slots: list[int], *, workers: int, goal: int, tell: Callable[[int], None]) -> None:
        """Anneal in every thread until time is up or the goal is met: the proof has ended without one."""
        span, begin, over = clock.left(), monotonic(), Event()
        if not span:
            return
        begun = self.better(slots)
        searches = [_Beside(self.table.ix, begun, self.rng) for _ in range(workers)]

        def run(one: _Beside) -> None:
            while not over.is_set():
                one.search((monotonic() - begin) / span)

        threads = [Thread(target=run, args=(one,), daemon=True) for one in searches]
        for thread in threads:
            thread.start()
        while not over.wait(POLL):
            tell(goal)
            if clock.over() or min(one.annealer.best for one in searches) <= goal * self.costs.gap:
                over.set()
        for thread in threads:
            thread.join()
        self.annealer = min([self, *searches], key=lambda one: one.annealer.best).annealer

    def better(self, slots: list[int]) -> list[int]:
        """Return the better one of two timetables: these slots, or the best that was met, if it holds as much."""
        best = Timetable(self.table.ix)
        best.load(slots)
        held = sum(slot >= 0 for slot in self.annealer.kept) >= sum(slot >= 0 for slot in slots)
        return self.annealer.kept if held and self.annealer.best < self.costs.total(best) else slots


def level_names(problem: Problem) -> tuple[str, ...]:
    """Return the levels of a problem in the order in which they count."""
    if problem.profile is Profile.LITERATURE:
        return ("gaps",)
    changes, comfort = ("changes", "soon"), ("gaps", "runs")
    rest = (*changes, *comfort) if problem.keep_announced else (*comfort, *changes)
    return ("announced", "floor", "weight", *rest)
