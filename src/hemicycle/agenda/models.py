"""The agenda as it is made, and the releases as they are shown."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.agenda.enums import AppearanceRole, Format
from hemicycle.conferences.models import Conference, PolicyAction, Room, Term
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager


class Speaker(models.Model):
    """Somebody who speaks, moderates or reports."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=150)
    role = I18nCharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    bio = I18nTextField(blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sample = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")
    _stage = Personal(
        _("announce who speaks"), Basis.PUBLIC_TASK, _("everybody, once released"), _("archive of the series")
    )
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "slug": _stage, "name": _stage, "role": _stage,
        "organisation": _stage, "country": _stage, "bio": _stage, "person": _stage, "sample": NOT_PERSONAL,
        "order": NOT_PERSONAL, "version": NOT_PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="agenda_one_speaker_per_slug")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One session of the draft; nothing of it is shown before a release."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    title = I18nCharField(max_length=200)
    abstract = I18nTextField(blank=True)
    format = models.CharField(max_length=12, choices=Format.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    terms = models.ManyToManyField(Term, related_name="+")
    policy_actions = models.ManyToManyField(PolicyAction, related_name="+")
    speakers = models.ManyToManyField(Speaker, through="Appearance", related_name="sessions")
    sample = models.BooleanField(default=False)
    expected = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["starts_at", "room__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="agenda_one_session_per_slug"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="agenda_session_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Appearance(models.Model):
    """A speaker in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="appearances")
    role = models.CharField(max_length=12, choices=AppearanceRole.choices, default=AppearanceRole.SPEAKER)
    order = models.PositiveSmallIntegerField(default=0)

    privacy = {
        "id": NOT_PERSONAL, "session": Speaker._stage, "speaker": Speaker._stage, "role": Speaker._stage,  # noqa: SLF001
        "order": NOT_PERSONAL,
    }  # fmt: skip

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "speaker"], name="agenda_appears_once")]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.role})"


class Release(models.Model):
    """The agenda as it was shown from an instant on, whole; later drafts cannot leak into it."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    note = I18nTextField(blank=True)
    released_at = models.DateTimeField()
    content = models.JSONField()
    changes = models.JSONField(default=list)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="agenda_release_number")]

    def __str__(self) -> str:
        return f"Release {self.number}"


class Bookmark(models.Model):
    """A session somebody wants to attend."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_slug = models.SlugField(max_length=80)

    objects = ScopedManager(conference="conference")
    _wish = Personal(_("show the person's own agenda"), Basis.CONTRACT, _("the person"), _("retention of the edition"))
    privacy = {"id": NOT_PERSONAL, "conference": NOT_PERSONAL, "person": _wish, "session_slug": _wish}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "person", "session_slug"], name="agenda_bookmark_once")
        ]

    def __str__(self) -> str:
        return self.session_slug
