"""From a request or meeting to the mail about it."""

from datetime import datetime
from typing import Any

from hemicycle.conferences.models import Conference
from hemicycle.kit import calendars
from hemicycle.kit.i18n import speaking
from hemicycle.matchmaking import messages, queries
from hemicycle.matchmaking.models import Meeting, MeetingRequest, Plan
from hemicycle.notifications import operations as notifications
from hemicycle.notifications.message import Message
from hemicycle.notifications.models import Mail
from hemicycle.registration.letters import link, when
from hemicycle.registration.models import Registration


def _send(message: Message, registration: Registration, *, now: datetime, calendar: bytes | None = None) -> None:
    notifications.send(
        message,
        to=registration.person.email,
        person=registration.person,
        language=registration.person.language,
        conference_id=registration.conference_id,
        calendar=calendar,
        calendar_method="PUBLISH",
        now=now,
    )


def requested(*, meeting_request: MeetingRequest, conference: Conference, now: datetime) -> None:
    """Tell somebody that a person asks for a meeting; the person's own words stay on the page."""
    sender, receiver = meeting_request.sender.registration, meeting_request.receiver.registration
    message = messages.MeetingRequested(
        first_name=receiver.person.first_name,
        partner=sender.person.name,
        organisation=str(sender.organisation or ""),
        link=link("matchmaking:meetings", conference),
    )
    _send(message, receiver, now=now)


def accepted(*, meeting_request: MeetingRequest, conference: Conference, now: datetime) -> None:
    """Tell the sender that the answer is yes."""
    sender, receiver = meeting_request.sender.registration, meeting_request.receiver.registration
    message = messages.MeetingAccepted(
        first_name=sender.person.first_name,
        partner=receiver.person.name,
        link=link("matchmaking:meetings", conference),
    )
    _send(message, sender, now=now)


def scheduled(*, plan: Plan, registration: Registration, unplaced: int, conference: Conference, now: datetime) -> None:
    """Send a person the list of their meetings with a calendar file, once for each published schedule."""
    known = Mail.objects.filter(
        person=registration.person, kind="MeetingsScheduled", payload__link__endswith=f"?schedule={plan.pk}"
    )
    if known.exists():
        return
    with speaking(registration.person.language):
        lines = [
            _line(meeting, registration.person_id, conference)
            for meeting in queries.meetings_of(person_id=registration.person_id, conference=conference)
        ]
        message = messages.MeetingsScheduled(
            first_name=registration.person.first_name,
            meetings=lines,
            unplaced=unplaced,
            link=f"{link('matchmaking:meetings', conference)}?schedule={plan.pk}",
        )
        entries = queries.calendar_entries(person_id=registration.person_id, conference=conference)
        calendar = (
            calendars.render(name=str(conference.name), entries=entries, organiser=conference.contact_email)
            if entries
            else None
        )
    _send(message, registration, now=now, calendar=calendar)


def _line(meeting: Meeting, person_id: int, conference: Conference) -> str:
    other = queries.partner(meeting.request, person_id=person_id).registration
    return f"{when(meeting.slot.starts_at, conference)} · {meeting.table} · {other.person.name}"


def cancelled(
    *, meeting: Meeting, meeting_request: MeetingRequest, conference: Conference, by: int, now: datetime
) -> None:
    """Tell the other side that a meeting does not take place."""
    other: Any = queries.partner(meeting_request, person_id=by).registration
    mine = queries.partner(meeting_request, person_id=other.person_id).registration
    with speaking(other.person.language):
        message = messages.MeetingCancelled(
            first_name=other.person.first_name,
            partner=mine.person.name,
            when=when(meeting.slot.starts_at, conference),
            link=link("matchmaking:meetings", conference),
        )
        entries = [
            entry
            for entry in queries.calendar_entries(person_id=other.person_id, conference=conference)
            if entry.uid.startswith(f"meeting-{meeting_request.pk}@")
        ]
        calendar = calendars.render(name=str(conference.name), entries=entries, organiser=conference.contact_email)
    _send(message, other, now=now, calendar=calendar)
