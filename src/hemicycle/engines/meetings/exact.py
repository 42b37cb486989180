"""The proof: one CP-SAT model, its goals minimised one after the other, with the annealed timetable as hint.

Three things decide (measured on the instances of Bofill et al. 2022): core-guided search with the LP off; breaks as
soft "a hole ends here" literals over meeting-held prefixes; and implied constraints that tie people to tables.
OR-Tools is imported when the first model is built, so that importing the package stays cheap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any

from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.indexed import Indexed, bits
from hemicycle.engines.meetings.verify import SLOT_CHANGE, TABLE_CHANGE

# Deterministic seconds of CP-SAT for each move of a run that is limited by work.
WORK = 1e-4
# Part of its time in which a proof has the machine for itself, before somebody else may search beside it: while its bound
# is within so much of the value, where CP-SAT itself often finds what is missing, and when it is further away.
ALONE, DOUBTFUL = 0.7, 0.25
NEAR = 6
# Part of its time after which a doubtful proof is given up when its bound is below that part of the value: searching in
# every thread finds more.
HOPELESS, FAR = 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call found: "optimal", "feasible", "infeasible" or "unknown", slots by meeting, and a bound."""

    state: str
    slots: list[int] | None
    bound: int


class Model:
    """The timetable as Boolean variables; every variable also has its value in the hinted timetable."""

    def __init__(self, ix: Indexed, hint: Sequence[int]) -> None:
        """Write the conditions; `hint` is the slot of each meeting, -1 when it is not held."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  # half a second, and most calls do without

        self.ix = ix
        self.cp: Any = cp_model
        self.model: Any = cp_model.CpModel()
        self.hint = hint
        self.values: dict[int, int] = {}
        self.x: dict[tuple[int, int], Any] = {}
        self.busy: list[list[Any]] = []
        self.on: list[list[int]] = []
        self._meetings()
        self._people()
        self._tables()
        self._orders()
        self.ends = [self._ends(p) for p in range(ix.people)]
        if ix.literature and ix.problem.spread is not None:
            self._alike(ix.problem.spread)

    def flag(self, value: int) -> Any:
        """Return a new Boolean with its value in the hint."""
        made = self.model.new_bool_var("")
        self.values[made.index] = value
        return made

    def goal(self, name: str) -> Any:
        """Return the expression of a level, smaller is better."""
        return getattr(self, f"_{name}")()

    def _meetings(self) -> None:
        for m, mask in enumerate(self.ix.allowed):
            mine = []
            for t in bits(mask):
                self.x[m, t] = self.flag(int(self.hint[m] == t))
                mine.append(self.x[m, t])
            if self.ix.literature or self.ix.fixed[m]:
                self.model.add_exactly_one(mine)
            else:
                self.model.add_at_most_one(mine)

    def held(self, m: int) -> Any:
        """Return 1 when a meeting is held."""
        return sum((self.x[m, t] for t in bits(self.ix.allowed[m])), start=0)

    def _people(self) -> None:
        """Tie meetings to busy slots: one at a time, as many busy slots as meetings, at most the cap."""
        ix = self.ix
        for p in range(ix.people):
            row, on = [], []
            for t in range(ix.slots):
                mine = [m for m in ix.of[p] if (m, t) in self.x]
                value = int(any(self.hint[m] == t for m in mine))
                row.append(self.flag(value))
                on.append(value)
                self.model.add(sum((self.x[m, t] for m in mine), start=0) == row[t])
            self.busy.append(row)
            self.on.append(on)
            if ix.literature:
                self.model.add(sum(row) == len(ix.of[p]))
            if ix.cap[p] < len(ix.of[p]):
                self.model.add(sum(row) <= ix.cap[p])

    def _tables(self) -> None:
        """Limit each slot three times: by meetings, by busy people, by busy groups of meetings of one person."""
        ix = self.ix
        groups = _groups(ix)
        for t in range(ix.slots):
            limit = ix.tables[t]
            self.model.add(sum((self.x[m, t] for m in range(ix.meetings) if (m, t) in self.x), start=0) <= limit)
            self.model.add(sum((row[t] for row in self.busy), start=0) <= 2 * limit)
            for kind, seats in enumerate(ix.seats):
                mine = [var for (m, slot), var in self.x.items() if slot == t and ix.kind[m] == kind]
                self.model.add(sum(mine, start=0) <= seats[t])
            used = []
            for group in groups:
                mine = [self.x[m, t] for m in group if (m, t) in self.x]
                if mine:
                    used.append(self.flag(sum(self.values[var.index] for var in mine)))
                    self.model.add(sum(mine) == used[-1])
            self.model.add(sum(used, start=0) <= limit)

    def _orders(self) -> None:
        for m, others in enumerate(self.ix.earlier):
            for other in others:
                for t in bits(self.ix.allowed[m]):
                    for u in bits(self.ix.allowed[other]):
                        if u >= t:
                            self.model.add_at_most_one([self.x[m, t], self.x[other, u]])

    def _ends(self, p: int) -> list[Any]:
        """Return literals "a hole of this person ends here": busy now, not just before, and something was held."""
        if len(self.ix.of[p]) < 2:  # noqa: PLR2004  # one meeting has no hole
            return []
        found = []
        for lane in self.ix.lanes[p]:
            busy = [self.busy[p][t] for t in lane]
            on = [self.on[p][t] for t in lane]
            held, was = busy[0], on[0]
            for place in range(1, len(lane) - 1):
                was = max(was, on[place])
                begun = self.flag(was)
                self.model.add_max_equality(begun, [held, busy[place]])
                held = begun
                end = self.flag(int(was and on[place + 1] and not on[place]))
                self.model.add_bool_or([busy[place + 1].negated(), busy[place], held.negated(), end])
                for literal in (busy[place + 1], busy[place].negated(), held):
                    self.model.add_implication(end, literal)
                found.append(end)
        return found

    def _alike(self, spread: int) -> None:
        """Keep the breaks of two people within the spread."""
        zero = any(not ends for ends in self.ends)
        counts = [sum(self.values[end.index] for end in ends) for ends in self.ends]
        least: Any = 0 if zero else self.model.new_int_var(0, self.ix.slots, "")
        if not zero:
            self.values[least.index] = min(counts, default=0)
        for ends in self.ends:
            if ends:
                self.model.add(sum(ends) <= least + spread)
                if not zero:
                    self.model.add(sum(ends) >= least)

    def _gaps(self) -> Any:
        return sum((end for ends in self.ends for end in ends), start=0)

    def _announced(self) -> Any:
        return sum((1 - self.held(m) for m in range(self.ix.meetings) if self.ix.announced[m] >= 0), start=0)

    def _weight(self) -> Any:
        return -sum((w * self.held(m) for m, w in enumerate(self.ix.weight)), start=0)

    def _floor(self) -> Any:
        missing = []
        for p, floor in enumerate(self.ix.floor):
            if floor:
                short = self.model.new_int_var(0, floor, "")
                self.values[short.index] = max(0, floor - sum(self.on[p]))
                self.model.add(short >= floor - sum(self.busy[p]))
                missing.append(short)
        return sum(missing, start=0)

    def _runs(self) -> Any:
        """Count for each person the lengths over the limit that some run reaches: the excess of the longest."""
        limit, over = self.ix.problem.run_limit, []
        days = [bits(mask) for mask in self.ix.half_masks]
        for p, (row, on) in enumerate(zip(self.busy, self.on, strict=True)):
            for length in range(limit + 1, self.ix.most(p) + 1):
                windows = [day[i : i + length] for day in days for i in range(len(day) - length + 1)]
                if windows:
                    reached = self.flag(int(any(all(on[t] for t in window) for window in windows)))
                    for window in windows:
                        self.model.add_bool_or([*(row[t].negated() for t in window), reached])
                    over.append(reached)
        return sum(over, start=0)

    def _changes(self) -> Any:
        return sum((cost for _, cost in self._moved()), start=0)

    def _soon(self) -> Any:
        return sum(((self.ix.slots - 1 - before) * cost for before, cost in self._moved()), start=0)

    def _moved(self) -> list[tuple[int, Any]]:
        """Return for each announced meeting its announced slot, and what the change of slot or table costs."""
        moved = []
        for m, before in enumerate(self.ix.announced):
            if before >= 0:
                table = TABLE_CHANGE if self.ix.gone[m] else 0
                others = [self.x[m, t] for t in bits(self.ix.allowed[m]) if t != before]
                away = self.flag(sum(self.values[var.index] for var in others))
                self.model.add(sum(others, start=0) == away)
                moved.append((before, (SLOT_CHANGE - table) * away + table * self.held(m)))
        return moved


def _groups(ix: Indexed) -> list[list[int]]:
    """Divide the meetings into groups that share one person each, the busiest people first."""
    waiting = set(range(ix.meetings))
    groups = []
    while waiting:
        person = max(range(ix.people), key=lambda p: sum(1 for m in ix.of[p] if m in waiting))
        groups.append([m for m in ix.of[person] if m in waiting])
        waiting.difference_update(groups[-1])
    return groups


class Prover:
    """Minimises goals one after the other over one model."""

    def __init__(self, ix: Indexed, *, clock: Clock, seed: int, workers: int) -> None:
        """Keep what every call needs."""
        self.ix = ix
        self.clock = clock
        self.seed = seed
        self.workers = workers
        self.frozen: list[tuple[str, int]] = []

    def freeze(self, name: str, value: int) -> None:
        """Keep a goal at a value, or better, in all later calls."""
        self.frozen.append((name, value))

    def any(self, hint: Sequence[int], *, part: float) -> Outcome:
        """Look for any schedule, beginning near a hint; here linear relaxations help, which see that there is none."""
        return self._solve(Model(self.ix, hint), 0, part, relaxed=True)

    def minimise(
        self,
        name: str,
        hint: Sequence[int],
        *,
        value: int | None,
        bound: int,
        part: float = 1.0,
        tell: Callable[[int], None],
        meanwhile: Callable[[float], int] | None = None,
    ) -> Outcome:
        """Minimise a goal, beginning from a timetable of this value; tell every new bound.

        Args:
            name: of the level. hint: slot of each meeting. value: of the hint, None when it is not valid.
            bound: known before. part: of the time left that this level may use. tell: gets the bound now and then.
            meanwhile: called in place of waiting, with the part of its own time that is over; returns the value it has.
                With it, a bound that stays far from the value ends the proof early.
        """
        made = Model(self.ix, hint)
        for earlier, kept in self.frozen:
            made.model.add(made.goal(earlier) <= kept)
        goal = made.goal(name)
        if value is not None:
            made.model.add(goal <= value)
        made.model.add(goal >= bound)
        made.model.minimize(goal)
        for index, wanted in made.values.items():
            made.model.add_hint(made.model.get_int_var_from_proto_index(index), wanted)
        return self._solve(made, bound, part, tell=tell, meanwhile=meanwhile, value=value)

    def _solve(
        self,
        made: Model,
        bound: int,
        part: float,
        *,
        tell: Callable[[int], None] | None = None,
        meanwhile: Callable[[float], int] | None = None,
        value: int | None = None,
        relaxed: bool = False,
    ) -> Outcome:
        cp = made.cp
        begin, whole = self.clock.elapsed(), max(0.01, self.clock.left() * part)
        solver = cp.CpSolver()
        self._set(solver.parameters, part, relaxed=relaxed)
        bounds = [bound]
        solver.best_bound_callback = lambda found: bounds.append(round(found))
        states: list[Any] = []
        thread = Thread(target=lambda: states.append(solver.solve(made.model)), daemon=True)
        thread.start()
        known = value
        while thread.is_alive():
            over = (self.clock.elapsed() - begin) / whole
            near = value is not None and value - max(bounds) <= NEAR
            alone = ALONE if near else DOUBTFUL
            if meanwhile is None or over < alone:
                thread.join(0.05)
            else:
                known = meanwhile((over - alone) / (1 - alone))
            far = known is not None and not near and max(bounds) < FAR * known
            if (
                (far and meanwhile is not None and over >= HOPELESS)
                or self.clock.over()
                or (known is not None and known <= max(bounds))
            ):
                solver.stop_search()
            if tell:
                tell(max(bounds))
        state = states[0] if states else cp.UNKNOWN
        if state == cp.INFEASIBLE:
            return Outcome("infeasible", None, bound)
        if state not in (cp.OPTIMAL, cp.FEASIBLE):
            return Outcome("unknown", None, max(bounds))
        slots = [-1] * self.ix.meetings
        for (m, t), var in made.x.items():
            if solver.boolean_value(var):
                slots[m] = t
        found = max(bound, round(solver.best_objective_bound))
        return Outcome("optimal" if state == cp.OPTIMAL else "feasible", slots, found)

    def _set(self, parameters: Any, part: float, *, relaxed: bool) -> None:
        parameters.random_seed = self.seed
        parameters.catch_sigint_signal = False
        parameters.max_time_in_seconds = max(0.01, self.clock.left() * part)
        parameters.linearization_level = int(relaxed)
        parameters.symmetry_level = 0
        if self.clock.iterations is not None:
            parameters.num_workers = 1
            parameters.optimize_with_core = not relaxed
            parameters.max_deterministic_time = max(0.01, self.clock.iterations * WORK)
            return
        parameters.num_workers = max(1, self.workers)
        if relaxed:
            return
        if self.workers > 1:
            parameters.subsolvers.extend(["core", "quick_restart_no_lp"])
        else:
            parameters.optimize_with_core = True
