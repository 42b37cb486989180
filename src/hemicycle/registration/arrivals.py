"""Writes of the day itself: who came, and who registers at the door. Callers of the first two hold the edition's lock."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.accounts import operations as accounts
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.kit.events import publish
from hemicycle.registration import letters, operations, places
from hemicycle.registration.enums import HOLDS_PLACE, ON_SITE_MODES, PLACE, Status
from hemicycle.registration.events import PlaceConfirmed
from hemicycle.registration.models import Registration


class Full(Exception):
    """Every place on site is taken."""


def arrive(*, registration: Registration, actor: Any, now: datetime, **details: Any) -> None:
    """Note that somebody with a place came; twice is once."""
    changed = Registration.objects.filter(pk=registration.pk, status__in=[Status.CONFIRMED, Status.NO_SHOW]).update(
        status=Status.CHECKED_IN
    )
    if changed:
        registration.status = Status.CHECKED_IN
        audit.record(action="checked in", target=registration, actor=actor, at=now, **details)


def take_back(*, registration: Registration, actor: Any, now: datetime, **details: Any) -> None:
    """Note that somebody did not come after all; the place stays theirs."""
    changed = Registration.objects.filter(pk=registration.pk, status=Status.CHECKED_IN).update(status=Status.CONFIRMED)
    if changed:
        registration.status = Status.CONFIRMED
        audit.record(action="check-in taken back", target=registration, actor=actor, at=now, **details)


@transaction.atomic
def walk_in(*, conference: Conference, details: operations.Details, now: datetime) -> Registration:
    """Register somebody who stands at the door: confirmed at once, the ticket goes to their address.

    Somebody who has a place already keeps it as it is. The registration window does not matter, the places do.

    Raises:
        Full: no place on site is left.
    """
    conference = lock(conference_id=conference.pk)
    person = accounts.person_for(
        email=details.email, first_name=details.first_name, last_name=details.last_name, language=details.language
    )
    rows = Registration.objects.select_related("person", "organisation", "stakeholder")
    known = rows.filter(conference=conference, person=person).first()
    if known is not None and known.status in PLACE and known.mode in ON_SITE_MODES:
        return known
    holds = known is not None and known.status in HOLDS_PLACE and known.mode in ON_SITE_MODES
    if not holds and places.taken(conference=conference, now=now).total() >= conference.capacity:
        raise Full
    registration = known or Registration(conference=conference, person=person)
    registration.person = person
    operations.write_details(registration, details=details, status=Status.CONFIRMED, now=now)
    registration.confirmed_at, registration.held_until = now, None
    registration.save(update_fields=["confirmed_at", "held_until"])
    audit.record(action="walked in", target=registration, actor=None, at=now)
    publish(
        PlaceConfirmed(conference_id=conference.pk, registration_id=registration.pk, person_id=registration.person_id)
    )
    letters.place_confirmed(registration=registration, conference=conference, now=now)
    return registration
