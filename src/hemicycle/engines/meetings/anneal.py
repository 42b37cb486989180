"""Fewer gaps: simulated annealing over Kempe chains, with every state a valid timetable.

A chain that begins with a person busy in s and free in t changes the busy slots of its two end people only, so the
change of the objective is the change of two numbers. When t has no table left, a second chain brings one meeting back.
Cf. Lewis, A Guide to Graph Colouring (2016), ch. 6, and Kirkpatrick et al. (1983).
"""

from collections.abc import Callable
from math import exp
from random import Random

from hemicycle.engines.meetings.clock import BLOCK, Share
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from hemicycle.engines.meetings.verify import SLOT_CHANGE, TABLE_CHANGE

# Breaks beyond the spread cost this much more than other breaks.
UNFAIR = 3
HOT, COLD = 0.55, 0.08

Move = tuple[list[int], int, int]


class Costs:
    """The objective of a timetable that holds a given set of meetings: gaps, runs and changes in one number.

    Attributes:
        gap, run, change, soon: worth of one unit of each level; a level cannot outweigh the one before it.
        toll: what moving each announced meeting costs (less what staying would, when its table is gone).
        person: for each person a memory from busy slots (bitmask) to cost.
    """

    def __init__(self, ix: Indexed) -> None:
        """Scale the levels."""
        self.ix = ix
        self.person: list[dict[int, int]] = [{} for _ in range(ix.people)]
        self.gap, self.run, self.change, self.soon = 1, 0, 0, 0
        self.told = [] if ix.literature else [m for m in range(ix.meetings) if ix.announced[m] >= 0]
        if not ix.literature:
            self._scale()
        last = ix.slots - 1
        moves = [SLOT_CHANGE - TABLE_CHANGE * gone for gone in ix.gone]
        self.toll = [
            0 if t < 0 else move * (self.change + self.soon * (last - t))
            for t, move in zip(ix.announced, moves, strict=True)
        ]
        spread = ix.problem.spread
        self.fair = spread if ix.literature and spread is not None else ix.slots

    def _scale(self) -> None:
        ix = self.ix
        most_runs = sum(max(0, ix.most(p) - ix.problem.run_limit) for p in range(ix.people))
        most_changes = SLOT_CHANGE * len(self.told)
        most_soon = most_changes * (ix.slots - 1)
        if ix.problem.keep_announced:
            self.run = 1
            self.gap = most_runs + 1
            self.soon = self.gap * (ix.people * ix.slots + 1) if self.told else 0
            self.change = self.soon * (most_soon + 1)
        else:
            self.soon = 1
            self.change = most_soon + 1
            self.run = most_changes * self.change + most_soon + 1
            self.gap = self.run * (most_runs + 1)

    def units(self, table: Timetable) -> list[int]:
        """Return the worth of one unit of each level that can become better, greatest first."""
        present = {self.gap, self.run if self.gap > self.run else 0}
        if self.moved(table) or (self.told and self.change < self.gap):
            present |= {SLOT_CHANGE * self.change, SLOT_CHANGE * self.soon}
        return sorted(present - {0}, reverse=True)

    def of(self, p: int, busy: int) -> int:
        """Return the cost of a person's busy slots."""
        known = self.person[p].get(busy)
        if known is None:
            gaps = self.ix.gaps(p, busy)
            known = self.gap * (gaps + UNFAIR * max(0, gaps - self.fair))
            if self.run:
                known += self.run * self.ix.excess(busy)
            self.person[p][busy] = known
        return known

    def changed(self, path: list[int], slot: list[int], total: int) -> int:
        """Return what a swap along a chain adds to the changes; `total` is the sum of the two slots."""
        before = self.ix.announced
        added = 0
        for m in path:
            if before[m] >= 0:
                added += self.toll[m] * ((total - slot[m] != before[m]) - (slot[m] != before[m]))
        return added

    def moved(self, table: Timetable) -> int:
        """Return what the meetings cost that are not held in their announced slot."""
        return sum(self.toll[m] for m in self.told if table.slot[m] not in (-1, self.ix.announced[m]))

    def total(self, table: Timetable) -> int:
        """Return the cost of a whole timetable."""
        return sum(self.of(p, busy) for p, busy in enumerate(table.busy)) + self.moved(table)


