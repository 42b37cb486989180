"""A place changes hands: the colleague says yes by a link, and only then the first person's place ends."""

from datetime import datetime, timedelta

from django.db import transaction

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.kit import tokens
from hemicycle.registration import letters, operations, rules
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Registration, Transfer

PURPOSE = "registration.transfer"
ANSWER_WITHIN = timedelta(days=3)


class CannotTransfer(Exception):
    """Only a confirmed place moves, before the deadline, and to somebody who has none; `why` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _movable(registration: Registration, conference: Conference, now: datetime) -> None:
    if registration.status != Status.CONFIRMED:
        raise CannotTransfer("status")
    if not rules.may_cancel(status=Status.CONFIRMED, now=now, closes_at=conference.changes_close_at):
        raise CannotTransfer("late")


def _active(conference: Conference, email: str) -> Registration | None:
    rows = Registration.objects.filter(conference=conference, person__email__iexact=email)
    return rows.exclude(status__in=[Status.CANCELLED, Status.DECLINED]).first()


@transaction.atomic
def offer(
    *, registration: Registration, to: str, first_name: str, last_name: str, actor: User, now: datetime
) -> Transfer:
    """Offer one's place to a colleague; a later offer replaces an earlier one, whose link then says so.

    Raises:
        CannotTransfer: the place is not confirmed, it is too late, or it is one's own address.
    """
    conference = lock(conference_id=registration.conference_id)
    registration.refresh_from_db()
    _movable(registration, conference, now)
    if to.lower() == registration.person.email.lower():
        raise CannotTransfer("self")
    transfer = registration.transfers.filter(accepted_at__isnull=True).first() or Transfer(
        registration=registration, version=0
    )
    transfer.email, transfer.first_name, transfer.last_name = to.lower(), first_name, last_name
    transfer.version += 1
    transfer.offered_at, transfer.ends_at = now, now + ANSWER_WITHIN
    transfer.save()
    audit.record(action="transfer offered", target=registration, actor=actor, at=now)
    claim = tokens.Claim(conference_id=conference.pk, subject=transfer.pk, version=transfer.version)
    letters.transfer_offered(
        transfer=transfer, conference=conference, token=tokens.issue(purpose=PURPOSE, claim=claim), now=now
    )
    return transfer


@transaction.atomic
def accept(*, conference: Conference, token: str, now: datetime) -> Registration:
    """Take over a place by the link; seats and meetings of the first person are freed, the place is not.

    Raises:
        kit.tokens.BadToken: not our link, or another edition's.
        operations.LinkUsed: used, replaced by a newer offer, or over.
        CannotTransfer: the place was given back meanwhile, or this person has a place of their own.
    """
    claim = tokens.read(purpose=PURPOSE, token=token, max_age=None)
    if claim.conference_id != conference.pk:
        raise tokens.BadToken
    conference = lock(conference_id=conference.pk)
    transfer = Transfer.objects.filter(pk=claim.subject, registration__conference=conference).first()
    if transfer is None or transfer.version != claim.version or transfer.accepted_at or transfer.ends_at <= now:
        raise operations.LinkUsed
    first = Registration.objects.select_related("person", "category", "stakeholder", "organisation").get(
        pk=transfer.registration_id
    )
    _movable(first, conference, now)
    if _active(conference, transfer.email) is not None:
        raise CannotTransfer("has place")
    second = _hand_over(first, transfer, conference=conference, now=now)
    transfer.accepted_at = now
    transfer.save(update_fields=["accepted_at"])
    return second


def _hand_over(first: Registration, transfer: Transfer, *, conference: Conference, now: datetime) -> Registration:
    person = accounts.person_for(
        email=transfer.email,
        first_name=transfer.first_name,
        last_name=transfer.last_name,
        language=first.person.language,
    )
    accounts.verify_address(person=person)
    operations.free(first, now=now)
    audit.record(action="transferred", target=first, actor=first.person, at=now)
    letters.transferred(registration=first, conference=conference, to=person.name, now=now)
    details = operations.Details(
        email=transfer.email,
        first_name=transfer.first_name,
        last_name=transfer.last_name,
        stakeholder=first.stakeholder,
        country=first.country,
        mode=first.mode,
        organisation=first.organisation,
        category=first.category,
    )
    known = Registration.objects.filter(conference=conference, person=person).first()
    second = known or Registration(conference=conference, person=person)
    operations.write_details(second, details=details, status=Status.SUBMITTED, now=now)
    operations.confirm(second, conference=conference, now=now)
    return second
