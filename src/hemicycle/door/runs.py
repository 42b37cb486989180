"""Papers for everybody: asked for in the desk, made by a worker with progress, kept for a day."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.door import documents, queries
from hemicycle.door.enums import RunKind, RunState
from hemicycle.door.models import PaperRun
from hemicycle.files.typesetting import CannotSet
from hemicycle.kit.tasks import later

KEPT = timedelta(days=1)
STEP = 20
UNFINISHED = (RunState.QUEUED, RunState.RUNNING)


class AlreadyRunning(Exception):
    """The same papers are being made."""


@transaction.atomic
def start(*, conference: Conference, kind: str, actor: Any, now: datetime) -> PaperRun:
    """Queue papers for everybody.

    Raises:
        AlreadyRunning: the same are queued or being made.
    """
    lock(conference_id=conference.pk)
    if PaperRun.objects.filter(conference=conference, kind=kind, state__in=UNFINISHED).exists():
        raise AlreadyRunning
    run = PaperRun.objects.create(conference=conference, kind=kind, asked_at=now)
    audit.record(action="papers asked for", target=run, actor=actor, at=now, kind=kind)
    later("hemicycle.door.tasks.make_papers", queue="default", conference_id=conference.pk, run_id=run.pk)
    return run


def perform(*, run_id: int, now: datetime) -> None:
    """Make the papers of a run that waits; a second worker with the same run finds nothing to do."""
    run = PaperRun.objects.select_related("conference__venue").get(pk=run_id)
    if run.state not in UNFINISHED:
        return
    conference = run.conference
    everybody = queries.listed_openly if run.kind == RunKind.BOOKLET else queries.with_places
    rows = list(everybody(conference=conference))
    PaperRun.objects.filter(pk=run_id).update(state=RunState.RUNNING, done=0, total=len(rows))

    def told(number: int) -> None:
        if number % STEP == 0 or number == len(rows):
            PaperRun.objects.filter(pk=run_id).update(done=number)

    try:
        if run.kind == RunKind.BOOKLET:
            content = documents.booklet(rows, conference=conference, told=told)
        else:
            content = documents.badges(rows, conference=conference, kind=run.kind, told=told)
    except CannotSet as error:
        PaperRun.objects.filter(pk=run_id).update(state=RunState.FAILED, error=str(error)[:300], finished_at=now)
        return
    PaperRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
        state=RunState.READY, content=content, finished_at=now
    )


def content(*, run: PaperRun) -> bytes | None:
    """Return the file of a run, or None while it is not ready or not any more."""
    found = PaperRun.objects.filter(pk=run.pk, state=RunState.READY).values_list("content", flat=True).first()
    return bytes(found) if found is not None else None


def forget(*, now: datetime) -> int:
    """Delete the files that are older than a day; return how many."""
    old = PaperRun.objects.filter(finished_at__lt=now - KEPT, state=RunState.READY)
    return int(old.update(state=RunState.GONE, content=None))
