"""Fewer gaps: simulated annealing over Kempe chains, with every state a valid timetable.

A chain that begins with a person busy in s and free in t changes the busy slots of its two end people only, so the
change of the objective is the change of two numbers. When t has no table left, a second chain brings one meeting back.
Cf. Lewis, A Guide to Graph Colouring (2016), ch. 6, and Kirkpatrick et al. (1983). The moves are compiled (`moves.py`).
"""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from hemicycle.engines.compiled import Numbers
from hemicycle.engines.meetings import moves
from hemicycle.engines.meetings.clock import Share
from hemicycle.engines.meetings.costs import Costs
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from hemicycle.engines.meetings.moves import State

HOT, COLD = 0.25, 0.13
# Moves at one temperature, between two looks at the clock: about a millisecond.
BLOCK = 8192


class Annealer:
    """A search for the cheapest arrangement of the meetings that a timetable holds."""

    def __init__(self, table: Timetable, costs: Costs, rng: Random) -> None:
        """Begin with a valid timetable; `run` changes it in place."""
        self.table = table
        self.costs = costs
        self.state = state_of(table, costs)
        self.rng = np.array([rng.getrandbits(62) + 1], dtype=np.int64)

    @property
    def best(self) -> int:
        """Return the cost of the best timetable met."""
        return int(self.state.total[moves.BEST])

    @property
    def kept(self) -> list[int]:
        """Return the slots of the best timetable met."""
        return list(map(int, self.state.kept))

    def run(self, share: Share, *, goal: int, tell: Callable[[], None]) -> int:
        """Search until the share is used or the cost is the goal; leave the best timetable met and return its cost."""
        units = self.costs.units(self.table)
        block = share.block(BLOCK)
        done = share.done(block)
        while self.state.side.size and done < 1 and self.best > goal:
            stage = min(int(done * len(units)), len(units) - 1)
            self.step(units[stage], done * len(units) - stage, goal=goal, block=block)
            tell()
            done = share.done(block)
        self.table.load(self.kept)
        return self.best

    def step(self, unit: int, done: float, *, goal: int = 0, block: int = BLOCK) -> None:
        """Try a block of moves for the level of this unit, of which this part is done, and note the best timetable."""
        if self.state.side.size:
            moves.anneal(self.state, self.rng, block, unit * HOT * (COLD / HOT) ** done, goal)


def warm() -> None:
    """Have the moves compiled now, so that the first schedule on a machine does not wait for it."""
    from hemicycle.engines.meetings.construct import construct  # noqa: PLC0415  # only here
    from hemicycle.engines.meetings.generate import generate  # noqa: PLC0415

    rng = Random(1)  # noqa: S311  # made-up people, not a secret
    table, _ = construct(Indexed(generate(people=9, requests=12, slots=6, tables=4, seed=1)), rng)
    Annealer(table, Costs(table.ix), rng).step(1, 0.0)


def state_of(table: Timetable, costs: Costs) -> State:
    """Return a timetable and its costs as arrays."""
    ix = table.ix
    member, place = _members(table)
    early, late, begin, orders = _orders(ix)
    lanes, away, halves = _masks(ix)
    total = costs.total(table)
    return State(
        left=_numbers(ix.left),
        right=_numbers(ix.right),
        allowed=_flags(ix.allowed, ix.slots),
        lane=_lanes(ix),
        half=_numbers([ix.problem.half_of(t) for t in range(ix.slots)]),
        lanes=lanes,
        away=away,
        halves=halves,
        tables=np.array(ix.tables, dtype=np.int64),
        kind=_numbers(ix.kind),
        seats=np.array(ix.seats, dtype=np.int64).reshape(len(ix.seats), ix.slots),
        early=early,
        late=late,
        begin=begin,
        orders=orders,
        before=_numbers(ix.announced if costs.told else [-1] * ix.meetings),
        toll=np.array(costs.toll, dtype=np.int64),
        scale=np.array(
            [costs.gap, costs.fair, costs.unfair, costs.run, ix.problem.run_limit, costs.patience], dtype=np.int64
        ),
        slot=_numbers(table.slot),
        at=_numbers(table.at).reshape(ix.people, ix.slots),
        held=np.array(table.count, dtype=np.int64),
        sitting=np.array([len(mine) for row in table.sitting for mine in row], dtype=np.int64).reshape(
            len(ix.seats), ix.slots
        ),
        busy=np.array(table.busy if ix.slots <= moves.WORD else [0] * ix.people, dtype=np.int64),
        cost=np.array([costs.of(p, busy) for p, busy in enumerate(table.busy)], dtype=np.int64),
        member=member,
        place=place,
        kept=_numbers(table.slot),
        total=np.array([total, total, 0], dtype=np.int64),
        path=_numbers([0] * 2 * ix.meetings),
        side=_numbers(
            [
                2 * m + side
                for m, slot in enumerate(table.slot)
                if slot >= 0 and ix.allowed[m] & ~(1 << slot)
                for side in (0, 1)
            ]
        ),
    )


