"""Long work of the desk by API: how far it is, what came out, and the call that stops it; each app starts its own."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from hemicycle.audit import operations as audit
from hemicycle.conferences import runs
from hemicycle.conferences.enums import RunState
from hemicycle.conferences.models import Run
from hemicycle.conferences.schemas import RunOut
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, team
from hemicycle.kit.uploads import hand_out

router = Router(tags=["runs"])


def plain(run: Run) -> RunOut:
    """Return what a program sees of a run."""
    return RunOut(
        id=run.pk, kind=run.kind, state=run.state, done=run.done, total=run.total, said=run.said, name=run.name,
        asked_at=run.asked_at, finished_at=run.finished_at,
    )  # fmt: skip


def busy() -> Refused:
    """Return the refusal while the same is being done."""
    return Refused(409, "The same is being done already. Wait until it is done.")


def _find(request: HttpRequest, run_id: int) -> Run:
    """Return a run of this edition for whoever has its capability."""
    run = runs.find(conference=request.conference, run_id=run_id)  # type: ignore[attr-defined]
    kind = runs.KINDS.get(run.kind) if run else None
    if run is None or kind is None:
        raise Http404
    team(request, kind.capability)
    return run


@router.get("/{conference}/runs/{int:run_id}", response=RunOut, url_name="run")
def show(request: HttpRequest, conference: str, run_id: int) -> RunOut:  # noqa: ARG001
    """Say how far a run is; ask again after a second while its state is queued or running."""
    return plain(_find(request, run_id))


@router.post("/{conference}/runs/{int:run_id}/stop", response=RunOut, url_name="run_stop")
def stop(request: HttpRequest, conference: str, run_id: int) -> RunOut:  # noqa: ARG001
    """Stop a run; one that cannot be stopped half-way goes on."""
    run = _find(request, run_id)
    runs.stop(run=run)
    run.refresh_from_db(fields=["state"])
    return plain(run)


@router.get("/{conference}/runs/{int:run_id}/file", url_name="run_file")
def file(request: HttpRequest, conference: str, run_id: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the file of a run; the history says who took it."""
    run = _find(request, run_id)
    content = runs.sealed(run=run) if run.state == RunState.READY and run.name else b""
    if not content:
        raise Refused(409, "This file is not there: it is being made, or was deleted after a day.")
    audit.record(action="file taken", target=run, actor=request.user, at=clock.now(), kind=run.kind)
    return hand_out(content, name=run.name, media=run.media)
