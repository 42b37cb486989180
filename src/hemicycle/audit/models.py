"""The audit trail, and the ledger of queued work with its leases."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hemicycle.audit.enums import ACTIONS, JobState
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
        "target_label": Personal(_("say what was changed"), Basis.LEGAL, _("organisers"), _("as the edition keeps its records")),
        "actor": Personal(_("say who changed it"), Basis.LEGAL, _("organisers"), _("as the edition keeps its records")),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

    @property
    def words(self) -> str:
        """What happened, in the reader's language."""
        return str(ACTIONS.get(self.action, self.action))


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


class Receipt(models.Model):
    """An answer already given to a form or a call: whoever sends the same again gets the same answer.

    After `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header): bound to person and address, kept a day.
    """

    key = models.CharField(max_length=64, unique=True)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=2000, blank=True)
    content = models.TextField(blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    begun_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.status}"
