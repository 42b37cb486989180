"""Every write of the audit trail."""

from datetime import datetime
from typing import Any

from django.db import models

from hemicycle.audit.models import Entry


def record(*, action: str, target: models.Model, actor: Any, at: datetime, **details: Any) -> None:
    """Write one sentence of history, in the transaction of the change itself.

    `details` holds plain values without personal data: old and new states, counts, ids.
    """
    label = target._meta.label  # noqa: SLF001 - Django's documented name of a model
    conference_id = target.pk if label == "conferences.Conference" else getattr(target, "conference_id", None)
    Entry.objects.create(
        conference_id=conference_id,
        action=str(action),
        target_type=label,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        actor=actor if getattr(actor, "is_authenticated", False) else None,
        at=at,
        details=details,
    )


def forget_label(*, target: models.Model) -> None:
    """Take the words out of the history of one thing; that something happened stays."""
    label = target._meta.label  # noqa: SLF001
    Entry.objects.filter(target_type=label, target_id=str(target.pk)).update(target_label="")
