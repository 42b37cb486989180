"""Tracks and submissions to be put into sessions and rooms: the input of the CoSPLib model.

The problem is that of Y. Pylyavskyy, P. Jacko, A. Kheiri: A generic approach to conference scheduling with integer
programming, EJOR 317 (2024), as the library CoSPLib states it. Everything counts from 0 here.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property


class BadInstance(ValueError):
    """The input contradicts itself; the message names what and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each term of the objective counts; a term with weight 0 (or below) is left out.

    `presenters_slot` and `attendees_slot` look at single time slots (talk level), `presenters` and `attendees` at
    whole sessions.
    """

    tracks_sessions: int = 0
    tracks_rooms: int = 0
    sessions_rooms: int = 0
    similar: int = 0
    rooms_per_track: int = 0
    parallel: int = 0
    consecutive: int = 0
    timezones: int = 0
    order: int = 0
    submissions_sessions: int = 0
    submissions_rooms: int = 0
    presenters: int = 0
    attendees: int = 0
    chairs: int = 0
    presenters_slot: int = 0
    attendees_slot: int = 0


MOST = 10**12  # of one cost, so that sums stay whole numbers of 64 bits
TERMS = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Something to be presented.

    Args:
        name: unique among the submissions.
        track: number of its track.
        slots: time slots it takes, one after the other in one session and room.
        order: place it should have in its track, from 1; 0 when any will do.
        presenters, attendees: people; somebody at two submissions makes a conflict.
    """

    name: str
    track: int
    slots: int = 1
    order: int = 0
    presenters: frozenset[str] = frozenset()
    attendees: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Submissions on one subject; at most one track is in a room during a session."""

    name: str
    chairs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A stretch of time with `slots` time slots in every room; sessions are given in the order of time."""

    name: str
    slots: int


Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Everything the model needs to know.

    Args:
        submissions, tracks, sessions, rooms: in the order of the file; rooms by name.
        weights: of the terms of the objective.
        tracks_sessions, tracks_rooms, sessions_rooms, submissions_sessions, submissions_rooms, timezones: penalties,
            one row for each of the first, one column for each of the second; `timezones` is submissions × sessions.
        similar: tracks × tracks, symmetric: penalty for the two in parallel.
        scale: what one unit of the file's penalties is worth here; above 1 when penalties have decimals.

    Raises:
        BadInstance: something contradicts itself; the message names it.
    """

    submissions: tuple[Submission, ...]
    tracks: tuple[Track, ...]
    sessions: tuple[Session, ...]
    rooms: tuple[str, ...]
    weights: Weights
    tracks_sessions: Matrix
    tracks_rooms: Matrix
    sessions_rooms: Matrix
    similar: Matrix
    submissions_sessions: Matrix
    submissions_rooms: Matrix
    timezones: Matrix
    scale: int = 1

    def __post_init__(self) -> None:
        """Refuse contradictions at once, so that no later step needs to look for them."""
        for what, names in (
            ("track", [track.name for track in self.tracks]),
            ("session", [session.name for session in self.sessions]),
            ("room", self.rooms),
            ("submission", [submission.name for submission in self.submissions]),
        ):
            _need_unique(what, names)
            _need(bool(names), f"{what}s: there are none")
        _need(all(session.slots >= 1 for session in self.sessions), "sessions: a number of time slots is below 1")
        for submission in self.submissions:
            what = f"submission {submission.name}"
            _need(0 <= submission.track < len(self.tracks), f"{what}: the track is not known")
            _need(submission.slots >= 1, f"{what}: the required time slots are below 1")
            _need(submission.order >= 0, f"{what}: the order is below 0")
        held = {submission.track for submission in self.submissions}
        for number, track in enumerate(self.tracks):
            _need(number in held, f"track {track.name}: it has no submission")
        self._check_matrices()

    def _check_matrices(self) -> None:
        sizes = {
            "submissions": len(self.submissions),
            "tracks": len(self.tracks),
            "sessions": len(self.sessions),
            "rooms": len(self.rooms),
        }
        for name in ("tracks_sessions", "tracks_rooms", "sessions_rooms", "submissions_sessions", "submissions_rooms"):
            rows, columns = name.split("_")
            _check_matrix(name, getattr(self, name), sizes[rows], sizes[columns])
        _check_matrix("similar", self.similar, sizes["tracks"], sizes["tracks"])
        _check_matrix("timezones", self.timezones, sizes["submissions"], sizes["sessions"])
        for term in TERMS:
            most = max((abs(cell) for row in getattr(self, term, ()) for cell in row), default=self.scale)
            _need(self.price(term) * most <= MOST, f"{term}: weight times penalty is above {MOST}")

    def price(self, term: str) -> int:
        """Return what one unit of a term costs; a weight below 0 counts as 0, as in the library."""
        return max(0, int(getattr(self.weights, term)))

    @cached_property
    def by_track(self) -> tuple[tuple[int, ...], ...]:
        """Return the submissions of each track, in the order of the file."""
        found: list[list[int]] = [[] for _ in self.tracks]
        for number, submission in enumerate(self.submissions):
            found[submission.track].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def presenter_pairs(self) -> frozenset[tuple[int, int]]:
        """Return pairs of submissions that share a presenter, or whose presenter chairs the other one's track."""
        return self._pairs(lambda submission: submission.presenters, with_presenters=False)

    @cached_property
    def attendee_pairs(self) -> frozenset[tuple[int, int]]:
        """Return pairs that share an attendee, or whose attendee presents the other one or chairs its track."""
        return self._pairs(lambda submission: submission.attendees, with_presenters=True)

    @cached_property
    def chair_pairs(self) -> frozenset[tuple[int, int]]:
        """Return pairs of tracks with a chair in common."""
        return frozenset(_crossed((number, track.chairs) for number, track in enumerate(self.tracks)))

    def _pairs(
        self, people: Callable[[Submission], frozenset[str]], *, with_presenters: bool
    ) -> frozenset[tuple[int, int]]:
        """Cross each submission's people with the same kind, with chairs of other tracks, and with presenters."""
        found = set(_crossed((number, people(submission)) for number, submission in enumerate(self.submissions)))
        chaired: dict[str, list[int]] = {}
        presented: dict[str, list[int]] = {}
        for number, track in enumerate(self.tracks):
            for person in track.chairs:
                chaired.setdefault(person, []).append(number)
        for number, submission in enumerate(self.submissions):
            for person in submission.presenters if with_presenters else ():
                presented.setdefault(person, []).append(number)
        for number, submission in enumerate(self.submissions):
            for person in people(submission):
                others = list(presented.get(person, ()))
                for led in chaired.get(person, ()):
                    others += self.by_track[led] if led != submission.track else ()
                found.update((min(number, other), max(number, other)) for other in others if other != number)
        return frozenset(found)


def _crossed(groups: Iterable[tuple[int, frozenset[str]]]) -> Iterable[tuple[int, int]]:
    """Yield pairs (a, b), a < b, of numbers whose groups share somebody."""
    of: dict[str, list[int]] = {}
    for number, people in groups:
        for person in people:
            of.setdefault(person, []).append(number)
    for numbers in of.values():
        for place, a in enumerate(numbers):
            for b in numbers[place + 1 :]:
                yield a, b


def _check_matrix(name: str, matrix: Matrix, rows: int, columns: int) -> None:
    sound = len(matrix) == rows and all(len(row) == columns for row in matrix)
    _need(sound, f"{name}: {rows} rows of {columns} penalties are needed")


def _need_unique(what: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        _need(count == 1, f"{what} {name}: the name is there {count} times")


def _need(condition: bool, sentence: str) -> None:  # noqa: FBT001
    if not condition:
        raise BadInstance(sentence)
