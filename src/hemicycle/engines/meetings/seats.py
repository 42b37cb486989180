"""Which table a meeting gets once its slot is known: what was announced, then where its people already sit."""

from collections.abc import Sequence

from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.solution import Placing


def seat(ix: Indexed, slots: Sequence[int]) -> tuple[Placing, ...]:
    """Return placings in the order of the problem; tables of a slot are all different.

    A meeting announced in its slot keeps its table; the others sit where one of the two people sat last, if that
    table is free, else at the lowest free one.
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
        free = set(range(ix.tables[slot]))
        wishes = [(m, told[names[m]].table) for m in meetings if names[m] in told and told[names[m]].slot == slot]
        wishes += [(m, last[p]) for m in meetings for p in (ix.left[m], ix.right[m])]
        for m, wish in wishes:
            if table[m] < 0 and wish in free:
                table[m] = wish
                free.discard(wish)
        for m, other in zip((m for m in meetings if table[m] < 0), sorted(free), strict=False):
            table[m] = other
        for m in meetings:
            last[ix.left[m]] = last[ix.right[m]] = table[m]
    return tuple(Placing(names[m], slots[m], table[m]) for m in range(ix.meetings) if slots[m] >= 0)
