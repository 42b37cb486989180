"""The problem by number: people, meetings and slots as integers, sets of slots as bitmasks. For the solver only."""

from functools import cached_property
from itertools import pairwise

from hemicycle.engines.meetings.problem import Problem, Profile
from hemicycle.engines.meetings.solution import Placing


class Indexed:
    """Arrays over people (p), meetings (m) and slots (t), in the order of the problem.

    Attributes:
        left, right: people of each meeting; `both` is the sum of the two numbers, so the other one is both - p.
        allowed: slots of each meeting as a bitmask (availability of both, half-days, fixed slot).
        announced: slot each meeting was announced in, -1 for none; `gone` says that it cannot have its table there.
        lanes: for each person the runs of slots between which waiting counts, as tuples of slots.
        kind: number of the class of tables each meeting needs, -1 for none; `seats` the tables of each class by slot.
        classed: whether any meeting needs a class.
    """

    def __init__(self, problem: Problem) -> None:
        """Number the problem."""
        self.problem = problem
        self.slots = problem.slots
        self.tables = list(problem.tables)
        classes = {known.name: k for k, known in enumerate(problem.classes)}
        self.seats = [known.tables for known in problem.classes]
        self.kind = [
            -1 if meeting.table_class is None else classes[meeting.table_class] for meeting in problem.meetings
        ]
        self.classed = any(kind >= 0 for kind in self.kind)
        self.literature = problem.profile is Profile.LITERATURE
        number = {person.id: p for p, person in enumerate(problem.people)}
        self.left = [number[meeting.a] for meeting in problem.meetings]
        self.right = [number[meeting.b] for meeting in problem.meetings]
        self.both = [a + b for a, b in zip(self.left, self.right, strict=True)]
        self.weight = [meeting.weight for meeting in problem.meetings]
        self.fixed = [meeting.fixed is not None for meeting in problem.meetings]
        self.free = [self._free(person.unavailable) for person in problem.people]
        self.allowed = [self._allowed(m) for m in range(self.meetings)]
        self.cap = [len(problem.meetings) if person.cap is None else person.cap for person in problem.people]
        self.floor = [person.floor for person in problem.people]
        self._number_relations()

    def _number_relations(self) -> None:
        problem = self.problem
        number = {meeting.id: m for m, meeting in enumerate(problem.meetings)}
        self.earlier = [[number[key] for key in sorted(meeting.after)] for meeting in problem.meetings]
        self.later: list[list[int]] = [[] for _ in problem.meetings]
        for m, others in enumerate(self.earlier):
            for other in others:
                self.later[other].append(m)
        self.ordered = any(self.earlier)
        self.announced = [-1] * self.meetings
        self.gone = [False] * self.meetings
        for placing in problem.announced:
            m = number[placing.meeting]
            self.announced[m] = placing.slot
            self.gone[m] = not self._exists(m, placing)
        self.of: list[list[int]] = [[] for _ in problem.people]
        for m, (a, b) in enumerate(zip(self.left, self.right, strict=True)):
            self.of[a].append(m)
            self.of[b].append(m)

    @property
    def people(self) -> int:
        """Return the number of people."""
        return len(self.problem.people)

    @property
    def meetings(self) -> int:
        """Return the number of meetings."""
        return len(self.problem.meetings)

    @cached_property
    def half_masks(self) -> list[int]:
        """Return the slots of each half-day as a bitmask, in the order of time."""
        masks: dict[int, int] = {}
        for slot in range(self.slots):
            half = self.problem.half_of(slot)
            masks[half] = masks.get(half, 0) | 1 << slot
        return list(masks.values())

    @cached_property
    def lanes(self) -> list[list[tuple[int, ...]]]:
        """Return for each person the sequences of slots between which waiting counts."""
        every = (1 << self.slots) - 1
        days = [every] if self.literature or self.problem.gaps_over_halves else self.half_masks
        known: dict[int, list[tuple[int, ...]]] = {}
        for free in self.free:
            if free not in known:
                usable = every if self.literature else free
                known[free] = [lane for day in days if (lane := bits(day & usable))]
        return [known[free] for free in self.free]

    def most(self, person: int) -> int:
        """Return how many meetings a person can have at most: cap, usable slots and requests."""
        usable = 0
        for m in self.of[person]:
            usable |= self.allowed[m]
        return min(self.cap[person], usable.bit_count(), len(self.of[person]))

    def gaps(self, person: int, busy: int) -> int:
        """Return how often a person with these busy slots (bitmask) waits between two meetings."""
        if self.literature:
            return max(0, (busy & ~(busy << 1)).bit_count() - 1)
        total = 0
        for lane in self.lanes[person]:
            states = [busy >> slot & 1 for slot in lane]
            starts = states[0] + sum(1 for before, now in pairwise(states) if now > before)
            total += max(0, starts - 1)
        return total

    def excess(self, busy: int) -> int:
        """Return by how many meetings the longest run without a pause passes the limit."""
        longest = 0
        for mask in self.half_masks:
            run, length = busy & mask, 0
            while run:
                run &= run << 1
                length += 1
            longest = max(longest, length)
        return max(0, longest - self.problem.run_limit)

    def _free(self, unavailable: frozenset[int]) -> int:
        return ((1 << self.slots) - 1) & ~sum(1 << slot for slot in unavailable)

    def _exists(self, m: int, placing: Placing) -> bool:
        """Say whether the announced table is still there, and of the class the meeting needs."""
        if self.kind[m] < 0:
            return placing.table < self.tables[placing.slot]
        return placing.table in self.problem.class_numbers(self.problem.classes[self.kind[m]].name, placing.slot)

    def _allowed(self, m: int) -> int:
        meeting = self.problem.meetings[m]
        mask = self.free[self.left[m]] & self.free[self.right[m]]
        if meeting.fixed is not None:
            mask &= 1 << meeting.fixed
        if self.kind[m] >= 0:
            mask &= sum(1 << slot for slot, count in enumerate(self.seats[self.kind[m]]) if count)
        if meeting.halves:
            mask &= sum(1 << slot for slot in range(self.slots) if self.problem.half_of(slot) in meeting.halves)
        return mask


def bits(mask: int) -> tuple[int, ...]:
    """Return the slots of a bitmask in rising order."""
    return tuple(slot for slot in range(mask.bit_length()) if mask >> slot & 1)
