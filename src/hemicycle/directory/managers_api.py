"""Who looks after an organisation, by API: asked, let in, leaving."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Router

from hemicycle.directory import joining, queries
from hemicycle.directory.api import writable
from hemicycle.directory.models import JoinRequest, Manager, ManagerInvitation, Organisation
from hemicycle.directory.schemas import JoinAnswerIn, ManagerAskIn, ManagerRemoveIn, MyOrganisations
from hemicycle.kit import clock
from hemicycle.kit.api import Refused
from hemicycle.kit.api import edition as edition_of

router = Router(tags=["organisations: managers"])
AT = "/{conference}/organisations/{slug:organisation}"


@router.get("/{conference}/me/organisations", response=MyOrganisations, url_name="me_organisations")
def mine(request: HttpRequest, conference: str) -> MyOrganisations:  # noqa: ARG001
    """List what one looks after, waits for, and may ask to join."""
    edition_of(request)
    return MyOrganisations(
        managed=[row.slug for row in queries.managed_by(person=request.user)],
        asked=[row.organisation.slug for row in queries.asked_by(person=request.user)],
        joinable=[row.slug for row in queries.joinable(person=request.user)],
    )


@router.post(f"{AT}/join", response={202: None}, url_name="organisation_join")
def join(request: HttpRequest, conference: str, organisation: str) -> tuple[int, None]:  # noqa: ARG001
    """Ask to manage the organisation of one's own mail domain; whether there is one is told to nobody else."""
    edition = edition_of(request)
    row = queries.by_slug(slug=organisation)
    person: Any = request.user
    try:
        if row is None:
            raise joining.NotTheirDomain  # noqa: TRY301 - the same answer, there or not
        joining.ask(organisation=row, person=person, conference=edition, now=clock.now())
    except (joining.AlreadyManager, joining.NotTheirDomain) as refused:
        raise Refused(409, "Your confirmed address is not of this organisation's mail domain.") from refused
    return 202, None


@router.post(f"{AT}/invitations", response={202: None}, url_name="manager_invite")
def invite(request: HttpRequest, conference: str, organisation: str, wish: ManagerAskIn) -> tuple[int, None]:  # noqa: ARG001
    """Ask an address to manage the organisation; asked again, a fresh link goes out."""
    row, _of_team = writable(request, organisation)
    try:
        joining.invite(
            organisation=row, email=wish.email, conference=edition_of(request), language=get_language() or "en",
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except joining.AlreadyManager as refused:
        raise Refused(409, "This person manages it already.", {"email": "manages it already"}) from refused
    return 202, None


def _one(model: Any, organisation: Organisation, pk: int) -> Any:
    found = model.objects.filter(organisation=organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.delete(f"{AT}/invitations/{{int:asked_id}}", response={204: None}, url_name="manager_invitation_withdraw")
def withdraw(request: HttpRequest, conference: str, organisation: str, asked_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Take an invitation back; its link stops working."""
    row, _of_team = writable(request, organisation)
    joining.withdraw(invitation=_one(ManagerInvitation, row, asked_id), actor=request.user, now=clock.now())
    return 204, None


@router.post(f"{AT}/join-requests/{{int:asked_id}}", response={204: None}, url_name="join_answer")
def answer(
    request: HttpRequest, conference: str, organisation: str, asked_id: int, wish: JoinAnswerIn  # noqa: ARG001
) -> tuple[int, None]:  # fmt: skip
    """Say yes or no to somebody who asked to join; they are told."""
    row, _of_team = writable(request, organisation)
    joining.answer(
        join_request=_one(JoinRequest, row, asked_id), yes=wish.say == "yes", conference=edition_of(request),
        actor=request.user, now=clock.now(),
    )  # fmt: skip
    return 204, None


@router.post(f"{AT}/managers/{{int:manager_id}}/remove", response={204: None}, url_name="manager_remove")
def remove(
    request: HttpRequest, conference: str, organisation: str, manager_id: int, wish: ManagerRemoveIn  # noqa: ARG001
) -> tuple[int, None]:  # fmt: skip
    """End that somebody looks after it; the last one leaves with a `word` to the organisers."""
    row, _of_team = writable(request, organisation)
    try:
        joining.remove(
            manager=_one(Manager, row, manager_id), word=wish.word, conference=edition_of(request), actor=request.user,
            now=clock.now(),
        )  # fmt: skip
    except joining.LastManager as refused:
        said = "You are the last one here. Leave the organisers a word: who could follow you?"
        raise Refused(409, said, {"word": said}) from refused
    return 204, None
