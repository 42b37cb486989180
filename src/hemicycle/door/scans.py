"""Take what devices scanned: under the edition's lock, once, in a clear order; every scan gets an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import hold, lock
from hemicycle.door import queries, rules, signing
from hemicycle.door.enums import ADMITTED, ListKind, Method, Result, ScanKind
from hemicycle.door.models import CheckIn, CheckList, Device, Double, Scan, TicketKey
from hemicycle.door.rules import Item
from hemicycle.registration import arrivals
from hemicycle.registration.enums import SeatStatus
from hemicycle.registration.models import Registration, Seat

SEEN_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class Answer:
    """What the door says to one scan; `first` is the scan that stands when it is a double."""

    uuid: str
    result: Result
    registration: Registration | None = None
    first: Scan | None = None


@dataclass
class _Batch:
    """Everything a batch needs, read once."""

    conference: Conference
    device: Device | None
    key: TicketKey | None
    lists: dict[int, CheckList]
    now: datetime
    sent_at: datetime | None
    actor: Any = None
    known: dict[UUID, Scan] = field(default_factory=dict)
    by_code: dict[str, Registration] = field(default_factory=dict)
    by_id: dict[int, Registration] = field(default_factory=dict)
    seats: set[tuple[int, int]] = field(default_factory=set)
    inside: dict[tuple[int, int], CheckIn] = field(default_factory=dict)


@transaction.atomic
def receive(*, device: Device, raw: Sequence[Any], sent_at: datetime | None, now: datetime) -> list[Answer]:
    """Take a batch of scans in its order and return an answer to each.

    A scan that was taken before gives its answer again and changes nothing. The first scan of a person at a list, by
    corrected time, stands; every other is a double, also when it arrives earlier.
    """
    conference = device.conference
    hold(conference_id=conference.pk)
    items = [rules.read_item(entry) for entry in raw]
    batch = _Batch(
        conference=conference,
        device=device,
        key=queries.key_of(conference=conference),
        lists={row.pk: row for row in device.lists.all()},
        now=now,
        sent_at=sent_at,
    )
    _read(batch, [item for item in items if item is not None])
    if device.seen_at is None or now - device.seen_at > SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(seen_at=now)
    return [
        _take(batch, item) if item else Answer(_name(entry), Result.GARBAGE)
        for entry, item in zip(raw, items, strict=True)
    ]


@transaction.atomic
def by_hand(*, checklist: CheckList, registration: Registration, actor: Any, now: datetime) -> Answer:
    """Check somebody in by the desk."""
    return _single(checklist, actor=actor, now=now, registration_id=registration.pk)


@transaction.atomic
def correct(*, checklist: CheckList, registration: Registration, actor: Any, now: datetime) -> None:
    """Take somebody out again by the desk: every scan of theirs at this list is undone, the record of both stays."""
    batch = _alone(checklist, actor=actor, now=now)
    for scan in _standing(checklist, registration):
        Scan.objects.create(
            conference=batch.conference, checklist=checklist, registration=registration, kind=ScanKind.UNDO,
            method=Method.DESK, undoes=scan, scanned_at=now, received_at=now, result=Result.UNDONE,
        )  # fmt: skip
    _settle(batch, checklist, registration)


@transaction.atomic
def walked_in(*, device: Device, checklist: CheckList, registration: Registration, now: datetime) -> Answer:
    """Check somebody in who just registered at the door."""
    return _single(checklist, device=device, method=Method.WALK_IN, now=now, registration_id=registration.pk)


def _alone(checklist: CheckList, *, now: datetime, actor: Any = None, device: Device | None = None) -> _Batch:
    conference = lock(conference_id=checklist.conference_id)
    return _Batch(
        conference=conference,
        device=device,
        key=None,
        lists={checklist.pk: checklist},
        now=now,
        sent_at=now,
        actor=actor,
    )


def _single(
    checklist: CheckList, *, now: datetime, registration_id: int, actor: Any = None, device: Device | None = None,
    method: Method = Method.DESK,
) -> Answer:  # fmt: skip
    item = Item(
        uuid=uuid4(), list_id=checklist.pk, kind=ScanKind.IN, method=method, at=now, registration_id=registration_id
    )
    batch = _alone(checklist, actor=actor, device=device, now=now)
    _read(batch, [item])
    return _take(batch, item)


def _name(raw: Any) -> str:
    """Return the name a device gave to something unreadable, so that it finds its own again."""
    return str(raw.get("id", ""))[:60] if isinstance(raw, dict) else ""


def _read(batch: _Batch, items: list[Item]) -> None:
    uuids = {item.uuid for item in items} | {item.undoes for item in items if item.undoes}
    if batch.device is not None:
        rows = Scan.objects.filter(device=batch.device, uuid__in=uuids)
        batch.known = {scan.uuid: scan for scan in rows}
    codes = {ticket.code for item in items if (ticket := rules.read_ticket(item.text))}
    people = {item.registration_id for item in items if item.registration_id}
    people |= {scan.registration_id for scan in batch.known.values() if scan.registration_id}
    whose = queries.shown(conference=batch.conference)
    found = [*(whose.filter(code__in=codes) if codes else ()), *(whose.filter(pk__in=people) if people else ())]
    batch.by_id = {row.pk: row for row in found}
    batch.by_code = {row.code: batch.by_id[row.pk] for row in found}
    here = CheckIn.objects.filter(checklist__in=batch.lists, registration__in=batch.by_id)
    batch.inside = {(row.checklist_id, row.registration_id): row for row in here.select_related("scan__device")}
    if events := [row.side_event_id for row in batch.lists.values() if row.side_event_id]:
        seats = Seat.objects.filter(side_event__in=events, registration__in=batch.by_id, status=SeatStatus.CONFIRMED)
        batch.seats = set(seats.values_list("side_event_id", "registration_id"))


def _take(batch: _Batch, item: Item) -> Answer:
    said = str(item.uuid)
    if (before := batch.known.get(item.uuid)) is not None:
        return _again(batch, before)
    checklist = batch.lists.get(item.list_id)
    if checklist is None:
        return Answer(said, Result.NOT_THIS_LIST)
    if item.kind == ScanKind.UNDO:
        return _undo(batch, item, checklist)
    result, registration = _look(batch, item, checklist)
    scan = _write(batch, item, checklist, registration=registration, result=result)
    if result not in ADMITTED or registration is None:
        return Answer(said, result, registration)
    return Answer(said, result, registration, first=_enter(batch, scan, checklist, registration))


def _again(batch: _Batch, scan: Scan) -> Answer:
    """Answer what was answered; the scan that stands by now is told with it."""
    registration = batch.by_id.get(scan.registration_id or 0)
    stands = batch.inside.get((scan.checklist_id, scan.registration_id or 0))
    return Answer(str(scan.uuid), Result(scan.result), registration, first=stands.scan if stands else None)


def _look(batch: _Batch, item: Item, checklist: CheckList) -> tuple[Result, Registration | None]:
    if item.registration_id is not None:
        registration = batch.by_id.get(item.registration_id)
    else:
        ticket = rules.read_ticket(item.text)
        genuine = bool(
            ticket
            and batch.key
            and ticket.signature
            and signing.is_ours(said=ticket.said, signature=ticket.signature, public=bytes(batch.key.public))
        )
        refused = rules.refused(ticket=ticket, edition=batch.conference.pk, slug=batch.conference.slug, genuine=genuine)
        if refused is not None:
            return refused, None
        registration = batch.by_code.get(ticket.code) if ticket else None
    if registration is None:
        return Result.UNKNOWN, None
    stands = batch.inside.get((checklist.pk, registration.pk))
    first = stands is None or _before(batch, item, stands.scan)
    found = rules.Found(
        status=registration.status,
        mode=registration.mode,
        seat=(checklist.side_event_id or 0, registration.pk) in batch.seats,
    )
    return rules.admitted(found=found, kind=checklist.kind, first=first), registration


def _at(batch: _Batch, item: Item) -> datetime:
    enrolled = batch.device.enrolled_at if batch.device else None
    return rules.corrected(at=item.at, sent_at=batch.sent_at, received_at=batch.now, enrolled_at=enrolled)


def _before(batch: _Batch, item: Item, scan: Scan) -> bool:
    return _at(batch, item) < scan.scanned_at


def _write(
    batch: _Batch, item: Item, checklist: CheckList, *, registration: Registration | None, result: Result,
    undoes: Scan | None = None,
) -> Scan:  # fmt: skip
    scan = Scan.objects.create(
        conference=batch.conference,
        uuid=item.uuid,
        device=batch.device,
        checklist=checklist,
        registration=registration,
        kind=item.kind,
        method=item.method,
        undoes=undoes,
        scanned_at=_at(batch, item),
        received_at=batch.now,
        result=result,
    )
    batch.known[item.uuid] = scan
    return scan


def _enter(batch: _Batch, scan: Scan, checklist: CheckList, registration: Registration) -> Scan:
    """Let a scan stand, or note the double; return the scan that stands."""
    key = (checklist.pk, registration.pk)
    stands = batch.inside.get(key)
    if stands is None:
        batch.inside[key] = CheckIn.objects.create(
            checklist=checklist, registration=registration, scan=scan, at=scan.scanned_at
        )
        if checklist.kind == ListKind.CONFERENCE:
            arrivals.arrive(registration=registration, actor=batch.actor, now=batch.now, door=_door(batch))
        return scan
    old = stands.scan
    if scan.result == Result.IN:
        stands.scan, stands.at = scan, scan.scanned_at
        stands.save(update_fields=["scan", "at"])
    first, second = (scan, old) if scan.result == Result.IN else (old, scan)
    Double.objects.create(conference=batch.conference, first=first, second=second)
    return first


def _door(batch: _Batch) -> str:
    return batch.device.name if batch.device else ""


def _undo(batch: _Batch, item: Item, checklist: CheckList) -> Answer:
    """Take back one of the device's own scans; the next one that stands takes its turn, or the person is out."""
    scan = batch.known.get(item.undoes) if item.undoes else None
    if scan is None or scan.checklist_id != checklist.pk or scan.kind != ScanKind.IN:
        return Answer(str(item.uuid), Result.UNKNOWN)
    registration = batch.by_id.get(scan.registration_id or 0)
    _write(batch, item, checklist, registration=registration, result=Result.UNDONE, undoes=scan)
    if registration is not None:
        _settle(batch, checklist, registration)
    return Answer(str(item.uuid), Result.UNDONE, registration)


def _standing(checklist: CheckList, registration: Registration) -> list[Scan]:
    """Return the scans of somebody at a list that were let in and not taken back, first by time."""
    undone = Scan.objects.filter(checklist=checklist, registration=registration, undoes__isnull=False)
    rows = Scan.objects.filter(
        checklist=checklist, registration=registration, kind=ScanKind.IN, result__in=ADMITTED
    ).exclude(pk__in=undone.values("undoes"))
    return list(rows.order_by("scanned_at", "pk"))


def _settle(batch: _Batch, checklist: CheckList, registration: Registration) -> None:
    """Bring the check-in in line with the scans that stand."""
    key = (checklist.pk, registration.pk)
    standing = _standing(checklist, registration)
    if standing:
        first = standing[0]
        batch.inside[key], _created = CheckIn.objects.update_or_create(
            checklist=checklist, registration=registration, defaults={"scan": first, "at": first.scanned_at}
        )
        return
    batch.inside.pop(key, None)
    CheckIn.objects.filter(checklist=checklist, registration=registration).delete()
    if checklist.kind == ListKind.CONFERENCE:
        arrivals.take_back(registration=registration, actor=batch.actor, now=batch.now, door=_door(batch))
