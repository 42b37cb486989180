"""Everything that is a person's, as calendar entries."""

from datetime import timedelta

from hemicycle.agenda import calendar as agenda
from hemicycle.agenda import queries as sessions
from hemicycle.conferences.models import Conference
from hemicycle.kit import calendars
from hemicycle.matchmaking import queries as matchmaking
from hemicycle.registration import queries
from hemicycle.registration.enums import PLACE
from hemicycle.registration.models import Registration


def _place(registration: Registration, conference: Conference) -> list[calendars.Entry]:
    days = conference.days()
    if not days:
        return []
    return [
        calendars.Entry(
            uid=f"place-{registration.pk}@{conference.slug}.hemicycle",
            title=str(conference.name),
            starts_at=days[0],
            ends_at=days[-1] + timedelta(days=1),
            changed_at=registration.cancelled_at or registration.confirmed_at or registration.submitted_at,
            sequence=registration.version,
            place=conference.city,
            cancelled=registration.status not in PLACE,
        )
    ]


def calendar_entries(*, registration: Registration, conference: Conference) -> list[calendars.Entry]:
    """Return place, side events, bookmarked sessions and meetings; what was cancelled stays, as cancelled."""
    entries = _place(registration, conference)
    entries += [
        calendars.Entry(
            uid=f"side-event-{seat.side_event_id}-{registration.pk}@{conference.slug}.hemicycle",
            title=str(seat.side_event.title),
            starts_at=conference.local(seat.side_event.starts_at),
            ends_at=conference.local(seat.side_event.ends_at),
            changed_at=seat.taken_at,
            place=str(seat.side_event.room or conference.city),
        )
        for seat in queries.seats_of(registration=registration)
        if seat.status == "confirmed"
    ]
    released = sessions.released(conference=conference)
    if released is not None:
        own = sessions.own_sessions(conference=conference, person=registration.person)
        entries += agenda.entries(own, conference=conference, released_at=released.released_at)
    return entries + matchmaking.calendar_entries(person_id=registration.person_id, conference=conference)
