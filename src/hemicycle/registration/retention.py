"""What is deleted, and when: on erasure, a week after the edition, and when its retention is over."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django_scopes import scope

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.kit.events import publish
from hemicycle.kit.tasks import later
from hemicycle.registration import operations, questionnaire, rules
from hemicycle.registration.enums import Status
from hemicycle.registration.events import EditionForgotten
from hemicycle.registration.models import Consent, Draft, Invitation, Registration, Tally, new_code, new_feed_key

NEEDS_KEPT = timedelta(days=7)


@transaction.atomic
def erase_person(*, person_id: int, now: datetime) -> None:
    """Take a person's words out of their registrations and give back places still to come; what is counted stays."""
    for registration in Registration._base_manager.filter(person_id=person_id):  # noqa: SLF001 - over all editions
        conference = lock(conference_id=registration.conference_id)
        with scope(conference=conference.pk):
            if rules.may_cancel(status=Status(registration.status), now=now, closes_at=_begins(conference)):
                operations.free(registration, now=now)
                later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)
        registration.needs = registration.job_title = ""
        registration.organisation = registration.group = None
        registration.answers.all().delete()
        registration.transfers.all().delete()
        registration.code, registration.feed_key = new_code(), new_feed_key()
        registration.save()
        Consent.objects.filter(registration=registration, withdrawn_at__isnull=True).update(withdrawn_at=now)


def _begins(conference: Conference) -> datetime | None:
    days = conference.days()
    return datetime.combine(days[0], time.min, tzinfo=conference.zone) if days else None


@transaction.atomic
def forget_edition(*, conference: Conference, now: datetime) -> int:
    """Delete an edition's registrations once its retention is over, with all that hangs on them; keep the counts.

    Return how many were deleted; nobody is told, everybody was when they registered.
    """
    conference = lock(conference_id=conference.pk)
    days = conference.days()
    if not days or not rules.retention_over(
        ended=days[-1], months=conference.retention_months, today=conference.local(now).date()
    ):
        return 0
    rows = Registration.objects.filter(conference=conference).order_by()
    for status, mode, country, stakeholder_id, number in rows.values_list(
        "status", "mode", "country", "stakeholder_id"
    ).annotate(number=Count("id")):
        tally, _created = Tally.objects.get_or_create(
            conference=conference,
            status=status,
            mode=mode,
            country=country,
            stakeholder_id=stakeholder_id,
            defaults={"number": 0},
        )
        tally.number += number
        tally.save(update_fields=["number"])
    deleted = rows.count()
    if deleted:
        publish(EditionForgotten(conference_id=conference.pk))
        rows.delete()
        Draft.objects.filter(conference=conference).delete()
        Invitation.objects.filter(conference=conference).delete()
        audit.record(action="retention over", target=conference, actor=None, at=now, registrations=deleted)
    return deleted


def forget_needs(*, conference: Conference, now: datetime) -> int:
    """Delete accessibility needs and what the guard asked for once the edition is a week over; return how many."""
    days = conference.days()
    if not days or conference.local(now).date() <= days[-1] + NEEDS_KEPT:
        return 0
    rows = Registration.objects.filter(conference=conference).exclude(needs="")
    return int(rows.update(needs="")) + questionnaire.forget_restricted(conference=conference)
