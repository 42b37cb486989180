"""Queued work survives a killed worker: written with the change, leased while done, swept when a lease runs out."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope

from hemicycle.audit.enums import JobState
from hemicycle.audit.models import Job
from hemicycle.kit import tasks
from hemicycle.kit.tasks import Json

LEASE = timedelta(seconds=60)
ATTEMPTS = 6
GRACE = timedelta(seconds=30)
log = logging.getLogger(__name__)


def _hand_over(job: Job) -> None:
    tasks.perform.using(queue_name=job.queue).enqueue(job_id=str(job.pk))


class DatabaseLedger:
    """The ledger beside the data: one row a job, on any `django.tasks` backend."""

    def enter(
        self, *, name: str, arguments: dict[str, Json], queue: str, due: datetime | None, key: str | None
    ) -> None:
        """Write the job in this transaction and hand it over after commit; a known key is passed over."""
        tasks.function(name)
        now = timezone.now()
        values = {"name": name, "arguments": arguments, "queue": queue, "due_at": due or now}
        if key is None:
            job, created = Job.objects.create(**values), True
        else:
            job, created = Job.objects.get_or_create(key=key, defaults=values)
        if created and job.due_at <= now:
            transaction.on_commit(lambda: _hand_over(job))

    def perform(self, *, job_id: str) -> None:
        """Do the job unless somebody else has or does; errors are written down and tried again later."""
        job = _lease(job_id)
        if job is None:
            return
        function = tasks.function(job.name)
        try:
            with _heartbeat(job), scope(conference=job.arguments.get("conference_id")):
                function(**job.arguments)
        except Exception as error:  # noqa: BLE001 - whatever a job raises is its outcome
            log.warning("%s failed (attempt %s): %r", job.name, job.attempts, error)
            _fail(job, error)
        else:
            Job.objects.filter(pk=job.pk).update(
                state=JobState.DONE, finished_at=timezone.now(), leased_until=None, error=""
            )


def _lease(job_id: str) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.state in (JobState.DONE, JobState.DEAD):
            return None
        if job.state == JobState.RUNNING and job.leased_until is not None and job.leased_until > now:
            return None
        job.state, job.attempts, job.leased_until = JobState.RUNNING, job.attempts + 1, now + LEASE
        job.save(update_fields=["state", "attempts", "leased_until"])
        return job


def _fail(job: Job, error: Exception) -> None:
    now = timezone.now()
    dead = job.attempts >= ATTEMPTS
    Job.objects.filter(pk=job.pk).update(
        state=JobState.DEAD if dead else JobState.QUEUED,
        due_at=now + timedelta(seconds=15 * 4 ** (job.attempts - 1)),
        finished_at=now if dead else None,
        leased_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
    )


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Extend the lease while the work goes on, so that only the dead lose it."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(LEASE.total_seconds() / 3):
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(leased_until=timezone.now() + LEASE)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()


def sweep(*, now: datetime) -> int:
    """Hand over again what is due and lies about, and what a dead worker held; return how many."""
    lost = Job.objects.filter(
        Q(state=JobState.QUEUED, due_at__lte=now - GRACE) | Q(state=JobState.RUNNING, leased_until__lt=now)
    )[:200]
    for job in lost:
        if job.attempts >= ATTEMPTS:
            Job.objects.filter(pk=job.pk).update(state=JobState.DEAD, finished_at=now, error=job.error or "worker lost")
        else:
            Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, due_at=now, leased_until=None)
            _hand_over(job)
    return len(lost)
