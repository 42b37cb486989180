"""Lists out and in by API: a worker makes them, `/runs` says how far it is."""

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from hemicycle.conferences import runs
from hemicycle.conferences.models import Conference
from hemicycle.conferences.run_api import file_in, read_by, start
from hemicycle.conferences.schemas import RunOut
from hemicycle.kit.api import checked, team
from hemicycle.registration import desk_forms, queries
from hemicycle.registration import runs as lists
from hemicycle.registration.api_words import by_word, stakeholders
from hemicycle.registration.queries import Filter
from hemicycle.registration.schemas import ExportIn, IntakeEnterIn, IntakeIn, IntakeOut

router = Router(tags=["registration lists"])


def _export(request: HttpRequest, edition: Conference, kind: str, wish: ExportIn) -> tuple[int, RunOut]:
    chosen = Filter(**wish.dict(exclude={"form"}))
    return start(request, edition, kind, form=wish.form, chosen=asdict(chosen))


@router.post("/{conference}/registrations/exports", response={202: RunOut}, url_name="registration_export")
def export(request: HttpRequest, conference: str, wish: ExportIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have the filtered list made as a file, without restricted answers."""
    return _export(request, team(request, "registration.see"), lists.EXPORT, wish)


@router.post("/{conference}/registrations/exports/guard", response={202: RunOut}, url_name="registration_guard_file")
def guard(request: HttpRequest, conference: str, wish: ExportIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have the list for the guard made as a file, with restricted answers."""
    return _export(request, team(request, "registration.guard"), lists.GUARD, wish)


@router.post("/{conference}/registrations/absent", response={202: RunOut}, url_name="registration_absent")
def absent(request: HttpRequest, conference: str) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have it noted, after the last day, who had a place and was not checked in; they are told by mail."""
    return start(request, team(request, "registration.change"), lists.ABSENT)


@router.post("/{conference}/registrations/lists", response={202: RunOut}, url_name="registration_list")
def read(request: HttpRequest, conference: str, wish: IntakeIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have a list of another tool read; nothing is entered."""
    edition = team(request, "registration.change")
    return start(request, edition, lists.CHECK, upload=file_in(wish.content), name=wish.name, country=wish.country)


@router.get("/{conference}/registrations/lists/{int:run_id}", response=IntakeOut, url_name="registration_list_read")
def seen(request: HttpRequest, conference: str, run_id: int) -> IntakeOut:  # noqa: ARG001
    """Say what a list that was read holds and what is wrong with it; `list` is what `enter` takes."""
    run = read_by(request, run_id=run_id, kind=lists.CHECK, capability="registration.change")
    found = runs.seen(run=run)
    return IntakeOut(
        state=run.state, said=run.said, list=found.get("intake"), source=found.get("source", ""),
        rows=found.get("number", 0), faulty=found.get("faulty", []),
    )  # fmt: skip


@router.post("/{conference}/registrations/lists/enter", response={202: RunOut}, url_name="registration_list_enter")
def enter(request: HttpRequest, conference: str, wish: IntakeEnterIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have a list that was read without a fault entered, whole or not at all."""
    edition = team(request, "registration.change")
    known = {row.slug: row.pk for row in queries.categories(conference=edition, code="all")}
    category = by_word([wish.category], known, field="category")[0] if wish.category else None
    stakeholder = stakeholders([wish.stakeholder], field="stakeholder")[0]
    form = desk_forms.TakeIn(
        {"intake": wish.list, "stakeholder": stakeholder, "category": category}, conference=edition
    )
    checked(form, names={"intake": "list"})
    return start(request, edition, lists.ENTER, intake=wish.list, stakeholder=stakeholder, category=category)
