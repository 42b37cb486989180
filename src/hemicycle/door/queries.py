"""Every read about the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from hemicycle.conferences.models import Conference
from hemicycle.conferences.permissions import may
from hemicycle.conferences.queries import editions
from hemicycle.door import signing
from hemicycle.door.enums import ListKind
from hemicycle.door.models import Certificate, CheckIn, CheckList, Device, Double, Scan, TicketKey
from hemicycle.registration.enums import ON_SITE_MODES, PLACE, ConsentKind, SeatStatus
from hemicycle.registration.models import Registration, Seat

TONES = 8


def digest(secret: str) -> str:
    """Return what is stored of a code or a secret (SHA-256)."""
    return sha256(secret.encode()).hexdigest()


def code_digest(code: str) -> str:
    """Return what devices are given of a ticket's code: enough to recognise it, useless to print one."""
    return sha256(f"hemicycle.door:{code}".encode()).hexdigest()[:32]


def secrets() -> list[str]:
    """Return the site's secrets, the one in use first."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def key_of(*, conference: Conference) -> TicketKey | None:
    """Return the edition's key pair, or None before its first place was confirmed."""
    return TicketKey.objects.filter(conference=conference).first()


def has_key(*, conference_id: int) -> bool:
    """Say whether the edition has its key pair."""
    return TicketKey.objects.filter(conference_id=conference_id).exists()


def ticket_text(*, registration: Registration, conference: Conference) -> str:
    """Return what the ticket's QR code says: signed, or of the first kind while the edition has no key."""
    key = key_of(conference=conference)
    plain = f"HC1:{conference.slug}:{registration.code}"
    if key is None:
        return plain
    try:
        return signing.ticket(
            edition=conference.pk,
            code=registration.code,
            version=registration.version,
            sealed=bytes(key.sealed),
            secrets=secrets(),
            owner=str(conference.pk),
        )
    except signing.CannotOpen:  # the site's secret changed: doors know codes as well
        return plain


def lists(*, conference: Conference) -> list[CheckList]:
    """Return the check-in lists with how many are in."""
    return list(
        CheckList.objects.filter(conference=conference).select_related("side_event").annotate(inside=Count("check_ins"))
    )


def check_list(*, conference: Conference, list_id: int) -> CheckList | None:
    """Return a list of the edition, or None."""
    return CheckList.objects.select_related("side_event").filter(conference=conference, pk=list_id).first()


def expected(*, checklist: CheckList) -> QuerySet[Registration]:
    """Return who may be let in by a list: places on site; for a side event those with a seat."""
    rows: QuerySet[Registration] = Registration.objects.filter(
        conference_id=checklist.conference_id, status__in=PLACE, mode__in=ON_SITE_MODES
    )
    if checklist.kind == ListKind.SIDE_EVENT:
        seats = Seat.objects.filter(side_event_id=checklist.side_event_id, status=SeatStatus.CONFIRMED)
        rows = rows.filter(pk__in=seats.values("registration"))
    return rows.select_related("person", "organisation", "stakeholder")


def expectations(*, conference: Conference) -> dict[int, int]:
    """Return list → how many are expected, in two queries."""
    places = Registration.objects.filter(conference=conference, status__in=PLACE, mode__in=ON_SITE_MODES).count()
    seats = dict(
        Seat.objects.filter(
            side_event__conference=conference, status=SeatStatus.CONFIRMED, registration__status__in=PLACE
        )
        .values_list("side_event")
        .annotate(number=Count("id"))
        .order_by()
    )
    return {
        row.pk: seats.get(row.side_event_id, 0) if row.kind == ListKind.SIDE_EVENT else places
        for row in CheckList.objects.filter(conference=conference)
    }


def people(*, checklist: CheckList) -> list[tuple[Registration, datetime | None]]:
    """Return who is expected at a list with when they came in, in order of names."""
    came = dict(CheckIn.objects.filter(checklist=checklist).values_list("registration_id", "at"))
    rows = expected(checklist=checklist).order_by("person__last_name", "person__first_name", "pk")
    return [(row, came.get(row.pk)) for row in rows]


def given_back(*, conference: Conference) -> list[str]:
    """Return the codes of places that were given back, so that a door without network can say so."""
    return list(Registration.objects.filter(conference=conference, status="cancelled").values_list("code", flat=True))


def found(*, checklist: CheckList, search: str, inside: str) -> QuerySet[Registration]:
    """Return whom the desk looks for at a list, by name, organisation or code, in or not in."""
    rows = expected(checklist=checklist)
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(code__iexact=word)
        )
    here = CheckIn.objects.filter(checklist=checklist).values("registration")
    if inside == "yes":
        rows = rows.filter(pk__in=here)
    if inside == "no":
        rows = rows.exclude(pk__in=here)
    return rows.order_by("person__last_name", "person__first_name", "pk")


def arrivals(*, checklist: CheckList, registrations: Iterable[Registration]) -> dict[int, CheckIn]:
    """Return registration → check-in at a list, with the device."""
    rows = CheckIn.objects.filter(checklist=checklist, registration__in=list(registrations))
    return {row.registration_id: row for row in rows.select_related("scan__device")}


def devices(*, conference: Conference) -> list[Device]:
    """Return the devices with their lists and how many scans each sent."""
    rows = Device.objects.filter(conference=conference).prefetch_related(
        Prefetch("lists", CheckList.objects.filter(conference=conference))
    )
    numbers = dict(
        Scan.objects.filter(conference=conference, device__isnull=False)
        .values_list("device")
        .annotate(number=Count("id"))
        .order_by()
    )
    found = list(rows)
    for device in found:
        device.scans = numbers.get(device.pk, 0)  # type: ignore[attr-defined]
    return found


