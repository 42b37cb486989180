"""The instant the product lives in; the demo replaces it by a clock of its own."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


def system() -> datetime:
    """Return the machine's instant, aware, in UTC."""
    return timezone.now()


@cache
def _source(path: str) -> Callable[[], datetime]:
    source: Callable[[], datetime] = import_string(path)
    return source


def now() -> datetime:
    """Return the product's instant; ways in read it once and hand it down as `now`."""
    return _source(settings.HEMICYCLE_CLOCK)()
