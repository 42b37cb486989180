"""The organisers' home: it composes, it decides nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.agenda import queries as agenda
from hemicycle.audit import queries as audit
from hemicycle.conferences import operations, queries
from hemicycle.conferences.enums import Role
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.permissions import CAPABILITIES
from hemicycle.desk import forms
from hemicycle.kit import clock
from hemicycle.kit.access import organiser, signed_in
from hemicycle.kit.forms import status as form_status
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


@organiser("edition.change")
def settings(request: ConferenceRequest) -> HttpResponse:
    """Change the edition's settings; two people editing get told."""
    conference = request.conference
    names = [name for name in forms.Settings.base_fields if name != "version"]
    initial = {name: getattr(conference, name) for name in [*names, "version"]}
    form = forms.Settings(request.POST or None, initial=initial)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in names}
        try:
            operations.change_edition(
                conference=conference,
                seen_version=form.cleaned_data["version"],
                actor=request.user,
                now=clock.now(),
                **values,
            )
        except operations.SomebodyElseWrote:
            form.add_error(
                None, _("Somebody else saved in the meantime. Your answers are still here; compare, then save again.")
            )
            form.data = {**form.data.dict(), "version": queries.by_id(conference_id=conference.pk).version}  # type: ignore[attr-defined]
        except operations.BadColours as error:
            form.add_error("brand", error.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:settings", conference.slug)
    return render(request, "desk/settings.html", {"form": form}, status=form_status(form))


@organiser("history.see")
def history(request: ConferenceRequest) -> HttpResponse:
    """Show who did what in this edition, and work that was given up."""
    context = {
        "entries": audit.latest(conference_id=request.conference.pk, limit=100),
        "dead": audit.dead_letters(),
    }
    return render(request, "desk/history.html", context)


@organiser("desk.open")
def team(request: ConferenceRequest) -> HttpResponse:
    """Show the team and the table of roles and capabilities."""
    table = [(name, [role in roles for role in Role]) for name, roles in CAPABILITIES.items()]
    context = {"team": queries.team(conference=request.conference), "roles": list(Role), "table": table}
    return render(request, "desk/team.html", context)
