"""From the rows of the draft to sentences about what does not fit: rooms, speakers, days, seats."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.agenda.models import Session
from hemicycle.agenda.rules import Conflict, Planned, conflicts
from hemicycle.conferences.models import Conference
from hemicycle.registration.models import SideEvent


def _planned(conference: Conference, session: Session, interest: Mapping[str, int]) -> Planned:
    return Planned(
        key=f"session-{session.pk}",
        starts_at=conference.local(session.starts_at),
        ends_at=conference.local(session.ends_at),
        room=session.room_id,
        seats=session.room.capacity if session.room else None,
        expected=max(session.expected or 0, interest.get(session.slug, 0)),
        speakers=frozenset(speaker.pk for speaker in session.speakers.all()),
    )


def _beside(conference: Conference, event: SideEvent) -> Planned:
    starts_at, ends_at = conference.local(event.starts_at), conference.local(event.ends_at)
    return Planned(key=f"event-{event.pk}", starts_at=starts_at, ends_at=ends_at, room=event.room_id)


def _sentence(conflict: Conflict, session: Session, titles: Mapping[str, str], names: Mapping[int, str]) -> str:
    match conflict.what:
        case "room":
            return _("%(room)s is taken at that time: %(other)s") % {
                "room": session.room, "other": titles[conflict.other]}  # fmt: skip
        case "speaker":
            return _("%(name)s speaks elsewhere at that time: %(other)s") % {
                "name": names[conflict.speaker], "other": titles[conflict.other]}  # fmt: skip
        case "days":
            return _("This is outside the days of the edition.")
    seats = session.room.capacity if session.room else 0
    return ngettext(
        "%(number)s person is expected, the room seats %(seats)s.",
        "%(number)s people are expected, the room seats %(seats)s.",
        conflict.number,
    ) % {"number": conflict.number, "seats": seats}


def warnings(
    *, conference: Conference, draft: Sequence[Session], events: Sequence[SideEvent], interest: Mapping[str, int]
) -> dict[int, list[str]]:
    """Return session key → sentences, in the reader's language; sessions without a conflict are left out."""
    planned = [_planned(conference, session, interest) for session in draft]
    titles = {f"session-{session.pk}": str(session.title) for session in draft}
    titles |= {f"event-{event.pk}": str(event.title) for event in events}
    names = {speaker.pk: speaker.name for session in draft for speaker in session.speakers.all()}
    found = conflicts([*planned, *(_beside(conference, event) for event in events)], days=conference.days())
    return {
        session.pk: [_sentence(one, session, titles, names) for one in found[f"session-{session.pk}"]]
        for session in draft
        if f"session-{session.pk}" in found
    }
