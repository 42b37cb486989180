"""Where every submission stands, and what that costs: every term of the library's objective, recomputed in full."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hemicycle.engines.programme.cosplib.instance import TERMS, Instance


@dataclass(frozen=True, slots=True)
class Seat:
    """One submission: session, room and first time slot within them, all from 0."""

    session: int
    room: int
    position: int


Assignment = tuple[Seat, ...]  # one seat for each submission, in the order of the instance
Cell = tuple[int, int]


def tracks_of(instance: Instance, seats: Sequence[Seat]) -> dict[Cell, int]:
    """Return the track of each used (session, room), in ascending order."""
    found = {(seat.session, seat.room): instance.submissions[i].track for i, seat in enumerate(seats)}
    return dict(sorted(found.items()))


def value(instance: Instance, seats: Sequence[Seat]) -> int:
    """Return the objective, in units of 1 / scale."""
    terms = measure(instance, seats)
    return sum(instance.price(name) * terms[name] for name in TERMS)


def measure(instance: Instance, seats: Sequence[Seat]) -> dict[str, int]:
    """Return every term of the objective before its weight; counted terms are multiplied by the scale."""
    cells = tracks_of(instance, seats)
    at: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (session, room), track in cells.items():
        at[session].append((room, track))
    found = {
        "tracks_sessions": sum(instance.tracks_sessions[t][s] for (s, _), t in cells.items()),
        "tracks_rooms": sum(instance.tracks_rooms[t][r] for (_, r), t in cells.items()),
        "sessions_rooms": sum(instance.sessions_rooms[s][r] for s, r in cells),
        "similar": sum(
            instance.similar[a][b]
            for here in at.values()
            for place, (_, a) in enumerate(here)
            for _, b in here[place + 1 :]
            if a != b
        ),
        "timezones": _by_slot(instance, (instance.timezones[i][seat.session] for i, seat in enumerate(seats))),
        "submissions_sessions": _by_slot(
            instance, (instance.submissions_sessions[i][seat.session] for i, seat in enumerate(seats))
        ),
        "submissions_rooms": _by_slot(
            instance, (instance.submissions_rooms[i][seat.room] for i, seat in enumerate(seats))
        ),
    }
    counts = {
        "rooms_per_track": len({(t, r) for (_, r), t in cells.items()}) - len(instance.tracks),
        "parallel": len(cells) - len({(t, s) for (s, _), t in cells.items()}),
        "consecutive": _torn(cells),
        "order": _disorder(instance, seats),
        "presenters": _apart(instance.presenter_pairs, seats),
        "attendees": _apart(instance.attendee_pairs, seats),
        "chairs": _chairs(instance, at.values()),
        "presenters_slot": sum(overlap(instance, seats, a, b) for a, b in instance.presenter_pairs),
        "attendees_slot": sum(overlap(instance, seats, a, b) for a, b in instance.attendee_pairs),
    }
    return found | {name: count * instance.scale for name, count in counts.items()}


def overlap(instance: Instance, seats: Sequence[Seat], a: int, b: int) -> int:
    """Return in how many time slots two submissions run at once."""
    one, other = seats[a], seats[b]
    if one.session != other.session:
        return 0
    ends = (one.position + instance.submissions[a].slots, other.position + instance.submissions[b].slots)
    return max(0, min(ends) - max(one.position, other.position))


def _by_slot(instance: Instance, penalties: Iterable[int]) -> int:
    """Add up penalties of submissions; each of its time slots counts."""
    return sum(penalty * one.slots for penalty, one in zip(penalties, instance.submissions, strict=True))


def _torn(cells: dict[Cell, int]) -> int:
    """Count tracks whose sessions do not follow each other."""
    sessions: dict[int, set[int]] = defaultdict(set)
    for (session, _), track in cells.items():
        sessions[track].add(session)
    return sum(max(held) - min(held) + 1 != len(held) for held in sessions.values())


def _apart(pairs: Iterable[tuple[int, int]], seats: Sequence[Seat]) -> int:
    """Count pairs in the same session in different rooms."""
    return sum(seats[a].session == seats[b].session and seats[a].room != seats[b].room for a, b in pairs)


def _chairs(instance: Instance, sessions: Iterable[list[tuple[int, int]]]) -> int:
    """Count rooms in parallel whose tracks share a chair."""
    pairs = instance.chair_pairs
    return sum(
        (min(a, b), max(a, b)) in pairs
        for here in sessions
        for place, (_, a) in enumerate(here)
        for _, b in here[:place]
    )


def _disorder(instance: Instance, seats: Sequence[Seat]) -> int:
    """Count submissions not at their place in their track, and time slots two ordered ones of a track share."""
    wrong = 0
    for members in instance.by_track:
        queue = sorted(members, key=lambda i: (seats[i].session, seats[i].room, seats[i].position))
        orders = [instance.submissions[i].order for i in queue]
        wrong += sum(order not in (0, place) for place, order in enumerate(orders, 1))
        ordered = [i for i in queue if instance.submissions[i].order]
        wrong += sum(overlap(instance, seats, a, b) for place, a in enumerate(ordered) for b in ordered[:place])
    return wrong
