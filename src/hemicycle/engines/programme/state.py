"""A complete agenda that is kept valid, with every level counted as sessions are taken out and put back."""

from collections import defaultdict
from typing import Any

from hemicycle.engines.programme.indexed import TAG_RULES, Indexed, Place
from hemicycle.engines.programme.problem import Effect, Rule
from hemicycle.engines.programme.verify import ROOM_CHANGE, TIME_CHANGE

# Levels are packed into two numbers: changes, blocking and rules; interests and comfort.
CHANGES, BLOCKING = 10**14, 10**7
INTEREST = 10**4
Worth = tuple[int, int]


class State:
    """Sessions on a grid of rooms and steps. `upper` and `lower` are the packed levels of what is placed."""

    def __init__(self, ix: Indexed, *, wishes: bool = True) -> None:
        """Begin with nothing placed; without `wishes` the interests are not counted."""
        self.ix = ix
        sessions = range(len(ix.names))
        self.slot = [-1] * len(ix.names)
        self.room = [-1] * len(ix.names)
        self.grid = [[-1] * len(ix.slots) for _ in ix.room_names]
        self.upper = self.lower = 0
        self._read_wishes(wishes=wishes)
        self.wanted_at = ix.wanted_at if wishes else [{} for _ in sessions]
        self.startable = [frozenset(starts) for starts in ix.starts]
        self.roomy = [frozenset(rooms) for rooms in ix.rooms]
        self.guarded = [bool(windows) for windows in ix.windows]
        self.partners: list[dict[int, int]] = [{} for _ in sessions]  # number of people in both
        for sessions_of in ix.appears.values():
            for i in sessions_of:
                for j in sessions_of:
                    if i != j:
                        self.partners[i][j] = self.partners[i].get(j, 0) + 1
        self._read_people()
        self._read_rules()

    def _read_wishes(self, *, wishes: bool) -> None:
        """Keep the interests as a table, and where sessions begin and end as vectors, so that one look adds them up."""
        import numpy as np  # noqa: PLC0415  # a tenth of a second, and some calls do without

        count = len(self.ix.names)
        self.begins: Any = np.full(count, -1)
        self.ends: Any = np.full(count, -1)
        self.wanted: list[Any] = [None] * count
        for i, row in enumerate(self.ix.wanted_both if wishes else ()):
            if row:
                self.wanted[i] = np.zeros(count, dtype=np.int64)
                self.wanted[i][list(row)] = list(row.values())

    def _read_people(self) -> None:
        ix = self.ix
        self.people: list[list[int]] = [[] for _ in ix.names]
        several = [sessions for sessions in ix.appears.values() if len(sessions) > 1]
        self.present = [[0] * len(ix.problem.days) for _ in several]
        for person, sessions in enumerate(several):
            for i in sessions:
                self.people[i].append(person)
        self.published: dict[int, Place] = {}
        for before in ix.problem.published:
            t = ix.slot_of.get((before.day, before.start), -1)
            self.published[ix.number[before.session]] = (t, ix.room_number[before.room])

    def price(self, rule: Rule) -> int:
        """Return what one unit of a rule adds to `upper`; forbidden ones are so dear that no move is taken."""
        setting = self.ix.problem.setting(rule)
        return {
            Effect.FORBID: CHANGES * 10**4,
            Effect.BLOCK: BLOCKING * setting.weight,
            Effect.WARN: setting.weight,
            Effect.IGNORE: 0,
        }[setting.effect]

    def _read_rules(self) -> None:
        ix = self.ix
        steps = len(ix.slots)
        self.relations: list[list[tuple[Rule, int, int]]] = [[] for _ in ix.names]
        for relation in ix.relations:
            self.relations[relation[1]].append(relation)
            self.relations[relation[2]].append(relation)
        self.tags: list[list[tuple[list[int], list[int], int]]] = [[] for _ in ix.names]
        for rule in TAG_RULES:
            for groups in ix.tag_groups(rule) if ix.counts(rule) else ():
                running = [0] * steps
                for group in groups if len(groups) > 1 else ():
                    mine = [0] * steps
                    for i in group:
                        self.tags[i].append((running, mine, self.price(rule)))
        self.alike: list[dict[int, list[int]]] = [defaultdict(list) for _ in ix.names]
        self.both: list[list[int]] = []
        self.alike_price: list[int] = []
        for weight, pairs in ix.similar if ix.counts(Rule.SIMILAR_TOPICS) else ():
            number = len(self.both)
            self.both.append([0] * steps)
            self.alike_price.append(weight * self.price(Rule.SIMILAR_TOPICS))
            for i, j in pairs:
                self.alike[i][j].append(number)
                self.alike[j][i].append(number)
        self.used: list[list[list[int]]] = [[] for _ in ix.names]
        for sessions in ix.topics if ix.counts(Rule.ROOM_STABILITY) else ():
            rooms = [0] * (len(ix.room_names) + 1)  # the last one counts the rooms in use
            for i in sessions:
                self.used[i].append(rooms)
        self.stability = self.price(Rule.ROOM_STABILITY)
        self.lacks = [
            {m: sum(self.price(rule) * ix.lacks(i, m, rule) for rule in ix.room_rules) for m in ix.rooms[i]}
            for i in range(len(ix.names))
        ]

    def fits(self, i: int, t: int, m: int) -> bool:
        """Say whether a session that is not placed may be put here: free, open, and nobody in two places."""
        ix = self.ix
        if t not in self.startable[i] or m not in self.roomy[i] or (self.guarded[m] and not ix.open(i, t, m)):
            return False
        row = self.grid[m]
        if max(row[t : t + ix.n[i]]) >= 0:
            return False
        for j in self.partners[i]:
            u = self.slot[j]
            if u >= 0:
                gap = ix.gap(i, t, j, u)
                if gap is not None and gap < (0 if self.room[j] == m else ix.problem.changeover):
                    return False
        return True

    def put(self, i: int, t: int, m: int) -> None:
        """Place a session."""
        self.slot[i], self.room[i] = t, m
        row = self.grid[m]
        for u in range(t, t + self.ix.n[i]):
            row[u] = i
        self._count(i, 1)
        self.begins[i], self.ends[i] = t, t + self.ix.n[i]

    def take(self, i: int) -> None:
        """Take a session out."""
        self.begins[i] = self.ends[i] = -1
        self._count(i, -1)
        row, t = self.grid[self.room[i]], self.slot[i]
        for u in range(t, t + self.ix.n[i]):
            row[u] = -1
        self.slot[i] = self.room[i] = -1

    def _count(self, i: int, sign: int) -> None:
        """Add or remove what a placed session contributes beside the others that are placed."""
        t, m, n = self.slot[i], self.room[i], self.ix.n[i]
        upper = self._alone(i, t, m)
        lower = INTEREST * self.wanted_at[i].get(t, 0) if self.wanted_at[i] else 0
        if self.wanted[i] is not None:
            beside = (self.begins < t + n) & (self.ends > t)
            lower += INTEREST * int(self.wanted[i] @ beside)
        if self.alike[i]:
            self._alike(i, t, t + n, sign)
        for running, mine, price in self.tags[i]:
            self.upper += _tag(running, mine, price, t, t + n, sign)
        for rooms in self.used[i]:
            rooms[m] += sign
            if rooms[m] == (sign > 0):
                rooms[-1] += sign
                self.upper += sign * self.stability * (rooms[-1] > (sign > 0))
        lower += self._stages(i, t, sign)
        for rule, a, b in self.relations[i]:
            if self.slot[a] >= 0 and self.slot[b] >= 0 and not self._kept(rule, a, b):
                upper += self.price(rule)
        self.upper += sign * upper
        self.lower += sign * lower

    def _stages(self, i: int, t: int, sign: int) -> int:
        """Count days people must come, and sessions that follow each other, for those who appear."""
        found = 0
        for person in self.people[i]:
            present = self.present[person]
            present[self.ix.days[t]] += sign
            found += present[self.ix.days[t]] == (sign > 0)
        for j, people in self.partners[i].items():
            if self.slot[j] >= 0:
                gap = self.ix.gap(i, t, j, self.slot[j])
                found += people * (gap is not None and gap < self.ix.problem.step)
        return found

    def _alone(self, i: int, t: int, m: int) -> int:
        found = self.lacks[i][m]
        if i in self.published:
            before, room = self.published[i]
            found += CHANGES * (TIME_CHANGE if before != t else ROOM_CHANGE * (room != m))
        return found

    def _alike(self, i: int, start: int, stop: int, sign: int) -> None:
        """Count similar topics beside a session, step by step."""
        alike = self.alike[i]
        for row in self.grid:
            u = start
            while u < stop:
                j = row[u]
                if j < 0:
                    u += 1
                    continue
                end = self.slot[j] + self.ix.n[j]
                for number in alike.get(j, ()):
                    self.upper += self._alike_step(number, u, min(end, stop), sign)
                u = end

    def _alike_step(self, number: int, start: int, stop: int, sign: int) -> int:
        both = self.both[number]
        found = 0
        for u in range(start, stop):
            both[u] += sign
            if both[u] == (sign > 0):
                found += sign
        return found * self.alike_price[number]

    def _kept(self, rule: Rule, a: int, b: int) -> bool:
        t, u, n = self.slot[a], self.slot[b], self.ix.n
        if rule is Rule.SAME_ROOM:
            return self.room[a] == self.room[b]
        if rule is Rule.BEFORE:
            return t + n[a] <= u
        if rule is Rule.RIGHT_AFTER:
            return self.ix.follows(a, t, u)
        if rule is Rule.SAME_DAY:
            return self.ix.days[t] == self.ix.days[u]
        return (t < u + n[b] and u < t + n[a]) == (rule is Rule.PARALLEL)

    def load(self, places: list[Place]) -> bool:
        """Put everything where it is said; say whether all of it may be there."""
        for i, (t, m) in enumerate(places):
            if not self.fits(i, t, m):
                return False
            self.put(i, t, m)
        return self.upper < CHANGES * 10**4

    def places(self) -> list[Place]:
        """Return step and room of each session."""
        return list(zip(self.slot, self.room, strict=True))


def _tag(running: list[int], mine: list[int], price: int, start: int, stop: int, sign: int) -> int:
    """Count a session of a group in or out; return the change of what the tag costs."""
    found = 0
    for u in range(start, stop):
        mine[u] += sign
        if mine[u] == (sign > 0):  # the group begins or ceases to run in this step
            running[u] += sign
            found += running[u] > (sign > 0)
    return sign * price * found
