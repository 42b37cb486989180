"""Organisations by API: the same operations as the pages; facts as of any day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.conferences.queries import terms
from hemicycle.directory import operations, queries
from hemicycle.directory.models import Organisation
from hemicycle.directory.queries import Filter
from hemicycle.directory.schemas import (
    Change,
    FactIn,
    FactOut,
    FactWritten,
    Fields,
    OrganisationFacts,
    OrganisationIn,
    OrganisationOut,
)
from hemicycle.kit import clock, countries
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.api import holds, team

router = Router(tags=["organisations"])


def _find(request: HttpRequest, slug: str) -> Organisation:
    edition_of(request)
    found = queries.by_slug(slug=slug)
    if found is None:
        raise Http404
    if not found.listed and not queries.manages(person=request.user, organisation=found):
        team(request, "organisations.see")
    return found


def _writable(request: HttpRequest, slug: str) -> tuple[Organisation, bool]:
    """Return an organisation for who may write it, and whether that is the team's right."""
    found = _find(request, slug)
    if not queries.manages(person=request.user, organisation=found):
        team(request, "organisations.change")
    return found, holds(request, "organisations.change")


def _plain(row: Organisation) -> dict[str, Any]:
    names = (
        "slug", "name", "country", "region", "city", "website", "languages", "members", "member_types", "about", "version",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in names},
        "kind": row.kind.key if row.kind else "",
        "ecosystems": [term.key for term in row.ecosystems.all()],
    }


def _facts(row: Organisation, on: date) -> list[FactOut]:
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


def _today(request: HttpRequest) -> date:
    today: date = edition_of(request).local(clock.now()).date()
    return today


def _values(wish: Fields) -> dict[str, Any]:
    """Return what was said, kinds and ecosystems as terms."""
    said = wish.dict(exclude_unset=True)
    if "kind" in said and said["kind"]:  # noqa: RUF019
        said["kind"] = _terms(TermKind.STAKEHOLDER, [said["kind"]])[0]
    elif "kind" in said:
        said["kind"] = None
    if said.get("ecosystems"):
        said["ecosystems"] = _terms(TermKind.ECOSYSTEM, said["ecosystems"])
    empty: dict[str, Any] = {
        "kind": None,
        "members": None,
        "staff": None,
        "languages": [],
        "ecosystems": [],
        "member_types": [],
    }
    return {name: empty.get(name, "") if value is None else value for name, value in said.items()}


def _terms(kind: TermKind, keys: list[str]) -> list[Term]:
    known = {term.key: term for term in terms(kind=kind)}
    if unknown := sorted(set(keys) - set(known)):
        raise HttpError(422, f"There is no {kind.value} called {', '.join(unknown)}.")
    return [known[key] for key in keys]


def _sentence(error: ValidationError) -> str:
    return " ".join(error.messages)


@router.get("/{conference}/organisations", auth=None, response=list[OrganisationOut], url_name="organisations")
@paginate(PageNumberPagination, page_size=100)
def organisations(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    search: str = Query("", max_length=100),
    country: str = Query("", max_length=2),
    kind: str = Query("", max_length=50),
) -> list[OrganisationOut]:
    """List the organisations that have a public page; the team sees all."""
    edition_of(request)
    public = not holds(request, "organisations.see")
    chosen = Filter(search=search, country=country, kind=kind)
    return [OrganisationOut(**_plain(row)) for row in queries.listed(chosen=chosen, public=public)]


@router.post("/{conference}/organisations", response={201: OrganisationOut}, url_name="organisation_new")
def organisation_new(request: HttpRequest, conference: str, wish: OrganisationIn) -> tuple[int, OrganisationOut]:  # noqa: ARG001
    """Make an organisation, for the team."""
    team(request, "organisations.change")
    if wish.country not in dict(countries.choices()):
        raise HttpError(422, "There is no such country.")
    values = {"listed": wish.listed, **_values(wish)}
    try:
        row = operations.create(actor=request.user, now=clock.now(), **values)
    except ValidationError as error:
        raise HttpError(422, _sentence(error)) from error
    return 201, OrganisationOut(**_plain(row))


@router.get(
    "/{conference}/organisations/{slug:organisation}", auth=None, response=OrganisationFacts, url_name="organisation"
)
def organisation(
    request: HttpRequest, conference: str, organisation: str, on: date | None = None  # noqa: ARG001
) -> OrganisationFacts:  # fmt: skip
    """Return one organisation with the confirmed facts that are true on a day (today)."""
    row = _find(request, organisation)
    return OrganisationFacts(**_plain(row), facts=_facts(row, on or _today(request)))


@router.patch(
    "/{conference}/organisations/{slug:organisation}", response=OrganisationOut, url_name="organisation_change"
)
def organisation_change(
    request: HttpRequest, conference: str, organisation: str, wish: Change  # noqa: ARG001
) -> OrganisationOut:  # fmt: skip
    """Change an organisation, for the team and its managers; 409 when somebody else wrote since `version`."""
    row, of_team = _writable(request, organisation)
    values = _values(wish)
    if "domain" in values and not of_team:
        raise HttpError(422, "The mail domain is set by the team.")
    try:
        row = operations.change(
            organisation=row, seen_version=values.pop("version"), actor=request.user, now=clock.now(), **values
        )
    except SomebodyElseWrote as error:
        raise HttpError(409, "Somebody else saved in the meantime. Read it again, then write.") from error
    except ValidationError as error:
        raise HttpError(422, _sentence(error)) from error
    return OrganisationOut(**_plain(row))


@router.get(
    "/{conference}/organisations/{slug:organisation}/facts", auth=None, response=list[FactOut], url_name="facts"
)
def facts(
    request: HttpRequest, conference: str, organisation: str, on: date | None = None  # noqa: ARG001
) -> list[FactOut]:  # fmt: skip
    """List the confirmed facts that are true on a day (today)."""
    return _facts(_find(request, organisation), on or _today(request))


@router.post("/{conference}/organisations/{slug:organisation}/facts", response={201: FactWritten}, url_name="fact_new")
def fact_new(
    request: HttpRequest, conference: str, organisation: str, wish: FactIn  # noqa: ARG001
) -> tuple[int, FactWritten]:  # fmt: skip
    """Write a fact; the team's counts at once, a manager's when the team confirms it."""
    row, of_team = _writable(request, organisation)
    try:
        fact = operations.write_fact(
            organisation=row, fact=None, seen_version=0, confirmed=of_team, actor=request.user, now=clock.now(),
            **wish.dict(),
        )  # fmt: skip
    except ValidationError as error:
        raise HttpError(422, _sentence(error)) from error
    return 201, FactWritten(id=fact.pk, confirmed=fact.confirmed)
