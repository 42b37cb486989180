"""Local clock times in forms: shown with their zone, exact also in the night the clocks change."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WRITTEN = "%Y-%m-%dT%H:%M"


def instants(local: datetime, zone: tzinfo) -> list[datetime]:
    """Return the instants (UTC) at which clocks in a zone show a time: none, one, or two in autumn."""
    found = []
    for fold in (0, 1):
        instant = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None, fold=0) == local and instant not in found:
            found.append(instant)
    return sorted(found)


def offset(instant: datetime, zone: tzinfo) -> str:
    """Return how a zone stands to UTC at an instant, as in "CEST, UTC+02:00"."""
    local = instant.astimezone(zone)
    return f"{local.tzname()}, UTC{local.strftime('%z')[:3]}:{local.strftime('%z')[3:]}"


def parse(written: str) -> datetime | None:
    """Return what a browser's date and time field sent, without a zone; None when it is neither."""
    try:
        return datetime.fromisoformat(written).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


class MomentWidget(forms.Widget):
    """A date and time field, the zone beside it, and a choice when the clock shows that time twice."""

    template_name = "kit/forms/moment.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str]:  # noqa: ARG002
        """Return the written time and which of two equal ones is meant."""
        return data.get(name, ""), data.get(f"{name}_fold", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the local time, the zone, and the two instants where there are two."""
        zone = timezone.get_current_timezone()
        fold = ""
        if isinstance(value, datetime):
            local = value.astimezone(zone)
            written, fold = local.strftime(WRITTEN), str(local.fold)
        else:
            written, fold = value or ("", "")
        context = super().get_context(name, written, attrs)
        moment = parse(written)
        twice = instants(moment, zone) if moment else []
        context["widget"] |= {
            "value": written,
            "zone": str(zone),
            "offset": offset(twice[0], zone) if len(twice) == 1 else "",
            "fold": fold,
            "twice": [(str(at), offset(instant, zone)) for at, instant in enumerate(twice)] if twice[1:] else [],
        }
        return context


class Moment(forms.Field):
    """A local time of the edition; the value is an instant in UTC, or None."""

    widget = MomentWidget
    default_error_messages = {"invalid": gettext_lazy("Write a day and a time, for example 7 May 2030, 09:00.")}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare instants."""
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True

    def clean(self, value: Any) -> datetime | None:
        """Return the instant.

        Raises:
            ValidationError: nothing written, no time, a time the clocks leave out, or one they show twice.
        """
        written, fold = value or ("", "")
        if not written:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        local = parse(written)
        if local is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        zone = timezone.get_current_timezone()
        found = instants(local, zone)
        if not found:
            raise ValidationError(
                _("The clocks go forward that night; this time does not exist in %(zone)s. Take one an hour later.")
                % {"zone": zone}
            )
        if len(found) > 1 and fold not in ("0", "1"):
            raise ValidationError(
                _("The clocks go back that night and show this time twice. Say below which is meant.")
            )
        return found[int(fold)] if len(found) > 1 else found[0]
