"""The words of editions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far an edition is shown to the world."""

    DRAFT = "draft", _("in preparation")
    OPEN = "open", _("public")
    ARCHIVED = "archived", _("past")


class Role(models.TextChoices):
    """What a member of the team does."""

    OWNER = "owner", _("owner")
    REGISTRATION = "registration", _("registration")
    PROGRAMME = "programme", _("programme")
    MATCHMAKING = "matchmaking", _("matchmaking")
    CONSULTATION = "consultation", _("consultation")
    COMMUNICATION = "communication", _("communication")
    DOOR = "door", _("door")


class BodyRole(models.TextChoices):
    """How an organisation stands behind an edition."""

    HOST = "host", _("host")
    SUPPORTER = "supporter", _("supported by")
    PARTNER = "partner", _("partner")


class TermKind(models.TextChoices):
    """The axes of the one taxonomy."""

    TRANSITION = "transition", _("transition")
    DRIVER = "driver", _("driver")
    ECOSYSTEM = "ecosystem", _("industrial ecosystem")
    STAKEHOLDER = "stakeholder", _("stakeholder type")
    FUNDING = "funding", _("funding strand")


class Certainty(models.TextChoices):
    """How well a fact is known."""

    ORGANISER = "organiser", _("stated by the organiser")
    REPORTED = "reported", _("reported by others")
    INFERRED = "inferred", _("inferred")
    RECALLED = "recalled", _("recalled, no source found")
    SAMPLE = "sample", _("invented sample")


class ActionKind(models.TextChoices):
    """What a record of EU policy is."""

    POLICY = "policy", _("policy action")
    INITIATIVE = "initiative", _("initiative")


class Regime(models.TextChoices):
    """The data protection law an edition works under."""

    GDPR = "gdpr", _("Regulation (EU) 2016/679 (GDPR)")
    EUDPR = "eudpr", _("Regulation (EU) 2018/1725")


class RunState(models.TextChoices):
    """How far something long is that the desk asked for."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")
    GONE = "gone", _("deleted")
