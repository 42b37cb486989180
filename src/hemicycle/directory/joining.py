"""Every write about who looks after an organisation: asked by mail or by their own domain, in by a yes."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.accounts.queries import address_confirmed
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.directory import rules
from hemicycle.directory.messages import JoinAnswered, JoinAsked, LastManagerLeft
from hemicycle.directory.messages import ManagerInvitation as InvitationMail
from hemicycle.directory.models import JoinRequest, Manager, ManagerInvitation, Organisation, Waiver
from hemicycle.directory.operations import lock
from hemicycle.kit import tokens
from hemicycle.notifications import operations as notifications

ANSWER_WITHIN = timedelta(days=14)
PURPOSE = "directory.join"


class AlreadyManager(Exception):
    """The person manages the organisation already."""


class NotTheirDomain(Exception):
    """The person's address is not confirmed, or not of the organisation's own mail domain."""


class LastManager(Exception):
    """Nobody would look after the organisation any more: the last one leaves with a word to the organisers."""


class InvitationGone(Exception):
    """The invitation was answered, withdrawn, or sent again with a newer link."""


def _page(conference: Conference, name: str, organisation: Organisation) -> str:
    return str(settings.BASE_URL) + reverse(f"directory:{name}", args=[conference.slug, organisation.slug])


@transaction.atomic
def add(*, organisation: Organisation, person: User, actor: Any, now: datetime) -> Manager:
    """Make a person a manager; made twice is made once."""
    manager, created = Manager.objects.get_or_create(organisation=organisation, person=person, defaults={"since": now})
    if created:
        JoinRequest.objects.filter(organisation=organisation, person=person).delete()
        audit.record(action="manager joined", target=organisation, actor=actor, at=now)
    return manager


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, conference: Conference, language: str, actor: Any, now: datetime
) -> ManagerInvitation:
    """Ask an address to manage an organisation; asked again, a fresh link goes out and the old one stops working.

    Raises:
        AlreadyManager: the address does already.
    """
    lock(organisation_id=organisation.pk)
    if Manager.objects.filter(organisation=organisation, person__email=email.lower()).exists():
        raise AlreadyManager
    invitation, created = ManagerInvitation.objects.get_or_create(
        organisation=organisation, email=email.lower(), defaults={"invited_by": actor, "invited_at": now}
    )
    if not created:
        invitation.version += 1
        invitation.invited_by, invitation.invited_at = actor, now
        invitation.save()
    audit.record(action="invited", target=organisation, actor=actor, at=now)
    claim = tokens.Claim(conference_id=conference.pk, subject=invitation.pk, version=invitation.version)
    token = tokens.issue(purpose=PURPOSE, claim=claim)
    link = settings.BASE_URL + reverse("directory:invited", args=[conference.slug, token])
    message = InvitationMail(organisation=str(organisation), conference=str(conference.name), link=link)
    notifications.send(message, to=invitation.email, language=language, conference_id=conference.pk, now=now)
    return invitation


@transaction.atomic
def withdraw(*, invitation: ManagerInvitation, actor: Any, now: datetime) -> None:
    """Take an invitation back; its link stops working."""
    audit.record(action="invitation withdrawn", target=invitation.organisation, actor=actor, at=now)
    invitation.delete()


def invitation_of(*, token: str, conference: Conference) -> ManagerInvitation:
    """Return the invitation a link speaks of.

    Raises:
        kit.tokens.BadToken: not our link, or older than two weeks.
        InvitationGone: answered, withdrawn, replaced, or of another edition.
    """
    claim = tokens.read(purpose=PURPOSE, token=token, max_age=ANSWER_WITHIN)
    rows = ManagerInvitation.objects.select_related("organisation").filter(pk=claim.subject, version=claim.version)
    invitation = rows.first() if claim.conference_id == conference.pk else None
    if invitation is None:
        raise InvitationGone
    return invitation


@transaction.atomic
def accept(*, token: str, conference: Conference, language: str, now: datetime) -> Manager:
    """Say yes: the address's person, made if new, manages; the link proves that they read mail there.

    Raises:
        kit.tokens.BadToken, InvitationGone: as `invitation_of`.
    """
    lock(organisation_id=invitation_of(token=token, conference=conference).organisation_id)
    invitation = invitation_of(token=token, conference=conference)
    person = accounts.person_for(email=invitation.email, first_name="", last_name="", language=language)
    accounts.verify_address(person=person)
    manager = add(organisation=invitation.organisation, person=person, actor=person, now=now)
    invitation.delete()
    return manager


@transaction.atomic
def ask(*, organisation: Organisation, person: User, conference: Conference, now: datetime) -> JoinRequest:
    """Ask to manage the organisation of one's own mail domain; its managers are told, or the organisers.

    Raises:
        AlreadyManager: nothing to ask for.
        NotTheirDomain: the address is not confirmed or is of another domain.
    """
    lock(organisation_id=organisation.pk)
    managers = list(Manager.objects.filter(organisation=organisation).select_related("person"))
    if any(manager.person_id == person.pk for manager in managers):
        raise AlreadyManager
    confirmed = address_confirmed(person=person)
    if not rules.joins_by_domain(address=person.email, confirmed=confirmed, domain=organisation.domain):
        raise NotTheirDomain
    found, created = JoinRequest.objects.get_or_create(
        organisation=organisation, person=person, defaults={"asked_at": now}
    )
    if not created:
        return found
    audit.record(action="join asked", target=organisation, actor=person, at=now)
    name = "own" if managers else "desk_show"
    message = JoinAsked(organisation=str(organisation), person=person.name, link=_page(conference, name, organisation))
    told: list[tuple[str, str, User | None]] = [
        (manager.person.email, manager.person.language, manager.person) for manager in managers
    ]
    for address, language, reader in told or [(conference.contact_email, (conference.languages or ["en"])[0], None)]:
        if address:
            notifications.send(
                message, to=address, person=reader, language=language, conference_id=conference.pk, now=now
            )
    return found


@transaction.atomic
def answer(*, join_request: JoinRequest, yes: bool, conference: Conference, actor: Any, now: datetime) -> None:
    """Say yes or no to somebody who asked; they are told."""
    organisation, person = join_request.organisation, join_request.person
    join_request.delete()
    if yes:
        add(organisation=organisation, person=person, actor=actor, now=now)
    else:
        audit.record(action="declined", target=organisation, actor=actor, at=now)
    page = "own" if yes or not organisation.listed else "page"
    message = JoinAnswered(organisation=str(organisation), yes=yes, link=_page(conference, page, organisation))
    notifications.send(
        message, to=person.email, person=person, language=person.language, conference_id=conference.pk, now=now
    )


@transaction.atomic
def remove(*, manager: Manager, word: str, conference: Conference, actor: Any, now: datetime) -> None:
    """End that somebody manages: they leave, another manager or the team takes them out.

    Raises:
        LastManager: the last one leaves and says no word to the organisers.
    """
    organisation = lock(organisation_id=manager.organisation_id)
    last = not Manager.objects.filter(organisation=organisation).exclude(pk=manager.pk).exists()
    leaves = actor is not None and actor.pk == manager.person_id
    if last and leaves and not word:
        raise LastManager
    manager.delete()
    audit.record(action="manager left", target=organisation, actor=actor, at=now)
    if last and leaves and conference.contact_email:
        message = LastManagerLeft(
            organisation=str(organisation), word=word, link=_page(conference, "desk_show", organisation)
        )
        notifications.send(message, to=conference.contact_email, conference_id=conference.pk, now=now)


@transaction.atomic
def erase_person(*, person_id: int) -> None:
    """Forget what a person manages, what they asked for, and what was sent to their address."""
    Manager.objects.filter(person_id=person_id).delete()
    JoinRequest.objects.filter(person_id=person_id).delete()
    email = User.objects.values_list("email", flat=True).get(pk=person_id)
    ManagerInvitation.objects.filter(email__iexact=email).delete()
    ManagerInvitation.objects.filter(invited_by_id=person_id).update(invited_by=None)
    Waiver.objects.filter(given_by_id=person_id).update(given_by=None)
