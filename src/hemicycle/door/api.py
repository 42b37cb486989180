"""The door by API: a device enrols once, then speaks with its secret."""

import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from hemicycle.conferences.models import Conference
from hemicycle.directory.operations import organisation_for
from hemicycle.door import documents, forms, operations, queries, rules, scans
from hemicycle.door.api_words import answer as answer_out
from hemicycle.door.api_words import double as double_out
from hemicycle.door.enums import RunKind
from hemicycle.door.models import CheckList, Device
from hemicycle.door.schemas import (
    AnswerOut,
    DoorOut,
    EnrolIn,
    EnrolOut,
    FaultOut,
    ListOut,
    ScansIn,
    ScansOut,
    WalkInIn,
)
from hemicycle.kit import clock
from hemicycle.kit.ratelimit import address_of, allowed
from hemicycle.registration import arrivals
from hemicycle.registration.operations import Details

router = Router(tags=["door"])
ENROLMENTS = 30


class DeviceRefused(AuthenticationError):
    """The secret is not, or no longer, a device's of this edition; the message is a sentence for who holds it."""


class Bearer(HttpBearer):
    """A device by its secret; the edition is that of the address."""

    def authenticate(self, request: HttpRequest, token: str) -> Device:
        """Return the device.

        Raises:
            DeviceRefused: unknown here, or switched off.
        """
        conference: Conference = request.conference  # type: ignore[attr-defined]
        device = queries.device_by_secret(conference=conference, secret=token)
        if device is None:
            raise DeviceRefused(message=_("This device is not enrolled here. Ask the desk for a code."))
        if device.revoked_at is not None:
            raise DeviceRefused(message=_("This device was switched off. Ask the desk for a new code."))
        return device


class _Own:
    """What a route needs of a request: the edition and the device."""

    def __init__(self, request: HttpRequest) -> None:
        self.conference: Conference = request.conference  # type: ignore[attr-defined]
        self.device: Device = request.auth  # type: ignore[attr-defined]

    def list(self, list_id: int) -> CheckList:
        """Return one of the device's lists; any other is not there."""
        found = self.device.lists.filter(pk=list_id).select_related("side_event").first() if list_id < 2**63 else None
        if found is None:
            raise Http404
        return found


@router.post("/{conference}/door/enrol", auth=None, response={200: EnrolOut, 403: FaultOut, 429: FaultOut})
def enrol(request: HttpRequest, conference: str, body: EnrolIn) -> Any:  # noqa: ARG001
    """Exchange an enrolment code for the device's secret, once."""
    edition: Conference = request.conference  # type: ignore[attr-defined]
    if not allowed(scope="door.enrol", address=address_of(request), limit=ENROLMENTS, seconds=3600):
        return 429, FaultOut(title=_("Too many tries from here. Wait an hour, or ask the desk."))
    try:
        device, secret = operations.enrol(conference=edition, code=body.code[:40], now=clock.now())
    except operations.BadCode:
        return 403, FaultOut(title=_("This code was used, is too old, or has a slip. Ask the desk for a new one."))
    return EnrolOut(secret=secret, name=device.name)


@router.post("/{conference}/door/scans", auth=Bearer(), response={200: ScansOut, 422: FaultOut})
def send(request: HttpRequest, conference: str, body: ScansIn) -> Any:  # noqa: ARG001
    """Take a batch of scans; the same batch again changes nothing and gives the same answers."""
    own, now = _Own(request), clock.now()
    if len(body.scans) > rules.BATCH:
        return 422, FaultOut(title=_("At most %(number)s scans at once.") % {"number": rules.BATCH})
    try:
        sent_at = rules.read_time(body.sent_at)
    except (ValueError, OverflowError):
        sent_at = None
    answers = scans.receive(device=own.device, raw=body.scans, sent_at=sent_at, now=now)
    doubles = queries.doubles_of(device=own.device, after=min(max(body.after, 0), 2**62))
    return ScansOut(
        time=now,
        answers=[answer_out(answer) for answer in answers],
        doubles=[double_out(double) for double in doubles],
        after=doubles[-1].pk if doubles else body.after,
        inside=queries.counters(device=own.device),
    )


