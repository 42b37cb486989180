"""The few words templates share: icons, addresses within the edition, texts, times in the edition's zone."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hemicycle.kit import countries, rich

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; decoration only, the words stand beside it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("kit/icons.svg"), name)


@register.simple_tag(takes_context=True)
def at(context: Mapping[str, Any], name: str, *args: object) -> str:
    """Return the address of a page within the edition of this answer."""
    return reverse(name, args=[context["conference"].slug, *args])


@register.simple_tag
def once() -> SafeString:
    """Give a form a key of its own: sent twice, it acts once (see `audit.middleware`)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(18))


@register.filter
def markdown(source: object) -> SafeString:
    """Render text written by people through the one policy."""
    return rich.html(str(source))


@register.filter
def country(code: str) -> str:
    """Name a country in the reader's language."""
    return countries.name(code) if code else ""


@register.filter
def is_link(line: str) -> bool:
    """Say whether a line of a mail is an address alone."""
    return line.startswith(("https://", "http://")) and " " not in line


@register.simple_tag(takes_context=True)
def local(context: Mapping[str, Any], instant: datetime, pattern: str = "H:i") -> str:
    """Write an instant in the edition's zone."""
    return date_format(context["conference"].local(instant), pattern)


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Look a key up."""
    return mapping.get(key)


@register.filter
def share(part: float, whole: float) -> int:
    """Return a whole percentage."""
    return round(100 * part / whole) if whole else 0


@register.filter
def tone(text: str) -> int:
    """Return one of six colours for a portrait that is missing, always the same for the same name."""
    return sum(map(ord, text)) % 6


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """Return the query string of this page with some values changed; an empty value drops the key."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            parameters.pop(key, None)
        else:
            parameters[key] = value
    return f"?{parameters.urlencode()}" if parameters else "?"
