"""Which table a meeting gets once its slot is known: what was announced, then where its people already sit."""

from collections.abc import Iterable, Sequence

from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.solution import Placing


def seat(ix: Indexed, slots: Sequence[int]) -> tuple[Placing, ...]:
    """Return placings in the order of the problem; tables of a slot are all different.

    A meeting announced in its slot keeps its table; the others sit where one of the two people sat last, if that
    table is free, else at the lowest free one. Meetings that need a class sit at its tables; the others take tables of
    no class first, and one of a class only while enough are left for those that need it.
    """
    told = {placing.meeting: placing for placing in ix.problem.announced}
    names = [meeting.id for meeting in ix.problem.meetings]
    table = [-1] * ix.meetings
    last = [-1] * ix.people
    by_slot: list[list[int]] = [[] for _ in range(ix.slots)]
    for m, slot in enumerate(slots):
        if slot >= 0:
            by_slot[slot].append(m)
    for slot, meetings in enumerate(by_slot):
        room = _Room(ix, slot, meetings, table)
        room.grant((m, told[names[m]].table) for m in meetings if names[m] in told and told[names[m]].slot == slot)
        room.grant((m, last[p]) for m in meetings for p in (ix.left[m], ix.right[m]))
        room.fill(meetings)
        for m in meetings:
            last[ix.left[m]] = last[ix.right[m]] = table[m]
    return tuple(Placing(names[m], slots[m], table[m]) for m in range(ix.meetings) if slots[m] >= 0)


class _Room:
    """The free tables of one slot: `owner` is the class of each table, -1 for none."""

    def __init__(self, ix: Indexed, slot: int, meetings: Sequence[int], table: list[int]) -> None:
        self.ix = ix
        self.table = table
        self.owner = dict.fromkeys(range(ix.tables[slot]), -1)
        for k, known in enumerate(ix.problem.classes):
            self.owner |= dict.fromkeys(ix.problem.class_numbers(known.name, slot), k)
        self.spare = [seats[slot] for seats in ix.seats]
        for m in meetings:
            if ix.kind[m] >= 0:
                self.spare[ix.kind[m]] -= 1

    def grant(self, wishes: Iterable[tuple[int, int]]) -> None:
        """Give meetings the tables they wish for, where they may sit there."""
        for m, wish in wishes:
            if self.table[m] < 0 and wish in self.owner and self._may(m, self.owner[wish]):
                self._take(m, wish)

    def fill(self, meetings: Sequence[int]) -> None:
        """Seat all others: those that need a class at its lowest free tables, then the rest."""
        waiting = [m for m in meetings if self.table[m] < 0]
        for m in waiting:
            if self.ix.kind[m] >= 0:
                free = (number for number, owner in self.owner.items() if owner == self.ix.kind[m])
                self._take(m, min(free))
        rest = sorted(self.owner, key=lambda number: (self.owner[number] >= 0, number))
        for m, number in zip((m for m in waiting if self.table[m] < 0), rest, strict=False):
            self._take(m, number)

    def _may(self, m: int, owner: int) -> bool:
        kind = self.ix.kind[m]
        return owner == kind or (kind < 0 and self.spare[owner] > 0)

    def _take(self, m: int, number: int) -> None:
        owner = self.owner.pop(number)
        self.table[m] = number
        if owner >= 0 and self.ix.kind[m] < 0:
            self.spare[owner] -= 1