@router.get("/{conference}/door/list", auth=Bearer(), response=DoorOut)
def download(request: HttpRequest, conference: str, list: int = 0) -> HttpResponse:  # noqa: A002, ARG001
    """Return a list for work without network: digests of codes, names, organisations; 304 while nothing changed."""
    own = _Own(request)
    inside = queries.counters(device=own.device)
    mine = [*own.device.lists.all()]
    if not mine:
        raise Http404
    chosen = own.list(list) if list else mine[0]
    key = queries.key_of(conference=own.conference)
    people, kinds = [], {}
    for row, at in queries.people(checklist=chosen):
        kinds[row.stakeholder_id] = str(row.stakeholder)
        people.append(
            (
                row.pk,
                queries.code_digest(row.code),
                row.person.name,
                str(row.organisation or ""),
                row.stakeholder_id,
                queries.tone(row),
                at.isoformat() if at else None,
            )
        )
    found = DoorOut(
        device=own.device.name,
        walk_ins=own.device.walk_ins,
        edition=own.conference.pk,
        slug=own.conference.slug,
        key=b64encode(bytes(key.public)).decode() if key else "",
        lists=[
            ListOut(
                id=row.pk, kind=row.kind, title=str(row.title), starts_at=row.starts_at, inside=inside.get(row.pk, 0)
            )
            for row in mine
        ],
        chosen=chosen.pk,
        people=people,
        kinds=kinds,
        gone=[queries.code_digest(code) for code in queries.given_back(conference=own.conference)],
    )
    return _unless_same(request, json.dumps(found.model_dump(mode="json"), ensure_ascii=False).encode())


def _unless_same(request: HttpRequest, body: bytes) -> HttpResponse:
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    same = tag in request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if same else HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    return response


@router.post("/{conference}/door/walk-ins", auth=Bearer(), response={200: AnswerOut, 409: FaultOut, 422: FaultOut})
def walk_in(request: HttpRequest, conference: str, body: WalkInIn) -> Any:  # noqa: ARG001
    """Register somebody who stands at the door, and check them in."""
    own, now = _Own(request), clock.now()
    checklist = own.list(body.list)
    if not own.device.walk_ins:
        raise Http404
    form = forms.WalkIn(body.model_dump())
    if not form.is_valid():
        faults = {name: " ".join(str(word) for word in words) for name, words in form.errors.items()}
        return 422, FaultOut(title=_("Please look at the marked answers."), fields=faults)
    given = form.cleaned_data
    name = given.pop("organisation")
    organisation = organisation_for(name=name, country=given["country"]) if name else None
    details = Details(**given, organisation=organisation, mode="on_site", language=get_language() or "en")
    try:
        registration = arrivals.walk_in(conference=own.conference, details=details, now=now)
    except arrivals.Full:
        return 409, FaultOut(title=_("Every place is taken."))
    return answer_out(scans.walked_in(device=own.device, checklist=checklist, registration=registration, now=now))


@router.get("/{conference}/door/badge/{registration_id}", auth=Bearer(), response={200: None})
def badge(request: HttpRequest, conference: str, registration_id: int) -> HttpResponse:  # noqa: ARG001
    """Return the badge of somebody whom a list of this device expects, to print again."""
    own = _Own(request)
    for checklist in own.device.lists.select_related("side_event"):
        row = queries.expected(checklist=checklist).filter(pk=min(registration_id, 2**62)).first()
        if row is not None:
            content = documents.badges([row], conference=own.conference, kind=RunKind.BADGES_A6)
            return HttpResponse(content, content_type="application/pdf")
    raise Http404
