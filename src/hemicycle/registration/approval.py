"""Decisions about those who asked to come: approved or declined, in batches, by a person of the team."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.registration import letters, operations
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Registration


@transaction.atomic
def approve(*, conference: Conference, keys: Iterable[int], actor: Any, now: datetime) -> int:
    """Approve who is pending, in order of arrival: a place if there is one, else a turn in the waiting list.

    Whoever has not confirmed their address yet is approved and settled when they do. Others are passed over.
    Return how many were approved.
    """
    conference = lock(conference_id=conference.pk)
    rows = Registration.objects.filter(conference=conference, pk__in=list(keys), status=Status.PENDING)
    number = 0
    for registration in rows.select_related("person", "category").order_by("created_order"):
        if registration.approved_at is not None:
            continue
        registration.approved_at = now
        registration.save(update_fields=["approved_at"])
        audit.record(action="approved", target=registration, actor=actor, at=now)
        if registration.held_until is None:
            operations.settle_approved(registration, conference=conference, now=now)
        number += 1
    return number


@transaction.atomic
def decline(*, conference: Conference, keys: Iterable[int], reason: str, actor: Any, now: datetime) -> int:
    """Decline who is pending or waits, and tell them why; return how many."""
    conference = lock(conference_id=conference.pk)
    rows = Registration.objects.filter(
        conference=conference, pk__in=list(keys), status__in=[Status.PENDING, Status.WAITING]
    )
    number = 0
    for registration in rows.select_related("person").order_by("created_order"):
        registration.status, registration.held_until = Status.DECLINED, None
        registration.version += 1
        registration.save(update_fields=["status", "held_until", "version"])
        audit.record(action="declined", target=registration, actor=actor, at=now)
        letters.declined(registration=registration, conference=conference, reason=reason, now=now)
        number += 1
    return number
