"""What stands in the header and footer; the entries come from configuration, so that kit knows no page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Link:
    """One entry: where it leads, what it says, whether it is where the reader stands."""

    url: str
    label: str
    icon: str = ""
    current: bool = False


def context(request: HttpRequest) -> dict[str, Any]:
    """Give templates the layout of this answer: navigation, the edition, the reader's place in it."""
    layout: dict[str, Any] = import_string(settings.HEMICYCLE_NAVIGATION)(request)
    return layout
