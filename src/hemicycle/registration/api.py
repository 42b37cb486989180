"""Places by API: the same operations as the pages, with `Idempotency-Key` on everything that writes."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.kit import clock
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.api import holds, team
from hemicycle.kit.i18n import translations
from hemicycle.registration import approval, batches, invitations, operations, queries, questionnaire, transfers
from hemicycle.registration.models import Category, Invitation, Registration
from hemicycle.registration.queries import Filter
from hemicycle.registration.schemas import (
    CategoryOut,
    Decision,
    Done,
    InvitationIn,
    InvitationOut,
    PersonOut,
    RegistrationOut,
    TransferIn,
)

router = Router(tags=["registration"])


def _plain(registration: Registration) -> dict[str, Any]:
    return {
        "id": registration.pk,
        "code": registration.code,
        "status": registration.status,
        "mode": registration.mode,
        "stakeholder": registration.stakeholder.key,
        "category": registration.category.slug if registration.category else "",
        "country": registration.country,
        "organisation": str(registration.organisation or ""),
        "submitted_at": registration.submitted_at,
        "confirmed_at": registration.confirmed_at,
    }


def _mine(request: HttpRequest) -> Registration:
    found = queries.registration_of(conference=edition_of(request), person=request.user)
    if found is None:
        raise Http404
    return found


@router.get("/{conference}/me", response=RegistrationOut, url_name="me")
def me(request: HttpRequest, conference: str) -> RegistrationOut:  # noqa: ARG001
    """Return one's own registration."""
    return RegistrationOut(**_plain(_mine(request)))


@router.post("/{conference}/me/cancel", response=RegistrationOut, url_name="me_cancel")
def me_cancel(request: HttpRequest, conference: str) -> RegistrationOut:  # noqa: ARG001
    """Give one's own place back."""
    mine = _mine(request)
    try:
        operations.cancel(registration=mine, actor=request.user, now=clock.now())  # type: ignore[arg-type]
    except operations.CannotCancel as refused:
        raise HttpError(409, "This place was already given back, or the deadline has passed.") from refused
    return RegistrationOut(**_plain(mine))


@router.post("/{conference}/me/transfer", response={202: None}, url_name="me_transfer")
def me_transfer(request: HttpRequest, conference: str, wish: TransferIn) -> tuple[int, None]:  # noqa: ARG001
    """Offer one's own place to a colleague, who says yes by mail."""
    try:
        transfers.offer(
            registration=_mine(request), to=wish.email, first_name=wish.first_name, last_name=wish.last_name,
            actor=request.user, now=clock.now(),  # type: ignore[arg-type]
        )  # fmt: skip
    except transfers.CannotTransfer as refused:
        raise HttpError(409, f"The place cannot change hands: {refused.why}.") from refused
    return 202, None


@router.get("/{conference}/registrations", response=list[RegistrationOut], url_name="registrations")
@paginate(PageNumberPagination, page_size=100)
def registrations(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    search: str = Query("", max_length=100),
    status: str = Query("", max_length=12),
    category: str = Query("", max_length=60),
    country: str = Query("", max_length=2),
) -> list[RegistrationOut]:
    """List the registrations, for the registration team."""
    edition = team(request, "registration.see")
    chosen = Filter(search=search, status=status, category=category, country=country)
    return [RegistrationOut(**_plain(row)) for row in queries.listed(conference=edition, chosen=chosen)]


@router.get("/{conference}/registrations/{int:registration_id}", response=PersonOut, url_name="registration")
def registration(request: HttpRequest, conference: str, registration_id: int) -> PersonOut:  # noqa: ARG001
    """Return one registration with its person and answers; restricted answers are for the guard's list only."""
    edition = team(request, "registration.see")
    found = queries.listed(conference=edition).filter(pk=registration_id).first()
    if found is None:
        raise Http404
    person = found.person
    return PersonOut(
        **_plain(found), first_name=person.first_name, last_name=person.last_name, email=person.email,
        job_title=found.job_title, answers=questionnaire.read(registration=found, restricted=False),
    )  # fmt: skip


@router.post("/{conference}/registrations/decide", response=Done, url_name="decide")
def decide(request: HttpRequest, conference: str, wish: Decision) -> Done:  # noqa: ARG001
    """Approve, decline, cancel, or write again."""
    edition = team(request, "registration.change")
    call: dict[str, Any] = {"conference": edition, "keys": wish.ids, "actor": request.user, "now": clock.now()}
    if wish.do == "decline":
        return Done(done=approval.decline(**call, reason=wish.reason))
    done = {"approve": approval.approve, "cancel": batches.cancel, "again": batches.write_again}[wish.do]
    return Done(done=done(**call))


@router.get("/{conference}/categories", response=list[CategoryOut], url_name="categories", auth=None)
def categories(request: HttpRequest, conference: str) -> list[CategoryOut]:  # noqa: ARG001
    """List the ways of coming; those by invitation only are for the team."""
    edition = edition_of(request)
    code = "all" if holds(request, "registration.see") else ""
    return [
        CategoryOut(
            slug=row.slug, name=translations(row.name), quota=row.quota, needs_approval=row.needs_approval,
            invitation_only=row.invitation_only,
        )
        for row in queries.categories(conference=edition, code=code)
    ]  # fmt: skip


def _invitation(row: Invitation) -> InvitationOut:
    return InvitationOut(
        code=row.code, email=row.email, category=row.category.slug if row.category else "", uses=row.uses, used=row.used,
        expires_at=row.expires_at,
    )  # fmt: skip


@router.get("/{conference}/invitations", response=list[InvitationOut], url_name="invitations")
def invitation_list(request: HttpRequest, conference: str) -> list[InvitationOut]:  # noqa: ARG001
    """List the latest invitations and codes."""
    edition = team(request, "registration.change")
    return [_invitation(row) for row in queries.invitations(conference=edition)]


@router.post("/{conference}/invitations", response={201: list[InvitationOut]}, url_name="invite")
def invite(request: HttpRequest, conference: str, wish: InvitationIn) -> tuple[int, list[InvitationOut]]:  # noqa: ARG001
    """Invite people by mail, or make one code for several people."""
    edition = team(request, "registration.change")
    category = Category.objects.filter(conference=edition, slug=wish.category).first()
    if wish.category and category is None:
        raise HttpError(422, "There is no such way of coming.")
    common: dict[str, Any] = {
        "conference": edition, "actor": request.user, "now": clock.now(), "category": category,
        "skips_approval": wish.skips_approval, "expires_at": wish.expires_at,
    }  # fmt: skip
    if wish.emails:
        made = invitations.invite(emails=wish.emails, language=(edition.languages or ["en"])[0], **common)
    else:
        made = [invitations.make_code(uses=wish.uses, **common)]
    return 201, [_invitation(row) for row in made]
