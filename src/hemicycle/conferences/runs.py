"""Long work the desk asks for: written down, done by a worker with progress, stopped on request, kept for a day."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from hemicycle.audit import operations as audit
from hemicycle.conferences.enums import RunState
from hemicycle.conferences.models import Conference, Run
from hemicycle.conferences.queries import lock
from hemicycle.kit import secrets
from hemicycle.kit.tasks import later

KEPT = timedelta(days=1)
PURPOSE = "conferences.run"
UNFINISHED = (RunState.QUEUED, RunState.RUNNING)
STEPS = 50


class AlreadyRunning(Exception):
    """The same is queued or being made."""


class CannotMake(Exception):
    """It will never come out; the sentence is shown to who asked."""


class Stopped(Exception):
    """Somebody pressed stop."""


class Told(Protocol):
    """How a maker says how far it is."""

    def __call__(self, done: int, total: int) -> None:
        """Note the progress.

        Raises:
            Stopped: the maker ends here; nothing of it is kept.
        """


@dataclass(frozen=True)
class Made:
    """What came out: a file with its name and media type, or only a sentence."""

    content: bytes = b""
    name: str = ""
    media: str = ""
    said: str = ""


Make = Callable[[Run, Told], Made]


@dataclass(frozen=True)
class Kind:
    """What can be asked for.

    Args:
        key: unique, the app's name first.
        title: what it is called on screens.
        make: does it in a worker: called with the run and with what hears the progress.
        capability: whoever has it may ask for it, see and take it.
        back: name of the page it was asked for on.
        preview: whether that page shows the outcome itself, under `?run=`.
        alone: whether only one at a time makes sense.
        stoppable: whether it can be stopped half-way.
    """

    key: str
    title: Any
    make: Make
    capability: str
    back: str
    preview: bool = False
    alone: bool = False
    stoppable: bool = True


KINDS: dict[str, Kind] = {}


def offer(*kinds: Kind) -> None:
    """Make kinds known; called once by each app that has some."""
    KINDS.update({kind.key: kind for kind in kinds})


@transaction.atomic
def start(
    *, conference: Conference, kind: str, actor: Any, now: datetime, upload: bytes = b"", **arguments: Any
) -> Run:
    """Queue a piece of work, with plain arguments and perhaps a file.

    Raises:
        AlreadyRunning: there can be one at a time only, and there is one.
    """
    wanted = KINDS[kind]
    lock(conference_id=conference.pk)
    if wanted.alone and Run.objects.filter(conference=conference, kind=kind, state__in=UNFINISHED).exists():
        raise AlreadyRunning
    run = Run.objects.create(
        conference=conference, kind=kind, arguments=arguments, language=translation.get_language() or "en", asked_at=now,
        asked_by=actor if getattr(actor, "is_authenticated", False) else None,
        sealed=secrets.seal_bytes(upload, purpose=PURPOSE) if upload else None,
    )  # fmt: skip
    audit.record(action="asked for", target=run, actor=actor, at=now, kind=kind)
    later("hemicycle.conferences.tasks.do_run", conference_id=conference.pk, run_id=run.pk)
    return run


def stop(*, run: Run) -> None:
    """Ask a run to end; one that no worker has begun ends at once."""
    Run.objects.filter(pk=run.pk, state=RunState.QUEUED).update(state=RunState.STOPPED, sealed=None)
    if KINDS[run.kind].stoppable:
        Run.objects.filter(pk=run.pk, state=RunState.RUNNING).update(stop_asked=True)


def perform(*, run_id: int, now: datetime) -> None:
    """Do a run that waits, in the language of who asked; a second worker with the same run finds nothing to do."""
    run = Run.objects.select_related("conference__venue", "asked_by").get(pk=run_id)
    if run.state not in UNFINISHED:
        return
    Run.objects.filter(pk=run_id).update(state=RunState.RUNNING, done=0, total=0)

    def told(done: int, total: int) -> None:
        if done % max(1, total // STEPS) and done != total:
            return
        Run.objects.filter(pk=run_id).update(done=done, total=total)
        if Run.objects.filter(pk=run_id, stop_asked=True).exists():
            raise Stopped

    with translation.override(run.language):
        try:
            made = KINDS[run.kind].make(run, told)
        except CannotMake as error:
            _end(run_id, state=RunState.FAILED, sealed=None, said=str(error)[:1000], finished_at=now)
        except Stopped:
            _end(run_id, state=RunState.STOPPED, sealed=None, finished_at=now)
        except Exception:
            sentence = _("Something went wrong on our side, and nothing was kept of it. Please start it again.")
            _end(run_id, state=RunState.FAILED, sealed=None, said=sentence, finished_at=now)
            raise
        else:
            sealed = secrets.seal_bytes(made.content, purpose=PURPOSE) if made.content else None
            _end(
                run_id, state=RunState.READY, sealed=sealed, name=made.name, media=made.media, said=made.said,
                finished_at=now,
            )  # fmt: skip


def _end(run_id: int, **values: Any) -> None:
    Run.objects.filter(pk=run_id, state__in=UNFINISHED).update(**values)


def sealed(*, run: Run) -> bytes:
    """Return the file that went in or came out, or nothing while there is none or not any more."""
    found = Run.objects.filter(pk=run.pk).values_list("sealed", flat=True).first()
    return secrets.unseal_bytes(found, purpose=PURPOSE) if found else b""


def seen(*, run: Run) -> dict[str, Any]:
    """Return what a run found out, for the page that shows it; empty while it is not ready or not any more."""
    content = sealed(run=run) if run.state == RunState.READY else b""
    found: dict[str, Any] = json.loads(content) if content else {}
    return found


def find(*, conference: Conference, run_id: int) -> Run | None:
    """Return a run of the edition without its file, or None."""
    return Run.objects.defer("sealed").select_related("asked_by").filter(conference=conference, pk=run_id).first()


def latest(*, conference: Conference, kinds: tuple[str, ...], limit: int = 10) -> list[Run]:
    """Return the latest runs of some kinds without their files."""
    return list(Run.objects.defer("sealed").filter(conference=conference, kind__in=kinds)[:limit])


def forget(*, conference: Conference, now: datetime) -> int:
    """Delete files that are older than a day, and runs of which only the name is left after a month; return how many."""
    old = Run.objects.filter(conference=conference, finished_at__lt=now - KEPT, state=RunState.READY)
    gone = int(old.update(state=RunState.GONE, sealed=None, said="", arguments={}))
    Run.objects.filter(conference=conference, asked_at__lt=now - 30 * KEPT).delete()
    return gone
