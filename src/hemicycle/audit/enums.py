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
    "added": _("added"),
    "address confirmed": _("address confirmed"),
    "approved": _("approved"),
    "asked for": _("asked for"),
    "cancelled": _("cancelled"),
    "certificate issued": _("certificate issued"),
    "changed": _("changed"),
    "check waived": _("check set aside"),
    "check-in taken back": _("check-in taken back"),
    "checked in": _("checked in"),
    "code made": _("code made"),
    "confirmed": _("confirmed"),
    "consent given": _("consent given"),
    "consent withdrawn": _("consent withdrawn"),
    "created": _("created"),
    "declined": _("declined"),
    "device enrolled": _("device enrolled"),
    "device made": _("device made"),
    "device switched off": _("device switched off"),
    "enrolment code made": _("enrolment code made"),
    "erased": _("erased"),
    "fact confirmed": _("fact confirmed"),
    "fact removed": _("fact removed"),
    "fact written": _("fact written"),
    "guard list taken": _("guard list taken"),
    "hold ended": _("hold ended"),
    "host added": _("host added"),
    "host taken away": _("host taken away"),
    "imported": _("imported"),
    "invitation letter made": _("invitation letter made"),
    "invitation withdrawn": _("invitation withdrawn"),
    "invited": _("invited"),
    "join asked": _("asked to join"),
    "key made": _("key for programs made"),
    "key revoked": _("key for programs ended"),
    "lists prepared": _("lists prepared"),
    "manager joined": _("manager joined"),
    "manager left": _("manager left"),
    "meeting accepted": _("meeting accepted"),
    "meeting declined": _("meeting declined"),
    "meeting requested": _("meeting requested"),
    "meeting withdrawn": _("meeting withdrawn"),
    "merged": _("merged"),
    "moved": _("moved"),
    "news written": _("news written"),
    "news told": _("news told to the subscribers"),
    "offered": _("offered"),
    "paper added": _("paper added"),
    "paper hidden": _("paper hidden"),
    "paper removed": _("paper removed"),
    "paper shown": _("paper shown"),
    "papers asked for": _("papers asked for"),
    "did not come": _("did not come"),
    "file taken": _("file taken"),
    "profile written": _("profile written"),
    "registered": _("registered"),
    "released": _("released"),
    "removed": _("removed"),
    "retention over": _("retention over"),
    "restricted file taken": _("restricted file taken"),
    "role given": _("role given"),
    "role taken": _("role taken"),
    "schedule published": _("schedule published"),
    "schedule started": _("schedule started"),
    "schedule stopped": _("schedule stopped"),
    "seat approved": _("seat approved"),
    "seat declined": _("seat declined"),
    "seat given back": _("seat given back"),
    "seat taken": _("seat taken"),
    "transfer offered": _("transfer offered"),
    "transferred": _("transferred"),
    "waits": _("waits"),
    "waiver ended": _("check counts again"),
    "walked in": _("walked in"),
    "written to again": _("written to again"),
    "written to all": _("written to all"),
}
