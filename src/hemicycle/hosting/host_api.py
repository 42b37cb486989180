"""The host's desk by API: who comes, deciding, questions, invitations, mails, papers, the host team."""

import base64
import binascii
from typing import Any, Literal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import Query, Router

from hemicycle.hosting import forms, operations, queries, tables
from hemicycle.hosting.api import find, hosted
from hemicycle.hosting.models import Paper
from hemicycle.hosting.schemas import (
    DecisionIn,
    DoneOut,
    GuestOut,
    HostAskIn,
    HostOut,
    HostQuestionChange,
    HostQuestionIn,
    HostsOut,
    PaperChange,
    PaperIn,
    PaperOut,
    SeatInvitationOut,
    SeatInviteIn,
    SeatStandsOut,
    WriteIn,
)
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked, team
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.uploads import hand_out
from hemicycle.registration import seats, setup
from hemicycle.registration.api_words import question as question_out
from hemicycle.registration.enums import SeatStatus
from hemicycle.registration.models import Question, SideEvent
from hemicycle.registration.schemas import QuestionOut
from hemicycle.registration.setup_api import question_data, question_texts, write_question

router = Router(tags=["side events: hosts"])
AT = "/{conference}/side-events/{slug:slug}"


@router.get("/{conference}/me/hosting", response=list[SeatStandsOut], url_name="me_hosting")
def mine(request: HttpRequest, conference: str) -> list[SeatStandsOut]:  # noqa: ARG001
    """List what one hosts."""
    found = queries.events(conference=edition_of(request), person=request.user)
    return [SeatStandsOut(side_event=event.slug, status="host") for event in found]


@router.get(f"{AT}/seats", response=list[GuestOut], url_name="guests")
def guests(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    slug: str,
    status: SeatStatus | None = None,
    search: str = Query("", max_length=100),
) -> list[GuestOut]:
    """List who asked for a seat, for hosts and the team."""
    event = hosted(request, slug)
    found = queries.seats(side_event=event, status=status or "", search=search)
    rows = queries.rows(side_event=event, found=found, asked=queries.questions(side_event=event))
    return [_guest(row) for row in rows]


def _guest(row: queries.Row) -> GuestOut:
    who = row.seat.registration
    return GuestOut(
        id=row.seat.pk, status=row.seat.status, first_name=who.person.first_name, last_name=who.person.last_name,
        email=who.person.email, organisation=str(who.organisation or ""), asked_at=row.seat.taken_at,
        came_at=row.came_at, answers=row.answers,
    )  # fmt: skip


@router.get(f"{AT}/seats/file", response={200: None}, url_name="guests_file")
def guests_file(
    request: HttpRequest, conference: str, slug: str, form: Literal["csv", "xlsx", "json"] = "csv"  # noqa: ARG001
) -> HttpResponse:  # fmt: skip
    """Hand out who asked for a seat as a file."""
    event = hosted(request, slug)
    asked = queries.questions(side_event=event)
    rows = queries.rows(side_event=event, found=queries.seats(side_event=event), asked=asked)
    content = tables.write(rows, questions=asked, kind=form, event=event)
    return hand_out(content, name=f"{event.slug}.{form}", media=tables.TYPES[form])


@router.post(f"{AT}/decide", response=DoneOut, url_name="decide_seats")
def decide(request: HttpRequest, conference: str, slug: str, wish: DecisionIn) -> DoneOut:  # noqa: ARG001
    """Approve, decline, or note who came."""
    event = hosted(request, slug)
    call: dict[str, Any] = {"side_event": event, "keys": wish.ids, "actor": request.user, "now": clock.now()}
    if wish.do == "approve":
        return DoneOut(done=seats.approve(**call))
    if wish.do == "decline":
        return DoneOut(done=seats.decline(**call, reason=wish.reason))
    return DoneOut(done=operations.note_attendance(**call, came=wish.do == "came"))


@router.post(f"{AT}/messages", response={202: DoneOut}, url_name="write_to_all")
def write(request: HttpRequest, conference: str, slug: str, wish: WriteIn) -> tuple[int, DoneOut]:  # noqa: ARG001
    """Write to everybody with a seat, in the waiting list, or not decided about."""
    event = hosted(request, slug)
    number = seats.write_to_all(
        side_event=event, statuses=wish.to, subject=wish.subject, words=wish.words, actor=request.user, now=clock.now()
    )
    return 202, DoneOut(done=number)


