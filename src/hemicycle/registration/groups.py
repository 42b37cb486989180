"""People registered together: all get places, or all wait and are offered places together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference, Term
from hemicycle.conferences.queries import lock
from hemicycle.conferences.rules import is_open
from hemicycle.directory.models import Organisation
from hemicycle.registration import letters, operations, places
from hemicycle.registration.enums import ON_SITE_MODES, Status
from hemicycle.registration.models import Category, Group, Registration

LARGEST = 20


@dataclass(frozen=True)
class Member:
    """A colleague who is brought along."""

    email: str
    first_name: str
    last_name: str


@dataclass(frozen=True)
class Way:
    """As what a whole group comes."""

    conference: Conference
    stakeholder: Term
    country: str
    mode: str
    organisation: Organisation | None
    category: Category | None
    language: str


class BadGroup(Exception):
    """The group cannot be registered; `why` is `size`, `twice`, `pending` or `category`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def register(*, contact: Registration, members: Sequence[Member], actor: User, now: datetime) -> list[Registration]:
    """Register colleagues into one's own category, organisation and way of taking part.

    Raises:
        operations.RegistrationClosed, BadGroup: as in `register_as`.
    """
    way = Way(
        conference=contact.conference, stakeholder=contact.stakeholder, country=contact.country, mode=contact.mode,
        organisation=contact.organisation, category=contact.category, language=contact.person.language,
    )  # fmt: skip
    return register_as(way=way, members=members, actor=actor, now=now)


@transaction.atomic
def register_as(*, way: Way, members: Sequence[Member], actor: User, now: datetime) -> list[Registration]:
    """Register people together, all in the same way; somebody who looks after an organisation needs no place for it.

    Colleagues who are registered already are passed over and told; the others get places together or wait together.
    Each confirms their own address: nobody is brought along without their word.

    Raises:
        operations.RegistrationClosed: outside the window.
        BadGroup: nobody or too many, an address twice, a category that asks for approval one by one, or one that is
            by invitation or for others only.
    """
    conference = lock(conference_id=way.conference.pk)
    if not is_open(now=now, opens_at=conference.registration_opens_at, closes_at=conference.registration_closes_at):
        raise operations.RegistrationClosed
    addresses = [member.email.lower() for member in members]
    if not 0 < len(members) <= LARGEST:
        raise BadGroup("size")
    if len(set(addresses)) < len(addresses):
        raise BadGroup("twice")
    _check_category(way)
    new = _new_people(way, members, now=now)
    if not new:
        return []
    room = way.mode not in ON_SITE_MODES or places.has_room(
        conference=conference, category=way.category, size=len(new), now=now
    )
    group = Group.objects.create(conference=conference, name=str(way.organisation or ""), contact=actor, created_at=now)
    made = []
    for member, registration in new:
        details = operations.Details(
            email=member.email,
            first_name=member.first_name,
            last_name=member.last_name,
            stakeholder=way.stakeholder,
            country=way.country,
            mode=way.mode,
            organisation=way.organisation,
            category=way.category,
        )
        status = Status.SUBMITTED if room else Status.WAITING
        operations.write_details(registration, details=details, status=status, now=now, group=group)
        audit.record(action="registered", target=registration, actor=actor, at=now, status=status)
        letters.brought_along(registration=registration, conference=conference, by=actor.name, now=now)
        made.append(registration)
    return made


def _check_category(way: Way) -> None:
    if way.category is None:
        return
    if way.category.needs_approval:
        raise BadGroup("pending")
    kinds = list(way.category.stakeholders.all())
    if kinds and way.stakeholder not in kinds:
        raise BadGroup("category")


def _new_people(way: Way, members: Sequence[Member], *, now: datetime) -> list[tuple[Member, Registration]]:
    """Return who is not registered yet; the others are told that somebody used their address."""
    found = []
    for member in members:
        person = accounts.person_for(
            email=member.email,
            first_name=member.first_name,
            last_name=member.last_name,
            language=way.language,
        )
        known = Registration.objects.filter(conference=way.conference, person=person).first()
        if known is not None and known.status not in (Status.CANCELLED, Status.DECLINED):
            letters.already_registered(registration=known, conference=way.conference, now=now)
        else:
            found.append((member, known or Registration(conference=way.conference, person=person)))
    return found
