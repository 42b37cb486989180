"""From a registration to the mail about it: links by the configured host, times in the edition's zone."""

from datetime import datetime, timedelta

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
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Registration, Seat


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


def _send(message: Message, *, registration: Registration, now: datetime, calendar: bytes | None = None) -> None:
    notifications.send(
        message,
        to=registration.person.email,
        person=registration.person,
        language=registration.person.language,
        conference_id=registration.conference_id,
        calendar=calendar,
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
    )
    return calendars.render(name=str(conference.name), entries=[entry], method="PUBLISH")


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


def place_given_back(*, registration: Registration, conference: Conference, now: datetime) -> None:
    """Confirm a cancellation."""
    message = messages.PlaceGivenBack(
        first_name=registration.person.first_name,
        conference=str(conference.name),
        link=link("registration:register", conference),
    )
    _send(message, registration=registration, now=now)


def seat(*, seat: Seat, conference: Conference, now: datetime) -> None:
    """Confirm a seat at a side event, or a turn in its waiting list."""
    registration, event = seat.registration, seat.side_event
    with speaking(registration.person.language):
        message = messages.SeatConfirmed(
            first_name=registration.person.first_name,
            side_event=str(event.title),
            when=when(event.starts_at, conference),
            where=str(event.room or conference.city),
            waiting=seat.status == "waiting",
            link=link("website:mine", conference),
        )
    _send(message, registration=registration, now=now)
