"""The neutral compact JSON of a schedule: {"title": …, "rooms": {name: places}, "events": [{"id": …, …}]}."""

import json
from typing import Any

from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.formats.fields import load
from hemicycle.engines.programme.formats.schedule import Event, Schedule, Voice, date_after
from hemicycle.engines.programme.problem import NIGHT

# Key of the file → field of the event, and what it must be.
KEYS: dict[str, tuple[str, type]] = {
    "id": ("id", str),
    "day": ("day", int),
    "date": ("date", str),
    "start": ("start", int),
    "dur": ("length", int),
    "room": ("room", str),
    "track": ("track", str),
    "type": ("type", str),
    "lang": ("language", str),
    "title": ("title", str),
}
OPTIONAL = ("track", "type", "lang")


def read_compact(text: str) -> Schedule:
    """Return the schedule of a compact JSON text.

    Raises:
        BadFile: no JSON, or an entry is missing or of another kind; names the line of the JSON error or the event.
    """
    data = load(text)
    if not isinstance(data, dict) or not isinstance(data.get("events"), list):
        raise BadFile(1, "an object with a list of events is expected")
    rooms = data.get("rooms", {})
    if not isinstance(rooms, dict) or not all(value is None or _whole(value) for value in rooms.values()):
        raise BadFile(1, "rooms must map names to places or null")
    events = tuple(_event(number, entry) for number, entry in enumerate(data["events"], 1))
    seen: set[str] = set()
    dates: dict[int, str] = {}
    for number, event in enumerate(events, 1):
        if event.id in seen:
            raise BadFile(1, f"event {number}: id {event.id} is there twice")
        seen.add(event.id)
        if dates.setdefault(event.day, event.date) != event.date:
            raise BadFile(1, f"event {number}: day {event.day} has two dates")
    return Schedule(title=str(data.get("title", "")), events=events, rooms=tuple(rooms.items()))


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6


def _event(number: int, entry: Any) -> Event:
    if not isinstance(entry, dict):
        raise BadFile(1, f"event {number}: an object is expected")
    values: dict[str, Any] = {}
    for key, (name, kind) in KEYS.items():
        value = entry.get(key, "" if key in OPTIONAL else None)
        if not (_whole(value) if kind is int else isinstance(value, str)):
            raise BadFile(1, f"event {number}: {key} must be {'a whole number' if kind is int else 'a text'}")
        values[name] = value
    for key, least, most in (("day", 1, 366), ("start", 0, NIGHT), ("length", 1, NIGHT)):
        if not least <= values[key] <= most:
            raise BadFile(1, f"event {number}: the {key} must be from {least} to {most}")
    try:
        date_after(values["date"], 1)
    except (ValueError, OverflowError) as error:
        raise BadFile(1, f"event {number}: date must be YYYY-MM-DD") from error
    speakers = entry.get("speakers", [])
    if not isinstance(speakers, list) or not all(isinstance(one, str) for one in speakers):
        raise BadFile(1, f"event {number}: speakers must be a list of texts")
    return Event(**values, voices=tuple(Voice(one, one) for one in speakers))


def write_compact(schedule: Schedule) -> str:
    """Return a schedule as compact JSON; texts and guids of events have no place in it."""
    data: dict[str, Any] = {"title": schedule.title}
    if schedule.rooms:
        data["rooms"] = dict(schedule.rooms)
    data["events"] = [
        {key: getattr(event, name) for key, (name, _) in KEYS.items()}
        | {"speakers": [voice.id or voice.name for voice in event.voices]}
        for event in schedule.events
    ]
    return json.dumps(data, ensure_ascii=False)
