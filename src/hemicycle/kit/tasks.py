"""Work after the answer: queued by name with the change that asks for it, done by a worker, safe to run twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class Ledger(Protocol):
    """Where queued work is written down, so that a killed worker loses nothing."""

    def enter(
        self, *, name: str, arguments: dict[str, Json], queue: str, due: datetime | None, key: str | None
    ) -> None:
        """Write the job in the caller's transaction and hand it to the backend after commit."""

    def perform(self, *, job_id: str) -> None:
        """Take the lease, run the job once, write the outcome."""


def ledger() -> Ledger:
    """Return the configured ledger."""
    found: Ledger = import_string(settings.HEMICYCLE_TASK_LEDGER)()
    return found


def later(
    name: str, *, queue: str = "default", due: datetime | None = None, key: str | None = None, **arguments: Json
) -> None:
    """Queue the function `name` after commit; a `key` used before makes the call do nothing."""
    ledger().enter(name=name, arguments=arguments, queue=queue, due=due, key=key)


def function(name: str) -> Callable[..., None]:
    """Return the registered task function behind a name.

    Raises:
        LookupError: the name is not one of the product's tasks; nothing else is ever imported for a job.
    """
    if not name.startswith("hemicycle.") or ".tasks." not in name:
        raise LookupError(name)
    try:
        found: Callable[..., None] = import_string(name)
    except ImportError as error:
        raise LookupError(name) from error
    return found


@task()
def perform(job_id: str) -> None:
    """Run one written-down job; the only task the backend ever sees."""
    ledger().perform(job_id=job_id)
