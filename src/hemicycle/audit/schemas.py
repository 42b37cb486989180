"""What the API says of a history."""

from datetime import datetime
from typing import Any

from ninja import Schema

from hemicycle.audit.models import Entry


class EntryOut(Schema):
    """One sentence of a history."""

    at: datetime
    action: str
    actor: str
    details: dict[str, Any]


def entry(row: Entry) -> EntryOut:
    """Return an entry whose actor is loaded."""
    return EntryOut(at=row.at, action=row.action, actor=row.actor.name if row.actor else "", details=row.details)
