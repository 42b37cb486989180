"""One's own registration by API: read, changed, handed over, given back, and people brought along."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from hemicycle.conferences.models import Conference, Term
from hemicycle.directory import queries as directory
from hemicycle.directory.models import Organisation
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.uploads import hand_out
from hemicycle.registration import forms, groups, operations, queries, questionnaire, transfers
from hemicycle.registration.api_words import own, plain, seat, stakeholders
from hemicycle.registration.api_words import questionnaire as answered
from hemicycle.registration.enums import Mode
from hemicycle.registration.models import Registration
from hemicycle.registration.schemas import (
    BroughtOut,
    ColleaguesIn,
    ConsentsIn,
    ConsentsOut,
    DelegationIn,
    Done,
    MeChange,
    MeOut,
    RegistrationOut,
    SeatOut,
    TransferIn,
)

router = Router(tags=["my registration"])
GROUP = {
    "size": "Register between one and twenty colleagues at a time.",
    "twice": "An address stands there twice. Everybody needs one of their own.",
    "category": "This way of coming is for other kinds of stakeholders.",
    "pending": "This way of coming asks for approval one by one: your colleagues register themselves.",
}


def _me(mine: Registration) -> MeOut:
    person = mine.person
    return MeOut(
        **plain(mine), first_name=person.first_name, last_name=person.last_name, email=person.email,
        job_title=mine.job_title, needs=mine.needs, answers=questionnaire.read(registration=mine, restricted=True),
    )  # fmt: skip


@router.get("/{conference}/me", response=MeOut, url_name="me")
def me(request: HttpRequest, conference: str) -> MeOut:  # noqa: ARG001
    """Return one's own registration."""
    return _me(own(request))


@router.patch("/{conference}/me", response=MeOut, url_name="me_change")
def me_change(request: HttpRequest, conference: str, wish: MeChange) -> MeOut:  # noqa: ARG001
    """Change what one wrote about oneself, answers to the organiser's questions included; place and status stay."""
    mine = own(request)
    person, edition = mine.person, mine.conference
    now = {
        "first_name": person.first_name, "last_name": person.last_name, "organisation": str(mine.organisation or ""),
        "job_title": mine.job_title, "country": mine.country, "needs": mine.needs,
    }  # fmt: skip
    said = {name: value for name, value in wish.dict(exclude={"answers"}).items() if value is not None}
    form = forms.Change(now | said)
    checked(form)
    answers = answered(
        edition, questions=questionnaire.questions(conference=edition), category=mine.category, answers=wish.answers,
        before=questionnaire.read(registration=mine, restricted=True),
    )  # fmt: skip
    operations.change(registration=mine, values=form.cleaned_data, answers=answers, actor=person, now=clock.now())
    return _me(mine)


@router.post("/{conference}/me/cancel", response=RegistrationOut, url_name="me_cancel")
def me_cancel(request: HttpRequest, conference: str) -> RegistrationOut:  # noqa: ARG001
    """Give one's own place back."""
    mine = own(request)
    try:
        operations.cancel(registration=mine, actor=mine.person, now=clock.now())
    except operations.CannotCancel as refused:
        raise Refused(409, "This place was already given back, or the deadline has passed.") from refused
    return RegistrationOut(**plain(mine))


@router.post("/{conference}/me/transfer", response={202: None}, url_name="me_transfer")
def me_transfer(request: HttpRequest, conference: str, wish: TransferIn) -> tuple[int, None]:  # noqa: ARG001
    """Offer one's own place to a colleague, who says yes by mail."""
    mine = own(request)
    try:
        transfers.offer(
            registration=mine, to=wish.email, first_name=wish.first_name, last_name=wish.last_name, actor=mine.person,
            now=clock.now(),
        )  # fmt: skip
    except transfers.CannotTransfer as refused:
        raise Refused(409, f"The place cannot change hands: {refused.why}.") from refused
    return 202, None


@router.get("/{conference}/me/consents", response=ConsentsOut, url_name="me_consents")
def me_consents(request: HttpRequest, conference: str) -> ConsentsOut:  # noqa: ARG001
    """Return what one agrees to now."""
    return _consents(own(request))


def _consents(mine: Registration) -> ConsentsOut:
    given = queries.consents_of(registration=mine)
    return ConsentsOut(given={kind: row.given_at for kind, row in given.items()})  # type: ignore[misc]


