"""The audit's periodic work."""

from django.utils import timezone

from hemicycle.audit import receipts


def forget() -> None:
    """Delete receipts that nobody will ask for again."""
    receipts.forget(now=timezone.now())
