"""Matchmaking by API: one's profile, whom one can meet, requests both ways, meetings."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.queries import terms
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, Rows, checked
from hemicycle.matchmaking import forms, operations, queries
from hemicycle.matchmaking.enums import EntryKind
from hemicycle.matchmaking.models import MeetingRequest, Profile
from hemicycle.matchmaking.schemas import (
    FacetsOut,
    MeetingAnswerIn,
    MeetingAskIn,
    MeetingOut,
    PartnerOut,
    ProfileIn,
    ProfileOut,
    RequestOut,
)
from hemicycle.registration.api_words import own as own_registration

router = Router(tags=["matchmaking"])
WHY_NOT = {
    "self": "This is you.",
    "colleague": "You work for the same organisation; no table is needed for that.",
    "already": "There is a request between you already.",
    "too_many": "Forty of your requests wait for an answer. Withdraw some before you ask more people.",
}


def _own(request: HttpRequest) -> Profile:
    """Return one's own profile; whoever wrote none sees nobody, as on the pages."""
    found = queries.profile_of(registration=own_registration(request))
    if found is None:
        raise Http404
    return found


def _words(row: Profile) -> dict[str, Any]:
    entries = list(row.entries.all())
    return {
        "id": row.pk, "name": row.registration.person.name, "organisation": str(row.registration.organisation or ""),
        "country": row.registration.country, "stakeholder": row.registration.stakeholder.key, "about": row.about,
        "offers": [entry.text for entry in entries if entry.kind == EntryKind.OFFER],
        "needs": [entry.text for entry in entries if entry.kind == EntryKind.NEED],
        "ecosystems": [term.key for term in row.ecosystems.all()],
    }  # fmt: skip


@router.get("/{conference}/me/profile", response=ProfileOut, url_name="me_profile")
def profile(request: HttpRequest, conference: str) -> ProfileOut:  # noqa: ARG001
    """Return one's own profile."""
    row = _own(request)
    return ProfileOut(**_words(row), visible=row.visible)


@router.put("/{conference}/me/profile", response=ProfileOut, url_name="me_profile_write")
def profile_write(request: HttpRequest, conference: str, wish: ProfileIn) -> ProfileOut:  # noqa: ARG001
    """Write what one offers and looks for, whole."""
    registration = own_registration(request)
    known = {term.key: term.pk for term in terms(kind=TermKind.ECOSYSTEM)}
    if unknown := [key for key in wish.ecosystems if key not in known]:
        raise Refused(422, "There is no such ecosystem.", {"ecosystems": f"There is no {', '.join(unknown)}."})
    data: dict[str, Any] = {"about": wish.about, "ecosystems": [known[key] for key in wish.ecosystems]}
    data |= {f"offer_{number}": words for number, words in enumerate(wish.offers, 1)}
    data |= {f"need_{number}": words for number, words in enumerate(wish.needs, 1)}
    form = forms.WriteProfile(data | ({"visible": True} if wish.visible else {}))
    checked(form, names={"offer_1": "offers", "need_1": "needs"})
    try:
        row = operations.write_profile(
            registration=registration, about=form.cleaned_data["about"], offers=form.lines("offer"),
            needs=form.lines("need"), ecosystems=form.cleaned_data["ecosystems"], visible=form.cleaned_data["visible"],
            now=clock.now(),
        )  # fmt: skip
    except operations.NoPlace as refused:
        raise Refused(409, "Confirm your place in the conference first.") from refused
    return ProfileOut(**_words(row), visible=row.visible)


@router.get("/{conference}/people", response=list[PartnerOut], url_name="people")
@paginate(PageNumberPagination, page_size=50)
def people(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    search: str = Query("", max_length=100),
    country: str = Query("", max_length=2),
    ecosystem: str = Query("", max_length=50),
    kind: str = Query("", max_length=50),
) -> Rows[PartnerOut]:
    """List whom one can meet, for who has a profile of their own."""
    own = _own(request)
    found = queries.people(
        conference=own.conference, search=search, country=country, ecosystem=ecosystem, kind=kind
    ).exclude(pk=own.pk)
    return Rows(found, lambda row: PartnerOut(**_words(row)))


