"""The outbox: one row a mail, written with the change that causes it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.notifications.enums import MailState


class Mail(models.Model):
    """One mail to one person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    conference_id = models.BigIntegerField(null=True, db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    to = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    calendar = models.BinaryField(null=True)
    calendar_method = models.CharField(max_length=10, default="REQUEST")
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    _letter = Personal(
        _("deliver the mail"), Basis.CONTRACT, _("the person, the site's administrator"), _("90 days after sending")
    )
    privacy = {
        "id": NOT_PERSONAL, "uuid": NOT_PERSONAL, "conference_id": NOT_PERSONAL, "kind": NOT_PERSONAL,
        "state": NOT_PERSONAL, "created_at": NOT_PERSONAL, "sent_at": NOT_PERSONAL, "calendar_method": NOT_PERSONAL,
        "person": _letter, "to": _letter, "language": _letter, "payload": _letter, "calendar": _letter, "error": _letter,
    }  # fmt: skip

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} to person {self.person_id}"
