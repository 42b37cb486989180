"""Released sessions as calendar entries."""

from collections.abc import Iterable
from datetime import datetime

from hemicycle.agenda.released import ReleasedSession
from hemicycle.conferences.models import Conference
from hemicycle.kit import calendars


def entries(
    sessions: Iterable[ReleasedSession], *, conference: Conference, released_at: datetime
) -> list[calendars.Entry]:
    """Return calendar entries with stable UIDs; the session's revision is the sequence."""
    return [
        calendars.Entry(
            uid=f"session-{session.slug}@{conference.slug}.hemicycle",
            title=str(session.title),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            changed_at=released_at,
            sequence=session.revision,
            place=str(session.room_name),
            description=str(session.abstract),
        )
        for session in sessions
        if not session.is_break
    ]
