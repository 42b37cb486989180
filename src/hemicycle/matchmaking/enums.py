"""The words of matchmaking."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry of a profile is."""

    OFFER = "offer", _("offers")
    NEED = "need", _("looks for")


class RequestStatus(models.TextChoices):
    """Where a meeting request stands."""

    REQUESTED = "requested", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CANCELLED = "cancelled", _("cancelled")


class PlanState(models.TextChoices):
    """Where a run of the scheduler stands."""

    QUEUED = "queued", _("waiting for a worker")
    RUNNING = "running", _("scheduling")
    READY = "ready", _("ready to look at")
    PUBLISHED = "published", _("published")
    REPLACED = "replaced", _("replaced by a later one")
    CANCELLED = "cancelled", _("stopped")
    FAILED = "failed", _("failed")
