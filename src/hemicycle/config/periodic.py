"""What is done by the clock, all of it in this file; any number of workers do each turn once."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """A task and how often it is done."""

    name: str
    every: timedelta


TURNS = (
    Turn("hemicycle.registration.tasks.look_after_waiting_lists", timedelta(minutes=5)),
    Turn("hemicycle.registration.tasks.forget_editions", timedelta(days=1)),
    Turn("hemicycle.conferences.tasks.forget_runs", timedelta(hours=1)),
    Turn("hemicycle.website.tasks.tell_everywhere", timedelta(minutes=5)),
    Turn("hemicycle.notifications.tasks.forget", timedelta(days=1)),
    Turn("hemicycle.audit.tasks.forget", timedelta(hours=1)),
)
BEAT = 5.0


def beat(*, now: datetime) -> None:
    """Queue every turn whose time has come, under a key that only one worker can take, and sweep lost work."""
    from hemicycle.audit.ledger import sweep  # noqa: PLC0415 - needs the app registry
    from hemicycle.kit.tasks import later  # noqa: PLC0415

    for turn in TURNS:
        number = int(now.timestamp() // turn.every.total_seconds())
        later(turn.name, key=f"{turn.name}:{number}")
    sweep(now=now)


def loop() -> None:
    """Beat until the process ends."""
    from django.db import close_old_connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    while True:
        try:
            close_old_connections()
            beat(now=timezone.now())
        except Exception:
            log.exception("a periodic beat failed; the next one follows")
        time.sleep(BEAT)
