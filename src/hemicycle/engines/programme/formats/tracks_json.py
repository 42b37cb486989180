"""The project's own JSON form of the CoSPLib model; penalties that are not named are 0.

{"model": "tracks", "weights": {"presenters": 100, "presenters_slot": 0, …}, "scale": 1,
"sessions": [{"name": "Mon1", "slots": 4, "rooms": {"Hall": 10}}],
"rooms": [{"name": "Hall"}],
"tracks": [{"name": "GA", "chairs": ["ada"], "sessions": {"Mon1": 5}, "rooms": {"Hall": 1}}],
"similar": [{"a": "GA", "b": "GP", "penalty": 10}],
"submissions": [{"name": "p1", "track": "GA", "slots": 1, "order": 0, "presenters": ["ada"], "attendees": [],
"sessions": {"Mon1": 10}, "rooms": {}, "timezones": {"Mon1": 1}}]}
"""

import json
from collections.abc import Sequence
from typing import Any

from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.cosplib.instance import (
    TERMS,
    BadInstance,
    Instance,
    Matrix,
    Session,
    Submission,
    Track,
    Weights,
)
from hemicycle.engines.programme.formats.fields import LIMIT, Entry

KEYS: dict[str, dict[str, bool]] = {
    "": {
        "model": True,
        "weights": True,
        "scale": False,
        "sessions": True,
        "rooms": True,
        "tracks": True,
        "similar": False,
        "submissions": True,
    },
    "weights": dict.fromkeys(TERMS, False),
    "sessions": {"name": True, "slots": True, "rooms": False},
    "rooms": {"name": True},
    "tracks": {"name": True, "chairs": False, "sessions": False, "rooms": False},
    "similar": {"a": True, "b": True, "penalty": True},
    "submissions": {
        "name": True,
        "track": True,
        "slots": False,
        "order": False,
        "presenters": False,
        "attendees": False,
        "sessions": False,
        "rooms": False,
        "timezones": False,
    },
}


def read_tracks(text: str, data: Any) -> Instance:
    """Return the instance of loaded JSON.

    Raises:
        BadFile: an entry is missing, unknown, of another kind, or contradicts another one.
    """
    top = Entry(text, data, KEYS[""])
    weights = Entry(text, top.value["weights"], KEYS["weights"], path="weights: ")
    sessions = list(top.entries("sessions", KEYS["sessions"]))
    rooms = [one.name("name") for one in top.entries("rooms", KEYS["rooms"])]
    tracks = list(top.entries("tracks", KEYS["tracks"]))
    submissions = list(top.entries("submissions", KEYS["submissions"]))
    session_names, track_names = [one.name("name") for one in sessions], [one.name("name") for one in tracks]
    session, room, track = _places(session_names), _places(rooms), _places(track_names)
    try:
        return Instance(
            submissions=tuple(_submission(one, track) for one in submissions),
            tracks=tuple(Track(name=one.name("name"), chairs=frozenset(one.names("chairs"))) for one in tracks),
            sessions=tuple(Session(name=one.name("name"), slots=one.whole("slots", 1)) for one in sessions),
            rooms=tuple(rooms),
            weights=Weights(**{term: weights.whole(term, -LIMIT) for term in TERMS}),
            tracks_sessions=_matrix(tracks, "sessions", session),
            tracks_rooms=_matrix(tracks, "rooms", room),
            sessions_rooms=_matrix(sessions, "rooms", room),
            similar=_similar(list(top.entries("similar", KEYS["similar"])), track),
            submissions_sessions=_matrix(submissions, "sessions", session),
            submissions_rooms=_matrix(submissions, "rooms", room),
            timezones=_matrix(submissions, "timezones", session),
            scale=top.whole("scale", 1, 1),
        )
    except BadInstance as broken:
        raise BadFile(1, str(broken)) from broken


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _submission(entry: Entry, tracks: dict[str, int]) -> Submission:
    track = entry.name("track")
    if track not in tracks:
        entry.fail(f"track {track} is not known")
    return Submission(
        name=entry.name("name"),
        track=tracks[track],
        slots=entry.whole("slots", 1, 1),
        order=entry.whole("order", 0),
        presenters=frozenset(entry.names("presenters")),
        attendees=frozenset(entry.names("attendees")),
    )


def _matrix(entries: Sequence[Entry], key: str, known: dict[str, int]) -> Matrix:
    found = []
    for entry in entries:
        numbers = entry.numbers(key, known)
        found.append(tuple(numbers.get(place, 0) for place in range(len(known))))
    return tuple(found)


def _similar(entries: Sequence[Entry], tracks: dict[str, int]) -> Matrix:
    found = [[0] * len(tracks) for _ in tracks]
    for entry in entries:
        a, b = entry.name("a"), entry.name("b")
        if a not in tracks or b not in tracks or a == b:
            entry.fail("two known tracks are needed")
        found[tracks[a]][tracks[b]] = found[tracks[b]][tracks[a]] = entry.whole("penalty", -LIMIT)
    return tuple(map(tuple, found))


def write_tracks(instance: Instance) -> str:
    """Return an instance in the own JSON form; reading it gives an equal instance back."""
    names = [session.name for session in instance.sessions]
    count = range(len(instance.tracks))
    data = {
        "model": "tracks",
        "weights": {term: getattr(instance.weights, term) for term in TERMS},
        "scale": instance.scale,
        "sessions": [
            {"name": one.name, "slots": one.slots, "rooms": _named(instance.rooms, row)}
            for one, row in zip(instance.sessions, instance.sessions_rooms, strict=True)
        ],
        "rooms": [{"name": name} for name in instance.rooms],
        "tracks": [
            {
                "name": one.name,
                "chairs": sorted(one.chairs),
                "sessions": _named(names, instance.tracks_sessions[t]),
                "rooms": _named(instance.rooms, instance.tracks_rooms[t]),
            }
            for t, one in enumerate(instance.tracks)
        ],
        "similar": [
            {"a": instance.tracks[a].name, "b": instance.tracks[b].name, "penalty": instance.similar[a][b]}
            for a in count
            for b in count
            if a < b and instance.similar[a][b]
        ],
        "submissions": [
            {
                "name": one.name,
                "track": instance.tracks[one.track].name,
                "slots": one.slots,
                "order": one.order,
                "presenters": sorted(one.presenters),
                "attendees": sorted(one.attendees),
                "sessions": _named(names, instance.submissions_sessions[i]),
                "rooms": _named(instance.rooms, instance.submissions_rooms[i]),
                "timezones": _named(names, instance.timezones[i]),
            }
            for i, one in enumerate(instance.submissions)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _named(names: Sequence[str], row: Sequence[int]) -> dict[str, int]:
    return {name: penalty for name, penalty in zip(names, row, strict=True) if penalty}
