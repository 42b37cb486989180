"""The door's desk by API: lists with counters, by hand in and out, devices and their codes."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.door import operations, queries, scans
from hemicycle.door.api_words import answer as answer_out
from hemicycle.door.api_words import double as double_out
from hemicycle.door.api_words import name_of
from hemicycle.door.models import CheckIn, CheckList, Device, Scan
from hemicycle.door.schemas import (
    AnswerOut,
    CheckInIn,
    CodeOut,
    CountedOut,
    DeviceIn,
    DeviceOut,
    DoubleOut,
    ExpectedOut,
    MadeOut,
    ScanOut,
)
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, team
from hemicycle.kit.i18n import translations
from hemicycle.registration.models import Registration

router = Router(tags=["door: desk"])


@router.get("/{conference}/door/lists", response=list[CountedOut], url_name="door_lists")
def lists(request: HttpRequest, conference: str) -> list[CountedOut]:  # noqa: ARG001
    """List the check-in lists with how many are in and how many are expected."""
    edition = team(request, "door.check_in")
    wanted = queries.expectations(conference=edition)
    return [
        CountedOut(
            id=row.pk, kind=row.kind, title=translations(row.title), starts_at=row.starts_at,
            inside=row.inside, expected=wanted.get(row.pk, 0),  # type: ignore[attr-defined]
        )
        for row in queries.lists(conference=edition)
    ]  # fmt: skip


@router.post("/{conference}/door/lists", response=MadeOut, url_name="door_lists_prepare")
def prepare(request: HttpRequest, conference: str) -> MadeOut:  # noqa: ARG001
    """Make the lists that are missing."""
    edition = team(request, "door.check_in")
    return MadeOut(made=operations.prepare_lists(conference=edition, actor=request.user, now=clock.now()))


def _list(request: HttpRequest, list_id: int) -> CheckList:
    found = queries.check_list(conference=team(request, "door.check_in"), list_id=list_id)
    if found is None:
        raise Http404
    return found


class _People:
    """A list's people page by page, with who of them is in."""

    def __init__(self, checklist: CheckList, found: Any) -> None:
        self.checklist, self.found = checklist, found

    def all(self) -> Any:
        """Return what is counted."""
        return self.found

    def __getitem__(self, part: slice) -> list[ExpectedOut]:
        rows = list(self.found[part])
        inside = queries.arrivals(checklist=self.checklist, registrations=rows)
        return [_expected(row, inside.get(row.pk)) for row in rows]


def _expected(row: Registration, came: CheckIn | None) -> ExpectedOut:
    door = name_of(came.scan.device) if came else ""
    return ExpectedOut(**queries.words(row), came_at=came.at if came else None, door=door)


@router.get("/{conference}/door/lists/{int:list_id}/people", response=list[ExpectedOut], url_name="door_people")
@paginate(PageNumberPagination, page_size=100)
def people(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    list_id: int,
    search: str = Query("", max_length=100),
    inside: str = Query("", pattern="^(yes|no)?$"),
) -> _People:
    """List whom a check-in list expects, by name, with who is in."""
    checklist = _list(request, list_id)
    return _People(checklist, queries.found(checklist=checklist, search=search, inside=inside))


def _whom(request: HttpRequest, registration_id: int) -> Registration | None:
    rows = Registration.objects.select_related("person", "organisation", "stakeholder")
    return rows.filter(conference=request.conference, pk=registration_id).first()  # type: ignore[attr-defined]


@router.post("/{conference}/door/lists/{int:list_id}/check-ins", response=AnswerOut, url_name="door_check_in")
def check_in(request: HttpRequest, conference: str, list_id: int, wish: CheckInIn) -> AnswerOut:  # noqa: ARG001
    """Check somebody in by hand."""
    checklist, row = _list(request, list_id), _whom(request, wish.registration)
    if row is None:
        raise Refused(422, "There is no such registration.", {"registration": "There is no such registration."})
    return answer_out(scans.by_hand(checklist=checklist, registration=row, actor=request.user, now=clock.now()))


