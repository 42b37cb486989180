"""From a registration to the mail about it: links by the configured host, times in the edition's zone."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.module_loading import import_string

from hemicycle.conferences.models import Conference
from hemicycle.kit import calendars, tokens
from hemicycle.kit.i18n import speaking
from hemicycle.notifications import operations as notifications
from hemicycle.notifications.message import Message
from hemicycle.registration import messages
from hemicycle.registration.enums import SeatStatus, Status
from hemicycle.registration.models import Draft, Invitation, Registration, Seat, SeatInvitation, Transfer


def link(name: str, conference: Conference, *args: object) -> str:
    """Return the full address of a page of the edition, by the configured host."""
    return settings.BASE_URL + reverse(name, args=[conference.slug, *args])


def when(instant: datetime, conference: Conference) -> str:
    """Return an instant as day and time in the edition's zone, the zone said."""
    local = conference.local(instant)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()})"


def dates(conference: Conference) -> str:
    """Return the days of the edition as people write them."""
    days = conference.days()
    if not days:
        return conference.date_note
    first, last = days[0], days[-1]
    if first.month == last.month:
        return f"{first.day}-{date_format(last, 'DATE_FORMAT')}" if first != last else date_format(last, "DATE_FORMAT")
    return f"{date_format(first, 'j F')} - {date_format(last, 'DATE_FORMAT')}"


def ticket_text(registration: Registration, conference: Conference) -> str:
    """Return what the ticket's QR code says, written by whoever signs tickets."""
    text: str = import_string(settings.HEMICYCLE_TICKETS)(registration=registration, conference=conference)
    return text


def _send(
    message: Message,
    *,
    registration: Registration,
    now: datetime,
    calendar: bytes | None = None,
    calendar_method: str = "PUBLISH",
) -> None:
    notifications.send(
        message,
        to=registration.person.email,
        person=registration.person,
        language=registration.person.language,
        conference_id=registration.conference_id,
        calendar=calendar,
        calendar_method=calendar_method,
        now=now,
    )


def confirmation_link(*, registration: Registration, conference: Conference) -> str:
    """Return the one-use link that confirms this state of a registration."""
    claim = tokens.Claim(conference_id=conference.pk, subject=registration.pk, version=registration.version)
    return link("registration:confirm", conference, tokens.issue(purpose="registration.confirm", claim=claim))


