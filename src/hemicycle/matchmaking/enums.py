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


class WhyNot(models.TextChoices):
    """Why an accepted meeting found no place; the engine's words, said to people."""

    CAPPED = "capped", _("%(names)s already has as many meetings as they take.")
    NO_SLOT = "no slot", _("There is no time at which %(names)s are both available.")
    BUSY = "busy", _("%(names)s has other meetings at every time at which both are available.")
    NO_COMMON = "no common slot", _("%(names)s have no free time in common.")
    NO_TABLE = "no table", _("%(names)s are both free at %(times)s, but every table is taken then.")
    NO_CLASS = (
        "no table of its class",
        _("%(names)s are both free at %(times)s, but no table of the kind they need is left then."),
    )
    ORDER = "order", _("%(names)s are both free at %(times)s, but another meeting must come first.")
    FREE = "free", _("Nothing stands in its way at %(times)s; schedule again.")
