"""Calendar files (RFC 5545): real zones, stable UIDs, SEQUENCE that grows, so an update is the same event."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import icalendar


@dataclass(frozen=True)
class Entry:
    """One event of a calendar file; `starts_at` and `ends_at` are aware (an IANA zone) or whole days."""

    uid: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | date
    changed_at: datetime
    sequence: int = 0
    place: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    alarm: timedelta | None = None
    categories: tuple[str, ...] = field(default=())


def _exact(instant: datetime | date) -> datetime | date:
    """Return an instant as written in a file: the second of two equal clock times in autumn only exists in UTC."""
    if isinstance(instant, datetime) and instant.fold and instant.utcoffset() != instant.replace(fold=0).utcoffset():
        return instant.astimezone(UTC)
    return instant


def _event(entry: Entry, organiser: str) -> icalendar.Event:
    event = icalendar.Event()
    if organiser:
        event.add("organizer", icalendar.vCalAddress(f"mailto:{organiser}"))
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstart", _exact(entry.starts_at))
    event.add("dtend", _exact(entry.ends_at))
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, value in (("location", entry.place), ("description", entry.description), ("url", entry.url)):
        if value:
            event.add(name, value)
    if entry.categories:
        event.add("categories", list(entry.categories))
    if entry.alarm is not None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -entry.alarm)
        event.add_component(alarm)
    return event


def render(*, name: str, entries: list[Entry], method: str = "PUBLISH", organiser: str = "") -> bytes:
    """Return a calendar file with its time zones.

    `method` is PUBLISH for feeds and mails, CANCEL for a mail that takes an event back (RFC 5546, sections 3.2.1 and
    3.2.5, which both ask for the organiser's address).
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Hemicycle//Conference//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", timedelta(hours=1))
    for entry in entries:
        calendar.add_component(_event(entry, organiser))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
