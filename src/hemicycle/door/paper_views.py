"""Papers: for everybody and for one person, in the desk and for participants."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences import runs as work
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.door import documents, forms, operations, queries, runs, tables
from hemicycle.door.enums import RunKind
from hemicycle.kit import clock
from hemicycle.kit.access import organiser, participant
from hemicycle.kit.forms import status as form_status
from hemicycle.registration import queries as registrations
from hemicycle.registration.enums import PLACE
from hemicycle.registration.models import Registration


def _pdf(content: bytes, name: str) -> HttpResponse:
    return _file(content, name, "application/pdf")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@organiser("door.papers")
def papers(request: ConferenceRequest) -> HttpResponse:
    """Offer the papers; make those for everybody."""
    conference = request.conference
    form = forms.Papers(request.POST or None)
    if form.is_valid():
        try:
            kind = runs.PREFIX + form.cleaned_data["kind"]
            run = work.start(conference=conference, kind=kind, actor=request.user, now=clock.now())
        except work.AlreadyRunning:
            messages.info(request, _("These papers are being made already."))
            return redirect("door:papers", conference.slug)
        return redirect("desk:run", conference.slug, run.pk)
    made = work.latest(conference=conference, kinds=tuple(kind.key for kind in runs.KINDS))
    titles = {kind.key: kind.title for kind in runs.KINDS}
    context = {"runs": [(run, titles[run.kind]) for run in made], "kinds": RunKind.choices, "papers": True}
    return render(request, "door/papers.html", context)


@organiser("door.check_in")
def badge(request: ConferenceRequest, registration_id: int) -> HttpResponse:
    """Print one badge."""
    row = queries.with_places(conference=request.conference).filter(pk=registration_id).first()
    if row is None:
        raise Http404
    content = documents.badges([row], conference=request.conference, kind=RunKind.BADGES_A6)
    return _pdf(content, f"{request.conference.slug}-badge.pdf")


@organiser("door.papers")
def guard_list(request: ConferenceRequest) -> HttpResponse:
    """Hand out the guard's list: names and organisations, no more."""
    rows = queries.with_places(conference=request.conference)
    content = documents.guard_list(rows, conference=request.conference, now=clock.now())
    return _pdf(content, f"{request.conference.slug}-guard.pdf")


def _attendance(request: ConferenceRequest, kind: str) -> HttpResponse:
    """Hand out attendance over the editions of the series whose papers this person may see."""
    found = queries.attendance_seen_by(person=request.user, conference=request.conference)
    content = tables.attendance(found, kind=kind)
    return _file(content, f"{request.conference.slug}-attendance.{kind}", tables.TYPES[kind])


@organiser("door.papers")
def attendance_csv(request: ConferenceRequest) -> HttpResponse:
    """Hand out attendance by organisation and calendar year as CSV (RFC 4180); formulas are made harmless."""
    return _attendance(request, "csv")


@organiser("door.papers")
def attendance_xlsx(request: ConferenceRequest) -> HttpResponse:
    """Hand out the same as a workbook."""
    return _attendance(request, "xlsx")


def _mine(request: ConferenceRequest) -> Registration:
    found = registrations.registration_of(conference=request.conference, person=request.user)
    if found is None or found.status not in PLACE:
        raise Http404
    return found


@participant
def my_papers(request: ConferenceRequest) -> HttpResponse:
    """Offer a participant the own papers; posting issues the certificate."""
    mine = _mine(request)
    if request.method == "POST":
        try:
            operations.issue_certificate(registration=mine, actor=request.user, now=clock.now())
        except operations.DidNotCome:
            messages.error(request, _("A certificate is for people who were checked in at the door."))
        return redirect("door:my_papers", request.conference.slug)
    certificate = queries.certificate_of(registration=mine) if mine.status == "checked_in" else None
    address = (
        documents.verification_address(certificate=certificate, conference=request.conference) if certificate else ""
    )
    context = {"registration": mine, "certificate": certificate, "address": address}
    return render(request, "door/my_papers.html", context)


@participant
def my_ticket(request: ConferenceRequest) -> HttpResponse:
    """Hand out the ticket as PDF."""
    content = documents.ticket(registration=_mine(request), conference=request.conference)
    return _pdf(content, f"{request.conference.slug}-ticket.pdf")


@participant
def my_certificate(request: ConferenceRequest) -> HttpResponse:
    """Hand out the certificate once it was issued, while it holds."""
    mine = _mine(request)
    certificate = queries.certificate_of(registration=mine)
    if certificate is None or mine.status != "checked_in":
        raise Http404
    content = documents.certificate(certificate=certificate, registration=mine, conference=request.conference)
    return _pdf(content, f"{request.conference.slug}-certificate.pdf")


@participant
def my_invitation(request: ConferenceRequest) -> HttpResponse:
    """Make an invitation letter for a visa; what is typed is printed and not kept."""
    mine = _mine(request)
    form = forms.Invitation(request.POST or None)
    if form.is_valid():
        now = clock.now()
        content = documents.invitation(registration=mine, conference=request.conference, today=now, **form.cleaned_data)
        operations.note_invitation(registration=mine, actor=request.user, now=now)
        return _pdf(content, f"{request.conference.slug}-invitation.pdf")
    return render(request, "door/invitation.html", {"form": form}, status=form_status(form))
