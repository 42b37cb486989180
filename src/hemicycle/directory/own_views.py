"""My organisations: what a manager sees and changes, and how one becomes a manager."""

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.directory import joining, queries, workspace
from hemicycle.directory.workspace import Place
from hemicycle.kit import clock
from hemicycle.kit.access import signed_in


def _seen(request: ConferenceRequest) -> None:
    if not rules.test_rule("conferences.see", request.user, request.conference):
        raise PermissionDenied


def _place(request: ConferenceRequest, slug: str) -> Place:
    """Return the manager's side of an organisation; to everybody else it answers the same, there or not."""
    _seen(request)
    organisation = queries.by_slug(slug=slug)
    if organisation is None or not queries.manages(person=request.user, organisation=organisation):
        raise PermissionDenied
    return Place(request, organisation, desk=False)


@signed_in
def mine(request: ConferenceRequest) -> HttpResponse:
    """Show the organisations a person looks after, waits for, or may ask to join."""
    _seen(request)
    context = {
        "organisations": queries.managed_by(person=request.user),
        "asked": queries.asked_by(person=request.user),
        "joinable": queries.joinable(person=request.user),
    }
    return render(request, "directory/mine.html", context)


@signed_in
def join(request: ConferenceRequest) -> HttpResponse:
    """Ask to manage the organisation of one's own mail domain."""
    _seen(request)
    organisation = queries.by_slug(slug=request.POST.get("organisation", ""))
    if organisation is None:
        return redirect("directory:mine", request.conference.slug)
    try:
        joining.ask(organisation=organisation, person=request.user, conference=request.conference, now=clock.now())
    except (joining.AlreadyManager, joining.NotTheirDomain):
        messages.error(request, _("Your confirmed address is not of this organisation's mail domain."))
    else:
        messages.success(request, _("Asked. You get a mail as soon as somebody answers."))
    return redirect("directory:mine", request.conference.slug)


@signed_in
def show(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one's organisation with what is done and missing."""
    return workspace.show(_place(request, slug))


@signed_in
def edit(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change one's organisation."""
    return workspace.edit(_place(request, slug))


@signed_in
def fact(request: ConferenceRequest, slug: str, fact_id: int | None = None) -> HttpResponse:
    """Write a fact."""
    return workspace.fact(_place(request, slug), fact_id)


@signed_in
def fact_remove(request: ConferenceRequest, slug: str, fact_id: int) -> HttpResponse:
    """Remove a fact."""
    return workspace.fact_remove(_place(request, slug), fact_id)


@signed_in
def invite(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Ask somebody to manage it too."""
    return workspace.invite(_place(request, slug))


@signed_in
def withdraw(request: ConferenceRequest, slug: str, asked_id: int) -> HttpResponse:
    """Take an invitation back."""
    return workspace.withdraw(_place(request, slug), asked_id)


@signed_in
def answer(request: ConferenceRequest, slug: str, asked_id: int) -> HttpResponse:
    """Answer somebody who asked to join."""
    return workspace.answer(_place(request, slug), asked_id)


@signed_in
def take(request: ConferenceRequest, slug: str, manager_id: int) -> HttpResponse:
    """Leave, or take somebody out."""
    return workspace.take(_place(request, slug), manager_id)
