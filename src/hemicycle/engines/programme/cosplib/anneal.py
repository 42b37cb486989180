"""Better timetables by simulated annealing over sessions and rooms, in a thread of its own.

S. Kirkpatrick, C. Gelatt, M. Vecchi (1983). Every state holds every submission in a room of its track with time enough;
all else is a cost. The moves are compiled (`moves.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from threading import Thread
from time import monotonic

import numpy as np

from hemicycle.engines.compiled import Numbers
from hemicycle.engines.programme.cosplib import moves
from hemicycle.engines.programme.cosplib.assignment import Cell, Seat
from hemicycle.engines.programme.cosplib.instance import Instance, Submission, Track, Weights
from hemicycle.engines.programme.cosplib.instance import Session as Stretch
from hemicycle.engines.programme.cosplib.moves import State

# Temperatures to begin with and to end with, in units of the smallest cost: some searches stay near, others go far.
HEATS, COLD = (4.0, 12.0, 36.0, 108.0), 0.5
# Moves at one temperature, between two looks at the clock: some milliseconds.
BLOCK = 4096


class Annealing:
    """One search, running; ask `running`, then read `cells`.

    Args:
        instance, seats: where it begins, with a seat for every submission.
        heat: temperature to begin with, in units of the smallest cost.
        seconds: wall time from the first move on. blocks: of moves in place of it; None to be led by time.
        seed: equal seeds give equal results when blocks lead.
    """

    def __init__(
        self,
        instance: Instance,
        seats: Sequence[Seat],
        *,
        heat: float,
        seconds: float,
        blocks: int | None = None,
        seed: int = 0,
    ) -> None:
        """Start searching."""
        self.state = state_of(instance, seats)
        self.unit = unit_of(self.state)
        self.heat = heat
        self.seconds = seconds
        self.blocks = blocks
        self.rng = np.array([Random(seed).getrandbits(62) + 1], dtype=np.int64)  # noqa: S311  # a search, not a secret
        self._begun = self._over = False
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        moves.anneal(self.state, self.rng, 0, 1.0)  # may have to be compiled, which is not searching
        self._begun = True
        begin, done, count = monotonic(), 0.0, 0
        while done < 1 and not self._over:
            moves.anneal(self.state, self.rng, BLOCK, self.unit * self.heat * (COLD / self.heat) ** done)
            count += 1
            done = (monotonic() - begin) / self.seconds if self.blocks is None else count / self.blocks

    @property
    def running(self) -> bool:
        """Say whether the search goes on; nobody waits for a compiler when time is up."""
        return self._thread.is_alive() and (self._begun or not self._over)

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""
        self._thread.join(seconds)

    def stop(self) -> None:
        """Ask the search to end with what it has."""
        self._over = True

    @property
    def cells(self) -> list[Cell]:
        """Return session and room of each submission in the best timetable met; valid once it is not running."""
        return [(int(s), int(r)) for s, r in self.state.kept.T]


def warm() -> None:
    """Have the moves compiled now, so that the first search on a machine does not wait for it."""
    zeros = ((0,),)
    instance = Instance(
        submissions=(Submission(name="a", track=0),), tracks=(Track(name="t", chairs=frozenset()),),
        sessions=(Stretch(name="s", slots=1),), rooms=("r",), weights=Weights(), tracks_sessions=zeros, tracks_rooms=zeros,
        sessions_rooms=zeros, similar=zeros, submissions_sessions=zeros, submissions_rooms=zeros, timezones=zeros,
    )  # fmt: skip
    Annealing(instance, [Seat(0, 0, 0)], heat=1.0, seconds=0.0, blocks=1).wait(60.0)


def unit_of(state: State) -> int:
    """Return the smallest cost above 0 that anything has; 1 when nothing costs."""
    costs = (state.cells, state.linear, state.places, state.alike, state.tolls, state.price)
    return min((int(cost[cost > 0].min()) for cost in costs if (cost > 0).any()), default=1)


def state_of(instance: Instance, seats: Sequence[Seat]) -> State:
    """Return a timetable and its costs as arrays; `total` counts from 0, so it says by how much it gets better."""
    price = instance.price
    size = _numbers([one.slots for one in instance.submissions])
    shape = len(instance.sessions), len(instance.rooms)
    linear = _numbers(instance.submissions_sessions) * price("submissions_sessions")
    linear += _numbers(instance.timezones) * price("timezones")
    cells = (_numbers(instance.tracks_sessions) * price("tracks_sessions"))[:, :, None]
    cells = cells + (_numbers(instance.tracks_rooms) * price("tracks_rooms"))[:, None, :]
    where = _numbers([[seat.session for seat in seats], [seat.room for seat in seats]])
    foes, tolls, first = _foes(instance)
    state = State(
        size=size,
        track=_numbers([one.track for one in instance.submissions]),
        order=_numbers([one.order for one in instance.submissions]),
        slots=_numbers([session.slots for session in instance.sessions]),
        members=_numbers([i for members in instance.by_track for i in members]),
        begin=np.cumsum([0, *map(len, instance.by_track)]),
        cells=cells + _numbers(instance.sessions_rooms) * price("sessions_rooms"),
        linear=linear * size[:, None],
        places=_numbers(instance.submissions_rooms) * price("submissions_rooms") * size[:, None],
        alike=_alike(instance),
        foes=foes,
        tolls=tolls,
        first=first,
        price=_numbers(
            [price(name) * instance.scale for name in ("rooms_per_track", "parallel", "consecutive", "order")]
        ),
        session=where[0].copy(),
        room=where[1].copy(),
        at=np.full(shape, -1, dtype=np.int64),
        fill=np.zeros(shape, dtype=np.int64),
        held=np.zeros(shape, dtype=np.int64),
        kept=where,
        total=_zeros(3),
        who=_zeros(size.size),
        mark=_zeros(size.size),
        there=np.zeros((2, size.size), dtype=np.int64),
        back=np.zeros((2, size.size), dtype=np.int64),
        tracks=_zeros(len(instance.tracks)),
        sessions=_zeros(len(instance.sessions)),
        seen_tracks=_zeros(len(instance.tracks)),
        seen_sessions=_zeros(len(instance.sessions)),
        used=_zeros(len(instance.rooms)),
        turn=_zeros(size.size + 1),
    )
    state.at[state.session, state.room] = state.track
    np.add.at(state.fill, (state.session, state.room), size)
    np.add.at(state.held, (state.session, state.room), 1)
    return state


def _numbers(numbers: Sequence[int] | Sequence[Sequence[int]]) -> Numbers:
    return np.array(numbers, dtype=np.int64)


def _zeros(size: int) -> Numbers:
    return np.zeros(size, dtype=np.int64)


def _alike(instance: Instance) -> Numbers:
    """Return what two tracks in one session cost."""
    found = _numbers(instance.similar) * instance.price("similar")
    for a, b in instance.chair_pairs:
        found[[a, b], [b, a]] += instance.price("chairs") * instance.scale
    return found


def _foes(instance: Instance) -> tuple[Numbers, Numbers, Numbers]:
    """Return who must not be elsewhere in a submission's session, the prices, and where those of each begin."""
    prices: dict[tuple[int, int], int] = defaultdict(int)
    for name, pairs in (("presenters", instance.presenter_pairs), ("attendees", instance.attendee_pairs)):
        for a, b in pairs if instance.price(name) else ():
            prices[a, b] += instance.price(name) * instance.scale
            prices[b, a] += instance.price(name) * instance.scale
    found = sorted(prices)
    size = [0] * len(instance.submissions)
    for a, _ in found:
        size[a] += 1
    return _numbers([b for _, b in found]), _numbers([prices[pair] for pair in found]), np.cumsum([0, *size])
