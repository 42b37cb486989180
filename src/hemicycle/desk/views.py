"""The organisers' home: it composes, it decides nothing."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hemicycle.agenda import queries as agenda
from hemicycle.audit import queries as audit
from hemicycle.conferences import queries
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.desk import samples
from hemicycle.kit.access import organiser, public, signed_in
from hemicycle.matchmaking import queries as matchmaking
from hemicycle.notifications import queries as notifications
from hemicycle.registration import queries as registration


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show a person their registrations and the desks they work at."""
    context = {
        "registrations": registration.registrations_of(person=request.user),
        "roles": queries.roles_in(person=request.user),
    }
    return render(request, "desk/account.html", context)


@organiser("desk.open")
def overview(request: ConferenceRequest) -> HttpResponse:
    """Show how the edition stands."""
    conference = request.conference
    releases = agenda.releases(conference=conference)
    figures = registration.figures(conference=conference)
    context = {
        "counts": figures.statuses,
        "left": figures.left,
        "countries": figures.countries,
        "kinds": figures.kinds[:8],
        "matchmaking": matchmaking.counts(conference=conference),
        "release": releases[0] if releases else None,
        "bounced": notifications.bounced(conference_id=conference.pk),
        "latest": audit.latest(conference_id=conference.pk, limit=8),
    }
    return render(request, "desk/overview.html", context)


@organiser("history.see")
def history(request: ConferenceRequest) -> HttpResponse:
    """Show who did what in this edition, and work that was given up."""
    context = {
        "entries": audit.latest(conference_id=request.conference.pk, limit=100),
        "dead": audit.dead_letters(),
    }
    return render(request, "desk/history.html", context)


@public
def style(request: HttpRequest) -> HttpResponse:
    """Show every component and state of the kit, light and dark; on a demo and while developing only."""
    if not (settings.HEMICYCLE_DEMO or settings.DEBUG):
        raise Http404
    schemes = [(name, samples.fresh(f"{name}-fresh"), samples.bound(f"{name}-wrong")) for name in ("light", "dark")]
    context = {"schemes": schemes, "page": Paginator(range(90), 30).page(2)}
    response = render(request, "desk/style.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
