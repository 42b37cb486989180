"""A partial timetable that is valid at every moment, and the moves that keep it so.

A timetable is a partial proper edge colouring: people are vertices, meetings edges, slots colours. Swapping two
colours along one alternating (Kempe) chain keeps it proper; only the two ends of the chain change their busy slots.
"""

from collections.abc import Sequence

from hemicycle.engines.meetings.indexed import Indexed, bits

# People looked at, in turn, when a full slot needs a table back.
LOOK = 60


class Timetable:
    """Who meets in which slot: a bitmask per person, a count per slot.

    Attributes:
        slot: slot of each meeting, -1 when it is not held.
        at: at[p][t] is the meeting of person p in slot t, -1 for none.
        busy: bitmask of busy slots of each person.
        held: meetings of each person. count: meetings in each slot.
        sitting: sitting[k][t] are the meetings in slot t that need a table of class k. By Hall's theorem the tables
            of a slot suffice when no class and not the whole slot has more meetings than tables.
    """

    def __init__(self, ix: Indexed) -> None:
        """Begin with an empty timetable."""
        self.ix = ix
        self.slot = [-1] * ix.meetings
        self.at = [[-1] * ix.slots for _ in range(ix.people)]
        self.busy = [0] * ix.people
        self.held = [0] * ix.people
        self.count = [0] * ix.slots
        self.sitting: list[list[set[int]]] = [[set() for _ in seats] for seats in ix.seats]
        self.turn = 0

    def load(self, slots: Sequence[int]) -> None:
        """Hold exactly the meetings with a slot from 0 in this list, which must be valid."""
        self.__init__(self.ix)  # type: ignore[misc]
        for m, slot in enumerate(slots):
            if slot >= 0:
                self.place(m, slot)

    def place(self, m: int, t: int) -> None:
        """Hold a meeting; both people and a table must be free."""
        self.slot[m] = t
        self.count[t] += 1
        if self.ix.kind[m] >= 0:
            self.sitting[self.ix.kind[m]][t].add(m)
        for p in (self.ix.left[m], self.ix.right[m]):
            self.at[p][t] = m
            self.busy[p] |= 1 << t
            self.held[p] += 1

    def remove(self, m: int) -> None:
        """Take a held meeting out."""
        t = self.slot[m]
        self.slot[m] = -1
        self.count[t] -= 1
        if self.ix.kind[m] >= 0:
            self.sitting[self.ix.kind[m]][t].discard(m)
        for p in (self.ix.left[m], self.ix.right[m]):
            self.at[p][t] = -1
            self.busy[p] &= ~(1 << t)
            self.held[p] -= 1

    def capped(self, m: int) -> bool:
        """Say whether one of the two people already has as many meetings as they take."""
        a, b = self.ix.left[m], self.ix.right[m]
        return self.held[a] >= self.ix.cap[a] or self.held[b] >= self.ix.cap[b]

    def common(self, m: int) -> int:
        """Return the slots (bitmask) allowed for a meeting in which both people are free, tables aside."""
        mask = self.ix.allowed[m] & ~(self.busy[self.ix.left[m]] | self.busy[self.ix.right[m]])
        if mask and self.ix.ordered:
            mask &= self.window(m)
        return mask

    def window(self, m: int) -> int:
        """Return the slots (bitmask) that keep the order with the held meetings before and after."""
        low = max((self.slot[other] for other in self.ix.earlier[m] if self.slot[other] >= 0), default=-1)
        high = min((self.slot[other] for other in self.ix.later[m] if self.slot[other] >= 0), default=self.ix.slots)
        return ((1 << high) - 1) & ~((1 << (low + 1)) - 1)

    def with_table(self, mask: int, m: int = -1) -> list[int]:
        """Return the slots of a bitmask in which a table is free: for this meeting, or for one that needs no class."""
        found = [t for t in bits(mask) if self.count[t] < self.ix.tables[t]]
        if m >= 0 and self.ix.kind[m] >= 0:
            sitting, seats = self.sitting[self.ix.kind[m]], self.ix.seats[self.ix.kind[m]]
            return [t for t in found if len(sitting[t]) < seats[t]]
        return found

    def chain(self, p: int, s: int, t: int) -> tuple[list[int], int] | None:
        """Return the chain from a person busy in s and free in t, and the person at its other end.

        None when a meeting of it may not move to the other slot. Takes time linear in the chain.
        """
        at, allowed, both = self.at, self.ix.allowed, self.ix.both
        path: list[int] = []
        m = at[p][s]
        while m >= 0:
            if not allowed[m] >> t & 1:
                return None
            path.append(m)
            p = both[m] - p
            s, t = t, s
            m = at[p][s]
        return path, p

    def swap(self, path: list[int], s: int, t: int) -> None:
        """Swap the slots s and t along a chain; the caller has made sure of the tables."""
        left, right, slot, at = self.ix.left, self.ix.right, self.slot, self.at
        total = s + t
        for m in path:
            now = slot[m]
            at[left[m]][now] = at[right[m]][now] = -1
        rise = 0
        for m in path:
            new = total - slot[m]
            slot[m] = new
            rise += 1 if new == t else -1
            a, b = left[m], right[m]
            at[a][new] = at[b][new] = m
        self.count[s] -= rise
        self.count[t] += rise
        if self.ix.classed:
            self._reseat(path, total)
        one, two = 1 << s, 1 << t
        for m in path:
            for p in (left[m], right[m]):
                row = at[p]
                mask = self.busy[p] & ~(one | two)
                self.busy[p] = mask | (one if row[s] >= 0 else 0) | (two if row[t] >= 0 else 0)

    def _reseat(self, path: list[int], total: int) -> None:
        """Note the new slots of the meetings of a swapped chain that need a class."""
        for m in path:
            kind = self.ix.kind[m]
            if kind >= 0:
                self.sitting[kind][total - self.slot[m]].discard(m)
                self.sitting[kind][self.slot[m]].add(m)

    def classes_fit(self, path: list[int], s: int, t: int) -> bool:
        """Say whether each class still has enough tables in both slots after swapping s and t along chains."""
        rise: dict[int, int] = {}
        for m in path:
            kind = self.ix.kind[m]
            if kind >= 0:
                rise[kind] = rise.get(kind, 0) + (1 if self.slot[m] == s else -1)
        return not any(
            (more > 0 and len(self.sitting[kind][t]) + more > self.ix.seats[kind][t])
            or (more < 0 and len(self.sitting[kind][s]) - more > self.ix.seats[kind][s])
            for kind, more in rise.items()
        )

    def in_order(self, path: list[int], s: int, t: int) -> bool:
        """Say whether every order is kept after swapping s and t along a chain."""
        moved = {m: s + t - self.slot[m] for m in path}
        for m, now in moved.items():
            if any(now <= moved.get(o, self.slot[o]) for o in self.ix.earlier[m] if self.slot[o] >= 0):
                return False
            if any(moved.get(o, self.slot[o]) <= now for o in self.ix.later[m] if self.slot[o] >= 0):
                return False
        return True

    def insert(self, m: int) -> bool:
        """Hold a meeting without taking another one out: directly, or after one swap along a chain."""
        if self.capped(m):
            return False
        common = self.common(m)
        for t in self.with_table(common, m):
            self.place(m, t)
            return True
        for t in bits(common):
            if self._clear_table(t, m):
                self.place(m, t)
                return True
        a, b = self.ix.left[m], self.ix.right[m]
        return self._insert_by_chain(m, a, b) or self._insert_by_chain(m, b, a)

    def _insert_by_chain(self, m: int, idle: int, busy: int) -> bool:
        """Free the second person in a slot in which the first one is free, then hold the meeting there."""
        ix = self.ix
        window = ix.allowed[m] & (self.window(m) if ix.ordered else -1)
        for s in bits(window & self.busy[busy] & ~self.busy[idle]):
            for t in bits(ix.free[busy] & ~self.busy[busy]):
                found = self.chain(busy, s, t)
                if found is None or found[1] == idle or not self.swappable(found[0], s, t):
                    continue
                self.swap(found[0], s, t)
                if self.with_table(self.common(m) & 1 << s, m):
                    self.place(m, s)
                    return True
                self.swap(found[0], t, s)
        return False

    def swappable(self, path: list[int], s: int, t: int) -> bool:
        """Say whether a chain that begins in s finds a table in t and keeps every order."""
        if len(path) % 2 and self.count[t] >= self.ix.tables[t]:
            return False
        if self.ix.classed and not self.classes_fit(path, s, t):
            return False
        return not self.ix.ordered or self.in_order(path, s, t)

    def _clear_table(self, s: int, m: int) -> bool:
        """Make room for a meeting at a table in slot s by moving more meetings (of its class) out than in."""
        kind = self.ix.kind[m]
        full = self.count[s] >= self.ix.tables[s]
        for p in self._guests(s, kind):
            free = self.ix.free[p] & ~self.busy[p]
            for t in self.with_table(free) if full else bits(free):
                found = self.chain(p, s, t)
                if not found or (full and not len(found[0]) % 2) or not self.swappable(found[0], s, t):
                    continue
                self.swap(found[0], s, t)
                if self.with_table(self.common(m) & 1 << s, m):
                    return True
                self.swap(found[0], t, s)
        return False

    def _guests(self, s: int, kind: int) -> list[int]:
        """Return people busy in a slot, one for each meeting whose table may be asked for."""
        ix = self.ix
        if not ix.tables[s]:
            return []
        if kind >= 0 and len(self.sitting[kind][s]) >= ix.seats[kind][s]:
            return [p for m in self.sitting[kind][s] for p in (ix.left[m], ix.right[m])]
        self.turn += LOOK
        some = ((self.turn + step) % ix.people for step in range(min(ix.people, LOOK)))
        return [p for p in some if self.busy[p] >> s & 1]
