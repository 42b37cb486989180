"""The states of a registration and of a seat; each word has one meaning, on screens and in mails."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a registration stands."""

    SUBMITTED = "submitted", _("place held, address not confirmed")
    PENDING = "pending", _("pending approval")
    WAITING = "waiting", _("waiting list")
    OFFERED = "offered", _("place offered")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")
    CHECKED_IN = "checked_in", _("checked in")
    NO_SHOW = "no_show", _("did not come")


HOLDS_PLACE = frozenset({Status.SUBMITTED, Status.OFFERED, Status.CONFIRMED, Status.CHECKED_IN, Status.NO_SHOW})
GIVEN_BACK_FROM = frozenset({Status.SUBMITTED, Status.PENDING, Status.WAITING, Status.OFFERED, Status.CONFIRMED})
PLACE = frozenset({Status.CONFIRMED, Status.CHECKED_IN, Status.NO_SHOW})


class Mode(models.TextChoices):
    """How somebody takes part."""

    ON_SITE = "on_site", _("on site")
    HYBRID = "hybrid", _("partly on site, partly online")
    ONLINE = "online", _("online")


ON_SITE_MODES = frozenset({Mode.ON_SITE, Mode.HYBRID})


class QuestionKind(models.TextChoices):
    """What an answer to an organiser's question is."""

    TEXT = "text", _("text")
    CHOICE = "choice", _("one of a list")
    SEVERAL = "several", _("several of a list")
    YES = "yes", _("yes or no")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    PAST = "past", _("date in the past, for example of birth")
    COUNTRY = "country", _("country")
    ORGANISATION = "organisation", _("organisation")
    FILE = "file", _("file (PDF, PNG or JPEG)")


class ConsentKind(models.TextChoices):
    """What a person agrees to, each on its own."""

    LIST = "list", _("name on the participants' list")
    IMAGES = "images", _("pictures taken at the conference")
    NEWSLETTER = "newsletter", _("news about later editions")
    MATCHMAKING = "matchmaking", _("matchmaking profile shown to participants")


class SeatStatus(models.TextChoices):
    """Where a seat at a side event stands."""

    PENDING = "pending", _("the host decides")
    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("waiting list")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


SEAT_ENDED = frozenset({SeatStatus.DECLINED, SeatStatus.CANCELLED})


class SideKind(models.TextChoices):
    """What has seats of its own."""

    SIDE_EVENT = "side_event", _("side event")
    WORKSHOP = "workshop", _("workshop of the programme")
