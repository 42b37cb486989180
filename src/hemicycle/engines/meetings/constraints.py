"""What every schedule must keep: one generator for each condition, yielding what breaks it.

The conditions are those of Bofill et al., "Constraint Solving Approaches to the Business-to-Business
Meeting Scheduling Problem", JAIR 74 (2022), with caps and half-days added.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hemicycle.engines.meetings.problem import Problem, Profile
from hemicycle.engines.meetings.solution import Placing


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken condition: what, who, which meetings, when."""

    what: str
    people: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    slot: int | None = None


def held_once(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """Only requested meetings are held, each at most once."""
    known = {meeting.id for meeting in problem.meetings}
    for key, count in Counter(placing.meeting for placing in schedule).items():
        if key not in known:
            yield Violation("unknown meeting", meetings=(key,))
        elif count > 1:
            yield Violation("held twice", meetings=(key,))


def at_a_table(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """Every meeting has a slot that exists and a table that exists in it."""
    for placing in schedule:
        if not 0 <= placing.slot < problem.slots:
            yield Violation("no such slot", meetings=(placing.meeting,), slot=placing.slot)
        elif not 0 <= placing.table < problem.tables[placing.slot]:
            yield Violation("no such table", meetings=(placing.meeting,), slot=placing.slot)


def at_a_table_of_its_class(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """A meeting that needs a class of tables sits at one of them, by number, and they are enough, by count."""
    needs = {meeting.id: meeting.table_class for meeting in problem.meetings if meeting.table_class is not None}
    counts = {known.name: known.tables for known in problem.classes}
    seated: Counter[tuple[str, int]] = Counter()
    for placing in schedule:
        name = needs.get(placing.meeting)
        if name is None or not 0 <= placing.slot < problem.slots:
            continue
        seated[name, placing.slot] += 1
        if placing.table not in problem.class_numbers(name, placing.slot):
            yield Violation("other class of table needed", meetings=(placing.meeting,), slot=placing.slot)
        elif seated[name, placing.slot] > counts[name][placing.slot]:
            yield Violation("too few tables of a class", meetings=(placing.meeting,), slot=placing.slot)


def one_meeting_at_a_table(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """No table has two meetings in a slot."""
    del problem
    sharing = defaultdict(list)
    for placing in schedule:
        sharing[placing.slot, placing.table].append(placing.meeting)
    for (slot, _), meetings in sharing.items():
        if len(meetings) > 1:
            yield Violation("two meetings at a table", meetings=tuple(meetings), slot=slot)


def one_meeting_at_a_time(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """A person has at most one meeting in a slot: |{m of p: s(m) = t}| ≤ 1 for all p and t."""
    pairs = {meeting.id: (meeting.a, meeting.b) for meeting in problem.meetings}
    at_once = defaultdict(list)
    for placing in schedule:
        for person in pairs.get(placing.meeting, ()):
            at_once[person, placing.slot].append(placing.meeting)
    for (person, slot), meetings in at_once.items():
        if len(meetings) > 1:
            yield Violation("two meetings at once", people=(person,), meetings=tuple(meetings), slot=slot)


def when_available(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """Nobody meets in a slot in which they are not available."""
    away = {person.id: person.unavailable for person in problem.people}
    pairs = {meeting.id: (meeting.a, meeting.b) for meeting in problem.meetings}
    for placing in schedule:
        for person in pairs.get(placing.meeting, ()):
            if placing.slot in away[person]:
                yield Violation("not available", people=(person,), meetings=(placing.meeting,), slot=placing.slot)


def in_the_wished_half(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """A meeting wished for some half-days is held in one of them."""
    wished = {meeting.id: meeting.halves for meeting in problem.meetings if meeting.halves}
    for placing in schedule:
        halves = wished.get(placing.meeting)
        if halves and 0 <= placing.slot < problem.slots and problem.half_of(placing.slot) not in halves:
            yield Violation("other half-day wished", meetings=(placing.meeting,), slot=placing.slot)


def where_fixed(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """A fixed meeting is held in its slot."""
    slots = {placing.meeting: placing.slot for placing in schedule}
    for meeting in problem.meetings:
        if meeting.fixed is not None and slots.get(meeting.id) != meeting.fixed:
            yield Violation("not in its fixed slot", meetings=(meeting.id,), slot=meeting.fixed)


def in_order(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """A meeting that comes after another one is held strictly later, if both are held."""
    slots = {placing.meeting: placing.slot for placing in schedule}
    for meeting in problem.meetings:
        for earlier in sorted(meeting.after):
            if meeting.id in slots and earlier in slots and slots[earlier] >= slots[meeting.id]:
                yield Violation("wrong order", meetings=(earlier, meeting.id), slot=slots[meeting.id])


def within_cap(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """Nobody has more meetings than they take."""
    pairs = {meeting.id: (meeting.a, meeting.b) for meeting in problem.meetings}
    count = Counter(person for placing in schedule for person in pairs.get(placing.meeting, ()))
    for person in problem.people:
        if person.cap is not None and count[person.id] > person.cap:
            yield Violation("over the cap", people=(person.id,))


def everything_held(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """Every requested meeting is held (profile LITERATURE)."""
    held = {placing.meeting for placing in schedule}
    for meeting in problem.meetings:
        if meeting.id not in held:
            yield Violation("not held", meetings=(meeting.id,))


def breaks_alike(problem: Problem, schedule: Sequence[Placing]) -> Iterator[Violation]:
    """Breaks of any two people differ by at most `spread` (profile LITERATURE); people without meetings count."""
    if problem.spread is None or not problem.people:
        return
    busy: dict[str, set[int]] = {person.id: set() for person in problem.people}
    pairs = {meeting.id: (meeting.a, meeting.b) for meeting in problem.meetings}
    for placing in schedule:
        for person in pairs.get(placing.meeting, ()):
            busy[person].add(placing.slot)
    breaks = {person: breaks_between(slots) for person, slots in busy.items()}
    fewest, most = min(breaks, key=breaks.__getitem__), max(breaks, key=breaks.__getitem__)
    if breaks[most] - breaks[fewest] > problem.spread:
        yield Violation("breaks too unlike", people=(most, fewest))


def breaks_between(slots: set[int]) -> int:
    """Return the number of idle stretches between the first and the last of these slots."""
    return sum(1 for slot in slots if slot - 1 not in slots) - 1 if slots else 0


Constraint = Callable[[Problem, Sequence[Placing]], Iterator[Violation]]
ALWAYS: tuple[Constraint, ...] = (
    held_once,
    at_a_table,
    at_a_table_of_its_class,
    one_meeting_at_a_table,
    one_meeting_at_a_time,
    when_available,
    in_the_wished_half,
    where_fixed,
    in_order,
    within_cap,
)
BY_PROFILE: dict[Profile, tuple[Constraint, ...]] = {
    Profile.LITERATURE: (*ALWAYS, everything_held, breaks_alike),
    Profile.PRODUCT: ALWAYS,
}
