"""Writes about hosts and papers; seats are given in `registration.seats`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.door import operations as door
from hemicycle.door import scans
from hemicycle.hosting import queries
from hemicycle.hosting.messages import AskedToHost
from hemicycle.hosting.models import Host, HostInvitation, Paper
from hemicycle.kit import tokens
from hemicycle.kit.i18n import speaking
from hemicycle.kit.uploads import safe_name
from hemicycle.notifications import operations as notifications
from hemicycle.registration.enums import SeatStatus
from hemicycle.registration.models import Seat, SideEvent

ANSWER_WITHIN = timedelta(days=14)
PURPOSE = "hosting.join"


class AlreadyHost(Exception):
    """The person of this address hosts it already."""


class InvitationGone(Exception):
    """The invitation was answered, withdrawn, or sent again with a newer link."""


@transaction.atomic
def make_host(*, side_event: SideEvent, person: User, actor: Any, now: datetime) -> Host:
    """Give a side event a host; twice is once."""
    host, created = Host.objects.get_or_create(side_event=side_event, person=person, defaults={"added_at": now})
    if created:
        audit.record(action="host added", target=side_event, actor=actor, at=now)
    return host


@transaction.atomic
def ask(*, side_event: SideEvent, email: str, actor: Any, now: datetime) -> HostInvitation:
    """Ask an address to host; asked again, a fresh link goes out and the old one stops working.

    Raises:
        AlreadyHost: the address hosts it.
    """
    conference = lock(conference_id=side_event.conference_id)
    if Host.objects.filter(side_event=side_event, person__email=email.lower()).exists():
        raise AlreadyHost
    invitation, created = HostInvitation.objects.get_or_create(
        side_event=side_event, email=email.lower(), defaults={"invited_at": now}
    )
    if not created:
        invitation.version, invitation.invited_at = invitation.version + 1, now
        invitation.save()
    audit.record(action="invited", target=side_event, actor=actor, at=now)
    claim = tokens.Claim(conference_id=conference.pk, subject=invitation.pk, version=invitation.version)
    token = tokens.issue(purpose=PURPOSE, claim=claim)
    language = (conference.languages or ["en"])[0]
    with speaking(language):
        message = AskedToHost(
            side_event=str(side_event.title),
            conference=str(conference.name),
            link=settings.BASE_URL + reverse("hosting:join", args=[conference.slug, token]),
        )
    notifications.send(message, to=invitation.email, language=language, conference_id=conference.pk, now=now)
    return invitation


def invitation_of(*, conference: Conference, token: str) -> HostInvitation:
    """Return the invitation a link speaks of.

    Raises:
        kit.tokens.BadToken: not our link, another edition's, or older than two weeks.
        InvitationGone: answered, withdrawn or replaced.
    """
    claim = tokens.read(purpose=PURPOSE, token=token, max_age=ANSWER_WITHIN)
    if claim.conference_id != conference.pk:
        raise tokens.BadToken
    rows = HostInvitation.objects.select_related("side_event")
    found = rows.filter(pk=claim.subject, version=claim.version, side_event__conference=conference).first()
    if found is None:
        raise InvitationGone
    return found


@transaction.atomic
def join(*, conference: Conference, token: str, language: str, now: datetime) -> Host:
    """Say yes: the address's person, made if new, hosts; the link proves that they read mail there.

    Raises:
        kit.tokens.BadToken, InvitationGone: as `invitation_of`.
    """
    lock(conference_id=conference.pk)
    invitation = invitation_of(conference=conference, token=token)
    person = accounts.person_for(email=invitation.email, first_name="", last_name="", language=language)
    accounts.verify_address(person=person)
    host = make_host(side_event=invitation.side_event, person=person, actor=person, now=now)
    invitation.delete()
    return host


@transaction.atomic
def take_away(*, side_event: SideEvent, host: int = 0, invitation: int = 0, actor: Any, now: datetime) -> bool:
    """End a host's role, or take an invitation back; say whether there was one."""
    gone, _ = Host.objects.filter(side_event=side_event, pk=host).delete()
    withdrawn, _ = HostInvitation.objects.filter(side_event=side_event, pk=invitation).delete()
    if gone or withdrawn:
        action = "host taken away" if gone else "invitation withdrawn"
        audit.record(action=action, target=side_event, actor=actor, at=now)
    return bool(gone or withdrawn)


@transaction.atomic
def forget(*, person_id: int) -> None:
    """Take a person out of every host team, and forget the invitations to their address."""
    Host._base_manager.filter(person_id=person_id).delete()  # noqa: SLF001 - over all editions
    email = User.objects.get(pk=person_id).email
    HostInvitation._base_manager.filter(email__iexact=email).delete()  # noqa: SLF001


@transaction.atomic
def note_attendance(*, side_event: SideEvent, keys: Iterable[int], came: bool, actor: Any, now: datetime) -> int:
    """Check people in or out by hand on the door's list of the side event; return how many."""
    conference = lock(conference_id=side_event.conference_id)
    checklist = queries.check_list(side_event=side_event)
    if checklist is None:
        door.prepare_lists(conference=conference, actor=actor, now=now)
        checklist = queries.check_list(side_event=side_event)
    assert checklist is not None  # just made
    rows = Seat.objects.filter(side_event=side_event, pk__in=list(keys), status=SeatStatus.CONFIRMED)
    number = 0
    for seat in rows.select_related("registration__person"):
        if came:
            scans.by_hand(checklist=checklist, registration=seat.registration, actor=actor, now=now)
        else:
            scans.correct(checklist=checklist, registration=seat.registration, actor=actor, now=now)
        number += 1
    return number


@transaction.atomic
def add_paper(
    *, side_event: SideEvent, title: str, file: UploadedFile, shown: bool, actor: Any, now: datetime
) -> Paper:
    """Keep a file that came out of a side event; `file.kind` says what it was found to be."""
    kind = file.kind  # type: ignore[attr-defined]
    name = safe_name(file.name or "", kind)
    paper = Paper(
        side_event=side_event, title=title, name=name, media=kind.media, size=file.size or 0, shown=shown,
        uploaded_at=now,
    )  # fmt: skip
    paper.file.save(f"{uuid4().hex}.{kind.ending}", file, save=False)
    paper.save()
    audit.record(action="paper added", target=side_event, actor=actor, at=now, name=name)
    return paper


@transaction.atomic
def show_paper(*, paper: Paper, shown: bool, actor: Any, now: datetime) -> None:
    """Show a paper to everybody, or hide it."""
    paper.shown = shown
    paper.save(update_fields=["shown"])
    audit.record(
        action="paper shown" if shown else "paper hidden", target=paper.side_event, actor=actor, at=now, name=paper.name
    )


@transaction.atomic
def remove_paper(*, paper: Paper, actor: Any, now: datetime) -> None:
    """Remove a paper; its file goes when that is certain."""
    storage, name = paper.file.storage, paper.file.name
    audit.record(action="paper removed", target=paper.side_event, actor=actor, at=now, name=paper.name)
    paper.delete()
    transaction.on_commit(lambda: storage.delete(name or ""))
