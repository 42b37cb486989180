"""What machines read of an edition: schema.org, calendars, sitemap, pictures, the theme."""

import json
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe

from hemicycle.conferences.models import Conference
from hemicycle.files.typesetting import typeset
from hemicycle.kit import calendars, colours, motif
from hemicycle.registration.letters import dates

PAGES = ("home", "side_events", "venue", "news", "editions", "subscribe", "privacy")


def event(*, conference: Conference, base_url: str) -> SafeString:
    """Return the edition as schema.org Event (JSON-LD), safe inside a script element."""
    venue = getattr(conference, "venue", None)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(conference.name),
        "description": str(conference.lead),
        "startDate": conference.starts_on.isoformat() if conference.starts_on else None,
        "endDate": conference.ends_on.isoformat() if conference.ends_on else None,
        "eventAttendanceMode": f"https://schema.org/{'Mixed' if conference.online else 'Offline'}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "url": base_url + reverse("website:home", args=[conference.slug]),
        "image": base_url + reverse("website:card", args=[conference.slug]),
        "location": {
            "@type": "Place",
            "name": venue.name if venue else conference.city,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": venue.address if venue else "",
                "addressLocality": conference.city,
                "addressCountry": conference.country,
            },
        },
        "isAccessibleForFree": True,
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_json_script_escapes))  # noqa: S308


def save_the_date(*, conference: Conference, base_url: str) -> bytes | None:
    """Return the edition as one whole-day calendar event, or None while its days are unknown."""
    days = conference.days()
    if not days:
        return None
    venue = getattr(conference, "venue", None)
    entry = calendars.Entry(
        uid=f"edition@{conference.slug}.hemicycle",
        title=str(conference.name),
        starts_at=days[0],
        ends_at=days[-1] + timedelta(days=1),
        changed_at=conference.registration_opens_at or conference.zone_midnight(),
        sequence=conference.version,
        place=", ".join(filter(None, [venue.name if venue else "", conference.city])),
        url=base_url + reverse("website:home", args=[conference.slug]),
    )
    return calendars.render(name=str(conference.name), entries=[entry])


def addresses(*, conference: Conference, base_url: str) -> list[str]:
    """Return the public pages of an edition."""
    names = [f"website:{name}" for name in PAGES] + ["agenda:agenda", "agenda:speakers", "registration:register"]
    return [base_url + reverse(name, args=[conference.slug]) for name in names]


@lru_cache(maxsize=64)
def _theme(brand: str, accent: str) -> colours.Theme:
    return colours.derive(brand, accent)


def stylesheet(*, conference: Conference) -> str:
    """Return the edition's theme as CSS."""
    url = reverse("website:hero", args=[conference.slug, conference.version])
    return colours.stylesheet(_theme(conference.brand, conference.accent)) + f'\n:root{{--hero-image:url("{url}")}}\n'


@lru_cache(maxsize=64)
def _hero(seed: str, brand: str, accent: str) -> str:
    return motif.hero(seed, _theme(brand, accent))


def hero(*, conference: Conference) -> str:
    """Return the edition's own network motif as SVG."""
    return _hero(conference.slug, conference.brand, conference.accent)


CARD = """
#set page(width: 600pt, height: 315pt, margin: 0pt, background: image("ground.svg", width: 100%))
#place(dx: 40pt, dy: 40pt, block(width: 400pt, height: 235pt, align(horizon, {
  set text(fill: white)
  set par(leading: 0.5em)
  text(size: if data.title.len() > 60 { 27pt } else { 36pt }, weight: 700, tracking: -0.8pt, data.title)
  v(6pt)
  text(size: 17pt, fill: rgb(data.accent), data.subtitle)
})))
"""


@lru_cache(maxsize=64)
def _card(title: str, subtitle: str, seed: str, brand: str, accent: str) -> bytes:
    ground = motif.card(seed, _theme(brand, accent)).encode()
    data = {"title": title, "subtitle": subtitle, "accent": accent}
    return typeset(CARD, data=data, files={"ground.svg": ground}, kind="png")


def card(*, conference: Conference) -> bytes:
    """Return the picture shown when the site is shared, as PNG of 1200 by 630."""
    subtitle = f"{conference.city}, {dates(conference)}".strip(", ")
    return _card(str(conference.name), subtitle, conference.slug, conference.brand, conference.accent)