def _numbers(numbers: Sequence[int] | Sequence[Sequence[int]]) -> Numbers:
    return np.array(numbers, dtype=np.int64)


def _flags(masks: Sequence[int], slots: int) -> np.ndarray:
    """Return bitmasks as rows of flags."""
    width = slots // 8 + 1
    packed = np.frombuffer(b"".join(mask.to_bytes(width, "little") for mask in masks), dtype=np.uint8)
    return np.unpackbits(packed.reshape(len(masks), width), axis=1, bitorder="little")[:, :slots].astype(np.bool_)


def _lanes(ix: Indexed) -> Numbers:
    lanes = np.full((ix.people, ix.slots), -1, dtype=np.int64)
    for p, mine in enumerate(ix.lanes):
        for number, slots in enumerate(mine):
            lanes[p, slots] = number
    return lanes


def _masks(ix: Indexed) -> tuple[Numbers, Numbers, Numbers]:
    """Return the stretches of slots of each person, the slots away between them, and the half-days, as bitmasks."""
    if ix.slots > moves.WORD:
        return np.zeros((ix.people, 0), np.int64), np.zeros((ix.people, 0), np.int64), np.zeros(0, np.int64)
    days = [(1 << ix.slots) - 1] if ix.literature or ix.problem.gaps_over_halves else ix.half_masks
    usable = [(1 << ix.slots) - 1 if ix.literature else free for free in ix.free]
    lanes = np.array([[day & free for day in days] for free in usable], dtype=np.int64).reshape(ix.people, len(days))
    away = np.array([[day & ~free for day in days] for free in usable], dtype=np.int64).reshape(ix.people, len(days))
    return lanes, away, np.array(ix.half_masks, dtype=np.int64)


def _members(table: Timetable) -> tuple[Numbers, Numbers]:
    """Return the meetings of each slot, with room for as many as there may be, and the place of each among them."""
    ix = table.ix
    room = max((min(tables, ix.meetings) for tables in ix.tables), default=0) + 1
    member = np.full((ix.slots, room), -1, dtype=np.int64)
    place = np.zeros(ix.meetings, dtype=np.int64)
    known = [0] * ix.slots
    for m, t in enumerate(table.slot):
        if t >= 0:
            member[t, known[t]] = m
            place[m] = known[t]
            known[t] += 1
    return member, place


def _orders(ix: Indexed) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return who comes before whom, and for each meeting the numbers of its orders, one behind the other."""
    pairs = [(early, late) for late, others in enumerate(ix.earlier) for early in others]
    mine: list[list[int]] = [[] for _ in range(ix.meetings)]
    for number, pair in enumerate(pairs):
        for m in pair:
            mine[m].append(number)
    begin = np.concatenate(([0], np.cumsum([len(numbers) for numbers in mine], dtype=np.int64)))
    return (
        _numbers([early for early, _ in pairs]),
        _numbers([late for _, late in pairs]),
        begin.astype(np.int64),
        _numbers([number for numbers in mine for number in numbers]),
    )
