"""Papers by API: for everybody and for one person, one's own, and the public check of certificates."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from hemicycle.conferences import runs
from hemicycle.conferences.run_api import plain, start
from hemicycle.conferences.schemas import RunOut
from hemicycle.door import documents, forms, operations, queries, tables
from hemicycle.door import runs as made
from hemicycle.door.enums import RunKind
from hemicycle.door.models import Certificate
from hemicycle.door.schemas import (
    AttendanceOut,
    CertificateOut,
    InvitationLetterIn,
    MyCertificateOut,
    MyPapersOut,
    PapersIn,
)
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked, team
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.uploads import PDF, hand_out
from hemicycle.registration.api_words import own
from hemicycle.registration.enums import PLACE, Status
from hemicycle.registration.models import Registration

router = Router(tags=["papers"])


def _pdf(content: bytes, name: str) -> HttpResponse:
    return hand_out(content, name=name, media=PDF.media)


@router.get("/{conference}/door/papers", response=list[RunOut], url_name="door_papers_made")
def papers_made(request: HttpRequest, conference: str) -> list[RunOut]:  # noqa: ARG001
    """List the latest papers for everybody."""
    edition = team(request, "door.papers")
    return [plain(run) for run in runs.latest(conference=edition, kinds=tuple(kind.key for kind in made.KINDS))]


@router.post("/{conference}/door/papers", response={202: RunOut}, url_name="door_papers")
def papers(request: HttpRequest, conference: str, wish: PapersIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have badges or the booklet made for everybody by a worker; `/runs` says how far it is."""
    return start(request, team(request, "door.papers"), made.PREFIX + wish.kind)


@router.get("/{conference}/door/papers/guard", response={200: None}, url_name="door_guard_list")
def guard_list(request: HttpRequest, conference: str) -> HttpResponse:
    """Hand out the guard's list as PDF: names and organisations, no more."""
    edition = team(request, "door.papers")
    rows = queries.with_places(conference=edition)
    return _pdf(documents.guard_list(rows, conference=edition, now=clock.now()), f"{conference}-guard.pdf")


@router.get("/{conference}/door/papers/badges/{int:registration_id}", response={200: None}, url_name="door_badge_of")
def badge_of(request: HttpRequest, conference: str, registration_id: int) -> HttpResponse:
    """Hand out one badge as PDF."""
    edition = team(request, "door.check_in")
    row = queries.with_places(conference=edition).filter(pk=registration_id).first()
    if row is None:
        raise Http404
    return _pdf(documents.badges([row], conference=edition, kind=RunKind.BADGES_A6), f"{conference}-badge.pdf")


@router.get("/{conference}/door/attendance", response=list[AttendanceOut], url_name="door_attendance")
def attendance(request: HttpRequest, conference: str) -> list[AttendanceOut]:  # noqa: ARG001
    """Count places and people who came, by organisation and calendar year, over the editions one may see."""
    found = queries.attendance_seen_by(person=request.user, conference=team(request, "door.papers"))
    return [
        AttendanceOut(
            year=row.year, organisation=row.organisation, country=row.country, registered=row.registered, came=row.came
        )
        for row in found
    ]


@router.get("/{conference}/door/attendance/file", response={200: None}, url_name="door_attendance_file")
def attendance_file(request: HttpRequest, conference: str, form: Literal["csv", "xlsx"] = "csv") -> HttpResponse:
    """Hand out the same as CSV (RFC 4180) or as a workbook."""
    found = queries.attendance_seen_by(person=request.user, conference=team(request, "door.papers"))
    content = tables.attendance(found, kind=form)
    return hand_out(content, name=f"{conference}-attendance.{form}", media=tables.TYPES[form])


def _placed(request: HttpRequest) -> Registration:
    """Return one's own registration with a place."""
    mine = own(request)
    if mine.status not in PLACE:
        raise Refused(409, "Papers are for people with a place.")
    return mine


def _held(mine: Registration) -> Certificate | None:
    return queries.certificate_of(registration=mine) if mine.status == Status.CHECKED_IN else None


def _own(row: Certificate, edition: Any) -> MyCertificateOut:
    address = documents.verification_address(certificate=row, conference=edition)
    return MyCertificateOut(code=row.code, issued_at=row.issued_at, address=address)


@router.get("/{conference}/me/papers", response=MyPapersOut, url_name="me_papers")
def me_papers(request: HttpRequest, conference: str) -> MyPapersOut:  # noqa: ARG001
    """Say what one's ticket says, and which certificate was issued."""
    mine = _placed(request)
    row = _held(mine)
    return MyPapersOut(
        ticket=queries.ticket_text(registration=mine, conference=mine.conference),
        certificate=_own(row, mine.conference) if row else None,
    )


@router.get("/{conference}/me/papers/ticket", response={200: None}, url_name="me_ticket")
def me_ticket(request: HttpRequest, conference: str) -> HttpResponse:
    """Hand out one's own ticket as PDF."""
    mine = _placed(request)
    return _pdf(documents.ticket(registration=mine, conference=mine.conference), f"{conference}-ticket.pdf")


@router.post("/{conference}/me/papers/certificate", response=MyCertificateOut, url_name="me_certificate_issue")
def me_certificate_issue(request: HttpRequest, conference: str) -> MyCertificateOut:  # noqa: ARG001
    """Issue one's own certificate of attendance; asked again, the same one is returned."""
    mine = _placed(request)
    try:
        row = operations.issue_certificate(registration=mine, actor=mine.person, now=clock.now())
    except operations.DidNotCome as refused:
        raise Refused(409, "A certificate is for people who were checked in at the door.") from refused
    return _own(row, mine.conference)


@router.get("/{conference}/me/papers/certificate", response={200: None}, url_name="me_certificate")
def me_certificate(request: HttpRequest, conference: str) -> HttpResponse:
    """Hand out one's own certificate as PDF once it was issued, while it holds."""
    mine = _placed(request)
    row = _held(mine)
    if row is None:
        raise Refused(409, "No certificate was issued yet. Ask for it by POST.")
    content = documents.certificate(certificate=row, registration=mine, conference=mine.conference)
    return _pdf(content, f"{conference}-certificate.pdf")


@router.post("/{conference}/me/papers/invitation", response={200: None}, url_name="me_invitation")
def me_invitation(request: HttpRequest, conference: str, wish: InvitationLetterIn) -> HttpResponse:
    """Make an invitation letter for a visa as PDF; what is sent is printed and not kept."""
    mine, now = _placed(request), clock.now()
    form = forms.Invitation(wish.dict())
    checked(form)
    content = documents.invitation(registration=mine, conference=mine.conference, today=now, **form.cleaned_data)
    operations.note_invitation(registration=mine, actor=mine.person, now=now)
    return _pdf(content, f"{conference}-invitation.pdf")


@router.get("/{conference}/certificates/{slug:certificate}", auth=None, response=CertificateOut, url_name="certificate")
def certificate(request: HttpRequest, conference: str, certificate: str) -> CertificateOut:  # noqa: ARG001
    """Say whose a certificate is; 404 if it is not ours or does not hold any more."""
    row = queries.certificate(conference=edition_of(request), code=certificate[:40])
    if row is None:
        raise Http404
    who = row.registration
    return CertificateOut(name=who.person.name, organisation=str(who.organisation or ""), issued_at=row.issued_at)
