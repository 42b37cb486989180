"""Header, footer and side navigation, put together from what the reader may see."""

from typing import Any

import rules
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from hemicycle.conferences.models import Conference
from hemicycle.conferences.permissions import roles_of
from hemicycle.kit.navigation import Link
from hemicycle.registration.letters import dates


def _link(request: HttpRequest, conference: Conference, name: str, label: str, icon: str = "") -> Link:
    url = reverse(name, args=[conference.slug])
    home = name in ("website:home", "desk:overview")
    current = request.path == url if home else request.path.startswith(url)
    return Link(url=url, label=label, icon=icon, current=current)


def _main(request: HttpRequest, conference: Conference) -> list[Link]:
    return [
        _link(request, conference, "website:home", _("Home")),
        _link(request, conference, "agenda:agenda", _("Agenda")),
        _link(request, conference, "agenda:speakers", _("Speakers")),
        _link(request, conference, "website:side_events", _("Side events")),
        _link(request, conference, "website:venue", _("Venue")),
        _link(request, conference, "website:news", _("News")),
    ]


def _footer(request: HttpRequest, conference: Conference) -> list[tuple[str, list[Link]]]:
    return [
        (
            _("Practical"),
            [
                _link(request, conference, "website:venue", _("Venue and travel")),
                _link(request, conference, "website:editions", _("All editions")),
                _link(request, conference, "website:subscribe", _("Stay tuned")),
                _link(request, conference, "website:save_the_date", _("Save the date")),
                *([Link(url=reverse("desk:account"), label=_("My account"))] if request.user.is_authenticated else []),
            ],
        ),
        (
            _("Legal"),
            [
                _link(request, conference, "website:privacy", _("Data protection")),
                Link(url=reverse("website:page", args=[conference.slug, "accessibility"]), label=_("Accessibility")),
                Link(url=reverse("website:page", args=[conference.slug, "cookies"]), label=_("Cookies")),
            ],
        ),
    ]


def _account(request: HttpRequest, conference: Conference | None) -> list[Link]:
    user = request.user
    if not user.is_authenticated:
        entries = [Link(url=reverse("account_login"), label=_("Sign in"))]
        if conference is not None:
            entries.append(Link(url=reverse("registration:register", args=[conference.slug]), label=_("Register")))
        return entries
    if conference is None:
        return [Link(url=reverse("desk:account"), label=_("My account"))]
    entries = []
    if user.is_superuser or roles_of(user, conference):
        entries.append(Link(url=reverse("desk:overview", args=[conference.slug]), label=_("Desk")))
    if _participates(request, conference):
        entries.append(Link(url=reverse("website:mine", args=[conference.slug]), label=_("My conference")))
    return entries or [Link(url=reverse("desk:account"), label=_("My account"))]


def _participates(request: HttpRequest, conference: Conference) -> bool:
    known: dict[int, bool] = request.user.__dict__.setdefault("_participates", {})
    if conference.pk not in known:
        known[conference.pk] = rules.test_rule("participant", request.user, conference)
    return known[conference.pk]


def _bottom(request: HttpRequest, conference: Conference) -> list[Link]:
    if not request.user.is_authenticated or not _participates(request, conference):
        return []
    return [
        _link(request, conference, "agenda:now", _("Now"), "clock"),
        _link(request, conference, "agenda:agenda", _("Agenda"), "calendar"),
        _link(request, conference, "matchmaking:meetings", _("Meetings"), "handshake"),
        _link(request, conference, "matchmaking:people", _("People"), "users"),
        _link(request, conference, "website:mine", _("Ticket"), "ticket"),
    ]


DESK = (
    ("desk.open", "desk:overview", "layout-dashboard"),
    ("registration.see", "registration:desk_list", "users"),
    ("agenda.change", "agenda:desk_draft", "calendar"),
    ("matchmaking.run", "matchmaking:desk", "handshake"),
    ("news.change", "website:desk_news", "newspaper"),
    ("edition.change", "desk:venue", "map-pin"),
    ("desk.open", "desk:team", "user"),
    ("edition.change", "desk:settings", "settings"),
    ("history.see", "desk:history", "history"),
)


def _desk(request: HttpRequest, conference: Conference) -> list[Link]:
    words = {
        "desk:overview": _("Overview"),
        "registration:desk_list": _("Registrations"),
        "agenda:desk_draft": _("Agenda"),
        "matchmaking:desk": _("Matchmaking"),
        "website:desk_news": _("News and pages"),
        "desk:venue": _("Venue and rooms"),
        "desk:team": _("Team"),
        "desk:settings": _("Settings"),
        "desk:history": _("History"),
    }
    return [
        _link(request, conference, name, words[name], icon)
        for capability, name, icon in DESK
        if rules.test_rule(f"team.{capability}", request.user, conference)
    ]


def layout(request: HttpRequest) -> dict[str, Any]:
    """Return the layout of this answer for the templates, built only when a template asks."""
    conference: Conference | None = getattr(request, "conference", None)
    found: dict[str, Any] = {
        "site": _("Hemicycle"),
        "description": _("The open platform for collaborative conferences."),
        "home": "/",
        "main": [],
        "footer": [],
        "account": _account(request, conference),
        "action_last": True,
        "demo": _demo(request),
    }
    if conference is not None:
        place = ", ".join(filter(None, [conference.city, dates(conference)]))
        found |= {
            "site": conference.short_name,
            "byline": place,
            "description": str(conference.lead),
            "home": reverse("website:home", args=[conference.slug]),
            "main": _main(request, conference),
            "footer": _footer(request, conference),
            "bottom": _bottom(request, conference),
            "theme": reverse("website:theme", args=[conference.slug, conference.version]),
            "sample": str(conference.sample_note),
        }
        if "/desk/" in request.path:
            found["desk"] = _desk(request, conference)
    return {"layout": found, "conference": conference}


def _demo(request: HttpRequest) -> dict[str, Any] | None:
    if not settings.HEMICYCLE_DEMO:
        return None
    bar: dict[str, Any] = import_string("hemicycle.demo.bar.context")(request)
    return bar
