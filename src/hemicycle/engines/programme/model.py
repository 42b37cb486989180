"""The agenda as a CP-SAT model: hard conditions at once, each level as an expression when it is asked for.

b(i,t): session i begins in step t; r(i,m): it is in room m; both exactly once. Rooms are optional intervals that do
not overlap. A session's presence in a step is a sum of b's, so the rules are linear. Redundant: rooms per step, and
for two similar topics of total lengths La, Lb over S steps, both-running + extra parallel sessions ≥ La + Lb - S.
"""

from collections import defaultdict
from typing import Any

from hemicycle.engines.programme.indexed import TAG_RULES, Indexed, Place
from hemicycle.engines.programme.problem import Effect, Rule
from hemicycle.engines.programme.verify import ROOM_CHANGE, TIME_CHANGE


class Model:
    """The hard conditions; `level` gives the expression of a goal."""

    def __init__(self, ix: Indexed, *, sessions: list[int] | None = None) -> None:
        """Write the conditions for all sessions, or for some of them only."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  # half a second, and some calls do without

        self.ix = ix
        self.model: Any = cp_model.CpModel()
        self.chosen = sessions if sessions is not None else list(range(len(ix.names)))
        self.b: dict[Place, Any] = {}
        self.r: dict[Place, Any] = {}
        self.start: dict[int, Any] = {}
        self.rights: dict[tuple[Rule, int, int], Any] = {}
        self._extras: dict[Rule, list[tuple[list[list[int]], Any]]] = {}
        self._running: dict[tuple[int, int], Any] = {}
        self._same: dict[Place, Any] = {}
        self._sessions()
        self._rooms()
        self._people()
        for rule, i, j in ix.relations:
            if ix.problem.effect(rule) is Effect.FORBID and i in self.start and j in self.start:
                self._relation(rule, i, j, None)
        for rule in (*TAG_RULES, Rule.SIMILAR_TOPICS, Rule.ROOM_STABILITY):
            if ix.problem.effect(rule) is Effect.FORBID:
                self.model.add(self._amount(rule) == 0)

    def flag(self) -> Any:
        """Return a new Boolean."""
        return self.model.new_bool_var("")

    def _sessions(self) -> None:
        ix = self.ix
        for i in self.chosen:
            for t in ix.starts[i]:
                self.b[i, t] = self.flag()
            for m in ix.rooms[i]:
                self.r[i, m] = self.flag()
            self.model.add_exactly_one(self.b[i, t] for t in ix.starts[i])
            self.model.add_exactly_one(self.r[i, m] for m in ix.rooms[i])
            self.start[i] = self.model.new_int_var(0, len(ix.slots), "")
            self.model.add(self.start[i] == sum(t * self.b[i, t] for t in ix.starts[i]))
            for m in ix.rooms[i]:
                for t in ix.starts[i] if ix.windows[m] else ():
                    if not ix.open(i, t, m):
                        self.model.add_bool_or([self.b[i, t].Not(), self.r[i, m].Not()])

    def _rooms(self) -> None:
        """Keep the sessions of a room apart, and count the rooms in each step."""
        ix = self.ix
        rooms = defaultdict(list)
        for (i, m), here in self.r.items():
            rooms[m].append(self.model.new_optional_fixed_size_interval_var(self.start[i], ix.n[i], here, ""))
        for m, intervals in rooms.items():
            self.model.add_no_overlap(intervals)
            filled = sum(ix.n[i] * here for (i, other), here in self.r.items() if other == m)
            self.model.add(filled <= len(ix.slots))
        if len(rooms) > 1:
            for t in range(len(ix.slots)):
                self.model.add(sum(self.running(i, t) for i in self.chosen) <= len(rooms))

    def running(self, i: int, t: int) -> Any:
        """Return the sum of starts with which a session runs in a step: 0 or 1."""
        if (i, t) not in self._running:
            begins = range(t - self.ix.n[i] + 1, t + 1)
            self._running[i, t] = sum(self.b[i, u] for u in begins if (i, u) in self.b)
        return self._running[i, t]

    def _people(self) -> None:
        """Keep everybody's sessions apart, with time to change over between different rooms."""
        ix = self.ix
        for sessions in ix.appears.values():
            mine = [i for i in sessions if i in self.start]
            if len(mine) > 1:
                self.model.add_no_overlap(
                    [self.model.new_fixed_size_interval_var(self.start[i], ix.n[i], "") for i in mine]
                )
        for i, j in ix.shared if ix.problem.changeover else ():
            if i in self.start and j in self.start:
                for t, u in self._gaps(i, j, ix.problem.changeover):
                    self.model.add_bool_or([self.b[i, t].Not(), self.b[j, u].Not(), self.same_room(i, j)])

    def _gaps(self, i: int, j: int, limit: int) -> list[Place]:
        """Return the starts of two sessions between which less than so many minutes lie, none overlapping."""
        ix = self.ix
        found = []
        for t in ix.starts[i]:
            for u in ix.starts[j]:
                gap = ix.gap(i, t, j, u)
                if gap is not None and 0 <= gap < limit:
                    found.append((t, u))
        return found

    def same_room(self, i: int, j: int) -> Any:
        """Return a literal that holds only if two sessions share a room."""
        key = (min(i, j), max(i, j))
        if key not in self._same:
            self._same[key] = self.flag()
            for m in range(len(self.ix.room_names)):
                one, other = self.r.get((i, m)), self.r.get((j, m))
                for mine, theirs in ((one, other), (other, one)):
                    if mine is not None:
                        self.model.add_bool_or(
                            [self._same[key].Not(), mine.Not(), *([theirs] if theirs is not None else [])]
                        )
        return self._same[key]

    def _relation(self, rule: Rule, i: int, j: int, unless: Any) -> None:
        """Make a relation hold, unless a literal says that it need not."""
        n, start = self.ix.n, self.start
        free = [] if unless is None else [unless.Not()]
        add = self.model.add
        if rule in (Rule.BEFORE, Rule.RIGHT_AFTER, Rule.PARALLEL):
            apart = {Rule.BEFORE: "<=", Rule.RIGHT_AFTER: "==", Rule.PARALLEL: ">"}[rule]
            ends = start[i] + n[i]
            made = {"<=": ends <= start[j], "==": ends == start[j], ">": ends > start[j]}[apart]
            add(made).only_enforce_if(free)
        if rule is Rule.PARALLEL:
            add(start[j] + n[j] > start[i]).only_enforce_if(free)
        if rule is Rule.NOT_PARALLEL:
            first = self.flag()
            add(start[i] + n[i] <= start[j]).only_enforce_if([*free, first])
            add(start[j] + n[j] <= start[i]).only_enforce_if([*free, first.Not()])
        if rule in (Rule.SAME_DAY, Rule.RIGHT_AFTER):
            for day in range(len(self.ix.problem.days)):
                add(self._on(i, day) == self._on(j, day)).only_enforce_if(free)
        if rule is Rule.SAME_ROOM:
            self.model.add_bool_or([self.same_room(i, j), *([] if unless is None else [unless])])

    def _on(self, i: int, day: int) -> Any:
        return sum(self.b[i, t] for t in self.ix.starts[i] if self.ix.days[t] == day)

    def level(self, name: str) -> Any:
        """Return the expression of a level (`verify.measure`)."""
        return getattr(self, f"_{name}")()

    def _changes(self) -> Any:
        ix: Indexed = self.ix
        found: Any = 0
        for before in ix.problem.published:
            i = ix.number[before.session]
            then = self.b.get((i, ix.slot_of.get((before.day, before.start), -1)), 0)
            there = self.r.get((i, ix.room_number[before.room]), 0)
            elsewhere = self.flag()
            self.model.add(then - there <= elsewhere)
            found += TIME_CHANGE * (1 - then) + ROOM_CHANGE * elsewhere
        return found

    def _blocking(self) -> Any:
        return self._rules(Effect.BLOCK)

    def _rules(self, effect: Effect = Effect.WARN) -> Any:
        problem = self.ix.problem
        return sum(problem.setting(rule).weight * self._amount(rule) for rule in Rule if problem.effect(rule) is effect)

    def _amount(self, rule: Rule) -> Any:
        """Return how much a rule is broken."""
        if rule in TAG_RULES:
            return sum(sum(extras) for _, extras in self._tags(rule))
        if rule is Rule.SIMILAR_TOPICS:
            return self._alike()
        if rule is Rule.ROOM_STABILITY:
            return self._moving_topics()
        if rule in self.ix.room_rules:
            return sum(self.ix.lacks(i, m, rule) * here for (i, m), here in self.r.items())
        broken = []
        for kind, i, j in self.ix.relations:
            if kind is rule:
                broken.append(self.flag())
                self._relation(rule, i, j, broken[-1])
        return sum(broken)

    def _tags(self, rule: Rule) -> list[tuple[list[list[int]], list[Any]]]:
        """Return for each tag its groups, and for each step how many of them run beyond the first."""
        if rule not in self._extras:
            self._extras[rule] = []
            for groups in self.ix.tag_groups(rule):
                mine = [[i for i in group if i in self.start] for group in groups]
                extras = []
                for t in range(len(self.ix.slots)) if len(mine) > 1 else ():
                    extra = self.model.new_int_var(0, len(mine) - 1, "")
                    self.model.add(sum(self._any(group, t) for group in mine) <= 1 + extra)
                    extras.append(extra)
                total = sum(self.ix.n[i] for group in mine for i in group if len(group) == 1)
                if extras:
                    self.model.add(sum(extras) >= total - len(self.ix.slots))
                self._extras[rule].append((mine, extras))
        return self._extras[rule]

    def _any(self, group: list[int], t: int) -> Any:
        """Return whether one of a few sessions runs in a step."""
        if len(group) == 1:
            return self.running(group[0], t)
        held = self.flag()
        for i in group:
            self.model.add(self.running(i, t) <= held)
        return held

    def _alike(self) -> Any:
        """Return the weighted steps in which two similar topics run."""
        found: Any = 0
        steps = range(len(self.ix.slots))
        for weight, known in self.ix.similar:
            pairs = [(i, j) for i, j in known if i in self.start and j in self.start]
            if not pairs:
                continue
            both = [self.flag() for _ in steps]
            first, second = sorted({i for i, _ in pairs}), sorted({j for _, j in pairs})
            whole = len(pairs) == len(first) * len(second) and not set(first) & set(second)
            for t in steps:
                if whole:
                    self.model.add(self._topic(first, t) + self._topic(second, t) <= 1 + both[t])
                else:
                    for i, j in pairs:
                        self.model.add(self.running(i, t) + self.running(j, t) <= 1 + both[t])
            if whole and pairs and self.ix.counts(Rule.SAME_TOPIC):
                self._cut(first, second, both)
            found += weight * sum(both)
        return found

    def _topic(self, sessions: list[int], t: int) -> Any:
        return self._any(sessions, t) if len(sessions) > 1 else self.running(sessions[0], t)

    def _cut(self, first: list[int], second: list[int], both: list[Any]) -> None:
        """State what follows from lengths alone: two topics longer than the grid must share it."""
        extras = [
            extra
            for groups, extras in self._tags(Rule.SAME_TOPIC)
            if sorted(group[0] for group in groups if len(group) == 1) in (first, second)
            for extra in extras
        ]
        longer = sum(self.ix.n[i] for i in (*first, *second)) - len(self.ix.slots)
        alone = [groups for groups, _ in self._tags(Rule.SAME_TOPIC) if all(len(group) == 1 for group in groups)]
        plain = sum(sorted(group[0] for group in groups) in (first, second) for groups in alone)
        if plain == 2:  # noqa: PLR2004
            self.model.add(sum(both) + sum(extras) >= longer)

    def _moving_topics(self) -> Any:
        """Return the rooms of topics beyond the first. Redundant: only so many whole topics go into one room."""
        found: Any = 0
        whole: dict[int, list[tuple[int, Any]]] = defaultdict(list)
        seen: set[int] = set()  # of topics that share sessions only the first one is counted whole
        for sessions in self.ix.topics:
            mine = [i for i in sessions if i in self.start]
            rooms = sorted({m for i in mine for m in self.ix.rooms[i]})
            if len(mine) < 2 or len(rooms) < 2:  # noqa: PLR2004
                continue
            more = self.model.new_int_var(0, len(rooms) - 1, "")
            used, homes = [], []
            for m in rooms:
                here = [self.r[i, m] for i in mine if (i, m) in self.r]
                used.append(self.flag())
                for literal in here:
                    self.model.add_implication(literal, used[-1])
                if len(here) == len(mine) and not seen & set(mine):
                    homes.append(self.flag())
                    whole[m].append((sum(self.ix.n[i] for i in mine), homes[-1]))
                    self.model.add(sum(here) >= len(here) * homes[-1])
            self.model.add(sum(used) <= 1 + more)
            if not seen & set(mine):
                self.model.add(sum(homes) + more >= 1)
                seen |= set(mine)
            found += more
        for topics in whole.values():
            self.model.add(sum(length * home for length, home in topics) <= len(self.ix.slots))
        return found

    def _interests(self) -> Any:
        ix, found = self.ix, 0
        for i, row in enumerate(ix.wanted_both):
            for j, weight in row.items():
                if i < j:
                    both = self.flag()
                    for t in range(len(ix.slots)):
                        self.model.add(self.running(i, t) + self.running(j, t) <= 1 + both)
                    found += weight * both
            for t, weight in ix.wanted_at[i].items():
                found += weight * self.b[i, t]
        return found

    def _comfort(self) -> Any:
        ix, found = self.ix, 0
        for sessions in ix.appears.values():
            if len(sessions) > 1:
                present = [self.flag() for _ in ix.problem.days]
                for day, here in enumerate(present):
                    for i in sessions:
                        self.model.add(self._on(i, day) <= here)
                extra = self.model.new_int_var(0, len(present) - 1, "")  # a core needs not count the first day
                self.model.add(sum(present) - 1 <= extra)
                found += extra
                for place, i in enumerate(sessions):
                    for j in sessions[:place]:
                        found += self._tight(i, j)
        return found

    def _tight(self, i: int, j: int) -> Any:
        tight = self.flag()
        for t, u in self._gaps(i, j, self.ix.problem.step):
            self.model.add_bool_or([self.b[i, t].Not(), self.b[j, u].Not(), tight])
        return tight

    def hint(self, places: list[Place]) -> None:
        """Begin the search at an agenda."""
        self.model.clear_hints()
        for (i, t), begins in self.b.items():
            self.model.add_hint(begins, int(places[i][0] == t))
        for (i, m), here in self.r.items():
            self.model.add_hint(here, int(places[i][1] == m))

    def solved(self, solver: Any) -> list[Place]:
        """Return step and room of each session."""
        when = {i: t for (i, t), begins in self.b.items() if solver.boolean_value(begins)}
        where = {i: m for (i, m), here in self.r.items() if solver.boolean_value(here)}
        return [(when[i], where[i]) for i in self.chosen]
