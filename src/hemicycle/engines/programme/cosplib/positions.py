"""Where in its room a submission begins, when that matters: people at two submissions at once, order in parallel.

Within a session, each room is a row of submissions and free time slots; two entries of a row change places as long
as that lowers what the session's positions cost. Session and room of every submission stay as they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from hemicycle.engines.programme.cosplib.assignment import Cell, Seat, overlap
from hemicycle.engines.programme.cosplib.instance import Instance

ROUNDS = 20
Row = list[int | None]  # submissions, and None for a free time slot


def settle(instance: Instance, seats: Sequence[Seat]) -> tuple[Seat, ...]:
    """Return the seats with better positions; the same ones when positions cost nothing."""
    prices = _prices(instance)
    cells: dict[Cell, list[int]] = defaultdict(list)
    for i, seat in enumerate(seats):
        cells[seat.session, seat.room].append(i)
    parallel = defaultdict(list)
    for session, room in sorted(cells):
        parallel[session].append(room)
    found = list(seats)
    before = _before(instance, cells)
    for session, rooms in parallel.items():
        desk = _Session(instance, session, {room: cells[session, room] for room in rooms}, found, prices, before)
        if desk.cost():
            desk.improve()
    return tuple(found)


def _prices(instance: Instance) -> dict[tuple[int, int], int]:
    """Return what each time slot costs that two submissions share."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for term, pairs in (
        ("presenters_slot", instance.presenter_pairs),
        ("attendees_slot", instance.attendee_pairs),
    ):
        for pair in pairs if instance.price(term) else ():
            found[pair] += instance.price(term) * instance.scale
    price = instance.price("order") * instance.scale
    for members in instance.by_track if price else ():
        for pair in combinations([i for i in members if instance.submissions[i].order], 2):
            found[pair] += price
    return found


def _before(instance: Instance, cells: dict[Cell, list[int]]) -> dict[Cell, int]:
    """Return how many submissions of its track come in earlier rooms and sessions than each room's."""
    count = [0] * len(instance.tracks)
    found = {}
    for cell in sorted(cells):
        track = instance.submissions[cells[cell][0]].track
        found[cell] = count[track]
        count[track] += len(cells[cell])
    return found


class _Session:
    """The rooms of one session as rows; `seats` is changed in place."""

    def __init__(
        self,
        instance: Instance,
        session: int,
        rooms: dict[int, list[int]],
        seats: list[Seat],
        prices: dict[tuple[int, int], int],
        before: dict[Cell, int],
    ) -> None:
        self.instance = instance
        self.session = session
        self.seats = seats
        self.before = before
        self.order = instance.price("order") * instance.scale
        everybody = sorted(i for group in rooms.values() for i in group)
        self.pairs = [(a, b, prices[a, b]) for a, b in combinations(everybody, 2) if (a, b) in prices]
        self.rows = {room: self._row(group) for room, group in rooms.items()}

    def _row(self, group: list[int]) -> Row:
        queue = sorted(group, key=lambda i: self.seats[i].position)
        used = sum(self.instance.submissions[i].slots for i in queue)
        return [*queue, *([None] * (self.instance.sessions[self.session].slots - used))]

    def cost(self) -> int:
        """Return what the positions in this session cost."""
        found = sum(price * overlap(self.instance, self.seats, a, b) for a, b, price in self.pairs)
        for room, row in self.rows.items() if self.order else ():
            first = self.before[self.session, room] + 1
            for place, i in enumerate((i for i in row if i is not None), first):
                found += self.order * (self.instance.submissions[i].order not in (0, place))
        return found

    def improve(self) -> None:
        """Exchange entries of rows while that helps."""
        best = self.cost()
        for _ in range(ROUNDS):
            start = best
            for room, row in self.rows.items():
                for a, b in combinations(range(len(row)), 2):
                    if row[a] is None and row[b] is None:
                        continue
                    self._exchange(room, a, b)
                    now = self.cost()
                    if now < best:
                        best = now
                    else:
                        self._exchange(room, a, b)
            if best in (0, start):
                return

    def _exchange(self, room: int, a: int, b: int) -> None:
        row = self.rows[room]
        row[a], row[b] = row[b], row[a]
        position = 0
        for i in row:
            if i is not None:
                self.seats[i] = Seat(self.session, room, position)
            position += 1 if i is None else self.instance.submissions[i].slots
