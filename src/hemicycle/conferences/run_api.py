"""Long work of the desk by API: how far it is, what came out, and the call that stops it; each app starts its own."""

import base64
import binascii
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from hemicycle.audit import operations as audit
from hemicycle.conferences import runs
from hemicycle.conferences.enums import RunState
from hemicycle.conferences.models import Conference, Run
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


def start(request: HttpRequest, conference: Conference, kind: str, **more: Any) -> tuple[int, RunOut]:
    """Queue a piece of work for whoever calls.

    Raises:
        Refused: the same is being done, and can be done one at a time only.
    """
    try:
        run = runs.start(conference=conference, kind=kind, actor=request.user, now=clock.now(), **more)
    except runs.AlreadyRunning as error:
        raise Refused(409, "The same is being done already. Wait until it is done.") from error
    return 202, plain(run)


def file_in(content: str) -> bytes:
    """Return a file that came in Base64.

    Raises:
        Refused: it is not Base64, or empty.
    """
    try:
        found = base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise Refused(422, "The content is not Base64.", {"content": "not Base64"}) from error
    if not found:
        raise Refused(422, "The file is empty.", {"content": "empty"})
    return found


def read_by(request: HttpRequest, *, run_id: int, kind: str, capability: str) -> Run:
    """Return a run of this kind, for calls that say what it found out."""
    run = runs.find(conference=team(request, capability), run_id=run_id)
    if run is None or run.kind != kind:
        raise Http404
    return run


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
