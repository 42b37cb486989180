"""Does an agenda keep every condition, and is it worth what it says? Nothing here comes from the solver."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from hemicycle.engines.programme.constraints import (
    HARD,
    Agenda,
    Times,
    Violation,
    every_session_placed,
    on_the_grid,
)
from hemicycle.engines.programme.problem import Effect, Placement, Problem
from hemicycle.engines.programme.rules import conflicts
from hemicycle.engines.programme.solution import (
    Solution,
)
from hemicycle.engines.status import Status

# A new time disturbs more than a new room, but less than two new rooms: sessions nothing forces to move stay.
TIME_CHANGE, ROOM_CHANGE = 3, 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an independent look at a solution found: broken conditions and wrong figures, none when it is right."""

    violations: tuple[Violation, ...]
    wrong: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.violations and not self.wrong


def verify(problem: Problem, solution: Solution) -> Verdict:
    """Check the agenda against every condition and recompute every level; a solution without agenda promises nothing."""
    if not solution.agenda:
        promised = solution.status in (Status.OPTIMAL, Status.FEASIBLE) and problem.sessions
        return Verdict((), ("the agenda is missing",) if promised else ())
    violations = tuple(check(problem, solution.agenda))
    if violations:
        return Verdict(violations, ())
    measured = measure(problem, solution.agenda)
    wrong = [
        f"{level.name} is {measured[level.name]}, not {level.value}"
        for level in solution.levels
        if level.value != measured[level.name]
    ]
    wrong += [f"{level.name}: the bound is beaten" for level in solution.levels if level.bound > level.value]
    if [level.name for level in solution.levels] != list(measured):
        wrong.append("a level is missing")
    if solution.status is Status.OPTIMAL and any(level.bound != level.value for level in solution.levels):
        wrong.append("it is not proven")
    return Verdict(violations, tuple(wrong))


def check(problem: Problem, placements: Sequence[Placement]) -> list[Violation]:
    """Return every broken condition; of an agenda that is not complete or off the grid only that is told."""
    twice = [name for name, count in Counter(one.session for one in placements).items() if count > 1]
    agenda = {one.session: one for one in placements}
    found = [Violation("placed twice", (name,)) for name in twice]
    found += [*every_session_placed(problem, agenda), *on_the_grid(problem, agenda)]
    if found:
        return found
    found = [violation for condition in HARD[1:] for violation in condition(problem, agenda)]
    if any(violation.what == "unknown room" for violation in found):
        return found
    forbidden = [one for one in conflicts(problem, agenda) if one.effect is Effect.FORBID and one.amount]
    return found + [Violation(one.rule.value, one.sessions) for one in forbidden]


def measure(problem: Problem, placements: Sequence[Placement]) -> dict[str, int]:
    """Return the value of every level of a complete agenda.

    changes: for each published session 3 for another time, 2 for another room only. blocking, rules: the amounts of
    the rules with effect "block" and "warn", times their weights. interests: pairs of sessions at the same time that
    somebody wanted both of, and wished sessions lost to a side event. comfort: days people must come beyond one, and
    pairs of their sessions without a pause between.
    """
    agenda = {one.session: one for one in placements}
    broken: Counter[Effect] = Counter()
    for one in conflicts(problem, agenda):
        broken[one.effect] += one.amount * problem.setting(one.rule).weight
    return {
        "changes": sum(_change(before, agenda[before.session]) for before in problem.published),
        "blocking": broken[Effect.BLOCK],
        "rules": broken[Effect.WARN],
        "interests": lost(problem, agenda),
        "comfort": discomfort(problem, agenda),
    }


def _change(before: Placement, now: Placement) -> int:
    if (before.day, before.start) != (now.day, now.start):
        return TIME_CHANGE
    return ROOM_CHANGE if before.room != now.room else 0


def lost(problem: Problem, agenda: Agenda) -> int:
    """Count what people cannot attend although they want to; what they themselves appear in counts as wanted."""
    times = Times(problem, agenda)
    appears: dict[str, set[str]] = defaultdict(set)
    away = defaultdict(list)
    for session in problem.sessions:
        for appearance in session.people:
            appears[appearance.person].add(session.id)
    for event in problem.side_events:
        for person in event.people:
            away[person].append(event.window)
    found = 0
    for interest in problem.interests:
        wanted = sorted(interest.sessions | appears[interest.person])
        pairs = [(a, b) for a, b in combinations(wanted, 2) if {a, b} & interest.sessions]
        found += sum(times.overlap(a, b) for a, b in pairs)
        for name in interest.sessions:
            one = agenda[name]
            found += sum(
                w.day == one.day and w.start < times.end(name) and one.start < w.end for w in away[interest.person]
            )
    return found


def discomfort(problem: Problem, agenda: Agenda) -> int:
    """Count extra days of people who appear, and their sessions that follow each other without a free step."""
    times = Times(problem, agenda)
    held = defaultdict(list)
    for session in problem.sessions:
        for appearance in session.people:
            held[appearance.person].append(session.id)
    found = 0
    for sessions in held.values():
        found += len({agenda[name].day for name in sessions}) - 1
        for a, b in combinations(sessions, 2):
            first, second = sorted((a, b), key=lambda name: (agenda[name].day, agenda[name].start))
            gap = agenda[second].start - times.end(first)
            found += agenda[first].day == agenda[second].day and 0 <= gap < problem.step
    return found
