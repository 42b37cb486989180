"""Why a requested meeting is not in the schedule, in sentences for the two people and the organiser."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.engines.meetings.problem import Meeting, Person, Problem
from hemicycle.engines.meetings.solution import Placing, Reason, Why


@dataclass(frozen=True, slots=True)
class Explanation:
    """One meeting that is not held, and every reason for it."""

    meeting: str
    reasons: tuple[Reason, ...]


def explain(problem: Problem, schedule: Sequence[Placing]) -> tuple[Explanation, ...]:
    """Return an explanation for each meeting that a valid schedule does not hold, in the order of the problem.

    Sentences count slots from 1. Never empty for a meeting: when nothing stands in its way, it says so.
    """
    desk = _Desk(problem, schedule)
    return tuple(
        Explanation(meeting.id, tuple(desk.reasons(meeting)))
        for meeting in problem.meetings
        if meeting.id not in desk.slot
    )


class _Desk:
    """Who is busy when, and where tables are left."""

    def __init__(self, problem: Problem, schedule: Sequence[Placing]) -> None:
        self.problem = problem
        self.people = {person.id: person for person in problem.people}
        self.slot = {placing.meeting: placing.slot for placing in schedule}
        self.taken = Counter(placing.slot for placing in schedule)
        self.seats = {known.name: known.tables for known in problem.classes}
        self.seated = Counter(
            (meeting.table_class, self.slot[meeting.id]) for meeting in problem.meetings if meeting.id in self.slot
        )
        self.busy: dict[str, set[int]] = defaultdict(set)
        for meeting in problem.meetings:
            if meeting.id in self.slot:
                self.busy[meeting.a].add(self.slot[meeting.id])
                self.busy[meeting.b].add(self.slot[meeting.id])

    def reasons(self, meeting: Meeting) -> list[Reason]:
        """Return the caps that are reached, then what is wrong with the slots."""
        people = [self.people[meeting.a], self.people[meeting.b]]
        found = [self._capped(person, meeting) for person in people if self._full(person)]
        return [*found, *self._slots(meeting, people, capped=bool(found))]

    def _full(self, person: Person) -> bool:
        return person.cap is not None and len(self.busy[person.id]) >= person.cap

    def _capped(self, person: Person, meeting: Meeting) -> Reason:
        text = f"{person.id} already has the {person.cap} meetings they take."
        return Reason(text, (person.id,), (meeting.id,), why=Why.CAPPED)

    def _slots(self, meeting: Meeting, people: list[Person], *, capped: bool) -> list[Reason]:
        """Say what is missing: a slot that suits both, a common free one, a table in it, or the order."""
        both = (meeting.a, meeting.b)
        names = f"{meeting.a} and {meeting.b}"
        suits = [
            slot
            for slot in range(self.problem.slots)
            if not any(slot in person.unavailable for person in people)
            and (not meeting.halves or self.problem.half_of(slot) in meeting.halves)
        ]
        if not suits:
            text = f"There is no slot in which {names} are both available."
            return [Reason(text, both, (meeting.id,), why=Why.NO_SLOT)]
        common = [slot for slot in suits if slot not in self.busy[meeting.a] | self.busy[meeting.b]]
        if not common:
            return [self._no_common(meeting, suits)]
        tables = [slot for slot in common if self.taken[slot] < self.problem.tables[slot]]
        if not tables:
            text = f"Every table is taken {_slots(common)}, when {names} are both free."
            return [Reason(text, both, (meeting.id,), tuple(common), Why.NO_TABLE)]
        name = meeting.table_class
        if name is not None:
            empty = tables
            tables = [slot for slot in empty if self.seated[name, slot] < self.seats[name][slot]]
            if not tables:
                text = f"No table of class {name} is left {_slots(empty)}, when {names} are both free."
                return [Reason(text, both, (meeting.id,), tuple(empty), Why.NO_CLASS)]
        if not any(self._ordered(meeting, slot) for slot in tables):
            text = f"{names} are free {_slots(tables)}, but another meeting must come first."
            return [Reason(text, both, (meeting.id,), tuple(tables), Why.ORDER)]
        text = f"Nothing stands in its way {_slots(tables)}."
        return [] if capped else [Reason(text, both, (meeting.id,), tuple(tables), Why.FREE)]

    def _no_common(self, meeting: Meeting, suits: list[int]) -> Reason:
        """Name the person whose agenda is full, or say that the free slots of the two never meet."""
        for person in (meeting.a, meeting.b):
            if self.busy[person] >= set(suits):
                text = f"{person} has other meetings in every slot in which both are available."
                return Reason(text, (person,), (meeting.id,), why=Why.BUSY)
        text = f"{meeting.a} and {meeting.b} have no free slot in common."
        return Reason(text, (meeting.a, meeting.b), (meeting.id,), why=Why.NO_COMMON)

    def _ordered(self, meeting: Meeting, slot: int) -> bool:
        before = all(self.slot[other] < slot for other in meeting.after if other in self.slot)
        later = [other.id for other in self.problem.meetings if meeting.id in other.after and other.id in self.slot]
        return before and all(self.slot[other] > slot for other in later)


def _slots(slots: list[int]) -> str:
    numbers = ", ".join(str(slot + 1) for slot in slots)
    return f"in slot {numbers}" if len(slots) == 1 else f"in slots {numbers}"
