"""Which tracks to set free next: large neighbourhoods for the search."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from hemicycle.engines.programme.cosplib.assignment import Seat, tracks_of
from hemicycle.engines.programme.cosplib.instance import Instance

KINDS = ("random", "related", "costly", "sessions", "rooms")


class Neighbours:
    """Draws sets of tracks; related are those with people in common or alike."""

    def __init__(self, instance: Instance, rng: Random) -> None:
        self.instance = instance
        self.rng = rng
        self.tracks = len(instance.tracks)
        self.related: dict[int, set[int]] = defaultdict(set)
        for a, b in sorted(instance.presenter_pairs | instance.attendee_pairs):
            self._relate(instance.submissions[a].track, instance.submissions[b].track)
        for a in range(self.tracks):
            for b in range(a):
                if instance.similar[a][b] or (b, a) in instance.chair_pairs:
                    self._relate(a, b)

    def _relate(self, a: int, b: int) -> None:
        if a != b:
            self.related[a].add(b)
            self.related[b].add(a)

    def draw(self, seats: Sequence[Seat], size: int) -> tuple[str, list[int]]:
        """Return a kind of neighbourhood and its tracks, about `size` of them."""
        kind = self.rng.choice(KINDS)
        wanted = max(1, min(self.tracks, size + self.rng.randint(-2, 2)))
        if kind == "sessions":
            return kind, self._meeting_in(seats, wanted, by_room=False)
        if kind == "rooms":
            return kind, self._meeting_in(seats, wanted, by_room=True)
        free: set[int] = set()
        weights = self._costs(seats) if kind == "costly" else [1.0] * self.tracks
        while len(free) < wanted:
            near = sorted({b for a in free for b in self.related[a]} - free) if kind == "related" else []
            if near and self.rng.random() < 0.8:  # noqa: PLR2004
                free.add(self.rng.choice(near))
            else:
                free.add(self.rng.choices(range(self.tracks), weights)[0])
        return kind, sorted(free)

    def _meeting_in(self, seats: Sequence[Seat], wanted: int, *, by_room: bool) -> list[int]:
        """Return tracks held in a few sessions, or in a few rooms."""
        cells = tracks_of(self.instance, seats)
        everything = sorted({cell[by_room] for cell in cells})
        chosen = set(self.rng.sample(everything, min(len(everything), 3 if by_room else 2)))
        found = sorted({t for cell, t in cells.items() if cell[by_room] in chosen})
        return sorted(self.rng.sample(found, min(wanted, len(found))))

    def _costs(self, seats: Sequence[Seat]) -> list[float]:
        """Return about what each track costs now; capped, so that one dear track is not all that is tried."""
        instance, weights = self.instance, self.instance.weights
        found = [0.2] * self.tracks
        for (s, r), t in tracks_of(instance, seats).items():
            found[t] += weights.tracks_sessions * instance.tracks_sessions[t][s]
            found[t] += weights.tracks_rooms * instance.tracks_rooms[t][r]
            found[t] += weights.sessions_rooms * instance.sessions_rooms[s][r] + 0.1
        for i, seat in enumerate(seats):
            one = instance.submissions[i]
            found[one.track] += (
                one.slots * weights.submissions_sessions * instance.submissions_sessions[i][seat.session]
            )
            found[one.track] += one.slots * weights.timezones * instance.timezones[i][seat.session]
        return [min(max(cost, 0.2), 20.0 * instance.scale) for cost in found]
