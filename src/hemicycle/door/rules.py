"""Pure decisions of the door: what a ticket says, when it was scanned, what the answer is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hemicycle.door.enums import ListKind, Method, Result, ScanKind
from hemicycle.registration.enums import ON_SITE_MODES, PLACE, Status

LONGEST = 400
BATCH = 500
CODE = re.compile(r"[2-9A-HJ-NP-Z]{15}")
SIGNED = re.compile(r"HC2\.([0-9]{1,12})\.([2-9A-HJ-NP-Z]{15})\.([0-9]{1,9})\.([A-Z2-7]{103})")
PLAIN = re.compile(r"HC1:([A-Z0-9_-]{1,60}):([2-9A-HJ-NP-Z]{15})")


@dataclass(frozen=True)
class Ticket:
    """What a ticket says: its code, of which edition, and what is signed if it is."""

    code: str
    edition: int | None = None
    slug: str | None = None
    said: str = ""
    signature: str = ""


def read_ticket(text: str) -> Ticket | None:
    """Read a scanned or typed ticket: signed (HC2), of the first kind (HC1), or its bare code; None if neither.

    Typed codes may have spaces and dashes and small letters.
    """
    if len(text) > LONGEST:
        return None
    text = text.strip().upper()
    if found := SIGNED.fullmatch(text):
        edition, code, _version, signature = found.groups()
        return Ticket(code=code, edition=int(edition), said=text.rpartition(".")[0], signature=signature)
    if found := PLAIN.fullmatch(text):
        return Ticket(code=found[2], slug=found[1].lower())
    bare = re.sub(r"[\s-]", "", text)
    return Ticket(code=bare) if CODE.fullmatch(bare) else None


@dataclass(frozen=True)
class Item:
    """One readable scan of a batch."""

    uuid: UUID
    list_id: int
    kind: ScanKind
    method: Method
    at: datetime
    text: str = ""
    registration_id: int | None = None
    undoes: UUID | None = None


def read_item(raw: Any) -> Item | None:
    """Read one scan of a batch as a device sent it; anything that is not one gives None, never an error."""
    if not isinstance(raw, Mapping):
        return None
    try:
        item = Item(
            uuid=UUID(str(raw["id"])),
            list_id=_whole(raw["list"]),
            kind=ScanKind(raw.get("kind", "in")),
            method=Method(raw.get("method", "keyboard")),
            at=read_time(raw["at"]),
            text=str(raw.get("ticket") or "")[: LONGEST + 1],
            registration_id=_whole(raw["person"]) if raw.get("person") is not None else None,
            undoes=UUID(str(raw["undoes"])) if raw.get("undoes") else None,
        )
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
    return item if (item.kind == ScanKind.UNDO) == (item.undoes is not None) else None


def _whole(value: Any) -> int:
    """Return a key of the database, or raise: a boolean, a fraction or a giant is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise ValueError
    return value


def read_time(value: Any) -> datetime:
    """Return an instant with its zone, of an ISO 8601 text.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - a text that is no time is the same fault
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError
    return found.astimezone(UTC)


def corrected(
    *, at: datetime, sent_at: datetime | None, received_at: datetime, enrolled_at: datetime | None
) -> datetime:
    """Return when a ticket was scanned by the server's clock, whatever the device's clock says.

    The device says when it scanned and when it sent, both by its own clock: the time in between is what counts.
    A scan is never in the future, and never before the device was enrolled.
    """
    age = (sent_at - at) if sent_at is not None else timedelta(0)
    found = received_at - max(age, timedelta(0))
    return max(found, enrolled_at) if enrolled_at is not None and enrolled_at < received_at else found


@dataclass(frozen=True)
class Found:
    """What is known about whom a ticket names."""

    status: str
    mode: str
    seat: bool


def refused(*, ticket: Ticket | None, edition: int, slug: str, genuine: bool) -> Result | None:
    """Say why a ticket is refused before anybody is looked up, or None."""
    if ticket is None:
        return Result.UNKNOWN
    if (ticket.edition is not None and ticket.edition != edition) or (ticket.slug is not None and ticket.slug != slug):
        return Result.OTHER_EDITION
    if ticket.signature and not genuine:
        return Result.FORGED
    return None


def admitted(*, found: Found | None, kind: str, first: bool) -> Result:
    """Say what the door answers about a person; `first` is whether nobody checked them in here before."""
    if found is None:
        return Result.UNKNOWN
    if found.status in (Status.CANCELLED, Status.DECLINED):
        return Result.CANCELLED
    if found.status not in PLACE:
        return Result.NOT_CONFIRMED
    if found.mode not in ON_SITE_MODES:
        return Result.ONLINE
    if kind == ListKind.SIDE_EVENT and not found.seat:
        return Result.NO_SEAT
    return Result.IN if first else Result.DOUBLE
