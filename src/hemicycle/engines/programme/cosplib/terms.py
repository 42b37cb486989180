"""The terms of the objective, added to a model: full (as the library's checker counts) or exact (as the paper's)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.cosplib.model import Model


class Objective:
    """Adds costs to a model; `minimize` states their sum."""

    def __init__(self, made: Model) -> None:
        self.made = made
        self.instance: Instance = made.instance
        self.costs: list[tuple[int, Any]] = []

    def full(self) -> "Objective":
        """Add every term."""
        self.rooms_of_tracks()
        self.submissions(by_slot=True)
        self._many_rooms()
        self._parallel()
        self._consecutive()
        self._pairs_of_tracks()
        self._conflicts()
        self._order()
        return self

    def minimize(self, *, fixed: int = 0) -> None:
        """State the objective; `fixed` is the cost of what does not move."""
        self.made.model.minimize(sum(cost * variable for cost, variable in self.costs) + fixed)

    def cost(self, price: int, variable: Any) -> None:
        """Count a variable `price` times."""
        if price:
            self.costs.append((price, variable))

    def together(self, price: int, literals: Sequence[Any]) -> None:
        """Cost `price` when all the literals hold."""
        if price:
            all_of_them = self.made.flag()
            self.made.model.add_bool_or([all_of_them, *(literal.Not() for literal in literals)])
            if price < 0:
                for literal in literals:
                    self.made.model.add_implication(all_of_them, literal)
            self.cost(price, all_of_them)

    def rooms_of_tracks(self) -> None:
        """Cost of a track in a session, of a track in a room, and of a room in a session."""
        instance = self.instance
        for (t, s, _, r), z in self.made.z.items():
            price = self.instance.price("tracks_sessions") * instance.tracks_sessions[t][s]
            price += self.instance.price("tracks_rooms") * instance.tracks_rooms[t][r]
            price += self.instance.price("sessions_rooms") * instance.sessions_rooms[s][r]
            self.cost(price, z)

    def submissions(self, *, by_slot: bool) -> None:
        """Cost of a submission in a session, at an hour, and in a room; for each of its time slots, or once."""
        instance, z = self.instance, self.made.z
        by_room = self.instance.price("submissions_rooms")
        for (i, s, k), x in self.made.x.items():
            one = instance.submissions[i]
            times = one.slots if by_slot else 1
            price = self.instance.price("submissions_sessions") * instance.submissions_sessions[i][s]
            price += self.instance.price("timezones") * instance.timezones[i][s]
            self.cost(price * times, x)
            for r in self.made.rooms[s] if by_room else ():
                price = by_room * instance.submissions_rooms[i][r] * times
                self.together(price, [x, z[one.track, s, k, r]])

    def _many_rooms(self) -> None:
        """Cost of every room of a track after the first."""
        price = self.instance.price("rooms_per_track") * self.instance.scale
        for t in self.made.free if price else ():
            used = rooms_used(self.made, t)
            more = self.made.model.new_int_var(0, len(used) - 1, "")
            self.made.model.add(sum(used) <= 1 + more)
            self.cost(price, more)

    def _parallel(self) -> None:
        price = self.instance.price("parallel") * self.instance.scale
        for (_, _, k), held in self.made.held.items():
            if k:
                self.cost(price, held)

    def _consecutive(self) -> None:
        """Cost of a track that begins more than once."""
        price = self.instance.price("consecutive") * self.instance.scale
        model, u = self.made.model, self.made.u
        for t in self.made.free if price else ():
            starts = [u[t, 0, 0]]
            for s in self.made.sessions[1:]:
                starts.append(self.made.flag())
                model.add_bool_or([starts[-1], u[t, s, 0].Not(), u[t, s - 1, 0]])
            torn = self.made.flag()
            model.add(sum(starts) <= 1).only_enforce_if(torn.Not())
            self.cost(price, torn)

    def _pairs_of_tracks(self) -> None:
        """Cost of tracks in parallel that are alike or share a chair, for each pair of their rooms."""
        made = self.made
        moving = set(made.free)
        fixed: dict[tuple[int, int], int] = defaultdict(int)
        for (s, _), t in made.taken.items():
            fixed[t, s] += 1
        for a in made.free:
            for b in range(len(self.instance.tracks)):
                price = self._alike(a, b)
                if a == b or not price or (b in moving and b < a):
                    continue
                for s in made.sessions:
                    if b in moving:
                        self._side_by_side(a, b, s, price)
                    else:
                        for k in range(made.copies[a]):
                            self.cost(price * fixed[b, s], made.held[a, s, k])

    def _alike(self, a: int, b: int) -> int:
        chairs = (min(a, b), max(a, b)) in self.instance.chair_pairs
        return self.instance.price("similar") * self.instance.similar[a][b] + (
            self.instance.price("chairs") * self.instance.scale if chairs else 0
        )

    def _side_by_side(self, a: int, b: int, s: int, price: int) -> None:
        for k in range(self.made.copies[a]):
            for m in range(self.made.copies[b]):
                self.together(price, [self.made.u[a, s, k], self.made.u[b, s, m]])

    def _conflicts(self) -> None:
        """Cost of pairs of submissions with somebody in common, in one session but not in one room."""
        made = self.made
        moving = set(made.free)
        for (i, j), price in sorted(self._prices().items()):
            a, b = (self.instance.submissions[n].track in moving for n in (i, j))
            if a and b:
                for s in made.sessions:
                    self._apart(i, j, s, price)
            elif made.seats is not None and (a or b):
                mine, other = (i, j) if a else (j, i)
                s = made.seats[other].session
                for k in range(made.copies[self.instance.submissions[mine].track]):
                    if (mine, s, k) in made.x:
                        self.cost(price, made.x[mine, s, k])

    def _prices(self) -> dict[tuple[int, int], int]:
        prices: dict[tuple[int, int], int] = defaultdict(int)
        for name, pairs in (
            ("presenters", self.instance.presenter_pairs),
            ("attendees", self.instance.attendee_pairs),
        ):
            for pair in pairs if self.instance.price(name) else ():
                prices[pair] += self.instance.price(name) * self.instance.scale
        return prices

    def _apart(self, i: int, j: int, s: int, price: int) -> None:
        """Cost of two submissions that are both in a session, in different copies when they are of one track."""
        x, model = self.made.x, self.made.model
        a, b = (self.instance.submissions[n].track for n in (i, j))
        first = {k: x[i, s, k] for k in range(self.made.copies[a]) if (i, s, k) in x}
        second = {k: x[j, s, k] for k in range(self.made.copies[b]) if (j, s, k) in x}
        if not first or not second or (a == b and len(first) == 1):
            return
        both = self.made.flag()
        if a != b:
            model.add(sum(first.values()) + sum(second.values()) <= 1 + both)
        else:
            for k, mine in first.items():
                model.add(mine + sum(other for m, other in second.items() if m != k) <= 1 + both)
        self.cost(price, both)

    def _order(self) -> None:
        """Cost of submissions that are not at their place in their track."""
        price = self.instance.price("order") * self.instance.scale
        for t in self.made.free if price else ():
            wished = defaultdict(list)
            for i in self.instance.by_track[t]:
                if self.instance.submissions[i].order:
                    wished[self.instance.submissions[i].order].append(i)
            for place, group in wished.items():
                rights = [self._in_place(i, place) for i in group]
                self.made.model.add_at_most_one(rights)
                for right in rights:
                    self.cost(price, right.Not())

    def _in_place(self, i: int, place: int) -> Any:
        """Return a literal: the rooms before its own hold fewer submissions of the track, and with its own enough."""
        made = self.made
        t = self.instance.submissions[i].track
        members = self.instance.by_track[t]
        right = made.flag()
        if place > len(members):
            made.model.add(right == 0)
            return right
        before: Any = 0
        for s in made.sessions:
            for k in range(made.copies[t]):
                here = sum(made.x[j, s, k] for j in members if (j, s, k) in made.x)
                if (i, s, k) in made.x:
                    chosen = [made.x[i, s, k], right]
                    made.model.add(before <= place - 1).only_enforce_if(chosen)
                    made.model.add(before + here >= place).only_enforce_if(chosen)
                before = before + here
        return right


def rooms_used(made: Model, t: int) -> list[Any]:
    """Return a literal for each room: true if the track uses it at all."""
    by_room = defaultdict(list)
    for s in made.sessions:
        for k in range(made.copies[t]):
            for r in made.rooms[s]:
                by_room[r].append(made.z[t, s, k, r])
    used = []
    for literals in by_room.values():
        used.append(made.flag())
        for literal in literals:
            made.model.add_implication(literal, used[-1])
    made.model.add_bool_or(used)
    return used