def confirm_your_address(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Ask for the click that proves the address."""
    with speaking(registration.person.language):
        message = messages.ConfirmYourAddress(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            link=confirmation_link(registration=registration, conference=conference),
            held_until=when(registration.held_until or now, conference),
            waiting=registration.status == Status.WAITING,
        )
    _send(message, registration=registration, now=now)


def already_registered(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Tell the owner of an address that somebody used it again; a lost link is sent anew."""
    if registration.confirmed_at is None and registration.waiting_since is None:
        confirm_your_address(registration=registration, conference=conference, now=now)
        return
    with speaking(registration.person.language):
        message = messages.AlreadyRegistered(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            link=link("website:mine", conference),
        )
    _send(message, registration=registration, now=now)


def invitation(*, registration: Registration, conference: Conference, now: datetime) -> bytes | None:
    """Return the edition as one calendar event of this person, or None while its days are unknown."""
    days = conference.days()
    if not days:
        return None
    venue = getattr(conference, "venue", None)
    entry = calendars.Entry(
        uid=f"place-{registration.pk}@{conference.slug}.hemicycle",
        title=str(conference.name),
        starts_at=days[0],
        ends_at=days[-1] + timedelta(days=1),
        changed_at=now,
        sequence=registration.version,
        place=", ".join(filter(None, [venue.name if venue else "", conference.city])),
        url=link("website:mine", conference),
        cancelled=registration.status == Status.CANCELLED,
    )
    return calendars.render(
        name=str(conference.name),
        entries=[entry],
        method="CANCEL" if entry.cancelled else "PUBLISH",
        organiser=conference.contact_email,
    )


def place_confirmed(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Send the ticket and the calendar entry."""
    with speaking(registration.person.language):
        message = messages.PlaceConfirmed(
            ticket=ticket_text(registration, conference),
            first_name=registration.person.first_name,
            conference=str(conference.name),
            dates=dates(conference),
            place=conference.city,
            link=link("website:mine", conference),
        )
        calendar = invitation(registration=registration, conference=conference, now=now)
    _send(message, registration=registration, now=now, calendar=calendar)


def see_you_tomorrow(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Remind somebody on the eve, with the ticket."""
    venue = getattr(conference, "venue", None)
    with speaking(registration.person.language):
        message = messages.SeeYouTomorrow(
            ticket=ticket_text(registration, conference),
            first_name=registration.person.first_name,
            conference=str(conference.name),
            place=", ".join(filter(None, [venue.name if venue else "", venue.address if venue else conference.city])),
            link=link("website:mine", conference),
        )
    _send(message, registration=registration, now=now)


def position(registration: Registration) -> int:
    """Return a person's place in the waiting list, 1 is next."""
    ahead = Registration.objects.filter(
        conference_id=registration.conference_id,
        status=Status.WAITING,
        waiting_since__isnull=False,
        created_order__lt=registration.created_order,
    )
    return ahead.count() + 1


def on_waiting_list(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Say that the turn counts, and which it is."""
    message = messages.OnWaitingList(
        first_name=registration.person.first_name,
        conference=str(conference.name),
        position=position(registration),
        link=link("website:mine", conference),
    )
    _send(message, registration=registration, now=now)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def pending_approval(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Say that a decision is to come, and by when."""
    with speaking(registration.person.language):
        message = messages.PendingApproval(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            decision_on=_day(registration.category.decision_on if registration.category else None),
            link=link("website:mine", conference),
        )
    _send(message, registration=registration, now=now)


def declined(*, registration: Registration, conference: Conference, reason: str, now: datetime) -> None:
    """Say that there is no place this time, and why."""
    with speaking(registration.person.language):
        message = messages.Declined(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            reason=reason,
            contact=conference.contact_email,
        )
    _send(message, registration=registration, now=now)


def brought_along(*, registration: Registration, conference: Conference, by: str, now: datetime) -> None:
    """Ask somebody whom a colleague registered whether they come."""
    with speaking(registration.person.language):
        message = messages.BroughtAlong(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            by=by,
            link=confirmation_link(registration=registration, conference=conference),
            held_until=when(registration.held_until or now, conference),
            waiting=registration.status == Status.WAITING,
        )
    _send(message, registration=registration, now=now)


def invited(*, invitation: Invitation, conference: Conference, language: str, now: datetime) -> None:
    """Send a personal invitation; the link carries its code."""
    with speaking(language):
        message = messages.Invited(
            conference=str(conference.name),
            dates=dates(conference),
            place=conference.city,
            link=f"{link('registration:register', conference)}?code={invitation.code}",
            until=when(invitation.expires_at, conference) if invitation.expires_at else "",
        )
    notifications.send(message, to=invitation.email, language=language, conference_id=conference.pk, now=now)


def draft_saved(*, draft: Draft, key: str, conference: Conference, language: str, now: datetime) -> None:
    """Send the address at which a saved form goes on."""
    with speaking(language):
        message = messages.DraftSaved(
            conference=str(conference.name),
            link=link("registration:draft", conference, key),
            kept_until=when(draft.kept_until, conference),
        )
    notifications.send(message, to=draft.email, language=language, conference_id=conference.pk, now=now)


def transfer_offered(*, transfer: Transfer, conference: Conference, token: str, now: datetime) -> None:
    """Ask a colleague whether they take over a place."""
    first = transfer.registration.person
    with speaking(first.language):
        message = messages.TransferOffered(
            first_name=transfer.first_name,
            by=first.name,
            conference=str(conference.name),
            dates=dates(conference),
            ends_at=when(transfer.ends_at, conference),
            link=link("registration:transfer_accept", conference, token),
        )
    notifications.send(message, to=transfer.email, language=first.language, conference_id=conference.pk, now=now)


def transferred(*, registration: Registration, conference: Conference, to: str, now: datetime) -> None:
    """Tell the first person that the place has changed hands."""
    with speaking(registration.person.language):
        message = messages.Transferred(
            first_name=registration.person.first_name, to=to, conference=str(conference.name)
        )
        calendar = invitation(registration=registration, conference=conference, now=now)
    _send(message, registration=registration, now=now, calendar=calendar, calendar_method="CANCEL")


def place_offered(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Offer a free place for a limited time."""
    with speaking(registration.person.language):
        message = messages.PlaceOffered(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            held_until=when(registration.held_until or now, conference),
            link=confirmation_link(registration=registration, conference=conference),
        )
    _send(message, registration=registration, now=now)


def hold_ended(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Say that the place went on."""
    message = messages.HoldEnded(
        first_name=registration.person.first_name,
        conference=str(conference.name),
        link=link("registration:register", conference),
    )
    _send(message, registration=registration, now=now)


def not_seen(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Say that nobody saw the person at the door, and what to do if that is wrong."""
    message = messages.NotSeen(
        first_name=registration.person.first_name, conference=str(conference.name), contact=conference.contact_email
    )
    _send(message, registration=registration, now=now)


def place_given_back(*, registration: Registration, conference: Conference, now: datetime, had_place: bool) -> None:
    """Confirm a cancellation; the event in the person's calendar goes with it."""
    with speaking(registration.person.language):
        message = messages.PlaceGivenBack(
            first_name=registration.person.first_name,
            conference=str(conference.name),
            link=link("registration:register", conference),
        )
        calendar = invitation(registration=registration, conference=conference, now=now) if had_place else None
    _send(message, registration=registration, now=now, calendar=calendar, calendar_method="CANCEL")


def seat(*, seat: Seat, conference: Conference, now: datetime) -> None:
    """Confirm a seat at a side event, a turn in its waiting list, or that the host decides."""
    registration, event = seat.registration, seat.side_event
    with speaking(registration.person.language):
        message = messages.SeatConfirmed(
            first_name=registration.person.first_name,
            side_event=str(event.title),
            when=when(event.starts_at, conference),
            where=str(event.room or conference.city),
            waiting=seat.status == SeatStatus.WAITING,
            pending=seat.status == SeatStatus.PENDING,
            link=link("website:mine", conference),
        )
    _send(message, registration=registration, now=now)


def seat_declined(*, seat: Seat, conference: Conference, reason: str, now: datetime) -> None:
    """Say that the host has no seat for somebody, and why."""
    registration = seat.registration
    with speaking(registration.person.language):
        message = messages.SeatDeclined(
            first_name=registration.person.first_name,
            side_event=str(seat.side_event.title),
            reason=reason,
            link=link("website:side_events", conference),
        )
    _send(message, registration=registration, now=now)


def seat_moved(*, seat: Seat, conference: Conference, now: datetime) -> None:
    """Say that a side event has another time or room."""
    registration, event = seat.registration, seat.side_event
    with speaking(registration.person.language):
        message = messages.SeatMoved(
            first_name=registration.person.first_name,
            side_event=str(event.title),
            when=when(event.starts_at, conference),
            where=str(event.room or conference.city),
            link=link("website:mine", conference),
        )
    _send(message, registration=registration, now=now)


def host_writes(*, seat: Seat, conference: Conference, subject: str, words: str, now: datetime) -> None:
    """Send a host's own words to somebody with a seat."""
    registration = seat.registration
    with speaking(registration.person.language):
        message = messages.HostWrites(
            first_name=registration.person.first_name,
            side_event=str(seat.side_event.title),
            subject=subject,
            words=words,
            link=link("website:side_events", conference),
        )
    _send(message, registration=registration, now=now)


def seat_invitation(*, invitation: SeatInvitation, conference: Conference, now: datetime) -> None:
    """Invite an address to a side event, in the edition's first language."""
    event, language = invitation.side_event, (conference.languages or ["en"])[0]
    with speaking(language):
        message = messages.SeatInvited(
            side_event=str(event.title),
            host=str(event.host),
            when=when(event.starts_at, conference),
            conference=str(conference.name),
            link=link("hosting:event", conference, event.slug),
        )
    notifications.send(message, to=invitation.email, language=language, conference_id=conference.pk, now=now)
