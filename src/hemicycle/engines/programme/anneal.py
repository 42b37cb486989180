"""Simulated annealing over valid agendas: sessions move, swap, or exchange their order in a room.

S. Kirkpatrick, C. Gelatt, M. Vecchi: Optimization by Simulated Annealing, Science 220 (1983). The upper levels may
get worse on the way at a price; what is kept is the best agenda in the order of the levels.
"""

from collections import defaultdict
from collections.abc import Callable
from math import exp
from random import Random

from hemicycle.engines.programme.indexed import Indexed, Place
from hemicycle.engines.programme.state import CHANGES, INTEREST, State, Worth

BLOCK = 64
# Kinds of moves for a session that has one room only: exchange with its like, two stretches, the next one.
PINNED = (0.0, 0.0, 0.8, 0.95)
HOT, COLD = 3.0, 0.4  # temperatures, in interests lost


class Annealer:
    """One search from one agenda; `best` and `worth` hold what was found."""

    def __init__(self, ix: Indexed, places: list[Place], rng: Random, *, wishes: bool = True) -> None:
        """Begin at an agenda that keeps the hard conditions; without `wishes` only the upper levels are looked at."""
        self.ix = ix
        self.rng = rng
        self.state = State(ix, wishes=wishes)
        self.sound = self.state.load(places)
        self.best = places
        self.worth: Worth = (self.state.upper, self.state.lower)
        self.free = [i for i in range(len(ix.names)) if len(ix.starts[i]) * len(ix.rooms[i]) > 1]
        self.mates: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for i in self.free:
            self.mates[self._kind(i)].append(i)

    def _kind(self, i: int) -> tuple[int, ...]:
        """Return what sessions have in common that may exchange places: the length, a room of their own, and times."""
        rooms, starts = self.ix.rooms[i], self.ix.starts[i]
        return (self.ix.n[i], rooms[0], starts[0], starts[-1]) if len(rooms) == 1 else (self.ix.n[i],)

    def run(self, done: Callable[[], float], tell: Callable[[], None]) -> None:
        """Search until `done`, asked every few moves, reaches 1; it gives the part of the run that is over."""
        if not self.sound or not self.free:
            return
        part = done()
        while part < 1.0:
            heat = INTEREST * HOT * (COLD / HOT) ** part
            for _ in range(BLOCK):
                self._step(heat)
            tell()
            part = done()

    def _step(self, heat: float) -> None:
        state, rng = self.state, self.rng
        before: Worth = (state.upper, state.lower)
        moves = self._draw()
        if not moves or any(t not in state.startable[i] for i, t, _ in moves):
            return
        old = [(i, state.slot[i], state.room[i]) for i, _, _ in moves]
        for i, _, _ in moves:
            state.take(i)
        placed = 0
        for i, t, m in moves:
            if not state.fits(i, t, m):
                break
            state.put(i, t, m)
            placed += 1
        if placed == len(moves):
            now: Worth = (state.upper, state.lower)
            if now < self.worth:
                self.best, self.worth = state.places(), now
            worse = _price(now) - _price(before)
            if worse <= 0 or rng.random() < exp(-worse / heat):
                return
        for i, _, _ in moves[:placed]:
            state.take(i)
        for i, t, m in old:
            state.put(i, t, m)

    def _draw(self) -> list[tuple[int, int, int]]:
        """Return sessions with their new steps and rooms; empty when nothing comes of it."""
        state, rng, n = self.state, self.rng, self.ix.n
        i = rng.choice(self.free)
        kind = rng.random() if len(self.ix.rooms[i]) > 1 else rng.choice(PINNED)
        if kind < 0.4:  # noqa: PLR2004
            j = rng.choice(self.mates[self._kind(i)])
            return [] if i == j else [(i, state.slot[j], state.room[j]), (j, state.slot[i], state.room[i])]
        if kind < 0.9:  # noqa: PLR2004
            return self._segments(i, whole_block=kind < 0.7)  # noqa: PLR2004
        row, t, m = state.grid[state.room[i]], state.slot[i], state.room[i]
        u = next((u for u in range(t + n[i], len(row)) if row[u] >= 0), -1)
        if u < 0:
            return []
        j = row[u]
        return [(j, t, m), (i, u + n[j] - n[i], m)]

    def _segments(self, i: int, *, whole_block: bool) -> list[tuple[int, int, int]]:
        """Exchange what lies in two stretches of equal length: those of a session, or of its block, and any other."""
        state, ix, rng = self.state, self.ix, self.rng
        t, m, k = state.slot[i], state.room[i], ix.n[i]
        u, other = rng.choice(ix.starts[i]), rng.choice(ix.rooms[i])
        if whole_block:
            (t, k), (u, size) = ix.block[t], ix.block[u]
            if size != k:
                return []
        if m == other and abs(t - u) < k:
            return []
        moves = []
        for start, room, shift, target in ((t, m, u - t, other), (u, other, t - u, m)):
            row, at = state.grid[room], start
            while at < start + k:
                j = row[at]
                if j < 0:
                    at += 1
                    continue
                if state.slot[j] < start or state.slot[j] + ix.n[j] > start + k:
                    return []
                moves.append((j, state.slot[j] + shift, target))
                at += ix.n[j]
        return moves


def _price(worth: Worth) -> float:
    """Weigh the levels against each other for the walk; the order of the levels decides what is kept."""
    upper, lower = worth
    changes, rest = divmod(upper, CHANGES)
    return lower + INTEREST * (2.0 * min(rest, 10**9) + 50.0 * changes)
