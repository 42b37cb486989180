"""Pure decisions about accounts: values in, values out."""

from datetime import datetime, timedelta

LONGEST = 365
MOST = 20
NOTED_EVERY = timedelta(hours=1)


def key_fault(*, now: datetime, expires_at: datetime, revoked_at: datetime | None) -> str:
    """Return why a key does not work: `revoked`, `expired`, or "" if it does."""
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at <= now else ""


def worth_noting(*, last_used_at: datetime | None, now: datetime) -> bool:
    """Say whether a use is written down: once an hour is enough to see which keys live."""
    return last_used_at is None or last_used_at <= now - NOTED_EVERY
