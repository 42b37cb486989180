"""People registered together: all get places, or all wait and are offered places together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.conferences.queries import lock
from hemicycle.conferences.rules import is_open
from hemicycle.registration import letters, operations, places
from hemicycle.registration.enums import ON_SITE_MODES, Status
from hemicycle.registration.models import Group, Registration

LARGEST = 20


@dataclass(frozen=True)
class Member:
    """A colleague who is brought along."""

    email: str
    first_name: str
    last_name: str


class BadGroup(Exception):
    """The group cannot be registered; `why` is `size`, `twice` or `pending`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def register(*, contact: Registration, members: Sequence[Member], actor: User, now: datetime) -> list[Registration]:
    """Register colleagues into one's own category, organisation and way of taking part.

    Colleagues who are registered already are passed over and told; the others get places together or wait together.
    Each confirms their own address: nobody is brought along without their word.

    Raises:
        operations.RegistrationClosed: outside the window.
        BadGroup: nobody or too many, an address twice, or a category that asks for approval one by one.
    """
    conference = lock(conference_id=contact.conference_id)
    if not is_open(now=now, opens_at=conference.registration_opens_at, closes_at=conference.registration_closes_at):
        raise operations.RegistrationClosed
    addresses = [member.email.lower() for member in members]
    if not 0 < len(members) <= LARGEST:
        raise BadGroup("size")
    if len(set(addresses)) < len(addresses):
        raise BadGroup("twice")
    if contact.category is not None and contact.category.needs_approval:
        raise BadGroup("pending")
    new = _new_people(contact, members, now=now)
    if not new:
        return []
    room = contact.mode not in ON_SITE_MODES or places.has_room(
        conference=conference, category=contact.category, size=len(new), now=now
    )
    group = Group.objects.create(
        conference=conference, name=str(contact.organisation or ""), contact=actor, created_at=now
    )
    made = []
    for member, registration in new:
        details = operations.Details(
            email=member.email,
            first_name=member.first_name,
            last_name=member.last_name,
            stakeholder=contact.stakeholder,
            country=contact.country,
            mode=contact.mode,
            organisation=contact.organisation,
            category=contact.category,
        )
        status = Status.SUBMITTED if room else Status.WAITING
        operations.write_details(registration, details=details, status=status, now=now, group=group)
        audit.record(action="registered", target=registration, actor=actor, at=now, status=status)
        letters.brought_along(registration=registration, conference=conference, by=actor.name, now=now)
        made.append(registration)
    return made


def _new_people(
    contact: Registration, members: Sequence[Member], *, now: datetime
) -> list[tuple[Member, Registration]]:
    """Return who is not registered yet; the others are told that somebody used their address."""
    found = []
    for member in members:
        person = accounts.person_for(
            email=member.email,
            first_name=member.first_name,
            last_name=member.last_name,
            language=contact.person.language,
        )
        known = Registration.objects.filter(conference_id=contact.conference_id, person=person).first()
        if known is not None and known.status not in (Status.CANCELLED, Status.DECLINED):
            letters.already_registered(registration=known, conference=contact.conference, now=now)
        else:
            found.append((member, known or Registration(conference_id=contact.conference_id, person=person)))
    return found
