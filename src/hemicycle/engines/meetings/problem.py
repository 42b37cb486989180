"""Who asked to meet whom, in which slots, at how many tables: the input of the meetings engine."""

from dataclasses import dataclass
from enum import StrEnum

from hemicycle.engines.checking import need, need_unique
from hemicycle.engines.meetings.solution import Placing


class Profile(StrEnum):
    """Which objective counts.

    LITERATURE: every meeting takes place; fewest breaks; nobody has over `spread` breaks more than
    anybody else (Bofill et al., JAIR 2022). PRODUCT: as much as fits, level by level (see `Solution.levels`).
    """

    LITERATURE = "literature"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who meets others.

    Args:
        id: unique among the people.
        unavailable: slots (from 0) in which the person cannot meet.
        cap: most meetings the person takes, None for no limit.
        floor: meetings the person should have before others get more (a goal, not a condition).
    """

    id: str
    unavailable: frozenset[int] = frozenset()
    cap: int | None = None
    floor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableClass:
    """Tables of one kind among all tables, for example those with a screen.

    Args:
        name: unique among the classes.
        tables: number of them in each slot; the classes share no table.
    """

    name: str
    tables: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A request of two people to meet once.

    Args:
        id: unique among the meetings.
        a, b: ids of two different people.
        weight: worth of holding the meeting, a whole number from 1.
        halves: half-days in which it may be held; empty means any.
        fixed: slot it is frozen in, None when free.
        after: ids of meetings that come strictly earlier if both are held.
        table_class: name of the class its table must be of, None for any table.
    """

    id: str
    a: str
    b: str
    weight: int = 1
    halves: frozenset[int] = frozenset()
    fixed: int | None = None
    after: frozenset[str] = frozenset()
    table_class: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything the engine needs to know; slots, tables and half-days count from 0.

    Args:
        people, meetings: in the order in which they are reported.
        tables: number of tables in each slot; its length is the number of slots.
        halves: half-day of each slot, never decreasing; empty means one half-day for all.
        gaps_over_halves: whether waiting from one half-day into the next counts as a gap.
        profile: which objective counts.
        spread: LITERATURE only; greatest difference of breaks between two people, None for any.
        run_limit: PRODUCT only; meetings in a row after which a pause is wished.
        announced: placings people were already told; kept before anything else is placed.
        keep_announced: PRODUCT only; weigh changes of announced meetings before gaps, not after them.
        classes: classes of tables, each a part of `tables`. In each slot their tables have the lowest numbers, in
            this order, and the tables of no class come last (see `class_numbers`).

    Raises:
        BadProblem: something contradicts itself; the message names it.
    """

    people: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    tables: tuple[int, ...]
    halves: tuple[int, ...] = ()
    gaps_over_halves: bool = False
    profile: Profile = Profile.PRODUCT
    spread: int | None = 2
    run_limit: int = 4
    announced: tuple[Placing, ...] = ()
    keep_announced: bool = False
    classes: tuple[TableClass, ...] = ()

    def __post_init__(self) -> None:
        """Refuse contradictions at once, so that no later step needs to look for them."""
        _check_grid(self)
        _check_classes(self)
        _check_people(self)
        _check_meetings(self)
        _check_announced(self)

    @property
    def slots(self) -> int:
        """Return the number of slots."""
        return len(self.tables)

    def half_of(self, slot: int) -> int:
        """Return the half-day of a slot."""
        return self.halves[slot] if self.halves else 0

    def class_numbers(self, name: str, slot: int) -> range:
        """Return the numbers of the tables of a class in a slot."""
        first = 0
        for known in self.classes:
            if known.name == name:
                return range(first, first + known.tables[slot])
            first += known.tables[slot]
        raise KeyError(name)


def _check_grid(problem: Problem) -> None:
    need(all(count >= 0 for count in problem.tables), "tables: a count is below 0")
    need(len(problem.halves) in (0, problem.slots), "halves: one half-day per slot is needed")
    need(list(problem.halves) == sorted(problem.halves), "halves: the half-days must not decrease")
    need(problem.spread is None or problem.spread >= 0, "spread: below 0")
    need(problem.run_limit >= 1, "run_limit: below 1")


def _check_classes(problem: Problem) -> None:
    need_unique("table class", (known.name for known in problem.classes))
    for known in problem.classes:
        what = f"table class {known.name}"
        need(len(known.tables) == problem.slots, f"{what}: one count per slot is needed")
        need(all(count >= 0 for count in known.tables), f"{what}: a count is below 0")
    for slot, count in enumerate(problem.tables):
        inside = sum(known.tables[slot] for known in problem.classes)
        need(inside <= count, f"classes: {inside} tables in slot {slot + 1}, which has {count}")


def _check_people(problem: Problem) -> None:
    need_unique("person", (person.id for person in problem.people))
    for person in problem.people:
        who = f"person {person.id}"
        need(all(0 <= slot < problem.slots for slot in person.unavailable), f"{who}: an unavailable slot is not known")
        need(person.cap is None or person.cap >= 0, f"{who}: the cap is below 0")
        need(person.floor >= 0, f"{who}: the floor is below 0")


def _check_meetings(problem: Problem) -> None:
    people = {person.id for person in problem.people}
    meetings = {meeting.id for meeting in problem.meetings}
    classes = {None, *(known.name for known in problem.classes)}
    need_unique("meeting", (meeting.id for meeting in problem.meetings))
    for meeting in problem.meetings:
        what = f"meeting {meeting.id}"
        for person in (meeting.a, meeting.b):
            need(person in people, f"{what}: person {person} is not known")
        need(meeting.a != meeting.b, f"{what}: both sides are the same person")
        need(meeting.weight >= 1, f"{what}: the weight is below 1")
        need(meeting.fixed is None or 0 <= meeting.fixed < problem.slots, f"{what}: the fixed slot is not known")
        need(all(half >= 0 for half in meeting.halves), f"{what}: a half-day is below 0")
        need(meeting.table_class in classes, f"{what}: table class {meeting.table_class} is not known")
        need(meeting.after <= meetings - {meeting.id}, f"{what}: an earlier meeting is not known")


def _check_announced(problem: Problem) -> None:
    meetings = {meeting.id for meeting in problem.meetings}
    need_unique("announced meeting", (placing.meeting for placing in problem.announced))
    for placing in problem.announced:
        what = f"announced meeting {placing.meeting}"
        need(placing.meeting in meetings, f"{what}: not known")
        need(0 <= placing.slot < problem.slots, f"{what}: the slot is not known")
        need(placing.table >= 0, f"{what}: the table is below 0")
