"""Pure decisions about editions."""

from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum

from django.utils.text import slugify

from hemicycle.kit import colours


class Phase(StrEnum):
    """Where an edition stands in time."""

    CALL = "call"
    REGISTRATION = "registration"
    SOON = "soon"
    RUNNING = "running"
    OVER = "over"


def check_colours(*, brand: str, accent: str, error: Callable[[str], Exception]) -> None:
    """Raise `error` with a sentence if the pair cannot be shown with enough contrast (WCAG 2.2, 1.4.3)."""
    try:
        colours.derive(brand, accent)
    except ValueError as reason:
        raise error(str(reason)) from reason


def is_open(*, now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    """Say whether a window is open: from its opening on, before its close; a missing opening keeps it shut."""
    return opens_at is not None and opens_at <= now and (closes_at is None or now < closes_at)


def free_slug(words: str, *, taken: Collection[str], limit: int = 50) -> str:
    """Return the address word of a title, with a number where another thing has it already."""
    base = slugify(words)[: limit - 4].strip("-") or "item"
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(word for word in numbered if word not in taken)
