"""The words of the agenda."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """How a session is held."""

    PLENARY = "plenary", _("Plenary")
    PANEL = "panel", _("High-level panel")
    WORKSHOP = "workshop", _("Workshop")
    ROUND_TABLE = "round_table", _("Round table")
    DEBATE = "debate", _("Debate")
    CASES = "cases", _("Case studies")
    MATCHMAKING = "matchmaking", _("Matchmaking")
    EXHIBITION = "exhibition", _("Exhibition")
    BREAK = "break", _("Break")


class AppearanceRole(models.TextChoices):
    """What somebody does in a session."""

    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")
    RAPPORTEUR = "rapporteur", _("rapporteur")