class Annealer:
    """A search for the cheapest arrangement of the meetings that a timetable holds."""

    def __init__(self, table: Timetable, costs: Costs, rng: Random) -> None:
        """Begin with a valid timetable; it is changed in place."""
        self.table = table
        self.costs = costs
        self.ix = table.ix
        self.rng = rng
        self.now = self.best = costs.total(table)
        self.kept = list(table.slot)
        self.people = [p for p in range(self.ix.people) if 0 < table.held[p] < self.ix.slots]

    def run(self, share: Share, *, goal: int, tell: Callable[[], None]) -> int:
        """Search until the share is used or the cost is the goal; leave the best timetable met and return its cost."""
        units = self.costs.units(self.table)
        done = share.done()
        while self.people and done < 1 and self.best > goal:
            stage = min(int(done * len(units)), len(units) - 1)
            inside = done * len(units) - stage
            self._block(units[stage] * HOT * (COLD / HOT) ** inside)
            if self.now < self.best:
                self.best = self.now
                self.kept = list(self.table.slot)
            tell()
            done = share.done()
        if self.now > self.best:
            self.table.load(self.kept)
            self.now = self.best
        return self.best

    def _block(self, heat: float) -> None:
        """Try a block of moves at one temperature; stop early after an improvement that could be lost again."""
        random, people, busy, slots = self.rng.random, self.people, self.table.busy, self.ix.slots
        count = len(people)
        for _ in range(BLOCK):
            p = people[int(random() * count)]
            mask = busy[p]
            s, t = int(random() * slots), int(random() * slots)
            if not mask >> s & 1:
                s, t = t, s
            if not mask >> s & 1 or mask >> t & 1:
                continue
            self._try(p, s, t, heat)
            if self.now < self.best:
                return

    def _try(self, p: int, s: int, t: int, heat: float) -> None:
        """Move a person's meeting from s to t along its chain, if the annealing accepts."""
        table, costs = self.table, self.costs
        found = table.chain(p, s, t)
        if found is None:
            return
        path, end = found
        change = self._change(p, end, 1 << s | 1 << t)
        if costs.told:
            change += costs.changed(path, table.slot, s + t)
        back = None
        if (len(path) % 2 and table.count[t] >= self.ix.tables[t]) or (
            self.ix.classed and not table.classes_fit(path, s, t)
        ):
            back = self._back(t, s, path, end)
            if back is None:
                return
            change += back[2]
        if change > 0 and self.rng.random() >= exp(-change / heat):
            return
        moved = path + back[0] if back else path
        if self.ix.ordered and not table.in_order(moved, s, t):
            return
        table.swap(path, s, t)
        if back:
            table.swap(back[0], t, s)
        self.now += change

    def _back(self, t: int, s: int, path: list[int], end: int) -> Move | None:
        """Return a second chain that brings back what is too many in t: it, its end, and its change of cost."""
        table, people, random = self.table, self.people, self.rng.random
        classed = self.ix.classed
        odd = len(path) % 2 and table.count[t] >= self.ix.tables[t]
        for _ in range(8):
            p = people[int(random() * len(people))]
            mask = table.busy[p]
            if mask >> t & 1 and not mask >> s & 1 and p != end:
                found = table.chain(p, t, s)
                if (
                    found
                    and (len(found[0]) % 2 or not odd)
                    and (not classed or table.classes_fit(path + found[0], s, t))
                ):
                    change = self._change(p, found[1], 1 << s | 1 << t)
                    if self.costs.told:
                        change += self.costs.changed(found[0], table.slot, s + t)
                    return found[0], found[1], change
        return None

    def _change(self, p: int, q: int, pair: int) -> int:
        """Return the change of cost when two people swap what they do in a pair of slots."""
        busy, of = self.table.busy, self.costs.of
        return of(p, busy[p] ^ pair) - of(p, busy[p]) + of(q, busy[q] ^ pair) - of(q, busy[q])
