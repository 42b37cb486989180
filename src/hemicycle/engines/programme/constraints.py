"""What an agenda must keep, and what the rules say about it: one generator for each, yielding what is broken.

Everything is looked up afresh from the problem; nothing here comes from the solver.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from hemicycle.engines.programme.problem import Placement, Problem, Session, Window

Agenda = Mapping[str, Placement]  # by session


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken condition: what, which sessions, which people, which room."""

    what: str
    sessions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    room: str | None = None


class Times:
    """When sessions begin and end, and in which steps of the grid they run."""

    def __init__(self, problem: Problem, agenda: Agenda) -> None:
        self.sessions = {session.id: session for session in problem.sessions}
        self.agenda = agenda
        self.step = problem.step
        self.problem = problem

    def end(self, session: str) -> int:
        """Return the minute in which a session ends."""
        return self.agenda[session].start + self.sessions[session].length

    def overlap(self, a: str, b: str) -> bool:
        """Say whether two sessions run at once."""
        one, other = self.agenda[a], self.agenda[b]
        return one.day == other.day and one.start < self.end(b) and other.start < self.end(a)

    def steps(self, session: str) -> list[tuple[int, int]]:
        """Return the steps (day, minute) in which a session runs."""
        placed = self.agenda[session]
        return [(placed.day, minute) for minute in range(placed.start, self.end(session), self.step)]

    def follows(self, a: str, b: str) -> bool:
        """Say whether b begins when a ends, or after the break that follows a."""
        one, other = self.agenda[a], self.agenda[b]
        if one.day != other.day:
            return False
        blocks = self.problem.days[one.day].blocks
        place = next(place for place, (start, stop) in enumerate(blocks) if start <= one.start < stop)
        start, stop = blocks[place]
        free = start + -(-(self.end(a) - start) // self.step) * self.step
        if free >= stop and place + 1 < len(blocks):
            free = blocks[place + 1][0]
        return other.start == free


def inside(windows: tuple[Window, ...], day: int, start: int, end: int) -> bool:
    """Say whether a stretch lies in one of the windows; no windows means always."""
    return not windows or any(w.day == day and w.start <= start and end <= w.end for w in windows)


def every_session_placed(problem: Problem, agenda: Agenda) -> Iterator[Violation]:
    """Every session has a place, and nothing else has one."""
    known = {session.id for session in problem.sessions}
    yield from (Violation("not placed", (name,)) for name in sorted(known - set(agenda)))
    yield from (Violation("unknown session", (name,)) for name in sorted(set(agenda) - known))


def on_the_grid(problem: Problem, agenda: Agenda) -> Iterator[Violation]:
    """A session begins on a step of a block and ends in the same block."""
    for session in _placed(problem, agenda):
        placed = agenda[session.id]
        blocks = problem.days[placed.day].blocks if 0 <= placed.day < len(problem.days) else ()
        if not any(
            start <= placed.start
            and placed.start + session.length <= stop
            and (placed.start - start) % problem.step == 0
            for start, stop in blocks
        ):
            yield Violation("not in a block", (session.id,))


def one_session_in_a_room(problem: Problem, agenda: Agenda) -> Iterator[Violation]:
    """No room has two sessions at once; every room is known."""
    times = Times(problem, agenda)
    known = {room.id for room in problem.rooms}
    held = defaultdict(list)
    for session in _placed(problem, agenda):
        held[agenda[session.id].room].append(session.id)
    for room, sessions in held.items():
        if room not in known:
            yield Violation("unknown room", tuple(sessions), room=room)
        for a, b in combinations(sessions, 2):
            if times.overlap(a, b):
                yield Violation("two sessions in a room", (a, b), room=room)


def in_windows(problem: Problem, agenda: Agenda) -> Iterator[Violation]:
    """Sessions, rooms and people keep their windows; nobody on a stage is at a side event."""
    rooms = {room.id: room.windows for room in problem.rooms}
    people = {person.id: person.windows for person in problem.people}
    for session in _placed(problem, agenda):
        placed = agenda[session.id]
        span = (placed.day, placed.start, placed.start + session.length)
        if not inside(session.windows, *span):
            yield Violation("outside its windows", (session.id,))
        if not inside(rooms.get(placed.room, ()), *span):
            yield Violation("room closed", (session.id,), room=placed.room)
        for appearance in session.people:
            if not inside(people.get(appearance.person, ()), *span):
                yield Violation("not available", (session.id,), (appearance.person,))
            for event in problem.side_events:
                if appearance.person in event.people and _meets(event.window, *span):
                    yield Violation("at a side event", (session.id,), (appearance.person,))


def where_pinned(problem: Problem, agenda: Agenda) -> Iterator[Violation]:
    """Pinned sessions are where and when they are pinned."""
    for session in _placed(problem, agenda):
        placed = agenda[session.id]
        if session.room is not None and session.room != placed.room:
            yield Violation("not in its pinned room", (session.id,), room=session.room)
        if session.start is not None and session.start != (placed.day, placed.start):
            yield Violation("not at its pinned time", (session.id,))


def one_place_at_a_time(problem: Problem, agenda: Agenda) -> Iterator[Violation]:
    """Nobody is in two sessions at once, or in two rooms without the time to change over."""
    times = Times(problem, agenda)
    held = defaultdict(list)
    for session in _placed(problem, agenda):
        for appearance in session.people:
            held[appearance.person].append(session.id)
    for person, sessions in held.items():
        for a, b in combinations(sessions, 2):
            one, other = agenda[a], agenda[b]
            if times.overlap(a, b):
                yield Violation("two sessions at once", (a, b), (person,))
            elif one.day == other.day and one.room != other.room:
                pause = max(other.start - times.end(a), one.start - times.end(b))
                if pause < problem.changeover:
                    yield Violation("no time to change over", (a, b), (person,))


HARD: tuple[Callable[[Problem, Agenda], Iterator[Violation]], ...] = (
    on_the_grid,
    one_session_in_a_room,
    in_windows,
    where_pinned,
    one_place_at_a_time,
)


def _placed(problem: Problem, agenda: Agenda) -> list[Session]:
    return [session for session in problem.sessions if session.id in agenda]


def _meets(window: Window, day: int, start: int, end: int) -> bool:
    return window.day == day and window.start < end and start < window.end
