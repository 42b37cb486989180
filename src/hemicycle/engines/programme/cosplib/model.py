"""Which submission is in which copy of its track, in which session and room: the structure of the CP-SAT model.

A track in a session is a number of copies, more than one when it runs in parallel rooms. Variables:
u(t,s,k): copy k of track t is held in session s; z(t,s,k,r): it is in room r; x(i,s,k): submission i is in it.
The last copy of a track may be a *pool*: any number of rooms at once whose time slots are counted together. With it
nothing is left out, so a bound is a bound for every timetable; without splitting it is a timetable when it has one
room. Positions within a room are left to `arrange`; the terms that depend on them are bounded from below.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from hemicycle.engines.programme.cosplib.assignment import Cell, Seat, tracks_of
from hemicycle.engines.programme.cosplib.instance import Instance


class Model:
    """The conditions of the problem, for all tracks or for some while the others stay where they are.

    Args:
        instance: what is to be put where.
        copies: rooms at once of each track, counted one by one.
        pool: whether a track may use more than that, counted together.
        free: tracks that may move.
        seats: where everything is now: a hint for the free tracks, fixed for the others; None when nothing is known.
    """

    def __init__(
        self,
        instance: Instance,
        *,
        copies: Sequence[int],
        pool: bool,
        free: Collection[int],
        seats: Sequence[Seat] | None,
    ) -> None:
        """Write the conditions."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  # half a second, and some calls do without

        self.cp: Any = cp_model
        self.model: Any = cp_model.CpModel()
        self.instance = instance
        self.pool = pool
        self.copies = [count + pool for count in copies]
        self.free = sorted(free)
        self.seats = seats
        self.sessions = range(len(instance.sessions))
        self.taken: dict[Cell, int] = {}
        if seats is not None:
            moving = set(self.free)
            self.taken = {cell: t for cell, t in tracks_of(instance, seats).items() if t not in moving}
        self.rooms = [
            [r for r in range(len(instance.rooms)) if (s, r) not in self.taken] for s in range(len(instance.sessions))
        ]
        self.x: dict[tuple[int, int, int], Any] = {}
        self.u: dict[tuple[int, int, int], Any] = {}
        self.z: dict[tuple[int, int, int, int], Any] = {}
        self.held: dict[tuple[int, int, int], Any] = {}  # rooms that a copy uses: u, or a number for the pool
        for t in self.free:
            for s in self.sessions:
                self._rooms(t, s)
                self._submissions(t, s)
            self._complete(t)
        self._one_track_in_a_room()

    def flag(self) -> Any:
        """Return a new Boolean."""
        return self.model.new_bool_var("")

    def _rooms(self, t: int, s: int) -> None:
        """Give every copy its room; copies are alike, so they are used in order and in ascending rooms."""
        for k in range(self.copies[t]):
            u = self.u[t, s, k] = self.flag()
            mine = []
            for r in self.rooms[s]:
                mine.append(self.flag())
                self.z[t, s, k, r] = mine[-1]
            if self.pool and k == self.copies[t] - 1:
                held = self.held[t, s, k] = self.model.new_int_var(0, len(mine), "")
                self.model.add(sum(mine) == held)
                self.model.add(held >= u)
                self.model.add(held <= len(mine) * u)
            else:
                self.held[t, s, k] = u
                self.model.add_exactly_one([*mine, u.Not()])
            if k:
                before = self.u[t, s, k - 1]
                self.model.add_implication(u, before)
                if self.held[t, s, k] is u:
                    lower, upper = (sum(r * self.z[t, s, c, r] for r in self.rooms[s]) for c in (k - 1, k))
                    self.model.add(lower + 1 <= upper).only_enforce_if(u)

    def _submissions(self, t: int, s: int) -> None:
        """Let submissions in only where there is a copy and time enough."""
        slots = self.instance.sessions[s].slots
        fitting = [i for i in self.instance.by_track[t] if self.instance.submissions[i].slots <= slots]
        for k in range(self.copies[t]):
            u = self.u[t, s, k]
            for i in fitting:
                self.x[i, s, k] = self.flag()
                self.model.add_implication(self.x[i, s, k], u)
            self.model.add_bool_or([*(self.x[i, s, k] for i in fitting), u.Not()])
            filled = sum(self.instance.submissions[i].slots * self.x[i, s, k] for i in fitting)
            self.model.add(filled <= slots * self.held[t, s, k])

    def _complete(self, t: int) -> None:
        """Hold every submission once; state how many rooms that takes at least."""
        instance = self.instance
        for i in instance.by_track[t]:
            self.model.add_exactly_one(self.places(i))
        need = sum(instance.submissions[i].slots for i in instance.by_track[t])
        held = [self.held[t, s, k] for s in self.sessions for k in range(self.copies[t])]
        sizes = [instance.sessions[s].slots for s in self.sessions for _ in range(self.copies[t])]
        self.model.add(sum(size * rooms for size, rooms in zip(sizes, held, strict=True)) >= need)
        self.model.add(sum(held) >= -(-need // max(sizes)))

    def _one_track_in_a_room(self) -> None:
        at = defaultdict(list)
        for (_, s, _, r), z in self.z.items():
            at[s, r].append(z)
        for literals in at.values():
            self.model.add_at_most_one(literals)
        for s in self.sessions:
            held = [self.held[t, s, k] for t in self.free for k in range(self.copies[t])]
            self.model.add(sum(held) <= len(self.rooms[s]))

    def places(self, i: int) -> list[Any]:
        """Return a submission's variables."""
        copies = range(self.copies[self.instance.submissions[i].track])
        return [self.x[i, s, k] for s in self.sessions for k in copies if (i, s, k) in self.x]

    def hint(self, seats: Sequence[Seat]) -> None:
        """Begin the search where everything is now."""
        cells = tracks_of(self.instance, seats)
        copy: dict[Cell, int] = {}
        count: dict[tuple[int, int], int] = defaultdict(int)
        for (s, r), t in cells.items():
            copy[s, r] = min(count[t, s], self.copies[t] - 1)
            count[t, s] += 1
        for (t, s, k), u in self.u.items():
            self.model.add_hint(u, int(k < count[t, s]))
            if self.pool and k == self.copies[t] - 1:
                self.model.add_hint(self.held[t, s, k], max(0, count[t, s] - k))
        for (t, s, k, r), z in self.z.items():
            self.model.add_hint(z, int(cells.get((s, r)) == t and copy[s, r] == k))
        for (i, s, k), x in self.x.items():
            self.model.add_hint(x, int(seats[i].session == s and copy[s, seats[i].room] == k))

    def solved(self, solver: Any) -> dict[int, Cell] | None:
        """Return session and room of each submission that was free; None when a pool does not divide into rooms."""
        rooms: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for (t, s, k, r), z in self.z.items():
            if solver.boolean_value(z):
                rooms[t, s, k].append(r)
        members: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for (i, s, k), x in self.x.items():
            if solver.boolean_value(x):
                members[self.instance.submissions[i].track, s, k].append(i)
        found: dict[int, Cell] = {}
        for (t, s, k), group in members.items():
            slots = self.instance.sessions[s].slots
            bins = pack([self.instance.submissions[i].slots for i in group], [slots] * len(rooms[t, s, k]))
            if bins is None:
                return None
            found |= {i: (s, rooms[t, s, k][place]) for i, place in zip(group, bins, strict=True)}
        return found


def pack(sizes: Sequence[int], room: Sequence[int]) -> list[int] | None:
    """Return a bin for each size, largest sizes first into the first bin that has room; None when one does not fit."""
    left = list(room)
    chosen = [0] * len(sizes)
    for place in sorted(range(len(sizes)), key=lambda place: -sizes[place]):
        fitting = next((number for number, space in enumerate(left) if space >= sizes[place]), None)
        if fitting is None:
            return None
        left[fitting] -= sizes[place]
        chosen[place] = fitting
    return chosen