@router.get(f"{AT}/invitations", response=list[SeatInvitationOut], url_name="seat_invitations")
def invitations(request: HttpRequest, conference: str, slug: str) -> list[SeatInvitationOut]:  # noqa: ARG001
    """List who is invited to come."""
    rows = queries.invitations(side_event=hosted(request, slug))
    return [SeatInvitationOut(id=row.pk, email=row.email, invited_at=row.invited_at) for row in rows]


@router.post(f"{AT}/invitations", response={201: DoneOut}, url_name="seat_invite")
def invite(request: HttpRequest, conference: str, slug: str, wish: SeatInviteIn) -> tuple[int, DoneOut]:  # noqa: ARG001
    """Invite people by name; who was invited before is not written to again."""
    event = hosted(request, slug)
    number = seats.invite(side_event=event, emails=wish.emails, actor=request.user, now=clock.now())
    return 201, DoneOut(done=number)


@router.delete(f"{AT}/invitations/{{int:invitation_id}}", response={204: None}, url_name="seat_invitation_withdraw")
def withdraw(request: HttpRequest, conference: str, slug: str, invitation_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Take an invitation back; a seat that was taken with it stays."""
    event = hosted(request, slug)
    if not any(row.pk == invitation_id for row in queries.invitations(side_event=event)):
        raise Http404
    seats.withdraw_invitation(side_event=event, key=invitation_id, actor=request.user, now=clock.now())
    return 204, None


@router.get(f"{AT}/hosts", response=HostsOut, url_name="hosts")
def hosts(request: HttpRequest, conference: str, slug: str) -> HostsOut:  # noqa: ARG001
    """List the host team and who is asked to join it, for the team."""
    team(request, "side_events.change")
    event = find(request, slug)
    return HostsOut(
        hosts=[
            HostOut(id=row.pk, email=row.person.email, name=row.person.name, since=row.added_at)
            for row in queries.hosts(side_event=event)
        ],
        invitations=[
            HostOut(id=row.pk, email=row.email, name="", since=row.invited_at)
            for row in queries.host_invitations(side_event=event)
        ],
    )


@router.post(f"{AT}/hosts", response={202: None}, url_name="host_ask")
def ask(request: HttpRequest, conference: str, slug: str, wish: HostAskIn) -> tuple[int, None]:  # noqa: ARG001
    """Ask somebody to host; they say yes by mail."""
    team(request, "side_events.change")
    try:
        operations.ask(side_event=find(request, slug), email=wish.email, actor=request.user, now=clock.now())
    except operations.AlreadyHost as refused:
        raise Refused(409, "This person hosts it already.", {"email": "hosts it already"}) from refused
    return 202, None


@router.delete(f"{AT}/hosts/{{int:host_id}}", response={204: None}, url_name="host_remove")
def host_remove(request: HttpRequest, conference: str, slug: str, host_id: int) -> tuple[int, None]:  # noqa: ARG001
    """End that somebody hosts."""
    return _take_away(request, slug, host=host_id)


@router.delete(
    f"{AT}/host-invitations/{{int:invitation_id}}", response={204: None}, url_name="host_invitation_withdraw"
)
def host_withdraw(request: HttpRequest, conference: str, slug: str, invitation_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Take back that somebody is asked to host."""
    return _take_away(request, slug, invitation=invitation_id)


def _take_away(request: HttpRequest, slug: str, **which: int) -> tuple[int, None]:
    team(request, "side_events.change")
    event = find(request, slug)
    if not operations.take_away(side_event=event, actor=request.user, now=clock.now(), **which):
        raise Http404
    return 204, None


@router.get(f"{AT}/questions", response=list[QuestionOut], url_name="host_questions")
def questions(request: HttpRequest, conference: str, slug: str) -> list[QuestionOut]:  # noqa: ARG001
    """List what is asked of whoever takes a seat."""
    return [question_out(row) for row in queries.questions(side_event=find(request, slug))]


def _form(
    event: SideEvent, row: Question | None, wish: HostQuestionIn | HostQuestionChange, version: int
) -> forms.HostQuestion:
    others = queries.questions(side_event=event)
    data = question_data(event.conference, row, wish, others) | {"version": version}
    return forms.HostQuestion(
        data, initial=question_texts(row), conference=event.conference, questions=others, question=row
    )


@router.post(f"{AT}/questions", response={201: QuestionOut}, url_name="host_question_new")
def question_new(request: HttpRequest, conference: str, slug: str, wish: HostQuestionIn) -> tuple[int, QuestionOut]:  # noqa: ARG001
    """Write a new question of the host's."""
    event = hosted(request, slug)
    made = write_question(
        request, _form(event, None, wish, 0), None, 0, categories=[], restricted=False, side_event=event
    )
    return 201, made


def _question(request: HttpRequest, slug: str, question_id: int) -> tuple[SideEvent, Question]:
    event = hosted(request, slug)
    row = next((row for row in queries.questions(side_event=event) if row.pk == question_id), None)
    if row is None:
        raise Http404
    return event, row


@router.patch(f"{AT}/questions/{{int:question_id}}", response=QuestionOut, url_name="host_question_change")
def question_change(
    request: HttpRequest, conference: str, slug: str, question_id: int, wish: HostQuestionChange  # noqa: ARG001
) -> QuestionOut:  # fmt: skip
    """Change a question; one that was answered keeps its kind."""
    event, row = _question(request, slug, question_id)
    form = _form(event, row, wish, wish.version)
    return write_question(request, form, row, wish.version, categories=[], restricted=False, side_event=event)


@router.delete(f"{AT}/questions/{{int:question_id}}", response={204: None}, url_name="host_question_remove")
def question_remove(request: HttpRequest, conference: str, slug: str, question_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Remove a question with its answers."""
    _event, row = _question(request, slug, question_id)
    setup.remove_question(question=row, actor=request.user, now=clock.now())
    return 204, None


def _paper(row: Paper) -> PaperOut:
    return PaperOut(id=row.pk, title=row.title, name=row.name, size=row.size, shown=row.shown)


@router.get(f"{AT}/papers", response=list[PaperOut], url_name="papers", auth=None)
def papers(request: HttpRequest, conference: str, slug: str) -> list[PaperOut]:  # noqa: ARG001
    """List the papers that are shown."""
    return [_paper(row) for row in queries.papers(side_event=find(request, slug))]


@router.get(f"{AT}/papers/all", response=list[PaperOut], url_name="papers_all")
def papers_all(request: HttpRequest, conference: str, slug: str) -> list[PaperOut]:  # noqa: ARG001
    """List all papers, for hosts and the team."""
    return [_paper(row) for row in queries.papers(side_event=hosted(request, slug), shown_only=False)]


@router.post(f"{AT}/papers", response={201: PaperOut}, url_name="paper_add")
def paper_add(request: HttpRequest, conference: str, slug: str, wish: PaperIn) -> tuple[int, PaperOut]:  # noqa: ARG001
    """Keep a paper that came out of it."""
    event = hosted(request, slug)
    try:
        content = base64.b64decode(wish.content, validate=True)
    except binascii.Error as error:
        raise Refused(422, "The content is not Base64.", {"content": "not Base64"}) from error
    form = forms.PaperForm(
        {"title": wish.title, **({"shown": True} if wish.shown else {})},
        MultiValueDict({"file": [SimpleUploadedFile(wish.name, content)]}),
    )
    checked(form, names={"file": "content"})
    row = operations.add_paper(side_event=event, actor=request.user, now=clock.now(), **form.cleaned_data)
    return 201, _paper(row)


def _own_paper(event: SideEvent, paper_id: int) -> Paper:
    row = Paper.objects.filter(side_event=event, pk=paper_id).select_related("side_event").first()
    if row is None:
        raise Http404
    return row


@router.get(f"{AT}/papers/{{int:paper_id}}", response={200: None}, url_name="paper", auth=None)
def paper(request: HttpRequest, conference: str, slug: str, paper_id: int) -> HttpResponse:  # noqa: ARG001
    """Hand out a paper; one that is not shown yet only to its hosts and the team."""
    row = _own_paper(find(request, slug), paper_id)
    if not row.shown:
        hosted(request, slug)
    with row.file.open("rb") as file:
        return hand_out(file.read(), name=row.name, media=row.media)


@router.patch(f"{AT}/papers/{{int:paper_id}}", response=PaperOut, url_name="paper_change")
def paper_change(request: HttpRequest, conference: str, slug: str, paper_id: int, wish: PaperChange) -> PaperOut:  # noqa: ARG001
    """Show a paper to everybody, or hide it."""
    row = _own_paper(hosted(request, slug), paper_id)
    operations.show_paper(paper=row, shown=wish.shown, actor=request.user, now=clock.now())
    return _paper(row)


@router.delete(f"{AT}/papers/{{int:paper_id}}", response={204: None}, url_name="paper_remove")
def paper_remove(request: HttpRequest, conference: str, slug: str, paper_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Remove a paper."""
    operations.remove_paper(paper=_own_paper(hosted(request, slug), paper_id), actor=request.user, now=clock.now())
    return 204, None
