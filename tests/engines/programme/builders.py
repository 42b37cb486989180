"""Small problems, named by what they are about."""

from dataclasses import replace
from datetime import time
from itertools import product

from hemicycle.engines.programme import Day, Placement, Problem, Room, Session
from hemicycle.engines.programme.cosplib import instance as cosplib
from hemicycle.engines.programme.cosplib.arrange import arrange
from hemicycle.engines.programme.cosplib.assignment import Seat, value
from hemicycle.files.workbooks import write_workbook

HEAD = ("Reference", "Track", "Required Timeslots", "Order", "Time Zone", "Presenters", "Attendees")
TERM_NAMES = {term: f"{term}:" for term in cosplib.TERMS}


def zeros(rows, columns):
    return tuple((0,) * columns for _ in range(rows))


def tracks(spec, *, sessions=(2, 2), rooms=2, weights=None, chairs=None, **matrices):
    """An instance: `spec` maps a track's name to its submissions as dictionaries of what is not usual."""
    chairs = chairs or {}
    submissions = [
        cosplib.Submission(**{"name": f"{name}{place}", "track": t} | given)
        for t, (name, members) in enumerate(spec.items())
        for place, given in enumerate(members)
    ]
    sizes = {"submissions": len(submissions), "tracks": len(spec), "sessions": len(sessions), "rooms": rooms}
    usual = {
        name: zeros(*(sizes[part] for part in name.split("_")))
        for name in ("tracks_sessions", "tracks_rooms", "sessions_rooms", "submissions_sessions", "submissions_rooms")
    }
    usual["similar"] = zeros(len(spec), len(spec))
    usual["timezones"] = zeros(len(submissions), len(sessions))
    return cosplib.Instance(
        submissions=tuple(submissions),
        tracks=tuple(cosplib.Track(name=name, chairs=frozenset(chairs.get(name, ()))) for name in spec),
        sessions=tuple(cosplib.Session(name=f"S{s}", slots=slots) for s, slots in enumerate(sessions)),
        rooms=tuple(f"R{r}" for r in range(rooms)),
        weights=cosplib.Weights(**(weights or {})),
        **usual | matrices,
    )


def people(*names):
    return frozenset(names)


def all_weights(price=1):
    return dict.fromkeys(cosplib.TERMS, price)


def workbook(instance, *, zones=None, clocks=None, change=None):
    """A CoSPLib workbook of an instance; `change` may edit the sheets, given as lists of lists."""
    sessions, rooms = [one.name for one in instance.sessions], list(instance.rooms)
    names = [one.name for one in instance.tracks]
    weights = [[None, None, None, f"{term}:", getattr(instance.weights, term)] for term in cosplib.TERMS]
    left = [
        ("Local time zone:", "GMT+0"),
        ("Suitable scheduling times", None),
        ("From:", time(9, 30)),
        ("To:", "21:30:00"),
        ("Less suitable scheduling times", None),
        ("From:", time(7)),
        ("To:", time(23)),
        ("Penalty:", 1),
        ("Unsuitable scheduling times", None),
        ("Penalty:", 10),
    ]
    for row, (word, cell) in zip(weights, left, strict=False):
        row[:2] = [word, cell]
    clocks = clocks or [(time(10), time(11))] * len(sessions)
    sheets = {
        "parameters": [["Sessions", None, None, "Weights", None], *weights],
        "submissions": [
            [*HEAD, *sessions, *rooms],
            *(
                [
                    one.name,
                    names[one.track],
                    one.slots,
                    one.order,
                    (zones or {}).get(one.name, "GMT+0"),
                    ", ".join(sorted(one.presenters)) or None,
                    ", ".join(sorted(one.attendees)) or None,
                    *(cell or None for cell in instance.submissions_sessions[i]),
                    *(cell or None for cell in instance.submissions_rooms[i]),
                ]
                for i, one in enumerate(instance.submissions)
            ),
        ],
        "tracks": [
            ["Tracks", "Chairs"],
            *([one.name, ", ".join(sorted(one.chairs)) or None] for one in instance.tracks),
        ],
        "sessions": [
            ["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"],
            *([one.name, one.slots, None, *clocks[s]] for s, one in enumerate(instance.sessions)),
        ],
        "rooms": [["Rooms"], *([room] for room in rooms)],
        "tracks_sessions|penalty": table(names, sessions, instance.tracks_sessions),
        "tracks_rooms|penalty": table(names, rooms, instance.tracks_rooms),
        "similar tracks": table(names, names, instance.similar),
        "sessions_rooms|penalty": table(sessions, rooms, instance.sessions_rooms),
    }
    if change is not None:
        change(sheets)
    return write_workbook(sheets)


def table(rows, columns, cells):
    return [[None, *columns], *([name, *(cell or None for cell in row)] for name, row in zip(rows, cells, strict=True))]


def seat(session, room=0, position=0):
    return Seat(session, room, position)


def best_of_all(instance):
    """The least full objective by trying every session, room and position."""
    choices = [
        [
            Seat(s, r, position)
            for s, session in enumerate(instance.sessions)
            for r in range(len(instance.rooms))
            for position in range(session.slots - one.slots + 1)
        ]
        for one in instance.submissions
    ]
    return min((value(instance, seats) for seats in product(*choices) if _sound(instance, seats)), default=None)


def _sound(instance, seats):
    taken, track = set(), {}
    for one, placed in zip(instance.submissions, seats, strict=True):
        if track.setdefault((placed.session, placed.room), one.track) != one.track:
            return False
        for slot in range(placed.position, placed.position + one.slots):
            if (placed.session, placed.room, slot) in taken:
                return False
            taken.add((placed.session, placed.room, slot))
    return True


MORNING = ((540, 660), (690, 780))  # four steps, a break of half an hour, three steps


def agenda(*sessions, days=1, rooms=2, **changes):
    """A problem on a grid of half hours; sessions are given as keyword dictionaries or names."""
    made = tuple(
        Session(**{"length": 30} | (given if isinstance(given, dict) else {"id": given})) for given in sessions
    )
    usual = {
        "days": tuple(Day(id=f"d{day + 1}", blocks=MORNING) for day in range(days)),
        "step": 30,
        "rooms": tuple(Room(id=f"r{number + 1}") for number in range(rooms)),
        "sessions": made,
    }
    return Problem(**usual | changes)


def at(session, start=540, room="r1", day=0):
    return Placement(session, day, start, room)


def with_rules(problem, *settings):
    return replace(problem, rules=tuple(settings))


def first_fit(instance):
    """A timetable nobody wished for: each submission into the first room of its track that has time, or the next free one."""
    held, fill, cells = {}, {}, []
    for one in instance.submissions:
        cells.append(
            next(
                (s, r)
                for s, session in enumerate(instance.sessions)
                for r in range(len(instance.rooms))
                if held.get((s, r), one.track) == one.track and fill.get((s, r), 0) + one.slots <= session.slots
            )
        )
        held[cells[-1]] = one.track
        fill[cells[-1]] = fill.get(cells[-1], 0) + one.slots
    return arrange(instance, cells)
