"""Mail's queued work."""

from datetime import timedelta

from django.utils import timezone

from hemicycle.notifications import operations
from hemicycle.notifications.models import Mail

KEPT = timedelta(days=90)


def deliver(mail_id: int) -> None:
    """Send one mail; a second run finds nothing to do."""
    operations.deliver(mail_id=mail_id, now=timezone.now())


def forget() -> None:
    """Delete mails older than their retention."""
    Mail.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
