"""Does a schedule keep every condition, and is it worth what it says? Nothing here comes from the solver."""

from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.engines.meetings.constraints import BY_PROFILE, Violation, breaks_between
from hemicycle.engines.meetings.problem import Person, Problem, Profile
from hemicycle.engines.meetings.solution import (
    Placing,
    Solution,
)
from hemicycle.engines.status import Status

# A changed slot disturbs each of the two people twice as much as a changed table.
SLOT_CHANGE, TABLE_CHANGE = 4, 2


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
    """Check the schedule against every condition and recompute every figure of the solution.

    A solution without a value (infeasible, unknown) promises no valid schedule and is only checked for its counts.
    """
    promised = solution.value is not None
    schedule = solution.schedule
    violations = tuple(check(problem, schedule)) if promised else ()
    weights = {meeting.id: meeting.weight for meeting in problem.meetings}
    figures = {
        "requested": (solution.requested, len(problem.meetings)),
        "placed": (solution.placed, len(schedule)),
        "weight": (solution.weight, sum(weights.get(placing.meeting, 0) for placing in schedule)),
    }
    if promised and not violations:
        figures["value"] = (solution.value or 0, measure(problem, schedule)["gaps"])
        measured = measure(problem, schedule)
        figures |= {level.name: (level.value, measured[level.name]) for level in solution.levels}
    wrong = [f"{name} is {right}, not {said}" for name, (said, right) in figures.items() if said != right]
    if promised and (solution.bound > (solution.value or 0) or solution.weight > solution.weight_bound):
        wrong.append("a bound is beaten")
    if solution.status in (Status.OPTIMAL, Status.FEASIBLE) and not promised:
        wrong.append("the value is missing")
    return Verdict(violations, tuple(wrong))


def check(problem: Problem, schedule: Sequence[Placing]) -> list[Violation]:
    """Return every broken condition of the problem's profile."""
    return [violation for constraint in BY_PROFILE[problem.profile] for violation in constraint(problem, schedule)]


def measure(problem: Problem, schedule: Sequence[Placing]) -> dict[str, int]:
    """Return the value of every level for a schedule that keeps the conditions.

    Keys: announced (announced meetings lost), floor (meetings missing to the floors), weight, gaps,
    runs (meetings in a row beyond the limit), changes (disturbance against what was announced),
    soon (the same, each change times the slots after the one that was announced: the last slot counts nothing).
    """
    pairs = {meeting.id: (meeting.a, meeting.b) for meeting in problem.meetings}
    weights = {meeting.id: meeting.weight for meeting in problem.meetings}
    busy: dict[str, set[int]] = {person.id: set() for person in problem.people}
    for placing in schedule:
        for person in pairs[placing.meeting]:
            busy[person].add(placing.slot)
    held = {placing.meeting: placing for placing in schedule}
    return {
        "announced": sum(1 for placing in problem.announced if placing.meeting not in held),
        "floor": sum(max(0, person.floor - len(busy[person.id])) for person in problem.people),
        "weight": sum(weights[meeting] for meeting in held),
        "gaps": sum(gaps(problem, person, busy[person.id]) for person in problem.people),
        "runs": sum(max(0, longest_run(problem, busy[person.id]) - problem.run_limit) for person in problem.people),
        "changes": sum(_change(placing, held.get(placing.meeting)) for placing in problem.announced),
        "soon": sum(
            _change(placing, held.get(placing.meeting)) * (problem.slots - 1 - placing.slot)
            for placing in problem.announced
        ),
    }


def gaps(problem: Problem, person: Person, slots: set[int]) -> int:
    """Return how often the person waits between two meetings.

    LITERATURE: any idle stretch. PRODUCT: slots the person blocked do not count as waiting, and the
    pause between two half-days counts only if the problem says so.
    """
    if problem.profile is Profile.LITERATURE:
        return breaks_between(slots)
    whole = 0
    days: dict[int, list[int]] = {}
    for slot in range(problem.slots):
        if slot not in person.unavailable:
            days.setdefault(0 if problem.gaps_over_halves else problem.half_of(slot), []).append(slot)
    for usable in days.values():
        whole += breaks_between({place for place, slot in enumerate(usable) if slot in slots})
    return whole


def longest_run(problem: Problem, slots: set[int]) -> int:
    """Return the most meetings in a row without a free slot or a change of half-day between them."""
    longest = run = 0
    for slot in range(problem.slots):
        fresh = slot > 0 and problem.half_of(slot) != problem.half_of(slot - 1)
        run = (1 if fresh else run + 1) if slot in slots else 0
        longest = max(longest, run)
    return longest


def _change(before: Placing, now: Placing | None) -> int:
    if now is None:
        return 0
    if before.slot != now.slot:
        return SLOT_CHANGE
    return TABLE_CHANGE if before.table != now.table else 0
