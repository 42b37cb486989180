"""Organisations in the organisers' desk: the list, one of them, and its file."""

from dataclasses import asdict, fields
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.conferences import runs
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.permissions import may
from hemicycle.directory import forms, operations, queries, workspace
from hemicycle.directory import runs as lists
from hemicycle.directory.formats import tables
from hemicycle.directory.models import Fact
from hemicycle.directory.queries import Filter
from hemicycle.directory.views import chosen
from hemicycle.directory.workspace import Place, find
from hemicycle.kit import clock, countries
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.forms import tell

PER_PAGE = 50


def _place(request: ConferenceRequest, slug: str) -> Place:
    return Place(request, find(slug), desk=True)


@organiser("organisations.see")
def listing(request: ConferenceRequest) -> HttpResponse:
    """List the organisations by what is typed and chosen."""
    wanted, number = chosen(request)
    rows = queries.listed(chosen=wanted, public=False)
    context = {
        "page": Paginator(queries.numbers(rows), PER_PAGE).get_page(number),
        "chosen": wanted,
        "query": urlencode({field.name: value for field in fields(Filter) if (value := getattr(wanted, field.name))}),
        "countries": countries.choices(),
        "kinds": forms.kind_choices(),
        "states": [
            ("waiting", _("waits for the team")), ("unmanaged", _("nobody looks after it")), ("listed", _("has a public page")),
            ("unlisted", _("without a public page")),
        ],
        "may_change": may(request.user, "organisations.change", request.conference),
    }  # fmt: skip
    return render(request, "directory/desk_list.html", context)


@organiser("organisations.see")
def export(request: ConferenceRequest, kind: str) -> HttpResponse:
    """Have the filtered list with its facts made as a file."""
    if kind not in tables.TYPES:
        raise Http404
    conference = request.conference
    if request.method != "POST":
        return redirect("directory:desk_list", conference.slug)
    wanted, _number = chosen(request)
    run = runs.start(
        conference=conference, kind=lists.EXPORT, actor=request.user, now=clock.now(), chosen=asdict(wanted), form=kind
    )
    return redirect("desk:run", conference.slug, run.pk)


@organiser("organisations.change")
def add(request: ConferenceRequest) -> HttpResponse:
    """Write a new organisation."""
    form = forms.Organisation(request.POST or None, initial=forms.organisation_initial(None), team=True)
    if form.is_valid():
        try:
            row = operations.create(actor=request.user, now=clock.now(), **form.values())
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:desk_show", request.conference.slug, row.slug)
    context = {
        "base": "kit/desk.html", "form": form, "heading": _("New organisation"),
        "back": reverse("directory:desk_list", args=[request.conference.slug]),
    }  # fmt: skip
    return render(request, "directory/form.html", context, status=form_status(form))


@organiser("organisations.change")
def show(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one organisation with its checks, facts, people and history."""
    return workspace.show(_place(request, slug))


@organiser("organisations.change")
def edit(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change an organisation."""
    return workspace.edit(_place(request, slug))


@organiser("organisations.change")
def fact(request: ConferenceRequest, slug: str, fact_id: int | None = None) -> HttpResponse:
    """Write a fact, which confirms it."""
    return workspace.fact(_place(request, slug), fact_id)


@organiser("organisations.change")
def fact_confirm(request: ConferenceRequest, slug: str, fact_id: int) -> HttpResponse:
    """Let a fact that a manager wrote count."""
    place = _place(request, slug)
    row = get_object_or_404(Fact, organisation=place.organisation, pk=fact_id)
    if request.POST.get("yes"):
        operations.confirm_fact(fact=row, actor=request.user, now=clock.now())
        messages.success(request, _("Confirmed."))
    return redirect(place.home)


@organiser("organisations.change")
def fact_remove(request: ConferenceRequest, slug: str, fact_id: int) -> HttpResponse:
    """Remove a fact."""
    return workspace.fact_remove(_place(request, slug), fact_id)


@organiser("organisations.change")
def waive(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Set a check aside with a reason, or let it count again."""
    place, form = _place(request, slug), forms.Waive(request.POST or None)
    if form.is_valid():
        operations.waive(organisation=place.organisation, actor=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
    elif form.is_bound:
        messages.error(request, _("Choose a check and give a reason on one line."))
    return redirect(place.home)


@organiser("organisations.change")
def invite(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Ask somebody to manage an organisation."""
    return workspace.invite(_place(request, slug))


@organiser("organisations.change")
def withdraw(request: ConferenceRequest, slug: str, asked_id: int) -> HttpResponse:
    """Take an invitation back."""
    return workspace.withdraw(_place(request, slug), asked_id)


@organiser("organisations.change")
def answer(request: ConferenceRequest, slug: str, asked_id: int) -> HttpResponse:
    """Answer somebody who asked to join."""
    return workspace.answer(_place(request, slug), asked_id)


@organiser("organisations.change")
def take(request: ConferenceRequest, slug: str, manager_id: int) -> HttpResponse:
    """Take a manager out."""
    return workspace.take(_place(request, slug), manager_id)
