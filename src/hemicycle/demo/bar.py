"""What the demo's bar shows on every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.demo import clock
from hemicycle.demo.models import Clock


def words() -> dict[str, str]:
    """Return the phases in words."""
    return {
        "call": _("Call open"),
        "registration": _("Registration open"),
        "eve": _("The eve"),
        "day_one": _("Day one"),
        "day_two": _("Day two"),
        "week_after": _("A week after"),
        "months_after": _("Three months after"),
    }


def context(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Return phases, the demo's day, and where mailbox and sign-ins are."""
    row = Clock.objects.filter(pk=1).first()
    return {
        "url": reverse("demo:move"),
        "today": date_format(clock.now(), "DATE_FORMAT"),
        "mailbox": reverse("demo:mailbox"),
        "people": reverse("demo:people"),
        "phases": [
            {"key": key, "label": label, "current": row is not None and row.phase == key}
            for key, label in words().items()
        ],
    }
