"""Every write about profiles and requests."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference, Term
from hemicycle.conferences.queries import lock
from hemicycle.matchmaking import letters, queries, rules
from hemicycle.matchmaking.enums import EntryKind, RequestStatus
from hemicycle.matchmaking.models import Entry, Meeting, MeetingRequest, Profile, Slot
from hemicycle.registration.enums import PLACE
from hemicycle.registration.models import Registration


class NoPlace(Exception):
    """Only somebody with a confirmed place meets people."""


class MayNotAsk(Exception):
    """This request cannot be sent; `why` is `self`, `colleague`, `already` or `too_many`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AlreadyAnswered(Exception):
    """The request was answered or withdrawn in the meantime."""


def set_slots(*, conference: Conference, slots: Iterable[tuple[datetime, datetime, int, int]]) -> None:
    """Write the meeting slots: start, end, tables, block (slots of one block follow each other)."""
    for starts_at, ends_at, tables, block in slots:
        Slot.objects.update_or_create(
            conference=conference, starts_at=starts_at, defaults={"ends_at": ends_at, "tables": tables, "block": block}
        )


@transaction.atomic
def write_profile(
    *,
    registration: Registration,
    about: str,
    offers: Sequence[str],
    needs: Sequence[str],
    ecosystems: Iterable[Term],
    visible: bool,
    now: datetime,
) -> Profile:
    """Write what a participant shows to partners; empty lines are left out.

    Raises:
        NoPlace: the registration is not confirmed.
    """
    if registration.status not in PLACE:
        raise NoPlace
    profile, _ = Profile.objects.update_or_create(
        registration=registration,
        defaults={
            "conference_id": registration.conference_id,
            "about": about,
            "visible": visible,
            "updated_at": now,
        },
    )
    profile.ecosystems.set(ecosystems)
    profile.entries.all().delete()
    Entry.objects.bulk_create(
        Entry(profile=profile, kind=kind, text=text, order=order)
        for kind, texts in ((EntryKind.OFFER, offers), (EntryKind.NEED, needs))
        for order, text in enumerate(filter(None, texts))
    )
    audit.record(action="profile written", target=profile, actor=registration.person, at=now)
    return profile


@transaction.atomic
def ask(*, sender: Profile, receiver: Profile, message: str, now: datetime) -> MeetingRequest:
    """Ask somebody for a meeting; asking somebody who asked you accepts their request.

    Raises:
        MayNotAsk: oneself, a colleague, asked already, or too many open requests.
    """
    conference = lock(conference_id=sender.conference_id)
    between = queries.requests_between(a=sender, b=receiver)
    theirs = next(
        (row for row in between if row.sender_id == receiver.pk and row.status == RequestStatus.REQUESTED), None
    )
    if theirs is not None:
        return _answer(theirs, conference=conference, yes=True, now=now)
    organisation = sender.registration.organisation_id
    why = rules.may_ask(
        same_person=sender.pk == receiver.pk,
        same_organisation=organisation is not None and organisation == receiver.registration.organisation_id,
        open_requests=queries.open_requests(profile=sender),
        already=[row.status for row in between],
    )
    if why:
        raise MayNotAsk(why)
    meeting_request, _ = MeetingRequest.objects.update_or_create(
        sender=sender,
        receiver=receiver,
        defaults={
            "conference": conference,
            "message": message,
            "status": RequestStatus.REQUESTED,
            "sent_at": now,
            "answered_at": None,
        },
    )
    audit.record(action="meeting requested", target=meeting_request, actor=sender.registration.person, at=now)
    letters.requested(meeting_request=meeting_request, conference=conference, now=now)
    return meeting_request


@transaction.atomic
def answer(*, meeting_request: MeetingRequest, yes: bool, now: datetime) -> MeetingRequest:
    """Accept or decline a request.

    Raises:
        AlreadyAnswered: it was answered or withdrawn.
    """
    conference = lock(conference_id=meeting_request.conference_id)
    meeting_request.refresh_from_db(fields=["status"])
    if meeting_request.status != RequestStatus.REQUESTED:
        raise AlreadyAnswered
    return _answer(meeting_request, conference=conference, yes=yes, now=now)


def _answer(meeting_request: MeetingRequest, *, conference: Conference, yes: bool, now: datetime) -> MeetingRequest:
    meeting_request.status = RequestStatus.ACCEPTED if yes else RequestStatus.DECLINED
    meeting_request.answered_at = now
    meeting_request.save(update_fields=["status", "answered_at"])
    person = meeting_request.receiver.registration.person
    audit.record(action=f"meeting {meeting_request.status}", target=meeting_request, actor=person, at=now)
    if yes:
        letters.accepted(meeting_request=meeting_request, conference=conference, now=now)
    return meeting_request


@transaction.atomic
def withdraw(*, meeting_request: MeetingRequest, actor: Any, now: datetime) -> None:
    """Take a request back, or cancel an accepted meeting; the other side is told if it was accepted."""
    conference = lock(conference_id=meeting_request.conference_id)
    meeting_request.refresh_from_db(fields=["status"])
    if meeting_request.status not in (RequestStatus.REQUESTED, RequestStatus.ACCEPTED):
        raise AlreadyAnswered
    _cancel(meeting_request, conference=conference, by=actor.pk, now=now)
    audit.record(action="meeting withdrawn", target=meeting_request, actor=actor, at=now)


def _cancel(meeting_request: MeetingRequest, *, conference: Conference, by: int, now: datetime) -> None:
    was_accepted = meeting_request.status == RequestStatus.ACCEPTED
    meeting_request.status = RequestStatus.CANCELLED if was_accepted else RequestStatus.WITHDRAWN
    meeting_request.save(update_fields=["status"])
    meeting = Meeting.objects.filter(request=meeting_request, cancelled_at__isnull=True).select_related("slot").first()
    if meeting is not None:
        meeting.cancelled_at = meeting.changed_at = now
        meeting.sequence += 1
        meeting.save(update_fields=["cancelled_at", "changed_at", "sequence"])
        letters.cancelled(meeting=meeting, meeting_request=meeting_request, conference=conference, by=by, now=now)


def free_registration(*, conference_id: int, registration_id: int, person_id: int, now: datetime) -> None:
    """Take back all requests and meetings of somebody who gave the place back, in that transaction."""
    profile = Profile.objects.filter(registration_id=registration_id).first()
    if profile is None:
        return
    conference = lock(conference_id=conference_id)
    for meeting_request in queries.requests_of(profile=profile):
        if meeting_request.status in (RequestStatus.REQUESTED, RequestStatus.ACCEPTED):
            _cancel(meeting_request, conference=conference, by=person_id, now=now)


def erase_person(*, person_id: int) -> None:
    """Forget a person's profile over all editions: words go, requests and meetings with it."""
    Profile._base_manager.filter(registration__person_id=person_id).delete()  # noqa: SLF001