@router.get("/{conference}/people/facets", response=FacetsOut, url_name="people_facets")
def facets(request: HttpRequest, conference: str) -> FacetsOut:  # noqa: ARG001
    """Count the profiles behind each choice of the filters."""
    found = queries.facets(conference=_own(request).conference)
    return FacetsOut(
        countries=dict(found.countries),
        ecosystems={key: number for key, _label, number in found.ecosystems},
        kinds={key: number for key, _label, number in found.kinds},
    )


def _other(own: Profile, profile_id: int) -> Profile:
    found = queries.profile(conference=own.conference, profile_id=profile_id)
    if found is None:
        raise Http404
    return found


@router.get("/{conference}/people/{int:profile_id}", response=PartnerOut, url_name="person")
def person(request: HttpRequest, conference: str, profile_id: int) -> PartnerOut:  # noqa: ARG001
    """Return a profile."""
    return PartnerOut(**_words(_other(_own(request), profile_id)))


@router.post("/{conference}/people/{int:profile_id}/requests", response={201: RequestOut}, url_name="person_ask")
def ask(request: HttpRequest, conference: str, profile_id: int, wish: MeetingAskIn) -> tuple[int, RequestOut]:  # noqa: ARG001
    """Ask somebody for a meeting; asking somebody who asked you accepts their request."""
    own = _own(request)
    form = forms.Ask(wish.dict())
    checked(form)
    try:
        sent = operations.ask(
            sender=own, receiver=_other(own, profile_id), message=form.cleaned_data["message"], now=clock.now()
        )
    except operations.MayNotAsk as refused:
        raise Refused(409, WHY_NOT[refused.why]) from refused
    return 201, _request(sent, own)


def _request(row: MeetingRequest, own: Profile, why: str = "") -> RequestOut:
    other = queries.partner(row, person_id=own.registration.person_id)
    return RequestOut(
        id=row.pk, sent=row.sender_id == own.pk, partner=other.pk, name=other.registration.person.name,
        organisation=str(other.registration.organisation or ""), status=row.status, message=row.message,
        sent_at=row.sent_at, why=why,
    )  # fmt: skip


@router.get("/{conference}/me/requests", response=list[RequestOut], url_name="me_requests")
def requests(request: HttpRequest, conference: str) -> list[RequestOut]:  # noqa: ARG001
    """List one's requests both ways, latest first."""
    own = _own(request)
    plan = queries.published_plan(conference=own.conference)
    left = queries.left_out(plan=plan, reader=own.registration) if plan else []
    why = {row.request_id: row.why for row in left}
    return [_request(row, own, why.get(row.pk, "")) for row in queries.requests_of(profile=own)]


@router.post("/{conference}/me/requests/{int:request_id}", response=RequestOut, url_name="me_request_answer")
def answer(request: HttpRequest, conference: str, request_id: int, wish: MeetingAnswerIn) -> RequestOut:  # noqa: ARG001
    """Accept or decline what one was asked, or take a request back."""
    own = _own(request)
    found = queries.request_of(profile=own, request_id=request_id)
    if found is None:
        raise Http404
    if wish.do != "withdraw" and found.receiver_id != own.pk:
        raise Refused(409, "The other side answers this request; you may take it back.", {"do": "not yours to answer"})
    try:
        if wish.do == "withdraw":
            operations.withdraw(meeting_request=found, actor=own.registration.person, now=clock.now())
        else:
            operations.answer(meeting_request=found, yes=wish.do == "accept", now=clock.now())
    except operations.AlreadyAnswered as refused:
        raise Refused(409, "This request was answered or taken back in the meantime.") from refused
    return _request(found, own)


@router.get("/{conference}/me/meetings", response=list[MeetingOut], url_name="me_meetings")
def meetings(request: HttpRequest, conference: str) -> list[MeetingOut]:  # noqa: ARG001
    """List one's meetings by time."""
    own = _own(request)
    me = own.registration.person_id
    found = []
    for row in queries.meetings_of(person_id=me, conference=own.conference):
        other = queries.partner(row.request, person_id=me)
        found.append(
            MeetingOut(
                request=row.request_id, partner=other.pk, name=other.registration.person.name,
                organisation=str(other.registration.organisation or ""), starts_at=row.slot.starts_at,
                ends_at=row.slot.ends_at, table=row.table,
            )
        )  # fmt: skip
    return found
