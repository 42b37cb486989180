"""A problem in numbers: steps of the grid in a row, sessions and rooms by place, what may be where."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import combinations

from hemicycle.engines.programme.constraints import inside
from hemicycle.engines.programme.problem import RELATIONS, Effect, Placement, Problem, Rule, Window
from hemicycle.engines.programme.rules import acknowledged_sets, excess, groups, tagged

Place = tuple[int, int]  # step and room


class Indexed:
    """Everything the search looks up; `slots` are (day, minute) of each step, days and blocks in a row."""

    def __init__(self, problem: Problem) -> None:
        """Work out starts and rooms of every session, looked at alone."""
        self.problem = problem
        self.slots: list[tuple[int, int]] = []
        self.block_end: list[int] = []
        self.block: list[tuple[int, int]] = []  # first step and number of steps of the block of each step
        for day, entry in enumerate(problem.days):
            for start, stop in entry.blocks:
                minutes = range(start, stop, problem.step)
                self.block += [(len(self.slots), len(minutes))] * len(minutes)
                for minute in minutes:
                    self.slots.append((day, minute))
                    self.block_end.append(stop)
        self.slot_of = {moment: number for number, moment in enumerate(self.slots)}
        self.days = [day for day, _ in self.slots]
        self.names = [session.id for session in problem.sessions]
        self.number = {name: i for i, name in enumerate(self.names)}
        self.room_names = [room.id for room in problem.rooms]
        self.room_number = {name: m for m, name in enumerate(self.room_names)}
        self.length = [session.length for session in problem.sessions]
        self.n = [-(-length // problem.step) for length in self.length]
        self.windows = [room.windows for room in problem.rooms]
        self._away: dict[str, list[Window]] = defaultdict(list)
        for event in problem.side_events:
            for person in event.people:
                self._away[person].append(event.window)
        self.stage = {person.id: person.windows for person in problem.people}
        self.starts = [self._starts(i) for i in range(len(self.names))]
        self.rooms = [self._rooms(i) for i in range(len(self.names))]
        self.starts = [
            [t for t in starts if any(self.open(i, t, m) for m in self.rooms[i])]
            for i, starts in enumerate(self.starts)
        ]

    def _starts(self, i: int) -> list[int]:
        """Return the steps in which a session may begin as far as blocks, windows and people allow."""
        session = self.problem.sessions[i]
        return [
            t
            for t, (day, minute) in enumerate(self.slots)
            if minute + session.length <= self.block_end[t]
            and session.start in (None, (day, minute))
            and inside(session.windows, day, minute, minute + session.length)
            and all(self._there(one.person, day, minute, minute + session.length) for one in session.people)
        ]

    def _there(self, person: str, day: int, start: int, end: int) -> bool:
        free = all(w.day != day or w.end <= start or end <= w.start for w in self._away.get(person, ()))
        return free and inside(self.stage.get(person, ()), day, start, end)

    def _rooms(self, i: int) -> list[int]:
        """Return the rooms that forbidding rules leave to a session."""
        session = self.problem.sessions[i]
        return [
            m
            for m, room in enumerate(self.problem.rooms)
            if session.room in (None, room.id)
            and not any(
                self.lacks(i, m, rule) for rule in self.room_rules if self.problem.effect(rule) is Effect.FORBID
            )
        ]

    @cached_property
    def room_rules(self) -> tuple[Rule, ...]:
        """Return the rules about one session and its room that count."""
        return tuple(rule for rule in (Rule.OVERFLOW, Rule.EQUIPMENT) if self.problem.effect(rule) is not Effect.IGNORE)

    def lacks(self, i: int, m: int, rule: Rule) -> int:
        """Return how far a room falls short of what a session needs; 0 when that is acknowledged."""
        session, room = self.problem.sessions[i], self.problem.rooms[m]
        if frozenset((session.id,)) in acknowledged_sets(self.problem, rule):
            return 0
        if rule is Rule.OVERFLOW:
            return excess(self.problem, session, room.id)
        return len(session.needs - room.equipment)

    def open(self, i: int, t: int, m: int) -> bool:
        """Say whether a room may be used when a session begins in step t."""
        day, minute = self.slots[t]
        return inside(self.windows[m], day, minute, minute + self.length[i])

    def gap(self, i: int, t: int, j: int, u: int) -> int | None:
        """Return the minutes between two sessions on one day, below 0 when they overlap; None on different days."""
        if self.days[t] != self.days[u]:
            return None
        first, second = self.slots[t][1], self.slots[u][1]
        return max(second - first - self.length[i], first - second - self.length[j])

    @cached_property
    def shared(self) -> list[tuple[int, int]]:
        """Return pairs of sessions, ascending, in which somebody appears in both."""
        found: set[tuple[int, int]] = set()
        for sessions in self.appears.values():
            found.update(combinations(sorted(sessions), 2))
        return sorted(found)

    @cached_property
    def appears(self) -> dict[str, list[int]]:
        """Return the sessions of each person on a stage."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, session in enumerate(self.problem.sessions):
            for one in session.people:
                found[one.person].append(i)
        return dict(found)

    @cached_property
    def wanted_both(self) -> list[dict[int, int]]:
        """Return for each session the others and how many people want to be in both (`verify.lost`)."""
        table: list[dict[int, int]] = [defaultdict(int) for _ in self.names]
        for interest in self.problem.interests:
            wished = {self.number[name] for name in interest.sessions}
            for a, b in combinations(sorted(wished | set(self.appears.get(interest.person, ()))), 2):
                if a in wished or b in wished:
                    table[a][b] += 1
                    table[b][a] += 1
        return [dict(row) for row in table]

    @cached_property
    def wanted_at(self) -> list[dict[int, int]]:
        """Return for each session and start how many who want it are at a side event then."""
        table: list[dict[int, int]] = [defaultdict(int) for _ in self.names]
        for interest in self.problem.interests:
            for window in self._away.get(interest.person, ()):
                for name in interest.sessions:
                    i = self.number[name]
                    for t in self.starts[i]:
                        day, minute = self.slots[t]
                        if day == window.day and window.start < minute + self.length[i] and minute < window.end:
                            table[i][t] += 1
        return [dict(row) for row in table]

    @cached_property
    def relations(self) -> list[tuple[Rule, int, int]]:
        """Return the relations that count and are not acknowledged."""
        return [
            (one.kind, self.number[one.a], self.number[one.b])
            for one in self.problem.relations
            if self.problem.effect(one.kind) is not Effect.IGNORE
            and frozenset((one.a, one.b)) not in acknowledged_sets(self.problem, one.kind)
        ]

    def tag_groups(self, rule: Rule) -> list[list[list[int]]]:
        """Return for each tag its groups of sessions, of which two at once break the rule."""
        axis = "topics" if rule is Rule.SAME_TOPIC else "sectors"
        return [
            [[self.number[name] for name in group] for group in groups(self.problem, rule, sessions)]
            for sessions in tagged(self.problem, axis).values()
        ]

    @cached_property
    def topics(self) -> list[list[int]]:
        """Return the sessions of each topic whose rooms count."""
        accepted = acknowledged_sets(self.problem, Rule.ROOM_STABILITY)
        return [
            [self.number[name] for name in sessions]
            for sessions in tagged(self.problem, "topics").values()
            if len(sessions) > 1 and frozenset(sessions) not in accepted
        ]

    @cached_property
    def similar(self) -> list[tuple[int, list[tuple[int, int]]]]:
        """Return for each pair of similar topics its weight and the pairs of sessions that are not acknowledged."""
        accepted = acknowledged_sets(self.problem, Rule.SIMILAR_TOPICS)
        of = tagged(self.problem, "topics")
        return [
            (
                pair.weight,
                [
                    (self.number[a], self.number[b])
                    for a in of[pair.a]
                    for b in of[pair.b]
                    if a != b and frozenset((a, b)) not in accepted
                ],
            )
            for pair in self.problem.similar
        ]

    def follows(self, i: int, t: int, u: int) -> bool:
        """Say whether step u is the next one after session i, begun in step t, on the same day."""
        return u == t + self.n[i] and self.days[t] == self.days[u]

    def places(self, placements: Mapping[str, Placement]) -> list[Place] | None:
        """Return step and room of each session; None when one is missing or at no known place."""
        found = []
        for name in self.names:
            one = placements.get(name)
            slot = None if one is None else self.slot_of.get((one.day, one.start))
            if one is None or slot is None:
                return None
            found.append((slot, self.room_number[one.room]))
        return found

    def placements(self, places: list[Place]) -> tuple[Placement, ...]:
        """Return an agenda from steps and rooms."""
        return tuple(
            Placement(name, *self.slots[t], self.room_names[m]) for name, (t, m) in zip(self.names, places, strict=True)
        )

    def counts(self, rule: Rule) -> bool:
        """Say whether breaking a rule changes anything."""
        return self.problem.effect(rule) is not Effect.IGNORE


TAG_RULES = (Rule.SAME_TOPIC, Rule.SAME_SECTOR)
__all__ = ["RELATIONS", "TAG_RULES", "Indexed", "Place"]
