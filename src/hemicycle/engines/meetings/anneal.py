"""Fewer gaps: simulated annealing over Kempe chains, with every state a valid timetable.

A chain that begins with a person busy in s and free in t changes the busy slots of its two end people only, so the
change of the objective is the change of two numbers. When t has no table left, a second chain brings one meeting back.
Cf. Lewis, A Guide to Graph Colouring (2016), ch. 6, and Kirkpatrick et al. (1983).
"""

from collections.abc import Callable
from math import log
from random import Random

from hemicycle.engines.meetings.clock import BLOCK, Share
from hemicycle.engines.meetings.costs import Costs
from hemicycle.engines.meetings.indexed import bits
from hemicycle.engines.meetings.kempe import Timetable

HOT, COLD = 0.4, 0.13
# Chains looked at when a full slot needs one meeting to leave.
BACK = 8


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
        self.free: dict[int, tuple[int, ...]] = {}
        self.sides = [
            (m, p)
            for m, slot in enumerate(table.slot)
            for p in (self.ix.left[m], self.ix.right[m])
            if slot >= 0 and self.ix.allowed[m] & ~(1 << slot)
        ]
        self.members = [[m for m in range(self.ix.meetings) if table.slot[m] == t] for t in range(self.ix.slots)]
        self.place = {m: place for mine in self.members for place, m in enumerate(mine)}

    def run(self, share: Share, *, goal: int, tell: Callable[[], None]) -> int:
        """Search until the share is used or the cost is the goal; leave the best timetable met and return its cost."""
        units = self.costs.units(self.table)
        done = share.done()
        while self.sides and done < 1 and self.best > goal:
            stage = min(int(done * len(units)), len(units) - 1)
            self.step(units[stage], done * len(units) - stage)
            tell()
            done = share.done()
        if self.now > self.best:
            self.table.load(self.kept)
            self.now = self.best
        return self.best

    def step(self, unit: int, done: float) -> None:
        """Try a block of moves for the level of this unit, of which this part is done, and note the best timetable."""
        if self.sides:
            self._block(unit * HOT * (COLD / HOT) ** done)
        if self.now < self.best:
            self.best = self.now
            self.kept = list(self.table.slot)

    def _block(self, heat: float) -> None:
        """Try a block of moves at one temperature; stop early after an improvement that could be lost again.

        A move takes a person's meeting to a slot in which they are free, and its chain with it. Most moves are refused
        for the cost of this one person, before the chain is followed.
        """
        random, sides, known = self.rng.random, self.sides, self.free
        busy, slot, allowed, person = self.table.busy, self.table.slot, self.ix.allowed, self.costs.person
        count, patience = len(sides), self.costs.patience
        for _ in range(BLOCK):
            m, p = sides[int(random() * count)]
            s, mask = slot[m], busy[p]
            free = allowed[m] & ~mask
            choices = known.get(free)
            if choices is None:
                choices = known[free] = bits(free)
            if not choices:
                continue
            t = choices[int(random() * len(choices))]
            most = -heat * log(1.0 - random())
            after = mask ^ (1 << s | 1 << t)
            cost = person[p].get(after)
            if cost is None:
                cost = self.costs.of(p, after)
            before = person[p].get(mask)
            change = cost - (self.costs.of(p, mask) if before is None else before)
            if change > most + patience:
                continue
            self._try(p, s, t, change, most)
            if self.now < self.best:
                return

    def _try(self, p: int, s: int, t: int, change: int, most: float) -> None:
        """Move a person's meeting from s to t along its chain, if that costs no more than `most`."""
        table, costs = self.table, self.costs
        found = table.chain(p, s, t)
        if found is None:
            return
        path, end = found
        change += self._change(end, 1 << s | 1 << t)
        if costs.told:
            change += costs.changed(path, table.slot, s + t)
        back: list[int] = []
        if (len(path) % 2 and table.count[t] >= self.ix.tables[t]) or (
            self.ix.classed and not table.classes_fit(path, s, t)
        ):
            other = self._back(t, s, path, end, most - change)
            if other is None:
                return
            back, more = other
            change += more
        if change > most or (self.ix.ordered and not table.in_order(path + back, s, t)):
            return
        table.swap(path, s, t)
        if back:
            table.swap(back, t, s)
        self._follow(path, s + t)
        self._follow(back, s + t)
        self.now += change

    def _follow(self, path: list[int], total: int) -> None:
        """Note the new slots of a swapped chain in the lists of the slots."""
        members, place, slot = self.members, self.place, self.table.slot
        for m in path:
            left = members[total - slot[m]]
            last = left.pop()
            if last != m:
                left[place[m]] = last
                place[last] = place[m]
            place[m] = len(members[slot[m]])
            members[slot[m]].append(m)

    def _back(self, t: int, s: int, path: list[int], end: int, most: float) -> tuple[list[int], int] | None:
        """Return a second chain, and its change of cost, that brings back what is too many in t, for at most `most`."""
        table, mine, random = self.table, self.members[t], self.rng.random
        left, right, classed = self.ix.left, self.ix.right, self.ix.classed
        odd = len(path) % 2 and table.count[t] >= self.ix.tables[t]
        pair = 1 << s | 1 << t
        for _ in range(BACK if mine else 0):
            m = mine[int(random() * len(mine))]
            p = left[m] if random() < 0.5 else right[m]  # noqa: PLR2004  # either side
            if table.busy[p] >> s & 1 or p == end:
                continue
            change = self._change(p, pair)
            if change > most + self.costs.patience:
                continue
            found = table.chain(p, t, s)
            if not found or (odd and not len(found[0]) % 2):
                continue
            change += self._change(found[1], pair)
            if self.costs.told:
                change += self.costs.changed(found[0], table.slot, s + t)
            if change <= most and not (classed and not table.classes_fit(path + found[0], s, t)):
                return found[0], change
        return None

    def _change(self, p: int, pair: int) -> int:
        """Return the change of cost when a person swaps what they do in a pair of slots."""
        busy, of = self.table.busy, self.costs.of
        return of(p, busy[p] ^ pair) - of(p, busy[p])
