"""The words of the audit trail and of queued work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a piece of queued work stands."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    DEAD = "dead", _("given up")


# What happened, said to people; the word itself is what is stored.
ACTIONS = {
    "role taken": _("role taken"),
    "moved": _("moved"),
    "added": _("added"),
    "invitation withdrawn": _("invitation withdrawn"),
    "guard list taken": _("guard list taken"),
    "imported": _("imported"),
    "removed": _("removed"),
    "written to again": _("written to again"),
    "code made": _("code made"),
    "invited": _("invited"),
    "transfer offered": _("transfer offered"),
    "transferred": _("transferred"),
    "declined": _("declined"),
    "approved": _("approved"),
    "waits": _("waits"),
    "address confirmed": _("address confirmed"),
    "cancelled": _("cancelled"),
    "changed": _("changed"),
    "confirmed": _("confirmed"),
    "consent given": _("consent given"),
    "consent withdrawn": _("consent withdrawn"),
    "created": _("created"),
    "erased": _("erased"),
    "hold ended": _("hold ended"),
    "meeting accepted": _("meeting accepted"),
    "meeting declined": _("meeting declined"),
    "meeting requested": _("meeting requested"),
    "meeting withdrawn": _("meeting withdrawn"),
    "news written": _("news written"),
    "offered": _("offered"),
    "profile written": _("profile written"),
    "registered": _("registered"),
    "released": _("released"),
    "retention over": _("retention over"),
    "role given": _("role given"),
    "schedule published": _("schedule published"),
    "schedule started": _("schedule started"),
    "schedule stopped": _("schedule stopped"),
    "seat given back": _("seat given back"),
    "seat taken": _("seat taken"),
}
