"""A timetable as the JSON document of the command line."""

from typing import Any

from hemicycle.engines.programme.cosplib.assignment import measure, tracks_of, value
from hemicycle.engines.programme.cosplib.instance import TERMS, Instance
from hemicycle.engines.programme.cosplib.solver import Timetable


def answer(instance: Instance, found: Timetable) -> dict[str, Any]:
    """Return everything a timetable says, by the names of the file.

    `value` and `bound` are those of the model that was asked for; `full` is the library's full objective and `terms`
    its parts with their weights.
    """
    terms = measure(instance, found.seats) if found.seats else {}
    return {
        "value": unscaled(instance, found.value),
        "bound": unscaled(instance, found.bound),
        "status": found.status.value,
        "seconds": found.seconds,
        "full": unscaled(instance, value(instance, found.seats) if found.seats else None),
        "terms": {
            name: unscaled(instance, instance.price(name) * terms[name])
            for name in (TERMS if terms else ())
            if instance.price(name)
        },
        "tracks": [
            {
                "session": instance.sessions[session].name,
                "room": instance.rooms[room],
                "track": instance.tracks[track].name,
            }
            for (session, room), track in (tracks_of(instance, found.seats).items() if found.seats else ())
        ],
        "submissions": [
            {
                "submission": one.name,
                "session": instance.sessions[seat.session].name,
                "room": instance.rooms[seat.room],
                "position": seat.position + 1,
            }
            for one, seat in zip(instance.submissions, found.seats, strict=False)
        ],
        "reasons": list(found.reasons),
    }


def unscaled(instance: Instance, number: int | None) -> float | int | None:
    """Return a figure in the file's own units."""
    if number is None or number % instance.scale == 0:
        return None if number is None else number // instance.scale
    return number / instance.scale
