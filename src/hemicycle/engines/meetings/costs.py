"""What an arrangement of meetings costs: gaps, runs and changes in one number, level by level."""

from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from hemicycle.engines.meetings.verify import SLOT_CHANGE, TABLE_CHANGE

# Breaks beyond the spread cost this much more than other breaks.
UNFAIR = 3
# The cost of a whole timetable stays below this, so that it fits into a machine's word.
LARGEST = 2**61


class Costs:
    """The objective of a timetable that holds a given set of meetings: gaps, runs and changes in one number.

    Attributes:
        gap, run, change, soon: worth of one unit of each level; a level cannot outweigh the one before it.
        patience: what the other end of a chain is expected to give back at most.
        toll: what moving each announced meeting costs (less what staying would, when its table is gone).
        fair, unfair: a person's gaps beyond the first number count so much more; with none fair all are alike.
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
        self.patience = 2 * self.gap + SLOT_CHANGE * self.change if self.told else 2 * self.gap
        last = ix.slots - 1
        moves = [SLOT_CHANGE - TABLE_CHANGE * gone for gone in ix.gone]
        self.toll = [
            0 if t < 0 else move * (self.change + self.soon * (last - t))
            for t, move in zip(ix.announced, moves, strict=True)
        ]
        spread = ix.problem.spread
        self.fair = spread if ix.literature and spread is not None else ix.slots
        self.unfair = UNFAIR if self.fair else 0

    def _scale(self) -> None:
        """Give each level more than all units of the levels after it; leave out the last one if that grows too large."""
        self._levels(soon=True)
        moving = SLOT_CHANGE * len(self.told) * (self.change + self.soon * self.ix.slots)
        if self.gap * self.ix.people * self.ix.slots + moving > LARGEST:
            self._levels(soon=False)

    def _levels(self, *, soon: bool) -> None:
        ix = self.ix
        most_runs = sum(max(0, ix.most(p) - ix.problem.run_limit) for p in range(ix.people))
        most_changes = SLOT_CHANGE * len(self.told)
        most_soon = most_changes * (ix.slots - 1) if soon else 0
        if ix.problem.keep_announced:
            self.run = 1
            self.gap = most_runs + 1
            above = self.gap * (ix.people * ix.slots + 1) if self.told else 0
            self.soon = above if soon else 0
            self.change = above * (most_soon + 1)
        else:
            self.soon = int(soon)
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
            known = self.gap * (gaps + self.unfair * max(0, gaps - self.fair))
            if self.run:
                known += self.run * self.ix.excess(busy)
            self.person[p][busy] = known
        return known

    def moved(self, table: Timetable) -> int:
        """Return what the meetings cost that are not held in their announced slot."""
        return sum(self.toll[m] for m in self.told if table.slot[m] not in (-1, self.ix.announced[m]))

    def total(self, table: Timetable) -> int:
        """Return the cost of a whole timetable."""
        return sum(self.of(p, busy) for p, busy in enumerate(table.busy)) + self.moved(table)
