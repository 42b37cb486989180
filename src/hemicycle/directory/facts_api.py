"""Facts and checks by API: as of a day for everybody, written and confirmed by who looks after an organisation."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.audit import queries as audit
from hemicycle.audit.schemas import entry
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory import forms, operations, queries, rules
from hemicycle.directory.api import facts_on, find, plain, today, writable
from hemicycle.directory.enums import Check
from hemicycle.directory.models import Fact, Organisation
from hemicycle.directory.schemas import (
    CheckOut,
    FactChange,
    FactFull,
    FactIn,
    FactOut,
    FactWritten,
    ManagerOut,
    WaiverIn,
    WorkspaceOut,
)
from hemicycle.kit import clock
from hemicycle.kit.api import checked, invalid, stale, team

router = Router(tags=["organisations: facts"])
AT = "/{conference}/organisations/{slug:organisation}"


@router.get(f"{AT}/facts", auth=None, response=list[FactOut], url_name="facts")
def facts(
    request: HttpRequest, conference: str, organisation: str, on: date | None = None  # noqa: ARG001
) -> list[FactOut]:  # fmt: skip
    """List the confirmed facts that are true on a day (today)."""
    return facts_on(find(request, organisation), on or today(request))


@router.get(f"{AT}/workspace", response=WorkspaceOut, url_name="organisation_workspace")
def workspace(request: HttpRequest, conference: str, organisation: str) -> WorkspaceOut:  # noqa: ARG001
    """Return an organisation with its checks, all facts and people, for its managers and the team."""
    row, of_team = writable(request, organisation)
    people = list(row.managers.select_related("person"))
    profile = queries.profile(organisation=row, managers=len(people))
    checks = rules.checks(profile, waivers={item.check_key: item.reason for item in row.waivers.all()})
    complete = rules.completeness(profile)
    return WorkspaceOut(
        **plain(row), domain=row.domain, staff=None if row.staff is None else float(row.staff), listed=row.listed,
        facts=[_full(fact) for fact in row.facts.all()], checks=[_check(item) for item in checks],
        complete=[_check(item) for item in complete], percent=rules.percent([*checks, *complete]),
        managers=[
            ManagerOut(id=item.pk, name=item.person.name, email=item.person.email, since=item.since) for item in people
        ],
        invitations=[
            ManagerOut(id=item.pk, name="", email=item.email, since=item.invited_at) for item in row.invitations.all()
        ],
        join_requests=[
            ManagerOut(id=item.pk, name=item.person.name, email=item.person.email, since=item.asked_at)
            for item in row.join_requests.select_related("person")
        ],
        history=[entry(item) for item in audit.history(target=row, limit=20)] if of_team else [],
    )  # fmt: skip


def _check(item: rules.Item) -> CheckOut:
    return CheckOut(key=item.key, done=item.done, waiver=item.waiver)


def _full(fact: Fact) -> FactFull:
    return FactFull(
        id=fact.pk, kind=fact.kind, title=fact.title, valid_from=fact.valid_from, valid_until=fact.valid_until,
        source=fact.source, note=fact.note, confirmed=fact.confirmed, version=fact.version,
    )  # fmt: skip


def _write(
    request: HttpRequest, organisation: Organisation, *, fact: Fact | None, said: dict[str, Any], confirmed: bool
) -> Fact:
    before = {name: getattr(fact, name) for name in forms.Fact.base_fields} if fact else {"version": 0}
    form = forms.Fact({**before, **said})
    checked(form)
    try:
        return operations.write_fact(
            organisation=organisation, fact=fact, seen_version=form.cleaned_data["version"], confirmed=confirmed,
            actor=request.user, now=clock.now(), **form.values(),
        )  # fmt: skip
    except SomebodyElseWrote as error:
        raise stale() from error
    except ValidationError as error:
        raise invalid(error) from error


@router.post(f"{AT}/facts", response={201: FactWritten}, url_name="fact_new")
def fact_new(
    request: HttpRequest, conference: str, organisation: str, wish: FactIn  # noqa: ARG001
) -> tuple[int, FactWritten]:  # fmt: skip
    """Write a fact; the team's counts at once, a manager's when the team confirms it."""
    row, of_team = writable(request, organisation)
    fact = _write(request, row, fact=None, said=wish.dict(), confirmed=of_team)
    return 201, FactWritten(id=fact.pk, confirmed=fact.confirmed, version=fact.version)


def _fact(organisation: Organisation, fact_id: int) -> Fact:
    found = Fact.objects.filter(organisation=organisation, pk=fact_id).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


@router.patch(f"{AT}/facts/{{int:fact_id}}", response=FactWritten, url_name="fact_change")
def fact_change(
    request: HttpRequest, conference: str, organisation: str, fact_id: int, wish: FactChange  # noqa: ARG001
) -> FactWritten:  # fmt: skip
    """Change a fact; what a manager writes waits for the team again."""
    row, of_team = writable(request, organisation)
    said = wish.dict(exclude_unset=True)
    fact = _write(request, row, fact=_fact(row, fact_id), said=said, confirmed=of_team)
    return FactWritten(id=fact.pk, confirmed=fact.confirmed, version=fact.version)


@router.delete(f"{AT}/facts/{{int:fact_id}}", response={204: None}, url_name="fact_remove")
def fact_remove(request: HttpRequest, conference: str, organisation: str, fact_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Remove a fact that was never true; one that ended gets its last day instead."""
    row, _of_team = writable(request, organisation)
    operations.remove_fact(fact=_fact(row, fact_id), actor=request.user, now=clock.now())
    return 204, None


@router.post(f"{AT}/facts/{{int:fact_id}}/confirm", response=FactWritten, url_name="fact_confirm")
def fact_confirm(request: HttpRequest, conference: str, organisation: str, fact_id: int) -> FactWritten:  # noqa: ARG001
    """Let a fact that a manager wrote count."""
    team(request, "organisations.change")
    fact = _fact(find(request, organisation), fact_id)
    operations.confirm_fact(fact=fact, actor=request.user, now=clock.now())
    return FactWritten(id=fact.pk, confirmed=True, version=fact.version)


@router.put(f"{AT}/waivers/{{check}}", response={204: None}, url_name="waive")
def waive(
    request: HttpRequest, conference: str, organisation: str, check: Check, wish: WaiverIn  # noqa: ARG001
) -> tuple[int, None]:  # fmt: skip
    """Set a check aside with a reason."""
    team(request, "organisations.change")
    row = find(request, organisation)
    operations.waive(organisation=row, check=check, reason=wish.reason, actor=request.user, now=clock.now())
    return 204, None


@router.delete(f"{AT}/waivers/{{check}}", response={204: None}, url_name="waiver_end")
def waiver_end(request: HttpRequest, conference: str, organisation: str, check: Check) -> tuple[int, None]:  # noqa: ARG001
    """Let a check count again."""
    team(request, "organisations.change")
    row = find(request, organisation)
    operations.waive(organisation=row, check=check, reason="", actor=request.user, now=clock.now())
    return 204, None
