"""The venue, and the lists that are edited alike: rooms, hosts and partners, figures, EU policy."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.conferences import operations, parts, queries
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.models import Conference
from hemicycle.conferences.refusals import saved
from hemicycle.conferences.rules import free_slug
from hemicycle.desk import forms
from hemicycle.desk.kinds import KINDS, Kind
from hemicycle.desk.settings_views import tabs
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _row(conference: Conference, kind: Kind, part_id: int) -> Any:
    return get_object_or_404(kind.model, conference=conference, pk=part_id)


def _list_address(conference: Conference, kind: Kind) -> str:
    if kind.key == "rooms":
        return reverse("desk:venue", args=[conference.slug])
    return reverse("desk:parts", args=[conference.slug, kind.key])


def _rows(conference: Conference, kind: Kind) -> list[Model]:
    return list(kind.model._default_manager.filter(conference=conference))  # noqa: SLF001


@organiser("edition.change")
def venue(request: ConferenceRequest) -> HttpResponse:
    """Change the house; show its rooms."""
    conference = request.conference
    house = queries.venue(conference=conference)
    names = list(forms.Venue.base_fields)
    initial = {name: getattr(house, name) for name in names} if house else {"version": 0}
    form = forms.Venue(request.POST or None, initial=initial, languages=conference.languages)

    def write() -> object:
        return operations.change_venue(
            conference=conference, seen_version=form.cleaned_data["version"], actor=request.user, now=clock.now(),
            **form.values("version"),
        )  # fmt: skip

    if form.is_valid() and saved(form, write, row=house):
        messages.success(request, _("Saved."))
        return redirect("desk:venue", conference.slug)
    kind = KINDS["rooms"]
    context = {"form": form, "kind": kind, "rows": _rows(conference, kind)}
    return render(request, "desk/venue.html", context, status=form_status(form))


@organiser("edition.change")
def listed(request: ConferenceRequest, kind: str) -> HttpResponse:
    """Show one list."""
    found = _kind(kind)
    if kind == "rooms":
        return redirect("desk:venue", request.conference.slug)
    context = {"kind": found, "rows": _rows(request.conference, found), "tabs": tabs(request.conference, kind)}
    return render(request, "desk/parts.html", context)


def _page(request: ConferenceRequest, kind: Kind, row: Any) -> HttpResponse:
    conference = request.conference
    initial = {name: getattr(row, name) for name in kind.form.base_fields} if row else {"version": 0, **kind.initial}
    form = kind.form(request.POST or None, initial=initial, languages=conference.languages)

    def write() -> object:
        values = form.values("version") | {"actor": request.user, "now": clock.now()}
        if row is not None:
            return parts.change(row=row, seen_version=form.cleaned_data["version"], **values)
        if kind.slug_from:
            taken = {str(other.slug) for other in _rows(conference, kind)}  # type: ignore[attr-defined]
            values["slug"] = free_slug(str(values[kind.slug_from]), taken=taken)
        return parts.add(model=kind.model, conference=conference, **values)

    if form.is_valid() and saved(form, write, row=row):
        messages.success(request, _("Saved."))
        return redirect(_list_address(conference, kind))
    context = {
        "form": form,
        "heading": str(row) if row else kind.new,
        "back": _list_address(conference, kind),
        "remove": reverse("desk:part_remove", args=[conference.slug, kind.key, row.pk]) if row else "",
    }
    return render(request, "kit/desk_form.html", context, status=form_status(form))


@organiser("edition.change")
def add(request: ConferenceRequest, kind: str) -> HttpResponse:
    """Write a new row."""
    return _page(request, _kind(kind), None)


@organiser("edition.change")
def change(request: ConferenceRequest, kind: str, part_id: int) -> HttpResponse:
    """Change a row; two people editing get told."""
    found = _kind(kind)
    return _page(request, found, _row(request.conference, found, part_id))


@organiser("edition.change")
def move(request: ConferenceRequest, kind: str, part_id: int) -> HttpResponse:
    """Move a row one place up or down."""
    found = _kind(kind)
    row = _row(request.conference, found, part_id)
    if request.POST.get("to") in ("up", "down"):
        parts.move(row=row, up=request.POST["to"] == "up", actor=request.user, now=clock.now())
    return redirect(_list_address(request.conference, found))


@organiser("edition.change")
def remove(request: ConferenceRequest, kind: str, part_id: int) -> HttpResponse:
    """Remove a row, after asking once more; a room in use stays, and the page says where it is used."""
    found = _kind(kind)
    row, back = _row(request.conference, found, part_id), _list_address(request.conference, found)
    context: dict[str, Any] = {
        "heading": _("Remove %(name)s?") % {"name": row},
        "sentence": _("It goes for good, in all languages."),
        "action": _("Yes, remove it"),
        "back": back,
    }
    if not request.POST.get("yes"):
        return render(request, "kit/confirm.html", context)
    try:
        parts.remove(row=row, actor=request.user, now=clock.now())
    except parts.InUse as error:
        context |= {"sentence": _("It cannot go yet: it is used here."), "places": error.places, "action": ""}
        return render(request, "kit/confirm.html", context, status=409)
    messages.success(request, _("Removed."))
    return redirect(back)