def device(*, conference: Conference, device_id: int) -> Device | None:
    """Return a device of the edition, or None."""
    return Device.objects.filter(conference=conference, pk=device_id).first()


def device_by_secret(*, conference: Conference, secret: str) -> Device | None:
    """Return the device behind a bearer secret in this edition, switched off or not, or None."""
    found = Device.objects.filter(conference=conference, secret_digest=digest(secret)).first()
    if found is not None:
        found.conference = conference
    return found


def latest(*, conference: Conference, limit: int = 30) -> list[Scan]:
    """Return the latest scans, with person, list and device."""
    rows = Scan.objects.filter(conference=conference)
    return list(rows.select_related("registration__person", "checklist", "device")[:limit])


def doubles(*, conference: Conference, limit: int = 30) -> list[Double]:
    """Return the latest doubles of an edition."""
    rows = Double.objects.filter(conference=conference).select_related(
        "first__registration__person", "first__device", "second__device", "first__checklist"
    )
    return list(rows.order_by("-pk")[:limit])


def doubles_of(*, device: Device, after: int) -> list[Double]:
    """Return the doubles that concern a device and were found after the last one it was told of."""
    new = Double.objects.filter(conference_id=device.conference_id, pk__gt=after)
    if not new.exists():  # nearly always, and asking for the rest is costly
        return []
    rows = new.filter(Q(first__device=device) | Q(second__device=device))
    return list(
        rows.select_related(
            "first__registration__person", "first__device", "second__device", "first__checklist"
        ).order_by("pk")[:200]
    )


def counters(*, device: Device) -> dict[int, int]:
    """Return list → how many are in, for the lists of a device."""
    rows = device.lists.annotate(inside=Count("check_ins")).order_by()
    return dict(rows.values_list("pk", "inside"))


def certificate_of(*, registration: Registration) -> Certificate | None:
    """Return somebody's certificate, or None."""
    return Certificate.objects.filter(registration=registration).first()


def certificate(*, conference: Conference, code: str) -> Certificate | None:
    """Return the certificate of a code while it holds: the person came and was not erased."""
    wanted = "".join(code.upper().split()).replace("-", "")
    rows = Certificate.objects.filter(
        conference=conference, code=wanted, registration__status="checked_in", registration__person__erased_at=None
    )
    return rows.select_related("registration__person", "registration__organisation").first()


def with_places(*, conference: Conference) -> QuerySet[Registration]:
    """Return everybody with a place on site, in order of names: whom badges are made for."""
    rows: QuerySet[Registration] = Registration.objects.filter(
        conference=conference, status__in=PLACE, mode__in=ON_SITE_MODES
    )
    return rows.select_related("person", "organisation", "stakeholder").order_by(
        "person__last_name", "person__first_name", "pk"
    )


def listed_openly(*, conference: Conference) -> QuerySet[Registration]:
    """Return those of them who agreed to stand on the participants' list."""
    return with_places(conference=conference).filter(
        consents__kind=ConsentKind.LIST, consents__withdrawn_at__isnull=True
    )


@dataclass(frozen=True)
class Attendance:
    """How many people of an organisation came in a calendar year."""

    year: int
    organisation: str
    country: str
    registered: int
    came: int


def attendance(*, conferences: Iterable[Conference]) -> list[Attendance]:
    """Count places and people checked in, by organisation and calendar year, over the given editions.

    The year is that of the edition's first day; the count is of people, once for each edition.
    """
    known = {conference.pk: conference for conference in conferences}
    rows = Registration._base_manager.filter(conference__in=known, status__in=PLACE)  # noqa: SLF001 - the editions given
    counts: dict[tuple[int, str, str], list[int]] = {}
    fields = ("conference_id", "organisation__name", "organisation__country", "status")
    for edition, name, country, status, number in rows.order_by().values_list(*fields).annotate(number=Count("id")):
        key = (_year(known[edition]), str(name or ""), str(country or ""))
        cell = counts.setdefault(key, [0, 0])
        cell[0] += number
        cell[1] += number if status == "checked_in" else 0
    return [Attendance(*key, registered=both[0], came=both[1]) for key, both in sorted(counts.items())]


def attendance_seen_by(*, person: Any, conference: Conference) -> list[Attendance]:
    """Count attendance over the editions of the series whose papers a person may see."""
    mine = [row for row in editions(conference=conference) if may(person, "door.papers", row)]
    return attendance(conferences=mine or [conference])


def _year(conference: Conference) -> int:
    return conference.starts_on.year if conference.starts_on else conference.year


def tone(registration: Registration) -> int:
    """Return which of eight colours a kind of participant has on badges and screens."""
    return registration.stakeholder.order % TONES


def shown(*, conference: Conference) -> QuerySet[Registration]:
    """Return the registrations with what a door decides by and shows (`words`), and no other column."""
    rows: QuerySet[Registration] = Registration.objects.filter(conference=conference)
    return rows.select_related("person", "organisation", "stakeholder").only(
        "conference_id", "code", "status", "mode", "person__first_name", "person__last_name", "person__email",
        "organisation__name", "stakeholder__label", "stakeholder__order",
    )  # fmt: skip


def words(registration: Registration) -> dict[str, Any]:
    """Return what a door shows of a person, and nothing else."""
    return {
        "id": registration.pk,
        "name": registration.person.name,
        "organisation": str(registration.organisation or ""),
        "kind": str(registration.stakeholder),
        "tone": tone(registration),
    }
