"""Profiles, requests, slots, schedules and meetings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference, Term
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.matchmaking.enums import EntryKind, PlanState, RequestStatus
from hemicycle.registration.models import Registration

_profile = Personal(_("be found by partners"), Basis.CONSENT, _("people in matchmaking"), _("retention of the edition"))
_meeting = Personal(
    _("arrange meetings"), Basis.CONTRACT, _("both people, matchmaking team"), _("retention of the edition")
)


class Profile(models.Model):
    """What a participant shows to partners."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(blank=True, max_length=1200)
    ecosystems = models.ManyToManyField(Term, related_name="+")
    visible = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "registration": _profile, "about": _profile,
        "visible": _profile, "updated_at": _profile,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"Profile of registration {self.registration_id}"


class Entry(models.Model):
    """One offer or one thing looked for."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=6, choices=EntryKind.choices)
    text = models.CharField(max_length=240)
    order = models.PositiveSmallIntegerField(default=0)

    privacy = {"id": NOT_PERSONAL, "profile": _profile, "kind": _profile, "text": _profile, "order": NOT_PERSONAL}

    class Meta:
        ordering = ["kind", "order", "id"]

    def __str__(self) -> str:
        return self.text


class Slot(models.Model):
    """A time at which every table can hold one meeting."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tables = models.PositiveIntegerField()
    block = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "starts_at"], name="matchmaking_one_slot_per_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="matchmaking_slot_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}"


class MeetingRequest(models.Model):
    """One person asks another for a meeting."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    sender = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="sent")
    receiver = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="received")
    message = models.CharField(max_length=600, blank=True)
    status = models.CharField(max_length=10, choices=RequestStatus.choices, default=RequestStatus.REQUESTED)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(conference="conference")
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "sender": _meeting, "receiver": _meeting, "message": _meeting,
        "status": _meeting, "sent_at": _meeting, "answered_at": _meeting,
    }  # fmt: skip

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "receiver"], name="matchmaking_one_request_each_way"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="matchmaking_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk} ({self.status})"


class Plan(models.Model):
    """One run of the scheduler: what it was asked, how far it is, what it found."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.QUEUED)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=60, blank=True)
    seconds = models.FloatField(default=2.0)
    seed = models.PositiveIntegerField(default=1)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Schedule {self.pk}"


class Meeting(models.Model):
    """A scheduled meeting of a published plan."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    request = models.OneToOneField(MeetingRequest, on_delete=models.CASCADE, related_name="meeting")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    table = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(conference="conference")
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "sequence": NOT_PERSONAL, "changed_at": NOT_PERSONAL,
        "request": _meeting, "slot": _meeting, "table": _meeting, "cancelled_at": _meeting,
    }  # fmt: skip

    class Meta:
        ordering = ["slot__starts_at", "table"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "table"],
                condition=Q(cancelled_at__isnull=True),
                name="matchmaking_one_meeting_per_table",
            )
        ]

    def __str__(self) -> str:
        return f"Meeting {self.pk}"
