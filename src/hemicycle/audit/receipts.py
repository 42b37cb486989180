"""Receipts: what was sent once acts once, also when the answer was lost on the way back."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction

from hemicycle.audit.models import Receipt

KEPT = timedelta(days=1)
ABANDONED = timedelta(seconds=60)
PATIENCE = 5.0


class OtherBody(Exception):
    """The key was used with another body."""


class StillRunning(Exception):
    """The first one is not answered yet."""


@dataclass(frozen=True)
class Answer:
    """What was answered: status, where to go next, and the body of an API answer."""

    status: int
    location: str = ""
    content: str = ""
    content_type: str = ""


def digest(*parts: str) -> str:
    """Return one key of several parts; only the digest is stored (SHA-256)."""
    return sha256("\x00".join(parts).encode()).hexdigest()


def begin(*, key: str, body: str, now: datetime) -> Answer | None:
    """Enter a key before its work begins; return the answer if the work was done before.

    Raises:
        OtherBody: the key belongs to another body.
        StillRunning: the same is being done right now.
    """
    try:
        with transaction.atomic():
            Receipt.objects.create(key=key, body=body, begun_at=now)
    except IntegrityError:
        return _known(key=key, body=body, now=now)
    return None


def _known(*, key: str, body: str, now: datetime) -> Answer | None:
    patience = time.monotonic() + PATIENCE
    while True:
        found = Receipt.objects.filter(key=key).first()
        if found is None:  # the first one was refused in between: this one is the first now
            return begin(key=key, body=body, now=now)
        if found.body != body:
            raise OtherBody
        if found.status:
            return Answer(found.status, found.location, found.content, found.content_type)
        if _take_over(found, now=now):
            return None
        if time.monotonic() > patience:
            raise StillRunning
        time.sleep(0.05)


def _take_over(found: Receipt, *, now: datetime) -> bool:
    """Take over from a process that died while it worked."""
    if found.begun_at > now - ABANDONED:
        return False
    return bool(Receipt.objects.filter(pk=found.pk, status=0, begun_at=found.begun_at).update(begun_at=now))


def keep(*, key: str, answer: Answer) -> None:
    """Keep the answer for whoever sends the same again."""
    Receipt.objects.filter(key=key).update(
        status=answer.status, location=answer.location, content=answer.content, content_type=answer.content_type
    )


def drop(*, key: str) -> None:
    """Forget a key whose work was refused: corrected, it may be sent again."""
    Receipt.objects.filter(key=key).delete()


def forget(*, now: datetime) -> int:
    """Delete receipts older than a day; return how many."""
    return Receipt.objects.filter(begun_at__lt=now - KEPT).delete()[0]
