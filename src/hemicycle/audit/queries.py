"""Reads of the audit trail and of queued work."""

from django.db import models

from hemicycle.audit.enums import JobState
from hemicycle.audit.models import Entry, Job


def history(*, target: models.Model, limit: int = 50) -> list[Entry]:
    """Return what happened to one thing, latest first, with the actors loaded."""
    return list(
        Entry.objects.filter(target_type=target._meta.label, target_id=str(target.pk)).select_related("actor")[:limit]  # noqa: SLF001
    )


def latest(*, conference_id: int, limit: int = 20) -> list[Entry]:
    """Return what happened in an edition, latest first, with the actors loaded."""
    return list(Entry.objects.filter(conference_id=conference_id).select_related("actor")[:limit])


def dead_letters(*, limit: int = 100) -> list[Job]:
    """Return the work that was given up, latest first."""
    return list(Job.objects.filter(state=JobState.DEAD).order_by("-finished_at")[:limit])
