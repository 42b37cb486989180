"""Gaps that no schedule with every meeting can avoid: a flow of people through patterns of busy and idle slots.

Each person walks from slot to slot; the state is (meetings so far, waiting or not), a new stretch after waiting costs
one gap. People with the same meetings and slots walk as one flow. Tables tie the walks together: in each slot exactly
two people per meeting are busy, and there are no more meetings than tables. Who meets whom is forgotten, so the LP is
only a bound; it knows that idle places in the middle of the day cost gaps once the people who may stay at its edge are
used up.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from hemicycle.engines.meetings.indexed import Indexed

# States of a walk: nothing held yet in this half-day; busy just now; waiting after a meeting.
FRESH, BUSY, WAITING = 0, 1, 2
# Variables (at most) up to which the LP is solved, and how many are looked at for each second given.
LARGEST, PACE = 100_000, 20_000


@dataclass(frozen=True, slots=True)
class Day:
    """What a person's walk depends on, slot by slot.

    Args:
        meetings: to hold in all.
        usable: slots in which one of them may be held. counted: slots in which idling counts as waiting.
        fresh: slots that begin a new half-day, before which waiting is forgotten.
        low, high: fewest and most meetings held up to and including each slot.
    """

    meetings: int
    usable: int
    counted: int
    fresh: int
    low: tuple[int, ...]
    high: tuple[int, ...]


Node = tuple[int, int, int]
Arc = tuple[Node, Node, int, bool]


@dataclass(slots=True)
class _Program:
    """A linear programme in the making: minimise cost, rows between low and high."""

    cost: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)

    def row(self, low: int, high: int) -> int:
        """Add a row and return its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def put(self, row: int, column: int, value: int) -> None:
        """Set one coefficient."""
        self.rows.append(row)
        self.columns.append(column)
        self.values.append(value)


def gap_bound(ix: Indexed, *, seconds: float = 10.0) -> int:
    """Return a number of gaps that every schedule with all meetings has at least; 0 when the LP has no solution.

    Takes a small part of these seconds; when they are few for the size, people are looked at one by one instead.
    """
    size = 6 * ix.slots * ix.meetings
    if not 0 < size <= min(LARGEST, PACE * seconds):
        return sum(least_gaps(ix, p) for p in range(ix.people))
    days = Counter(day_of(ix, p) for p in range(ix.people) if ix.of[p])
    walks = {day: arcs(day, ix.slots) for day in days}
    import numpy as np  # noqa: PLC0415  # only when a bound is asked for
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    made = _programme(ix, days, walks)
    count = len(made.cost)
    upper = np.full(count, np.inf)
    upper[count - ix.slots :] = ix.tables
    matrix = csr_matrix((made.values, (made.rows, made.columns)), shape=(len(made.low), count), dtype=float)
    rows = LinearConstraint(matrix, made.low, made.high)
    found = milp(np.array(made.cost, dtype=float), constraints=rows, bounds=Bounds(0, upper), options={"time_limit": 3})
    return ceil(found.fun - 1e-6) if found.success else 0


def day_of(ix: Indexed, p: int) -> Day:
    """Return what a person's walk depends on."""
    every = (1 << ix.slots) - 1
    mine = [ix.allowed[m] for m in ix.of[p]]
    usable = 0
    for mask in mine:
        usable |= mask
    low, high = [], []
    for slot in range(ix.slots):
        until = (1 << (slot + 1)) - 1
        low.append(sum(1 for mask in mine if mask & ~until == 0))
        high.append(sum(1 for mask in mine if mask & until))
    fresh = 0
    if not ix.literature and not ix.problem.gaps_over_halves:
        fresh = sum(mask & -mask for mask in ix.half_masks)
    counted = every if ix.literature else ix.free[p]
    return Day(len(mine), usable, counted, fresh, tuple(low), tuple(high))


def arcs(day: Day, slots: int) -> list[Arc]:
    """Return every step (from, to, cost, busy) of a walk that can still reach its number of meetings."""
    found: list[Arc] = []
    front = {(0, FRESH)}
    for slot in range(slots):
        ahead = set()
        for count, before in sorted(front):
            state = FRESH if day.fresh >> slot & 1 else before
            idle = WAITING if state != FRESH and day.counted >> slot & 1 else state
            if day.low[slot] <= count <= day.high[slot]:
                found.append(((slot, count, before), (slot + 1, count, idle), 0, False))
                ahead.add((count, idle))
            if day.usable >> slot & 1 and day.low[slot] <= count + 1 <= day.high[slot]:
                found.append(((slot, count, before), (slot + 1, count + 1, BUSY), int(state == WAITING), True))
                ahead.add((count + 1, BUSY))
        front = ahead
    return found


def least_gaps(ix: Indexed, person: int) -> int:
    """Return the fewest gaps with which the person's meetings fit into slots in which one of them may be held.

    In each lane the longest stretches of usable slots come first; lanes are combined by the number of meetings in each.
    """
    usable = 0
    for m in ix.of[person]:
        usable |= ix.allowed[m]
    totals = [0]
    for lane in ix.lanes[person]:
        runs = _fewest_runs([bool(usable >> slot & 1) for slot in lane])
        costs = [max(0, run - 1) for run in runs]
        most = len(totals) + len(costs) - 1
        totals = [
            min(totals[k - more] + costs[more] for more in range(len(costs)) if 0 <= k - more < len(totals))
            for k in range(most)
        ]
    return totals[len(ix.of[person])] if len(ix.of[person]) < len(totals) else 0


def _fewest_runs(usable: Sequence[bool]) -> list[int]:
    """Return for each k the fewest stretches that hold k of the usable slots."""
    stretches: list[int] = []
    length = 0
    for now in (*usable, False):
        if not now and length:
            stretches.append(length)
        length = length + 1 if now else 0
    runs = [0]
    for number, stretch in enumerate(sorted(stretches, reverse=True), 1):
        runs += [number] * stretch
    return runs


def _programme(ix: Indexed, days: Counter[Day], walks: dict[Day, list[Arc]]) -> _Program:
    """Write the flow of every kind of day, and the meetings of each slot as the last variables."""
    made = _Program()
    busy: list[list[int]] = [[] for _ in range(ix.slots)]
    for day, people in days.items():
        nodes: dict[Node, int] = {}
        for start, end, cost, meets in walks[day]:
            column = len(made.cost)
            made.cost.append(cost)
            for node, sign in ((start, 1), (end, -1)):
                if node not in nodes:
                    nodes[node] = made.row(*_supply(node, people, ix.slots))
                made.put(nodes[node], column, sign)
            if meets:
                busy[start[0]].append(column)
    first = len(made.cost)
    made.cost += [0] * ix.slots
    for slot, columns in enumerate(busy):
        row = made.row(0, 0)
        made.put(row, first + slot, -2)
        for column in columns:
            made.put(row, column, 1)
    return made


def _supply(node: Node, people: int, slots: int) -> tuple[int, int]:
    """Return what leaves a node less what enters it: everybody at the start, any at the end, none between."""
    if node[0] == 0:
        return people, people
    return (-people, 0) if node[0] == slots else (0, 0)
