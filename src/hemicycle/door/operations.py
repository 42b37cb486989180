"""Every write about keys, lists, devices and certificates; scans stand in `scans`, papers in `runs`."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.door import queries, signing
from hemicycle.door.enums import ListKind
from hemicycle.door.models import READABLE, Certificate, CheckList, Device, TicketKey
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Registration, SideEvent

CODE_LENGTH = 10
CODE_KEPT = timedelta(minutes=15)


class BadCode(Exception):
    """The enrolment code is unknown, was used, or is too old."""


class NameTaken(Exception):
    """Another device of the edition has this name."""


class DidNotCome(Exception):
    """A certificate of attendance is for people who were checked in."""


@transaction.atomic
def ensure_key(*, conference: Conference, now: datetime) -> TicketKey:
    """Return the edition's key pair, made if it has none."""
    found = queries.key_of(conference=conference)
    if found is not None:
        return found
    pair = signing.new_pair(secret=settings.SECRET_KEY, owner=str(conference.pk))
    key, _created = TicketKey.objects.get_or_create(
        conference=conference, defaults={"public": pair.public, "sealed": pair.sealed, "made_at": now}
    )
    return key


@transaction.atomic
def prepare_lists(*, conference: Conference, actor: Any, now: datetime) -> int:
    """Make the lists that are missing: one for the conference, one for each side event; return how many were made."""
    ensure_key(conference=conference, now=now)
    made = [
        CheckList.objects.get_or_create(
            conference=conference, kind=ListKind.CONFERENCE, reference="", defaults={"title": conference.name}
        )[1]
    ]
    made += [
        CheckList.objects.update_or_create(
            conference=conference,
            kind=ListKind.SIDE_EVENT,
            reference=event.slug,
            defaults={"title": event.title, "side_event": event, "starts_at": event.starts_at},
        )[1]
        for event in SideEvent.objects.filter(conference=conference)
    ]
    if any(made):
        audit.record(action="lists prepared", target=conference, actor=actor, at=now, lists=sum(made))
    return sum(made)


@transaction.atomic
def keep_session_lists(*, conference: Conference, sessions: Iterable[tuple[str, Any, datetime]]) -> None:
    """Make or rename a list for each session (slug, title, beginning); lists of sessions that went stay, with their scans."""
    for slug, title, starts_at in sessions:
        CheckList.objects.update_or_create(
            conference=conference,
            kind=ListKind.SESSION,
            reference=slug,
            defaults={"title": title, "starts_at": starts_at},
        )


@transaction.atomic
def make_device(
    *, conference: Conference, name: str, lists: Iterable[CheckList], walk_ins: bool, actor: Any, now: datetime
) -> Device:
    """Make a device that may serve some lists; it opens nothing before it is enrolled.

    Raises:
        NameTaken: another one is called so.
    """
    lock(conference_id=conference.pk)
    if Device.objects.filter(conference=conference, name=name).exists():
        raise NameTaken
    device = Device.objects.create(conference=conference, name=name, walk_ins=walk_ins, made_at=now)
    device.lists.set([row for row in lists if row.conference_id == conference.pk])
    audit.record(action="device made", target=device, actor=actor, at=now)
    return device


@transaction.atomic
def make_code(*, device: Device, actor: Any, now: datetime) -> str:
    """Return a fresh enrolment code: it works once, within fifteen minutes; only its digest is kept."""
    code = "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))
    device.code_digest, device.code_until = queries.digest(code), now + CODE_KEPT
    device.save(update_fields=["code_digest", "code_until"])
    audit.record(action="enrolment code made", target=device, actor=actor, at=now)
    return code


@transaction.atomic
def enrol(*, conference: Conference, code: str, now: datetime) -> tuple[Device, str]:
    """Exchange an enrolment code for a device's secret; an older secret of the device stops working.

    Raises:
        BadCode: unknown, used, or too old.
    """
    wanted = "".join(sign for sign in code.upper() if sign.isalnum())
    lock(conference_id=conference.pk)
    device = Device.objects.filter(
        conference=conference, code_digest=queries.digest(wanted), code_until__gt=now
    ).first()
    if device is None:
        raise BadCode
    secret = secrets.token_urlsafe(32)
    device.secret_digest, device.code_digest, device.code_until = queries.digest(secret), "", None
    device.enrolled_at, device.seen_at, device.revoked_at = now, now, None
    device.save()
    audit.record(action="device enrolled", target=device, actor=None, at=now)
    return device, secret


@transaction.atomic
def revoke(*, device: Device, actor: Any, now: datetime) -> None:
    """Switch a device off: from now on nothing it sends is taken and nothing is given to it."""
    if device.revoked_at is not None:
        return
    device.revoked_at, device.code_digest, device.code_until = now, "", None
    device.save(update_fields=["revoked_at", "code_digest", "code_until"])
    audit.record(action="device switched off", target=device, actor=actor, at=now)


@transaction.atomic
def issue_certificate(*, registration: Registration, actor: Any, now: datetime) -> Certificate:
    """Issue the certificate of attendance of somebody who came; asked again, the same one is returned.

    Raises:
        DidNotCome: nobody checked the person in.
    """
    lock(conference_id=registration.conference_id)
    registration.refresh_from_db(fields=["status"])
    if registration.status != Status.CHECKED_IN:
        raise DidNotCome
    certificate, created = Certificate.objects.get_or_create(
        registration=registration, defaults={"conference_id": registration.conference_id, "issued_at": now}
    )
    if created:
        audit.record(action="certificate issued", target=registration, actor=actor, at=now)
    return certificate


@transaction.atomic
def note_invitation(*, registration: Registration, actor: Any, now: datetime) -> None:
    """Note that an invitation letter was made; what was typed for it is printed and not kept."""
    audit.record(action="invitation letter made", target=registration, actor=actor, at=now)


@transaction.atomic
def erase_person(*, person_id: int) -> None:
    """Withdraw a person's certificates; that somebody came stays counted."""
    Certificate._base_manager.filter(registration__person_id=person_id).delete()  # noqa: SLF001 - over all editions
