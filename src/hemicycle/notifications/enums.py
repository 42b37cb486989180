"""The words of mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    BOUNCED = "bounced", _("refused by the recipient's server")
    FAILED = "failed", _("given up")
