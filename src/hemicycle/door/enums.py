"""The words of the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListKind(models.TextChoices):
    """What people are checked into."""

    CONFERENCE = "conference", _("conference")
    SIDE_EVENT = "side_event", _("side event")
    SESSION = "session", _("session")


class ScanKind(models.TextChoices):
    """What a scan asks for."""

    IN = "in", _("check in")
    UNDO = "undo", _("take back")


class Method(models.TextChoices):
    """How a ticket was read."""

    CAMERA = "camera", _("camera")
    KEYBOARD = "keyboard", _("typed or hand scanner")
    NAME = "name", _("found by name")
    WALK_IN = "walk_in", _("registered at the door")
    DESK = "desk", _("by the desk")


class Result(models.TextChoices):
    """What the door answers; each has one colour and one sentence."""

    IN = "in", _("Welcome")
    DOUBLE = "double", _("Already checked in")
    UNDONE = "undone", _("Taken back")
    NO_SEAT = "no_seat", _("No seat at this side event")
    ONLINE = "online", _("Registered for taking part online")
    NOT_CONFIRMED = "not_confirmed", _("No confirmed place")
    CANCELLED = "cancelled", _("This place was given back")
    OTHER_EDITION = "other_edition", _("A ticket for another edition")
    FORGED = "forged", _("This ticket was not issued by us")
    UNKNOWN = "unknown", _("No such ticket")
    NOT_THIS_LIST = "not_this_list", _("This device does not serve this list")
    GARBAGE = "garbage", _("This scan cannot be read")


ADMITTED = frozenset({Result.IN, Result.DOUBLE})


class RunKind(models.TextChoices):
    """Papers that are made for everybody at once."""

    BADGES_A6 = "badges_a6", _("badges A6")
    BADGES_A5 = "badges_a5", _("badges A5 to fold")
    BOOKLET = "booklet", _("participants' booklet")
