"""Why some problems have no schedule, found before any search."""

from collections.abc import Iterator

from hemicycle.engines.meetings.indexed import Indexed, bits
from hemicycle.engines.meetings.solution import Reason


def impossible(ix: Indexed) -> tuple[Reason, ...]:
    """Return reasons why no schedule can hold what must be held; empty when none was found.

    LITERATURE: all meetings must be held; PRODUCT: the fixed ones.
    """
    musts = [m for m in range(ix.meetings) if ix.literature or ix.fixed[m]]
    return (
        *_without_slot(ix, musts),
        *_too_few_slots(ix, musts),
        *_too_few_tables(ix, musts),
        *_too_few_of_a_class(ix, musts),
        *_circles(ix, musts),
    )


def _without_slot(ix: Indexed, musts: list[int]) -> Iterator[Reason]:
    for m in musts:
        if not ix.allowed[m]:
            meeting = ix.problem.meetings[m]
            needs = "" if meeting.table_class is None else f" at a table of class {meeting.table_class}"
            text = f"Meeting {meeting.id}: {meeting.a} and {meeting.b} have no slot in which it may be held{needs}."
            yield Reason(text, people=(meeting.a, meeting.b), meetings=(meeting.id,))


def _too_few_slots(ix: Indexed, musts: list[int]) -> Iterator[Reason]:
    """Name people whose meetings cannot be matched to slots (Hall's theorem), with the meetings in each other's way."""
    must = set(musts)
    for p, person in enumerate(ix.problem.people):
        mine = [m for m in ix.of[p] if m in must and ix.allowed[m]]
        if len(mine) > ix.cap[p]:
            yield Reason(f"{person.id} takes {ix.cap[p]} meetings but must have {len(mine)}.", people=(person.id,))
        crowd = _crowd(ix, mine)
        if crowd:
            slots = 0
            for m in crowd:
                slots |= ix.allowed[m]
            names = tuple(ix.problem.meetings[m].id for m in crowd)
            text = f"{person.id} must have {len(crowd)} meetings in {slots.bit_count()} slots."
            yield Reason(text, people=(person.id,), meetings=names)


def _crowd(ix: Indexed, meetings: list[int]) -> list[int]:
    """Return meetings that have fewer slots than they are, by augmenting paths; empty when all can be matched."""
    holder: dict[int, int] = {}

    def seat(m: int, seen: set[int]) -> bool:
        for t in bits(ix.allowed[m]):
            if t not in seen:
                seen.add(t)
                if t not in holder or seat(holder[t], seen):
                    holder[t] = m
                    return True
        return False

    for m in meetings:
        tried: set[int] = set()
        if not seat(m, tried):
            return sorted([m, *(holder[t] for t in tried)])
    return []


def _too_few_tables(ix: Indexed, musts: list[int]) -> Iterator[Reason]:
    every = (1 << ix.slots) - 1
    for mask in sorted({ix.allowed[m] for m in musts if ix.allowed[m]} | {every}):
        inside = sum(1 for m in musts if ix.allowed[m] and ix.allowed[m] & ~mask == 0)
        seats = sum(ix.tables[t] for t in bits(mask))
        if inside > seats:
            where = "" if mask == every else f" in {mask.bit_count()} slots"
            yield Reason(f"{inside} meetings must be held{where}, with {seats} tables over all these slots.")


def _too_few_of_a_class(ix: Indexed, musts: list[int]) -> Iterator[Reason]:
    """Name classes with fewer tables, over some slots, than meetings that need one of them there."""
    for k, (known, seats) in enumerate(zip(ix.problem.classes, ix.seats, strict=True)):
        mine = [m for m in musts if ix.kind[m] == k and ix.allowed[m]]
        for mask in sorted({ix.allowed[m] for m in mine}):
            inside = [m for m in mine if ix.allowed[m] & ~mask == 0]
            count = sum(seats[t] for t in bits(mask))
            if len(inside) > count:
                names = tuple(ix.problem.meetings[m].id for m in inside)
                text = f"{len(inside)} meetings need a table of class {known.name} in {mask.bit_count()} slots, "
                yield Reason(text + f"with {count} over all these slots.", meetings=names, slots=bits(mask))


def _circles(ix: Indexed, musts: list[int]) -> Iterator[Reason]:
    """Name meetings that each come after another one of them."""
    waiting = set(musts)
    while ready := {m for m in waiting if not waiting.intersection(ix.earlier[m])}:
        waiting -= ready
    if waiting:
        names = tuple(ix.problem.meetings[m].id for m in sorted(waiting))
        yield Reason(f"Meetings {', '.join(names)} wait for each other.", meetings=names)