@router.delete(
    "/{conference}/door/lists/{int:list_id}/check-ins/{int:registration_id}",
    response={204: None},
    url_name="door_check_in_undo",
)
def check_in_undo(request: HttpRequest, conference: str, list_id: int, registration_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Take somebody out of a list again."""
    checklist, row = _list(request, list_id), _whom(request, registration_id)
    if row is None:
        raise Http404
    scans.correct(checklist=checklist, registration=row, actor=request.user, now=clock.now())
    return 204, None


@router.get("/{conference}/door/latest", response=list[ScanOut], url_name="door_latest")
def latest(request: HttpRequest, conference: str) -> list[ScanOut]:  # noqa: ARG001
    """List the latest scans."""
    return [_scan(row) for row in queries.latest(conference=team(request, "door.check_in"))]


def _scan(row: Scan) -> ScanOut:
    return ScanOut(
        list=row.checklist_id, registration=row.registration_id, name=row.registration.person.name if row.registration else "",
        kind=row.kind, method=row.method, result=row.result, door=name_of(row.device), scanned_at=row.scanned_at,
    )  # fmt: skip


@router.get("/{conference}/door/doubles", response=list[DoubleOut], url_name="door_doubles")
def doubles(request: HttpRequest, conference: str) -> list[DoubleOut]:  # noqa: ARG001
    """List the latest doubles: two scans of one person at one list."""
    return [double_out(row) for row in queries.doubles(conference=team(request, "door.check_in"))]


def _device(row: Device) -> DeviceOut:
    return DeviceOut(
        id=row.pk, name=row.name, lists=[found.pk for found in row.lists.all()], walk_ins=row.walk_ins,
        enrolled_at=row.enrolled_at, seen_at=row.seen_at, revoked_at=row.revoked_at,
    )  # fmt: skip


@router.get("/{conference}/door/devices", response=list[DeviceOut], url_name="door_devices")
def devices(request: HttpRequest, conference: str) -> list[DeviceOut]:  # noqa: ARG001
    """List the devices."""
    return [_device(row) for row in queries.devices(conference=team(request, "door.devices"))]


@router.post("/{conference}/door/devices", response={201: DeviceOut}, url_name="door_device_new")
def device_new(request: HttpRequest, conference: str, wish: DeviceIn) -> tuple[int, DeviceOut]:  # noqa: ARG001
    """Make a device; it opens nothing before it is enrolled by a code."""
    edition = team(request, "door.devices")
    known = {row.pk: row for row in queries.lists(conference=edition)}
    if unknown := [key for key in wish.lists if key not in known]:
        raise Refused(422, "There is no such list.", {"lists": ", ".join(map(str, unknown))})
    try:
        row = operations.make_device(
            conference=edition, name=wish.name, lists=[known[key] for key in wish.lists], walk_ins=wish.walk_ins,
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except operations.NameTaken as refused:
        raise Refused(422, "Another device is called so.", {"name": "Another device is called so."}) from refused
    return 201, _device(row)


def _found(request: HttpRequest, device_id: int) -> Device:
    found = queries.device(conference=team(request, "door.devices"), device_id=device_id)
    if found is None:
        raise Http404
    return found


@router.get("/{conference}/door/devices/{int:device_id}", response=DeviceOut, url_name="door_device")
def device(request: HttpRequest, conference: str, device_id: int) -> DeviceOut:  # noqa: ARG001
    """Return a device."""
    return _device(_found(request, device_id))


@router.post("/{conference}/door/devices/{int:device_id}/code", response=CodeOut, url_name="door_device_code")
def device_code(request: HttpRequest, conference: str, device_id: int) -> CodeOut:
    """Make a fresh enrolment code; one made before stops working."""
    row = _found(request, device_id)
    code = operations.make_code(device=row, actor=request.user, now=clock.now())
    assert row.code_until is not None
    return CodeOut(code=code, until=row.code_until, address=settings.BASE_URL + reverse("door:scan", args=[conference]))


@router.post("/{conference}/door/devices/{int:device_id}/switch-off", response=DeviceOut, url_name="door_device_off")
def device_off(request: HttpRequest, conference: str, device_id: int) -> DeviceOut:  # noqa: ARG001
    """Switch a device off: nothing it sends is taken any more."""
    row = _found(request, device_id)
    operations.revoke(device=row, actor=request.user, now=clock.now())
    return _device(row)
