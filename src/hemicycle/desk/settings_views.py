"""The edition's settings, one page each; two people editing get told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.conferences import operations
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.models import Conference
from hemicycle.conferences.refusals import saved
from hemicycle.desk import forms, rules
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.i18n import LANGUAGES
from hemicycle.kit.navigation import Link


def tabs(conference: Conference, here: str) -> list[Link]:
    """Return the pages of the settings; `here` is an address name or a kind of list."""
    pages = {
        "settings": _("Edition"), "languages": _("Languages"), "windows": _("Windows"), "look": _("Look"),
        "legal": _("Legal"),
    }  # fmt: skip
    lists = {"bodies": _("Hosts and partners"), "figures": _("Figures"), "policy": _("EU policy")}
    return [
        *(
            Link(reverse(f"desk:{name}", args=[conference.slug]), label, current=name == here)
            for name, label in pages.items()
        ),
        *(
            Link(reverse("desk:parts", args=[conference.slug, kind]), label, current=kind == here)
            for kind, label in lists.items()
        ),
    ]


def _page(request: ConferenceRequest, kind: type[forms.Section], here: str, *, intro: str = "") -> HttpResponse:
    conference = request.conference
    initial = {name: getattr(conference, name) for name in kind.base_fields}
    form = kind(request.POST or None, initial=initial, languages=conference.languages)

    def write() -> object:
        return operations.change_edition(
            conference=conference, seen_version=form.cleaned_data["version"], actor=request.user, now=clock.now(),
            **form.values("version"),
        )  # fmt: skip

    if form.is_valid() and saved(form, write, row=conference):
        messages.success(request, _("Saved."))
        return redirect(f"desk:{here}", conference.slug)
    context = _context(conference, here) | {"form": form, "intro": intro}
    return render(request, "kit/desk_form.html", context, status=form_status(form))


def _context(conference: Conference, here: str) -> dict[str, Any]:
    return {"heading": _("Settings"), "tabs": tabs(conference, here), "tabs_label": _("Settings")}


@organiser("edition.change")
def edition(request: ConferenceRequest) -> HttpResponse:
    """Change the name, the days and the place."""
    return _page(request, forms.Edition, "settings")


@organiser("edition.change")
def windows(request: ConferenceRequest) -> HttpResponse:
    """Change from when to when things are open, in the edition's time zone."""
    intro = _("All times are local times in %(zone)s.") % {"zone": request.conference.timezone}
    return _page(request, forms.Windows, "windows", intro=intro)


@organiser("edition.change")
def look(request: ConferenceRequest) -> HttpResponse:
    """Change the colours."""
    return _page(request, forms.Look, "look", intro=_("Colours are checked for contrast before they are stored."))


@organiser("edition.change")
def legal(request: ConferenceRequest) -> HttpResponse:
    """Change under which law the edition works, and who answers for the data."""
    return _page(request, forms.Legal, "legal")


@organiser("edition.change")
def languages(request: ConferenceRequest) -> HttpResponse:
    """Choose and order the languages; each press is saved at once."""
    conference = request.conference
    form = forms.Languages(request.POST or None)
    if form.is_valid():
        verb, _space, code = form.cleaned_data["do"].partition(" ")
        chosen = rules.languages(conference.languages, verb=verb, code=code or form.cleaned_data["language"])

        def write() -> object:
            seen = form.cleaned_data["version"]
            return operations.change_edition(
                conference=conference, seen_version=seen, actor=request.user, now=clock.now(), languages=chosen
            )

        if chosen == conference.languages or saved(form, write, row=conference):
            return redirect("desk:languages", conference.slug)
    context = _context(conference, "languages") | {
        "form": form,
        "chosen": [(code, LANGUAGES.get(code, code)) for code in conference.languages],
        "others": [(code, name) for code, name in LANGUAGES.items() if code not in conference.languages],
    }
    return render(request, "desk/languages.html", context, status=form_status(form))
