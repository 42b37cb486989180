"""Penalties for presenting at an awkward hour of one's own day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
# The library compares clocks on this day only.
ON = datetime(2021, 7, 21, 12)  # noqa: DTZ001  # the zone is what is asked for


@dataclass(frozen=True, slots=True)
class Hours:
    """From and to, in minutes of the day, of the suitable and of the less suitable time, and the two penalties."""

    good: tuple[int, int]
    fair: tuple[int, int]
    small: int
    big: int


def offset_minutes(name: str) -> int | None:
    """Return how far a zone ("GMT+8", or a name such as "Europe/Rome") is ahead of GMT; None when it is not known."""
    if name.startswith("GMT") and name[3:4] in ("+", "-") and name[4:].isdecimal() and int(name[4:]) <= 12:  # noqa: PLR2004
        return int(name[3:]) * 60
    try:
        ahead = ZoneInfo(name).utcoffset(ON)
    except (KeyError, ValueError, OSError):
        return None
    return (ahead or timedelta()) // timedelta(minutes=1)


def timezone_penalties(hours: Hours, zone: int, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Return the penalty of each span (begin and end in minutes GMT) for somebody `zone` minutes ahead.

    Only the clock is looked at, never the date: a span over midnight ends before it begins.
    """
    return [_penalty(hours, (begin + zone) % DAY, (end + zone) % DAY) for begin, end in spans]


def _penalty(hours: Hours, begin: int, end: int) -> int:
    if begin < hours.fair[0] or end > hours.fair[1] or end < hours.fair[0]:
        return hours.big
    if begin < hours.good[0] or hours.good[1] < end:
        return hours.small
    return 0