@router.put("/{conference}/me/consents", response=ConsentsOut, url_name="me_consents_change")
def me_consents_change(request: HttpRequest, conference: str, wish: ConsentsIn) -> ConsentsOut:  # noqa: ARG001
    """Give or withdraw consents, each with its date."""
    mine = own(request)
    operations.change_consents(registration=mine, wanted=wish.dict(), actor=mine.person, now=clock.now())
    return _consents(mine)


@contextmanager
def _bringing(*, way: str) -> Iterator[None]:
    """Say in the API's words why a group cannot be registered; `way` is the field that says as what it comes."""
    try:
        yield
    except groups.BadGroup as refused:
        field = "people" if refused.why in ("size", "twice") else way
        raise Refused(422, GROUP[refused.why], {field: GROUP[refused.why]}) from refused
    except operations.RegistrationClosed as refused:
        raise Refused(409, "Registration is not open.") from refused


@router.post("/{conference}/me/colleagues", response={201: Done}, url_name="me_colleagues")
def me_colleagues(request: HttpRequest, conference: str, wish: ColleaguesIn) -> tuple[int, Done]:  # noqa: ARG001
    """Register colleagues, who get places together or wait together; each confirms by mail."""
    mine = own(request)
    members = [groups.Member(**person.dict()) for person in wish.people]
    with _bringing(way="people"):
        made = groups.register(contact=mine, members=members, actor=mine.person, now=clock.now())
    return 201, Done(done=len(made))


@router.get("/{conference}/me/seats", response=list[SeatOut], url_name="me_seats")
def me_seats(request: HttpRequest, conference: str) -> list[SeatOut]:  # noqa: ARG001
    """List the seats and turns one holds, by time."""
    return [seat(row) for row in queries.seats_of(registration=own(request))]


@router.get("/{conference}/me/files/{int:question_id}", response={200: None}, url_name="me_file")
def me_file(request: HttpRequest, conference: str, question_id: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the file one answered a question with."""
    found = questionnaire.file_answer(registration=own(request), question_id=question_id)
    if found is None:
        raise Http404
    return hand_out(found.content, name=found.name, media=found.media)


def _managed(request: HttpRequest, slug: str) -> tuple[Conference, Organisation]:
    """Return the edition and an organisation that one looks after oneself; the team's right is not enough."""
    edition = edition_of(request)
    row = directory.by_slug(slug=slug)
    if row is None or not directory.manages(person=request.user, organisation=row):
        raise Http404
    return edition, row


@router.get("/{conference}/organisations/{slug:organisation}/people", response=list[BroughtOut], url_name="delegation")
def delegation(request: HttpRequest, conference: str, organisation: str) -> list[BroughtOut]:  # noqa: ARG001
    """List the people of an organisation whom one registered, latest first."""
    edition, row = _managed(request, organisation)
    found = queries.brought_by(conference=edition, person=request.user, organisation=row)
    return [
        BroughtOut(
            first_name=one.person.first_name, last_name=one.person.last_name, email=one.person.email, status=one.status
        )
        for one in found
    ]


@router.post(
    "/{conference}/organisations/{slug:organisation}/people", response={201: Done}, url_name="delegation_register"
)
def delegation_register(
    request: HttpRequest, conference: str, organisation: str, wish: DelegationIn  # noqa: ARG001
) -> tuple[int, Done]:  # fmt: skip
    """Register people of an organisation one looks after, with or without a place of one's own; each confirms by mail."""
    edition, row = _managed(request, organisation)
    person: Any = request.user
    offered = {found.slug: found for found in queries.categories(conference=edition)}
    if (wish.category or offered) and wish.category not in offered:
        raise Refused(422, "There is no such way of coming.", {"category": "There is no such way of coming."})
    kind = row.kind
    if wish.stakeholder or kind is None:
        kind = Term.objects.get(pk=stakeholders([wish.stakeholder], field="stakeholder")[0])
    way = groups.Way(
        conference=edition, stakeholder=kind, country=row.country, mode=wish.mode if edition.online else Mode.ON_SITE,
        organisation=row, category=offered.get(wish.category), language=person.language,
    )  # fmt: skip
    members = [groups.Member(**one.dict()) for one in wish.people]
    with _bringing(way="category"):
        made = groups.register_as(way=way, members=members, actor=person, now=clock.now())
    return 201, Done(done=len(made))
