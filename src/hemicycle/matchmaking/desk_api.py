"""The scheduler by API, for the matchmaking team: start, watch, look, stop, publish."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.kit import clock
from hemicycle.kit.api import Refused, checked, team
from hemicycle.matchmaking import forms, plans, queries
from hemicycle.matchmaking.models import Plan
from hemicycle.matchmaking.schemas import (
    LeftOutOut,
    OverviewOut,
    PlacedOut,
    PlanOut,
    PublishedOut,
    ResultOut,
    ScheduleIn,
    SlotOut,
)

router = Router(tags=["matchmaking: schedules"])
CAPABILITY = "matchmaking.run"
SAID = ("status", "value", "bound", "requested", "placed", "weight", "weight_bound", "seconds", "levels")


@router.get("/{conference}/matchmaking", response=OverviewOut, url_name="matchmaking")
def overview(request: HttpRequest, conference: str) -> OverviewOut:  # noqa: ARG001
    """Return figures and slots."""
    edition = team(request, CAPABILITY)
    slots = [
        SlotOut(starts_at=row.starts_at, ends_at=row.ends_at, tables=row.tables, block=row.block)
        for row in queries.slots(conference=edition)
    ]
    return OverviewOut(counts=queries.counts(conference=edition), slots=slots)


def _words(row: Plan) -> dict[str, Any]:
    names = ("state", "stage", "progress", "seconds", "requested_at", "finished_at", "published_at")
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


@router.get("/{conference}/matchmaking/plans", response=list[PlanOut], url_name="plans")
def plan_list(request: HttpRequest, conference: str) -> list[PlanOut]:  # noqa: ARG001
    """List the latest runs of the scheduler."""
    return [PlanOut(**_words(row)) for row in queries.plans(conference=team(request, CAPABILITY))]


@router.post("/{conference}/matchmaking/plans", response={202: PlanOut}, url_name="plan_start")
def start(request: HttpRequest, conference: str, wish: ScheduleIn) -> tuple[int, PlanOut]:  # noqa: ARG001
    """Start the scheduler; a worker runs it, `progress` says how far it is."""
    edition = team(request, CAPABILITY)
    form = forms.Schedule(wish.dict())
    checked(form)
    try:
        row = plans.start(conference=edition, actor=request.user, seconds=form.cleaned_data["seconds"], now=clock.now())
    except plans.AlreadyRunning as refused:
        raise Refused(409, "The scheduler is at work already.") from refused
    return 202, PlanOut(**_words(row))


def _plan(request: HttpRequest, plan_id: int) -> Plan:
    found = queries.plan(conference=team(request, CAPABILITY), plan_id=plan_id)
    if found is None:
        raise Http404
    return found


@router.get("/{conference}/matchmaking/plans/{int:plan_id}", response=ResultOut, url_name="plan")
def plan(request: HttpRequest, conference: str, plan_id: int) -> ResultOut:  # noqa: ARG001
    """Return a run: how far it is, or what it found and what found no place and why."""
    row = _plan(request, plan_id)
    slots = queries.slots(conference=row.conference)
    placed = [
        PlacedOut(request=key, starts_at=slots[slot].starts_at, table=table)
        for key, slot, table in row.result.get("schedule", [])
    ]
    left = [
        LeftOutOut(request=item.request_id, people=list(item.names), why=item.why)
        for item in (queries.left_out(plan=row) if row.result else [])
    ]
    found = {name: row.result[name] for name in SAID if name in row.result}
    return ResultOut(**_words(row), found=found, schedule=placed, unplaced=left)


@router.post("/{conference}/matchmaking/plans/{int:plan_id}/stop", response=PlanOut, url_name="plan_stop")
def stop(request: HttpRequest, conference: str, plan_id: int) -> PlanOut:  # noqa: ARG001
    """Stop a run; a finished one stays as it is."""
    row = _plan(request, plan_id)
    plans.stop(plan=row, actor=request.user, now=clock.now())
    row.refresh_from_db()
    return PlanOut(**_words(row))


@router.post("/{conference}/matchmaking/plans/{int:plan_id}/publish", response=PublishedOut, url_name="plan_publish")
def publish(request: HttpRequest, conference: str, plan_id: int) -> PublishedOut:  # noqa: ARG001
    """Make a schedule the one people follow; everybody gets one mail."""
    try:
        number = plans.publish(plan=_plan(request, plan_id), actor=request.user, now=clock.now())
    except plans.NotReady as refused:
        raise Refused(409, "This schedule is not ready, or was published before.") from refused
    except plans.Outdated as refused:
        raise Refused(409, "Somebody cancelled since this was computed. Schedule again.") from refused
    return PublishedOut(meetings=number)
