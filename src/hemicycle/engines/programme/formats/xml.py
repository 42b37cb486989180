"""Schedules as XML, as pentabarf, frab, and wafer write it: schedule / day / room / event.

Read with expat. A document type is refused: that is where entities that expand without end are declared, and files
that name other files. Depth, events and text are limited.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.parsers import expat  # entities are refused below
from xml.sax.saxutils import escape, quoteattr  # these two only write

from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.formats.schedule import Event, Schedule, Voice, clock, date_after

DEPTH, EVENTS, TEXT = 20, 20_000, 50_000_000
DAY = 24 * 60
# Elements that have a field of their own; others with text only are kept as they are.
KNOWN = ("start", "duration", "room", "title", "track", "type", "language", "date", "persons")
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Node:
    """An element with its attributes, children, text, and line."""

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.children: list[_Node] = []
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """Return the text without blanks at its ends."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> list["_Node"]:
        """Return the children of a name."""
        return [child for child in self.children if child.name == name]

    def one(self, name: str) -> str:
        """Return the text of the first child of a name that has any."""
        return next((child.text for child in self.all(name) if child.text), "")


def read_xml(content: bytes) -> Schedule:
    """Return the schedule of an XML document.

    Raises:
        BadFile: no well-formed XML, a document type, too deep or too large, or an event without room, start or length.
    """
    root = _Tree(content).root
    if root.name != "schedule":
        raise BadFile(root.line, "a schedule is expected")
    conference = next(iter(root.all("conference")), root)
    events: list[Event] = []
    for number, day in enumerate(root.all("day"), 1):
        for room in day.all("room"):
            events += (_event(number, day, room, node) for node in room.all("event"))
    _need_unique(events, root)
    return Schedule(title=conference.one("title"), events=tuple(events))


class _Tree:
    """Builds elements from expat's calls."""

    def __init__(self, content: bytes) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.stack = [_Node("", {}, 1)]
        self.events = self.size = 0
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as broken:
            raise BadFile(broken.lineno, expat.ErrorString(broken.code)) from broken
        except BadFile:
            raise
        except (ValueError, LookupError) as broken:  # an encoding that is not known
            raise BadFile(1, str(broken)) from broken
        self.root = self.stack[0].children[0]

    def _fail(self, reason: str) -> None:
        raise BadFile(self.parser.CurrentLineNumber, reason)

    def _doctype(self, *_: Any) -> None:
        self._fail("a document type is not allowed")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.events += name == "event"
        if len(self.stack) > DEPTH or self.events > EVENTS:
            self._fail(f"more than {DEPTH} levels or {EVENTS} events")
        node = _Node(name, attributes, self.parser.CurrentLineNumber)
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def _end(self, _: str) -> None:
        self.stack.pop()

    def _characters(self, data: str) -> None:
        self.size += len(data)
        if self.size > TEXT:
            self._fail(f"more than {TEXT} characters")
        self.stack[-1].parts.append(data)


def _event(number: int, day: _Node, room: _Node, node: _Node) -> Event:
    start, length = _minutes(node, "start"), _minutes(node, "duration")
    if length < 1:
        raise BadFile(node.line, "the duration of an event is 0")
    date = day.attributes.get("date", "")
    instant = node.one("date")
    if re.match(r"\d{4}-\d\d-\d\d", date) and instant[:10] == _next(date, node):
        start += DAY  # past midnight, but still on this day
    return Event(
        id=node.attributes.get("id") or node.attributes.get("guid") or f"{number}-{node.line}",
        guid=node.attributes.get("guid", ""),
        day=number,
        date=date,
        start=start,
        length=length,
        room=room.attributes.get("name") or node.one("room"),
        title=node.one("title"),
        track=node.one("track"),
        type=node.one("type"),
        language=node.one("language"),
        begins=instant if "T" in instant else "",
        voices=tuple(
            Voice(person.attributes.get("id", ""), person.text)
            for persons in node.all("persons")
            for person in persons.all("person")
        ),
        others=tuple(
            (child.name, child.text)
            for child in node.children
            if child.name not in KNOWN and not child.children and child.text
        ),
    )


def _next(date: str, node: _Node) -> str:
    try:
        return date_after(date[:10], 1)
    except (ValueError, OverflowError) as broken:
        raise BadFile(node.line, f"{date[:40]} is not a date") from broken


def _minutes(node: _Node, name: str) -> int:
    """Read HH:MM or HH:MM:SS as minutes."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d)(:\d\d)?", node.one(name))
    if found is None or int(found[2]) >= 60:  # noqa: PLR2004
        raise BadFile(node.line, f"the {name} of an event must be HH:MM")
    return int(found[1]) * 60 + int(found[2])


def _need_unique(events: Iterable[Event], root: _Node) -> None:
    seen: set[str] = set()
    for event in events:
        if event.id in seen:
            raise BadFile(root.line, f"event {event.id} is there twice")
        seen.add(event.id)


def write_xml(schedule: Schedule) -> bytes:
    """Return a schedule as XML that `read_xml`, and readers of frab's form, understand."""
    days = sorted({(event.day, event.date) for event in schedule.events})
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<schedule>", "<conference>"]
    lines += [_element("title", schedule.title), _element("days", str(len(days))), "</conference>"]
    written = 0
    for day, date in days:
        while written < day - 1:  # days without events keep the numbers of the others
            lines.append("<day></day>")
            written += 1
        lines.append(f"<day date={_quoted(date)} index={_quoted(str(day))}>")
        today = [event for event in schedule.events if event.day == day]
        for room in dict.fromkeys(event.room for event in today):
            lines.append(f"<room name={_quoted(room)}>")
            for event in today:
                if event.room == room:
                    lines += _written(event)
            lines.append("</room>")
        lines.append("</day>")
        written += 1
    return "\n".join([*lines, "</schedule>", ""]).encode()


def _written(event: Event) -> list[str]:
    guid = f" guid={_quoted(event.guid)}" if event.guid else ""
    date = event.begins or (date_after(event.date, 1) if event.start >= DAY else event.date)
    fields = {
        "date": date,
        "start": clock(event.start),
        "duration": f"{event.length // 60:02d}:{event.length % 60:02d}",
        "room": event.room,
        "title": event.title,
        "track": event.track,
        "type": event.type,
        "language": event.language,
    }
    people = [
        f"<person{f' id={_quoted(voice.id)}' if voice.id else ''}>{_text(voice.name)}</person>"
        for voice in event.voices
    ]
    return [
        f"<event id={_quoted(event.id)}{guid}>",
        *(_element(name, text) for name, text in (*fields.items(), *event.others)),
        "<persons>",
        *people,
        "</persons>",
        "</event>",
    ]


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))


def _quoted(text: str) -> str:
    return str(quoteattr(FORBIDDEN.sub("", text)))
