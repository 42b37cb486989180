"""Keeps a load from queueing thousands of jobs and from filling the demo's mailbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from hemicycle.kit.tasks import Json
from hemicycle.notifications.enums import MailState
from hemicycle.notifications.models import Mail

KEPT = 40


class NoLedger:
    """A ledger that writes nothing down: the demo's history has been done already."""

    def enter(
        self, *, name: str, arguments: dict[str, Json], queue: str, due: datetime | None, key: str | None
    ) -> None:
        """Forget the job."""

    def perform(self, *, job_id: str) -> None:
        """Do nothing; there is nothing to do."""


@contextmanager
def quiet_ledger() -> Iterator[None]:
    """Queue nothing while the demo's history is entered."""
    before = settings.HEMICYCLE_TASK_LEDGER
    settings.HEMICYCLE_TASK_LEDGER = f"{__name__}.{NoLedger.__name__}"
    try:
        yield
    finally:
        settings.HEMICYCLE_TASK_LEDGER = before


def tidy_mailbox(*, conference_id: int) -> None:
    """Mark the edition's mails as sent, and keep the demo people's own and the latest few.

    They count as sent by the machine's clock, as real deliveries do: retention (90 days) runs on that clock.
    """
    mails = Mail.objects.filter(conference_id=conference_id)
    mails.filter(state=MailState.WAITING).update(state=MailState.SENT, sent_at=timezone.now())
    kept = list(mails.filter(to__endswith="@demo.hemicycle.example").order_by("-created_at").values_list("pk")[:20])
    others = mails.exclude(pk__in=[pk for (pk,) in kept]).order_by("-created_at", "-pk").values_list("pk")
    kept += list(others[: KEPT - len(kept)])
    mails.filter(~Q(pk__in=[pk for (pk,) in kept])).delete()
