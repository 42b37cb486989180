"""Every write about who is in the team: asked by mail, in by a yes of their own, never without an owner."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django_scopes import scope

from hemicycle.accounts import operations as accounts
from hemicycle.audit import operations as audit
from hemicycle.conferences import queries
from hemicycle.conferences.enums import Role
from hemicycle.conferences.messages import TeamInvitation
from hemicycle.conferences.models import Conference, Invitation, TeamMember
from hemicycle.conferences.operations import give_role
from hemicycle.kit import tokens
from hemicycle.kit.i18n import speaking
from hemicycle.notifications import operations as notifications

ANSWER_WITHIN = timedelta(days=14)
PURPOSE = "conferences.join"


class AlreadyInTeam(Exception):
    """The person of this address has the role already."""


class LastOwner(Exception):
    """Without this person nobody could change the edition or its team."""


class InvitationGone(Exception):
    """The invitation was answered, withdrawn, or sent again with a newer link."""


@transaction.atomic
def invite(*, conference: Conference, email: str, role: str, language: str, actor: Any, now: datetime) -> Invitation:
    """Ask an address to join in a role; asked again, a fresh link goes out and the old one stops working.

    Raises:
        AlreadyInTeam: the address has the role.
    """
    queries.lock(conference_id=conference.pk)
    if TeamMember.objects.filter(conference=conference, person__email=email.lower(), role=role).exists():
        raise AlreadyInTeam
    invitation, created = Invitation.objects.get_or_create(
        conference=conference, email=email.lower(), role=role, defaults={"invited_by": actor, "invited_at": now}
    )
    if not created:
        invitation.version += 1
        invitation.invited_by, invitation.invited_at = actor, now
        invitation.save()
    audit.record(action="invited", target=invitation, actor=actor, at=now, role=role)
    claim = tokens.Claim(conference_id=conference.pk, subject=invitation.pk, version=invitation.version)
    link = settings.BASE_URL + reverse("desk:join", args=[tokens.issue(purpose=PURPOSE, claim=claim)])
    with speaking(language):
        message = TeamInvitation(conference=str(conference.name), role=str(Role(role).label), link=link)
    notifications.send(message, to=invitation.email, language=language, conference_id=conference.pk, now=now)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: Any, now: datetime) -> None:
    """Take an invitation back; its link stops working."""
    audit.record(action="invitation withdrawn", target=invitation, actor=actor, at=now, role=invitation.role)
    invitation.delete()


def invitation_of(*, token: str) -> Invitation:
    """Return the invitation a link speaks of, with its edition.

    Raises:
        kit.tokens.BadToken: not our link, or older than two weeks.
        InvitationGone: answered, withdrawn or replaced.
    """
    claim = tokens.read(purpose=PURPOSE, token=token, max_age=ANSWER_WITHIN)
    rows = Invitation._base_manager.select_related("conference")  # noqa: SLF001 - the reader is in no edition yet
    invitation = rows.filter(pk=claim.subject, conference_id=claim.conference_id, version=claim.version).first()
    if invitation is None:
        raise InvitationGone
    return invitation


@transaction.atomic
def join(*, token: str, language: str, now: datetime) -> TeamMember:
    """Say yes: the address's person, made if new, has the role; the link proves that they read mail there.

    Raises:
        kit.tokens.BadToken, InvitationGone: as `invitation_of`.
    """
    queries.lock(conference_id=invitation_of(token=token).conference_id)
    invitation = invitation_of(token=token)
    conference = invitation.conference
    person = accounts.person_for(email=invitation.email, first_name="", last_name="", language=language)
    accounts.verify_address(person=person)
    with scope(conference=conference.pk):
        member = give_role(
            conference=conference, person=person, role=invitation.role, actor=invitation.invited_by, now=now
        )
    invitation.delete()
    return member


@transaction.atomic
def take_role(*, member: TeamMember, actor: Any, now: datetime) -> None:
    """Take a role away from a person.

    Raises:
        LastOwner: the edition would have no owner left.
    """
    queries.lock(conference_id=member.conference_id)
    owners = TeamMember.objects.filter(conference_id=member.conference_id, role=Role.OWNER)
    if member.role == Role.OWNER and not owners.exclude(pk=member.pk).exists():
        raise LastOwner
    audit.record(action="role taken", target=member, actor=actor, at=now, role=member.role)
    member.delete()


def forget_address(*, email: str) -> None:
    """Forget the invitations to an address over all editions."""
    Invitation._base_manager.filter(email=email.lower()).delete()  # noqa: SLF001
