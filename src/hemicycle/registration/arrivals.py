"""Writes of the day itself: who came, and who registers at the door. Callers of the first two hold the edition's lock."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hemicycle.accounts import operations as accounts
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.kit.events import publish
from hemicycle.registration import letters, operations, places
from hemicycle.registration.enums import HOLDS_PLACE, ON_SITE_MODES, PLACE, Status
from hemicycle.registration.events import PlaceConfirmed
from hemicycle.registration.models import Registration


class NotOver(Exception):
    """The last day of the edition is not over, or nobody was checked in at all."""


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


def absent(*, conference: Conference, now: datetime) -> int | None:
    """Return how many people with a place on site were not seen; None while that cannot be said.

    It can once the last day is over and at least one person was checked in: where nobody scans, nobody is absent.
    """
    days = conference.days()
    came = Registration.objects.filter(conference=conference, status=Status.CHECKED_IN)
    if not days or conference.local(now).date() <= days[-1] or not came.exists():
        return None
    return _unseen(conference).count()


def _unseen(conference: Conference) -> QuerySet[Registration]:
    rows: QuerySet[Registration] = Registration.objects.filter(
        conference=conference, status=Status.CONFIRMED, mode__in=ON_SITE_MODES
    )
    return rows


@transaction.atomic
def note_absent(*, conference: Conference, actor: Any, now: datetime, told: Callable[[int, int], None]) -> int:
    """Note who had a place on site and did not come, and tell them, so that mistakes come out; return how many.

    Whoever is checked in afterwards came after all. `told` hears how far it is.

    Raises:
        NotOver: it cannot be said yet.
    """
    conference = lock(conference_id=conference.pk)
    if absent(conference=conference, now=now) is None:
        raise NotOver
    rows = list(_unseen(conference).select_related("person"))
    for number, registration in enumerate(rows, 1):
        registration.status = Status.NO_SHOW
        registration.save(update_fields=["status"])
        audit.record(action="did not come", target=registration, actor=actor, at=now)
        letters.not_seen(registration=registration, conference=conference, now=now)
        told(number, len(rows))
    return len(rows)


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
