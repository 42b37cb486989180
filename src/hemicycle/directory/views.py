"""Organisations for everybody: the list, a page each, and the pages of whoever joins one."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.directory import forms, joining, queries, regions
from hemicycle.directory.queries import Filter
from hemicycle.directory.workspace import find
from hemicycle.kit import clock, countries, tokens
from hemicycle.kit.access import public

PER_PAGE = 30


def chosen(request: ConferenceRequest) -> tuple[Filter, int]:
    """Return what was typed and chosen over a list, and the page."""
    form = forms.Search(request.GET)
    found: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return Filter(**{field.name: found.get(field.name, "") for field in fields(Filter)}), found.get("page") or 1


@public
def listing(request: ConferenceRequest) -> HttpResponse:
    """List the organisations that have a page."""
    wanted, number = chosen(request)
    wanted = Filter(search=wanted.search, country=wanted.country, kind=wanted.kind)
    context = {
        "page": Paginator(queries.listed(chosen=wanted, public=True), PER_PAGE).get_page(number),
        "chosen": wanted,
        "countries": countries.choices(),
        "kinds": forms.kind_choices(),
    }
    return render(request, "directory/list.html", context)


@public
def page(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one organisation with the confirmed facts that are true today."""
    organisation = find(slug)
    if not organisation.listed:
        raise Http404
    if organisation.slug != slug:
        return redirect("directory:page", request.conference.slug, organisation.slug)
    today = request.conference.local(clock.now()).date()
    context = {
        "organisation": organisation,
        "facts": queries.facts_on(organisation=organisation, on=today),
        "region": regions.name(organisation.region),
        "manages": queries.manages(person=request.user, organisation=organisation),
    }
    return render(request, "directory/page.html", context)


@public
def invited(request: ConferenceRequest, token: str) -> HttpResponse:
    """Say yes to an invitation: the link shows one button, the button acts."""
    conference = request.conference
    try:
        invitation = joining.invitation_of(token=token, conference=conference)
        if request.method == "POST":
            joining.accept(token=token, conference=conference, language=get_language() or "en", now=clock.now())
            home = reverse("directory:own", args=[conference.slug, invitation.organisation.slug])
            messages.success(request, _("You look after this page now."))
            same = request.user.is_authenticated and request.user.email == invitation.email
            return redirect(home if same else f"{reverse('account_login')}?next={home}")
    except (tokens.BadToken, joining.InvitationGone):
        return render(request, "directory/gone.html", status=410)
    return render(request, "directory/invited.html", {"invitation": invitation})
