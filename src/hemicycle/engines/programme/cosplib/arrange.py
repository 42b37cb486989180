"""From session and room of each submission to its first time slot there."""

from collections import defaultdict
from collections.abc import Sequence

from hemicycle.engines.programme.cosplib.assignment import Seat
from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.cosplib.positions import settle

Cell = tuple[int, int]


def arrange(instance: Instance, cells: Sequence[Cell]) -> tuple[Seat, ...]:
    """Put the submissions of each room one after the other, each ordered one at its place in its track if it can be."""
    seats: dict[int, Seat] = {}
    for members in instance.by_track:
        held: dict[Cell, list[int]] = defaultdict(list)
        for i in members:
            held[cells[i]].append(i)
        before = 0
        for (session, room), group in sorted(held.items()):
            position = 0
            for i in _queue(instance, group, before):
                seats[i] = Seat(session, room, position)
                position += instance.submissions[i].slots
            before += len(group)
    return settle(instance, [seats[i] for i in range(len(instance.submissions))])


def _queue(instance: Instance, group: list[int], before: int) -> list[int]:
    """Order one room's submissions: those whose place falls into it first, the others into what is left."""
    queue: list[int | None] = [None] * len(group)
    rest = []
    for i in group:
        place = instance.submissions[i].order - before - 1
        if 0 <= place < len(queue) and queue[place] is None:
            queue[place] = i
        else:
            rest.append(i)
    left = iter(sorted(rest, key=lambda i: instance.submissions[i].order))
    return [next(left) if i is None else i for i in queue]
