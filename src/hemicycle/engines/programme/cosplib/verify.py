"""Is a CoSPLib timetable sound, and is it worth what it says? Written apart from the solver, slot by slot.

The timetable is read back by its names, as somebody else would read it, and put into a grid of single time slots.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from hemicycle.engines.programme.cosplib.instance import TERMS, Instance

Grid = dict[tuple[int, int], list[int | None]]


def verify_rows(
    instance: Instance, tracks: Sequence[Mapping[str, Any]], submissions: Sequence[Mapping[str, Any]]
) -> tuple[list[str], dict[str, int]]:
    """Return what is wrong with the rows of an answer, and every term of the objective before its weight.

    Args:
        instance: the problem.
        tracks: rows of `session`, `room`, `track` by name.
        submissions: rows of `submission`, `session`, `room`, `position`, the first time slot from 1.
    """
    checker = Checker(instance)
    checker.place_tracks(tracks)
    checker.place_submissions(submissions)
    return checker.wrong, {} if checker.wrong else checker.terms()


def total(instance: Instance, terms: Mapping[str, int]) -> int:
    """Return the weighted sum of the terms, in units of 1 / scale."""
    return sum(getattr(instance.weights, name) * terms[name] for name in TERMS if getattr(instance.weights, name) > 0)


class Checker:
    """A grid of time slots, filled from the rows; `wrong` collects sentences."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.wrong: list[str] = []
        self.session = {one.name: number for number, one in enumerate(instance.sessions)}
        self.room = {name: number for number, name in enumerate(instance.rooms)}
        self.track_number = {one.name: number for number, one in enumerate(instance.tracks)}
        self.submission = {one.name: number for number, one in enumerate(instance.submissions)}
        self.track: dict[tuple[int, int], int] = {}
        self.grid: Grid = {
            (s, r): [None] * one.slots for s, one in enumerate(instance.sessions) for r in range(len(instance.rooms))
        }

    def place_tracks(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Note which track is where."""
        for row in rows:
            cell = self._cell(row)
            number = self.track_number.get(str(row.get("track")))
            if cell is None or number is None:
                self.wrong.append(f"track {row.get('track')}: the track, session or room is not known")
            elif cell in self.track:
                self.wrong.append(f"{row['room']} in {row['session']}: two tracks")
            else:
                self.track[cell] = number

    def place_submissions(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Fill the grid; each submission once, inside its session, in a room of its track."""
        seen: set[int] = set()
        for row in rows:
            cell, number = self._cell(row), self.submission.get(str(row.get("submission")))
            position = row.get("position")
            if cell is None or number is None or not isinstance(position, int) or number in seen:
                self.wrong.append(f"submission {row.get('submission')}: not known, twice, or at no known place")
                continue
            seen.add(number)
            one = self.instance.submissions[number]
            if self.track.get(cell) != one.track:
                self.wrong.append(f"submission {one.name}: its track is not in this room")
            line = self.grid[cell]
            for slot in range(position - 1, position - 1 + one.slots):
                if not 0 <= slot < len(line) or line[slot] is not None:
                    self.wrong.append(f"submission {one.name}: its time slot is taken or outside the session")
                    break
                line[slot] = number
        missing = [one.name for number, one in enumerate(self.instance.submissions) if number not in seen]
        self.wrong += [f"submission {name}: it is missing" for name in missing]
        self.wrong += [
            f"track {self.instance.tracks[number].name}: a room without submissions"
            for cell, number in self.track.items()
            if not any(slot is not None for slot in self.grid[cell])
        ]

    def _cell(self, row: Mapping[str, Any]) -> tuple[int, int] | None:
        session, room = self.session.get(str(row.get("session"))), self.room.get(str(row.get("room")))
        return None if session is None or room is None else (session, room)

    def terms(self) -> dict[str, int]:
        """Walk through the grid and count."""
        instance, scale = self.instance, self.instance.scale
        slots = [(s, r, number) for (s, r), line in self.grid.items() for number in line if number is not None]
        counted = {
            "rooms_per_track": sum(len({r for _, r in held}) - 1 for held in self._held().values()),
            "parallel": sum(len(held) - len({s for s, _ in held}) for held in self._held().values()),
            "consecutive": sum(self._interrupted({s for s, _ in held}) for held in self._held().values()),
            "order": self._order(),
            "presenters": self._rooms_apart(self._shared("presenters")),
            "attendees": self._rooms_apart(self._shared("attendees")),
            "chairs": sum(
                bool(instance.tracks[a].chairs & instance.tracks[b].chairs) for a, b in self._parallel() if a != b
            ),
            "presenters_slot": self._at_once(self._shared("presenters")),
            "attendees_slot": self._at_once(self._shared("attendees")),
        }
        return {
            "tracks_sessions": sum(instance.tracks_sessions[t][s] for (s, _), t in self.track.items()),
            "tracks_rooms": sum(instance.tracks_rooms[t][r] for (_, r), t in self.track.items()),
            "sessions_rooms": sum(instance.sessions_rooms[s][r] for s, r in self.track),
            "similar": sum(instance.similar[a][b] for a, b in self._parallel() if a != b),
            "timezones": sum(instance.timezones[i][s] for s, _, i in slots),
            "submissions_sessions": sum(instance.submissions_sessions[i][s] for s, _, i in slots),
            "submissions_rooms": sum(instance.submissions_rooms[i][r] for _, r, i in slots),
        } | {name: count * scale for name, count in counted.items()}

    def _held(self) -> dict[int, list[tuple[int, int]]]:
        return {t: [cell for cell, other in self.track.items() if other == t] for t in range(len(self.instance.tracks))}

    def _parallel(self) -> list[tuple[int, int]]:
        """Return the tracks of every pair of rooms in use in one session."""
        return [(a, b) for ((s, _), a), ((other, _), b) in combinations(self.track.items(), 2) if s == other]

    @staticmethod
    def _interrupted(sessions: set[int]) -> bool:
        return any(session not in sessions for session in range(min(sessions), max(sessions)))

    def _shared(self, what: str) -> set[tuple[int, int]]:
        """Return pairs of submissions with somebody in common, as the library finds them."""
        found = set()
        everybody = list(enumerate(self.instance.submissions))
        for (a, one), (b, other) in combinations(everybody, 2):
            mine, theirs = getattr(one, what), getattr(other, what)
            alike = mine & theirs
            if what == "attendees":
                alike |= (mine & other.presenters) | (theirs & one.presenters)
            if one.track != other.track:
                alike |= mine & self.instance.tracks[other.track].chairs
                alike |= theirs & self.instance.tracks[one.track].chairs
            if alike:
                found.add((a, b))
        return found

    def _rooms_apart(self, pairs: set[tuple[int, int]]) -> int:
        where = {number: cell for cell, line in self.grid.items() for number in line if number is not None}
        return sum(where[a][0] == where[b][0] and where[a] != where[b] for a, b in pairs)

    def _at_once(self, pairs: set[tuple[int, int]]) -> int:
        return sum(
            (min(a, b), max(a, b)) in pairs for together in self._columns() for a, b in combinations(together, 2)
        )

    def _columns(self) -> Iterable[list[int]]:
        """Yield what runs in each time slot of each session."""
        rooms = range(len(self.instance.rooms))
        for s, session in enumerate(self.instance.sessions):
            for slot in range(session.slots):
                yield [number for r in rooms if (number := self.grid[s, r][slot]) is not None]

    def _order(self) -> int:
        queues: dict[int, list[int]] = {number: [] for number in range(len(self.instance.tracks))}
        for cell in sorted(self.grid):
            for number in self.grid[cell]:
                if number is not None and number not in queues[self.instance.submissions[number].track]:
                    queues[self.instance.submissions[number].track].append(number)
        wishes = [one.order for one in self.instance.submissions]
        wrong = sum(wishes[i] not in (0, place) for queue in queues.values() for place, i in enumerate(queue, 1))
        for together in self._columns():
            for a, b in combinations(together, 2):
                same = self.instance.submissions[a].track == self.instance.submissions[b].track
                wrong += same and wishes[a] > 0 and wishes[b] > 0
        return wrong
