"""More or worthier meetings: hold a waiting one, take out those in its way, accept by simulated annealing."""

from collections.abc import Callable
from math import exp
from random import Random

from hemicycle.engines.meetings.clock import BLOCK, Share
from hemicycle.engines.meetings.indexed import Indexed, bits
from hemicycle.engines.meetings.kempe import Timetable


class Worth:
    """What holding a meeting is worth, one number for three levels: announced, floor, weight."""

    def __init__(self, ix: Indexed) -> None:
        """Scale the levels so that none can outweigh the one before it."""
        self.ix = ix
        self.floored = any(ix.floor)
        self.floor = sum(ix.weight) + 1
        lost = self.floor * (sum(ix.floor) + 1)
        self.own = [w + (lost if before >= 0 else 0) for w, before in zip(ix.weight, ix.announced, strict=True)]

    def gain(self, table: Timetable, m: int) -> int:
        """Return what holding a waiting meeting adds."""
        return self.own[m] + self.floor * sum(
            table.held[p] < self.ix.floor[p] for p in (self.ix.left[m], self.ix.right[m])
        )

    def loss(self, table: Timetable, m: int) -> int:
        """Return what taking a held meeting out costs."""
        if not self.floored:
            return self.own[m]
        a, b = self.ix.left[m], self.ix.right[m]
        floor, held = self.ix.floor, table.held
        return self.own[m] + self.floor * ((held[a] <= floor[a]) + (held[b] <= floor[b]))

    def total(self, table: Timetable) -> int:
        """Return the worth of a whole timetable."""
        floors = sum(min(held, floor) for held, floor in zip(table.held, self.ix.floor, strict=True))
        return self.floor * floors + sum(own for own, slot in zip(self.own, table.slot, strict=True) if slot >= 0)


class Filler:
    """A search for the worthiest set of meetings."""

    def __init__(self, table: Timetable, rng: Random) -> None:
        """Begin with a valid timetable; it is changed in place."""
        self.table = table
        self.ix = table.ix
        self.rng = rng
        self.worth = Worth(table.ix)
        self.waiting = [m for m in range(self.ix.meetings) if table.slot[m] < 0 and self.ix.allowed[m]]
        self.now = self.best = self.worth.total(table)
        self.kept = list(table.slot)

    def run(self, share: Share, tell: Callable[[], None]) -> None:
        """Search until the share is used or nothing waits; leave the best timetable met."""
        dearest = max(self.ix.weight, default=1)
        done = share.done()
        while self.waiting and done < 1:
            heat = dearest * 0.5 * 0.02 ** (done if len(set(self.ix.weight)) > 1 else 0.3)
            for _ in range(BLOCK // 8):
                self._step(heat)
                if not self.waiting:
                    break
            tell()
            done = share.done()
        if self.now < self.best:
            self.table.load(self.kept)

    def _step(self, heat: float) -> None:
        """Try one waiting meeting in the slot where it costs least."""
        rng, table = self.rng, self.table
        self._shake()
        place = int(rng.random() * len(self.waiting))
        m = self.waiting[place]
        if table.insert(m):
            self._drop(place)
            self.now += self.worth.loss(table, m)
            self._note()
            return
        found = self._cheapest(m, heat)
        if found is None:
            return
        t, out = found
        cost = 0
        for other in out:
            cost += self.worth.loss(table, other)
            table.remove(other)
        change = self.worth.gain(table, m) - cost
        if table.capped(m) or (change < 0 and rng.random() >= exp(change / heat)):
            for other, slot in out.items():
                table.place(other, slot)
            return
        if change < 0 and self.now == self.best:
            self.kept = self._before(out)
        table.place(m, t)
        self.now += change
        self._drop(place)
        self._again(out)
        self._note()

    def _shake(self) -> None:
        """Swap a random chain, which changes no worth but opens other ways."""
        table, random = self.table, self.rng.random
        for _ in range(4):
            p = int(random() * self.ix.people)
            s, t = int(random() * self.ix.slots), int(random() * self.ix.slots)
            if table.busy[p] >> s & 1 and not table.busy[p] >> t & 1:
                found = table.chain(p, s, t)
                if found and table.swappable(found[0], s, t):
                    table.swap(found[0], s, t)

    def _before(self, out: dict[int, int]) -> list[int]:
        slots = list(self.table.slot)
        for other, slot in out.items():
            slots[other] = slot
        return slots

    def _drop(self, place: int) -> None:
        self.waiting[place] = self.waiting[-1]
        self.waiting.pop()

    def _again(self, out: dict[int, int]) -> None:
        """Hold what was taken out somewhere else, or let it wait."""
        for other in out:
            if self.table.insert(other):
                self.now += self.worth.loss(self.table, other)
            else:
                self.waiting.append(other)

    def _note(self) -> None:
        self.best = max(self.best, self.now)

    def _cheapest(self, m: int, heat: float) -> tuple[int, dict[int, int]] | None:
        """Return a slot for a meeting and the meetings (with their slots) to take out for it."""
        table, loss, random, slot = self.table, self.worth.loss, self.rng.random, self.table.slot
        chosen, least = None, 0.0
        for t in bits(self.ix.allowed[m]):
            out = self._in_the_way(m, t)
            if out is None:
                continue
            cost = heat * random()
            for other in out:
                cost += loss(table, other)
            if chosen is None or cost < least:
                chosen, least = (t, out), cost
        return None if chosen is None else (chosen[0], {other: slot[other] for other in chosen[1]})

    def _in_the_way(self, m: int, t: int) -> set[int] | None:
        """Return the held meetings that keep a meeting out of a slot; None when a fixed one does."""
        ix, table = self.ix, self.table
        people = (ix.left[m], ix.right[m])
        out = {table.at[people[0]][t], table.at[people[1]][t]}
        out.discard(-1)
        if ix.ordered:
            out |= {other for other in ix.earlier[m] if table.slot[other] >= t}
            out |= {other for other in ix.later[m] if 0 <= table.slot[other] <= t}
        for p in people:
            if table.held[p] >= ix.cap[p] and not any(p in (ix.left[other], ix.right[other]) for other in out):
                mine = [other for other in table.at[p] if other >= 0 and not ix.fixed[other]]
                if not mine:
                    return None
                out.add(min((self.rng.choice(mine), self.rng.choice(mine)), key=self.worth.own.__getitem__))
        if not self._seat(m, t, out):
            return None
        for other in out:
            if ix.fixed[other]:
                return None
        return out

    def _seat(self, m: int, t: int, out: set[int]) -> bool:
        """Add the meeting whose table another one takes in a slot, if it needs one; False when there is none."""
        ix, table = self.ix, self.table
        kind = ix.kind[m]
        if kind >= 0 and len(table.sitting[kind][t]) >= ix.seats[kind][t]:
            rivals = [other for other in table.sitting[kind][t] if not ix.fixed[other]]
            if not rivals:
                return False
            if not any(table.slot[other] == t and ix.kind[other] == kind for other in out):
                out.add(min((self.rng.choice(rivals), self.rng.choice(rivals)), key=self.worth.own.__getitem__))
        if table.count[t] >= ix.tables[t] and not any(table.slot[other] == t for other in out):
            guest = self._guest(t)
            if guest is None:
                return False
            out.add(guest)
        return True

    def _guest(self, t: int) -> int | None:
        """Return a cheap meeting among a few random ones in a slot."""
        found = None
        for _ in range(12):
            other = self.table.at[int(self.rng.random() * self.ix.people)][t]
            if other >= 0 and (found is None or self.worth.own[other] < self.worth.own[found]):
                found = other
        return found
