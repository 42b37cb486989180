"""Organisations by API: the same operations as the pages; facts as of any day."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.conferences.queries import terms
from hemicycle.conferences.run_api import start
from hemicycle.conferences.schemas import RunOut
from hemicycle.directory import forms, merging, operations, queries
from hemicycle.directory import runs as lists
from hemicycle.directory.formats import tables
from hemicycle.directory.models import Organisation
from hemicycle.directory.queries import Filter
from hemicycle.directory.schemas import (
    ExportOut,
    FactOut,
    MergeIn,
    MovesOut,
    OrganisationChange,
    OrganisationExportIn,
    OrganisationFacts,
    OrganisationFields,
    OrganisationIn,
    OrganisationOut,
    PairOut,
)
from hemicycle.kit import clock, countries
from hemicycle.kit.api import Refused, Rows, holds, invalid, stale, team
from hemicycle.kit.api import edition as edition_of

router = Router(tags=["organisations"])
OF_TEAM = "Name, country, mail domain and the public page are set by the team."


def find(request: HttpRequest, slug: str) -> Organisation:
    """Return an organisation that this person may see; the others get the answer for nothing."""
    edition_of(request)
    found = queries.by_slug(slug=slug)
    if found is None:
        raise Http404
    if not found.listed and not queries.manages(person=request.user, organisation=found):
        team(request, "organisations.see")
    return found


def writable(request: HttpRequest, slug: str) -> tuple[Organisation, bool]:
    """Return an organisation for who may write it, and whether that is the team's right."""
    found = find(request, slug)
    if not queries.manages(person=request.user, organisation=found):
        team(request, "organisations.change")
    return found, holds(request, "organisations.change")


def plain(row: Organisation) -> dict[str, Any]:
    """Return what every answer about an organisation says."""
    names = (
        "slug", "name", "country", "region", "city", "website", "languages", "members", "member_types", "about", "version",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in names},
        "kind": row.kind.key if row.kind else "",
        "ecosystems": [term.key for term in row.ecosystems.all()],
    }


def facts_on(row: Organisation, on: date) -> list[FactOut]:
    """Return the confirmed facts of a day."""
    return [
        FactOut(
            kind=fact.kind,
            title=fact.title,
            valid_from=fact.valid_from,
            valid_until=fact.valid_until,
            source=fact.source,
        )
        for fact in queries.facts_on(organisation=row, on=on)
    ]


def today(request: HttpRequest) -> date:
    """Return the day it is where the edition takes place."""
    found: date = edition_of(request).local(clock.now()).date()
    return found


def _values(wish: OrganisationFields) -> dict[str, Any]:
    """Return what was said, kinds and ecosystems as terms."""
    said = wish.dict(exclude_unset=True)
    if "kind" in said and said["kind"]:  # noqa: RUF019
        said["kind"] = _terms(TermKind.STAKEHOLDER, [said["kind"]], field="kind")[0]
    elif "kind" in said:
        said["kind"] = None
    if said.get("ecosystems"):
        said["ecosystems"] = _terms(TermKind.ECOSYSTEM, said["ecosystems"], field="ecosystems")
    empty: dict[str, Any] = {
        "kind": None,
        "members": None,
        "staff": None,
        "languages": [],
        "ecosystems": [],
        "member_types": [],
    }
    return {name: empty.get(name, "") if value is None else value for name, value in said.items()}


def _terms(kind: TermKind, keys: list[str], *, field: str) -> list[Term]:
    known = {term.key: term for term in terms(kind=kind)}
    if unknown := sorted(set(keys) - set(known)):
        said = f"There is no {kind.value} called {', '.join(unknown)}."
        raise Refused(422, said, {field: said})
    return [known[key] for key in keys]


def _check_country(code: str) -> None:
    if code not in dict(countries.choices()):
        raise Refused(422, "There is no such country.", {"country": "There is no such country."})


@router.get("/{conference}/organisations", auth=None, response=list[OrganisationOut], url_name="organisations")
@paginate(PageNumberPagination, page_size=100)
def organisations(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    search: str = Query("", max_length=100),
    country: str = Query("", max_length=2),
    kind: str = Query("", max_length=50),
    state: str = Query("", max_length=20),
) -> Rows[OrganisationOut]:
    """List the organisations that have a public page; the team sees all, also by `state`.

    States are `listed`, `unlisted`, `waiting` and `unmanaged`.
    """
    edition_of(request)
    public = not holds(request, "organisations.see")
    chosen = Filter(search=search, country=country, kind=kind, state="" if public else state)
    return Rows(queries.listed(chosen=chosen, public=public), lambda row: OrganisationOut(**plain(row)))


@router.post("/{conference}/organisations", response={201: OrganisationOut}, url_name="organisation_new")
def organisation_new(request: HttpRequest, conference: str, wish: OrganisationIn) -> tuple[int, OrganisationOut]:  # noqa: ARG001
    """Make an organisation, for the team."""
    team(request, "organisations.change")
    _check_country(wish.country)
    values = {"listed": wish.listed, **_values(wish)}
    try:
        row = operations.create(actor=request.user, now=clock.now(), **values)
    except ValidationError as error:
        raise invalid(error) from error
    return 201, OrganisationOut(**plain(row))


