"""The demo's clock: it ticks like the machine's, from the day somebody moved it to."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from hemicycle.demo.models import Clock

PHASES: dict[str, datetime] = {
    "call": datetime(2024, 1, 22, 9, 0, tzinfo=UTC),
    "registration": datetime(2024, 4, 15, 8, 0, tzinfo=UTC),
    "eve": datetime(2024, 5, 6, 11, 30, tzinfo=UTC),
    "day_one": datetime(2024, 5, 7, 9, 40, tzinfo=UTC),
    "day_two": datetime(2024, 5, 8, 8, 20, tzinfo=UTC),
    "week_after": datetime(2024, 5, 15, 8, 0, tzinfo=UTC),
    "months_after": datetime(2024, 8, 8, 8, 0, tzinfo=UTC),
}
START = "registration"


def now() -> datetime:
    """Return the demo's instant."""
    row = Clock.objects.filter(pk=1).first()
    return timezone.now() + row.offset if row is not None else PHASES[START]


def move(phase: str) -> None:
    """Set the clock to the beginning of a phase.

    Raises:
        KeyError: no such phase.
    """
    offset: timedelta = PHASES[phase] - timezone.now()
    Clock.objects.update_or_create(pk=1, defaults={"offset": offset, "phase": phase})
