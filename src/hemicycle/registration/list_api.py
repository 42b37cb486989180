"""Lists out and in by API: a worker makes them, `/runs` says how far it is."""

import base64
import binascii
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.conferences import runs
from hemicycle.conferences.models import Conference
from hemicycle.conferences.run_api import busy, plain
from hemicycle.conferences.schemas import RunOut
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked, team
from hemicycle.registration import desk_forms, queries
from hemicycle.registration import runs as lists
from hemicycle.registration.api_words import by_word, stakeholders
from hemicycle.registration.queries import Filter
from hemicycle.registration.schemas import ExportIn, IntakeEnterIn, IntakeIn, IntakeOut

router = Router(tags=["registration lists"])


def _start(request: HttpRequest, edition: Conference, kind: str, **more: Any) -> tuple[int, RunOut]:
    try:
        return 202, plain(runs.start(conference=edition, kind=kind, actor=request.user, now=clock.now(), **more))
    except runs.AlreadyRunning as error:
        raise busy() from error


def _export(request: HttpRequest, edition: Conference, kind: str, wish: ExportIn) -> tuple[int, RunOut]:
    chosen = Filter(**wish.dict(exclude={"form"}))
    return _start(request, edition, kind, form=wish.form, chosen=asdict(chosen))


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
    return _start(request, team(request, "registration.change"), lists.ABSENT)


@router.post("/{conference}/registrations/lists", response={202: RunOut}, url_name="registration_list")
def read(request: HttpRequest, conference: str, wish: IntakeIn) -> tuple[int, RunOut]:  # noqa: ARG001
    """Have a list of another tool read; nothing is entered."""
    edition = team(request, "registration.change")
    try:
        content = base64.b64decode(wish.content, validate=True)
    except binascii.Error as error:
        raise Refused(422, "The content is not Base64.", {"content": "not Base64"}) from error
    if not content:
        raise Refused(422, "The file is empty.", {"content": "empty"})
    return _start(request, edition, lists.CHECK, upload=content, name=wish.name, country=wish.country)


@router.get("/{conference}/registrations/lists/{int:run_id}", response=IntakeOut, url_name="registration_list_read")
def seen(request: HttpRequest, conference: str, run_id: int) -> IntakeOut:  # noqa: ARG001
    """Say what a list that was read holds and what is wrong with it; `list` is what `enter` takes."""
    run = runs.find(conference=team(request, "registration.change"), run_id=run_id)
    if run is None or run.kind != lists.CHECK:
        raise Http404
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
    return _start(request, edition, lists.ENTER, intake=wish.list, stakeholder=stakeholder, category=category)