@router.get(
    "/{conference}/organisations/{slug:organisation}", auth=None, response=OrganisationFacts, url_name="organisation"
)
def organisation(
    request: HttpRequest, conference: str, organisation: str, on: date | None = None  # noqa: ARG001
) -> OrganisationFacts:  # fmt: skip
    """Return one organisation with the confirmed facts that are true on a day (today)."""
    row = find(request, organisation)
    return OrganisationFacts(**plain(row), facts=facts_on(row, on or today(request)))


@router.patch(
    "/{conference}/organisations/{slug:organisation}", response=OrganisationOut, url_name="organisation_change"
)
def organisation_change(
    request: HttpRequest, conference: str, organisation: str, wish: OrganisationChange  # noqa: ARG001
) -> OrganisationOut:  # fmt: skip
    """Change an organisation, for the team and its managers; 409 when somebody else wrote since `version`."""
    row, of_team = writable(request, organisation)
    values = _values(wish)
    if not of_team and (beyond := sorted(set(values) & set(forms.TEAM_ONLY))):
        raise Refused(422, OF_TEAM, dict.fromkeys(beyond, OF_TEAM))
    _check_country(values.get("country") or row.country)
    try:
        row = operations.change(
            organisation=row, seen_version=values.pop("version"), actor=request.user, now=clock.now(), **values
        )
    except SomebodyElseWrote as error:
        raise stale() from error
    except ValidationError as error:
        raise invalid(error) from error
    return OrganisationOut(**plain(row))


@router.get("/{conference}/organisation-export", response=list[ExportOut], url_name="organisation_export")
def export(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    search: str = Query("", max_length=100),
    country: str = Query("", max_length=2),
    kind: str = Query("", max_length=50),
    state: str = Query("", max_length=20),
) -> list[ExportOut]:
    """Return the filtered list whole, with all facts, as the desk's JSON file has it."""
    team(request, "organisations.see")
    chosen = Filter(search=search, country=country, kind=kind, state=state)
    rows = queries.listed(chosen=chosen, public=False).prefetch_related("facts")
    return [ExportOut(**tables.row(row), facts=[tables.fact(fact) for fact in row.facts.all()]) for row in rows]


@router.post("/{conference}/organisation-export", response={202: RunOut}, url_name="organisation_export_file")
def export_file(request: HttpRequest, conference: str, wish: OrganisationExportIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have the filtered list made as a file by a worker; `/runs` says how far it is."""
    edition = team(request, "organisations.see")
    chosen = Filter(**wish.dict(exclude={"form"}))
    return start(request, edition, lists.EXPORT, chosen=asdict(chosen), form=wish.form)


@router.get("/{conference}/organisation-duplicates", response=list[PairOut], url_name="organisation_duplicates")
def duplicates(request: HttpRequest, conference: str) -> list[PairOut]:  # noqa: ARG001
    """List pairs that may be one organisation, surest first."""
    team(request, "organisations.change")
    return [
        PairOut(one=one.slug, other=other.slug, reasons=list(reasons)) for one, other, reasons in queries.duplicates()
    ]


def _two(kept: str, gone: str) -> list[Organisation]:
    found = [queries.by_slug(slug=slug) for slug in (kept, gone)]
    for name, row in zip(("kept", "gone"), found, strict=True):
        if row is None:
            raise Refused(422, "There is no such organisation.", {name: "There is no such organisation."})
    return [row for row in found if row is not None]


@router.get("/{conference}/organisation-merges", response=MovesOut, url_name="organisation_moves")
def moves(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    kept: str = Query(max_length=80),
    gone: str = Query(max_length=80),
) -> MovesOut:
    """Say what would move from one record to the other, and the versions to send with the merge."""
    team(request, "organisations.change")
    stays, goes = _two(kept, gone)
    return MovesOut(moves=dict(merging.moves(gone=goes)), kept_version=stays.version, gone_version=goes.version)


@router.post("/{conference}/organisation-merges", response=OrganisationOut, url_name="organisation_merge")
def merge(request: HttpRequest, conference: str, wish: MergeIn) -> OrganisationOut:  # noqa: ARG001
    """Make one record of two; the losing name and address lead to the kept one."""
    team(request, "organisations.change")
    kept, gone = _two(wish.kept, wish.gone)
    seen = (wish.kept_version, wish.gone_version)
    try:
        row = merging.merge(kept=kept, gone=gone, seen_versions=seen, actor=request.user, now=clock.now())
    except merging.SameOrganisation as error:
        raise Refused(422, "These are one record already.", {"gone": "the same record"}) from error
    except SomebodyElseWrote as error:
        raise stale() from error
    except merging.CannotMerge as error:
        raise Refused(409, "Both have something of which only one can be; nothing was moved.") from error
    return OrganisationOut(**plain(row))
