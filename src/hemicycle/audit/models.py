"""The audit trail, and the ledger of queued work with its leases."""

import uuid

from django.conf import settings
from django.db import models

from hemicycle.audit.enums import JobState
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal


class Entry(models.Model):
    """One sentence of history: somebody did something to something."""

    conference_id = models.BigIntegerField(null=True, db_index=True)
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    privacy = {
        "id": NOT_PERSONAL, "conference_id": NOT_PERSONAL, "action": NOT_PERSONAL, "target_type": NOT_PERSONAL,
        "target_id": NOT_PERSONAL, "at": NOT_PERSONAL, "details": NOT_PERSONAL,
        "target_label": Personal("say what was changed", Basis.LEGAL, "organisers", "as the edition keeps its records"),
        "actor": Personal("say who changed it", Basis.LEGAL, "organisers", "as the edition keeps its records"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"


class Job(models.Model):
    """One piece of queued work, written with the change that asks for it, leased while a worker does it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=30, default="default")
    key = models.CharField(max_length=160, null=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="audit_job_due")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
