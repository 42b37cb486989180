"""Series and editions, who stands behind them, where they meet, and the one taxonomy."""

import zoneinfo
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import ActionKind, BodyRole, Certainty, Regime, Role, RunState, Stage, TermKind
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager


def known_zone(value: str) -> None:
    """Refuse anything but an IANA zone name: "CET" in May is an hour off."""
    if value not in zoneinfo.available_timezones() or "/" not in value:
        raise ValidationError(f"Not an IANA time zone: {value}")


class Series(models.Model):
    """A conference that comes back."""

    slug = models.SlugField(unique=True)
    name = I18nCharField(max_length=200)
    about = I18nTextField(blank=True)

    def __str__(self) -> str:
        return str(self.name)


class Conference(models.Model):
    """One edition: the tenant of everything below it."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="editions")
    slug = models.SlugField(unique=True)
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    name = I18nCharField(max_length=200)
    short_name = models.CharField(max_length=40)
    theme = I18nCharField(max_length=300, blank=True)
    lead = I18nTextField(blank=True)
    about = I18nTextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    date_note = models.CharField(max_length=200, blank=True)
    timezone = models.CharField(max_length=50, default="Europe/Brussels", validators=[known_zone])
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True)
    online = models.BooleanField(default=False)
    hashtag = models.CharField(max_length=40, blank=True)
    fee_note = I18nCharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    sample_note = I18nTextField(blank=True)
    languages = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(default=0)
    registration_opens_at = models.DateTimeField(null=True, blank=True)
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    changes_close_at = models.DateTimeField(null=True, blank=True)
    call_opens_at = models.DateTimeField(null=True, blank=True)
    call_closes_at = models.DateTimeField(null=True, blank=True)
    matchmaking_opens_at = models.DateTimeField(null=True, blank=True)
    matchmaking_closes_at = models.DateTimeField(null=True, blank=True)
    brand = models.CharField(max_length=7, default="#1f49d6")
    accent = models.CharField(max_length=7, default="#ffd34d")
    regime = models.CharField(max_length=5, choices=Regime.choices, default=Regime.GDPR)
    controller = models.CharField(max_length=200, blank=True)
    controller_contact = models.EmailField(blank=True)
    record_number = models.CharField(max_length=60, blank=True)
    retention_months = models.PositiveSmallIntegerField(default=12)
    privacy_text = I18nTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="conferences_one_edition_per_number"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="conferences_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The IANA zone every time of this edition is shown in."""
        return zoneinfo.ZoneInfo(self.timezone)

    def local(self, instant: datetime) -> datetime:
        """Return an instant in the edition's zone."""
        return instant.astimezone(self.zone)

    def zone_midnight(self) -> datetime:
        """The first instant of the edition's year, for files that need a stamp before anything else has one."""
        return datetime(self.year, 1, 1, tzinfo=self.zone)

    def days(self) -> list[date]:
        """Return the days of the edition, empty while they are unknown."""
        if self.starts_on is None or self.ends_on is None:
            return []
        return [date.fromordinal(day) for day in range(self.starts_on.toordinal(), self.ends_on.toordinal() + 1)]


class Figure(models.Model):
    """One published number with what it counts and where it was read; nothing is silently merged."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="figures")
    label = I18nCharField(max_length=120)
    value = models.PositiveIntegerField()
    qualifier = I18nCharField(max_length=60, blank=True)
    definition = I18nTextField()
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(blank=True)
    certainty = models.CharField(max_length=10, choices=Certainty.choices, default=Certainty.ORGANISER)
    on_home = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Output(models.Model):
    """What an edition left behind: a declaration, a paper, an award."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="outputs")
    title = I18nCharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return str(self.title)


class Body(models.Model):
    """An organisation that hosts, supports or partners an edition."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="bodies")
    role = models.CharField(max_length=10, choices=BodyRole.choices)
    name = I18nCharField(max_length=200)
    url = models.URLField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["role", "order", "id"]

    def __str__(self) -> str:
        return str(self.name)


class Venue(models.Model):
    """The house the edition meets in."""

    conference = models.OneToOneField(Conference, on_delete=models.CASCADE, related_name="venue")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    url = models.URLField(blank=True)
    directions = I18nTextField(blank=True)
    accessibility = I18nTextField(blank=True)
    nearby = I18nTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A hall or room with its capacity; the row that a seat is counted under."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="rooms")
    slug = models.SlugField()
    name = I18nCharField(max_length=100)
    capacity = models.PositiveIntegerField()
    equipment = I18nCharField(max_length=300, blank=True)
    step_free = models.BooleanField(default=True)
    sample = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="conferences_one_room_per_slug")]

    def __str__(self) -> str:
        return str(self.name)


class Term(models.Model):
    """One entry of the taxonomy; the key is stable, the label is translated."""

    kind = models.CharField(max_length=12, choices=TermKind.choices)
    key = models.SlugField()
    label = I18nCharField(max_length=200)
    colour = models.CharField(max_length=12, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="conferences_one_term_per_key")]

    def __str__(self) -> str:
        return str(self.label)


class PolicyAction(models.Model):
    """A policy action or initiative of the year that sessions, proposals and pledges link to."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="policy_actions")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=ActionKind.choices, default=ActionKind.POLICY)
    title = I18nCharField(max_length=200)
    summary = I18nTextField(blank=True)
    url = models.URLField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="conferences_one_action_per_slug")]

    def __str__(self) -> str:
        return str(self.title)


class TeamMember(models.Model):
    """A person's role in the team of an edition."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=15, choices=Role.choices)

    objects = ScopedManager(conference="conference")
    _work = Personal(_("run the edition"), Basis.CONTRACT, _("the team"), _("as long as the role lasts"))
    privacy = {"id": NOT_PERSONAL, "conference": NOT_PERSONAL, "person": _work, "role": _work}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "person", "role"], name="conferences_one_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Invitation(models.Model):
    """An address asked to join the team in a role; it becomes a role when its reader says yes."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    role = models.CharField(max_length=15, choices=Role.choices)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")
    _work = Personal("run the edition", Basis.CONTRACT, "the team", "until answered or withdrawn")
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "role": NOT_PERSONAL, "version": NOT_PERSONAL,
        "email": _work, "invited_by": _work, "invited_at": _work,
    }  # fmt: skip

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint("conference", Lower("email"), "role", name="conferences_one_invitation_per_role")
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class Run(models.Model):
    """Something long that somebody in the desk asked for: a file to take away, or one to enter; kept for a day.

    What goes in and what comes out is sealed: it holds names, and sometimes what only the guard may read.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.QUEUED)
    stop_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(null=True)
    name = models.CharField(max_length=120, blank=True)
    media = models.CharField(max_length=100, blank=True)
    said = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(conference="conference")
    _work = Personal(_("give a file to who asked for it"), Basis.CONTRACT, _("the team"), _("a day"))
    privacy = dict.fromkeys(
        (
            "id",
            "conference",
            "kind",
            "language",
            "state",
            "stop_asked",
            "done",
            "total",
            "name",
            "media",
            "finished_at",
        ),
        NOT_PERSONAL,
    ) | dict.fromkeys(("arguments", "asked_by", "asked_at", "sealed", "said"), _work)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def working(self) -> bool:
        """Whether a worker still has to do with it."""
        return self.state in (RunState.QUEUED, RunState.RUNNING)

    @property
    def percent(self) -> int:
        """How far the counted part is."""
        return round(100 * self.done / self.total) if self.total else 0
