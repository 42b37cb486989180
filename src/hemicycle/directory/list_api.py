"""Organisations in from a file by API: read, looked at, entered; a worker does it, `/runs` says how far it is."""

from django.http import HttpRequest
from ninja import Router

from hemicycle.conferences import runs
from hemicycle.conferences.run_api import file_in, read_by, start
from hemicycle.conferences.schemas import RunOut
from hemicycle.directory import runs as lists
from hemicycle.directory.schemas import OrganisationListEnterIn, OrganisationListIn, OrganisationListOut
from hemicycle.kit.api import team

router = Router(tags=["organisations: lists"])


@router.post("/{conference}/organisation-lists", response={202: RunOut}, url_name="organisation_list")
def read(request: HttpRequest, conference: str, wish: OrganisationListIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have a list of organisations or of their facts read; nothing is entered."""
    edition = team(request, "organisations.change")
    return start(request, edition, lists.CHECK, upload=file_in(wish.content), name=wish.name)


@router.get(
    "/{conference}/organisation-lists/{int:run_id}", response=OrganisationListOut, url_name="organisation_list_read"
)
def seen(request: HttpRequest, conference: str, run_id: int) -> OrganisationListOut:  # noqa: ARG001
    """Say what a list that was read holds and what is wrong with it; `list` is what `enter` takes."""
    run = read_by(request, run_id=run_id, kind=lists.CHECK, capability="organisations.change")
    found = runs.seen(run=run)
    return OrganisationListOut(
        state=run.state, said=run.said, list=found.get("intake"), new=found.get("new", 0), known=found.get("old", 0),
        facts=found.get("facts", 0), faulty=found.get("faulty", []),
    )  # fmt: skip


@router.post("/{conference}/organisation-lists/enter", response={202: RunOut}, url_name="organisation_list_enter")
def enter(request: HttpRequest, conference: str, wish: OrganisationListEnterIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have a list that was read without a fault entered, whole or not at all."""
    return start(request, team(request, "organisations.change"), lists.ENTER, intake=wish.list)
