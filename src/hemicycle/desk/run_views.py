"""Long work in the desk: how far it is, what came out, and the button that stops it."""

import rules
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.audit import operations as audit
from hemicycle.conferences import runs
from hemicycle.conferences.enums import RunState
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.models import Run
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.uploads import hand_out


def _find(request: ConferenceRequest, run_id: int) -> Run:
    """Return a run of this edition that this person may see; whoever lost the capability lost the file."""
    run = runs.find(conference=request.conference, run_id=run_id)
    kind = runs.KINDS.get(run.kind) if run else None
    if run is None or kind is None or not rules.test_rule(f"team.{kind.capability}", request.user, request.conference):
        raise Http404
    return run


@organiser("desk.open")
def show(request: ConferenceRequest, run_id: int) -> HttpResponse:
    """Show how far a run is, or what came out; a preview stands on the page it was asked for on."""
    run = _find(request, run_id)
    kind = runs.KINDS[run.kind]
    back = reverse(kind.back, args=[request.conference.slug])
    if kind.preview and not run.working:
        return redirect(f"{back}?run={run.pk}")
    return render(request, "desk/run.html", {"run": run, "kind": kind, "back": back})


@organiser("desk.open")
def progress(request: ConferenceRequest, run_id: int) -> HttpResponse:
    """Give the progress of a run as a fragment."""
    return render(request, "desk/run_progress.html", {"run": _find(request, run_id)})


@organiser("desk.open")
def stop(request: ConferenceRequest, run_id: int) -> HttpResponse:
    """Stop a run."""
    run = _find(request, run_id)
    if request.method == "POST":
        runs.stop(run=run)
    return redirect("desk:run", request.conference.slug, run.pk)


@organiser("desk.open")
def file(request: ConferenceRequest, run_id: int) -> HttpResponse:
    """Hand out the file of a run; the history says who took it."""
    run = _find(request, run_id)
    content = runs.sealed(run=run) if run.state == RunState.READY and run.name else b""
    if not content:
        messages.info(request, _("This file is not there: it is being made, or was deleted after a day."))
        return redirect("desk:run", request.conference.slug, run_id)
    audit.record(action="file taken", target=run, actor=request.user, at=clock.now(), kind=run.kind)
    return hand_out(content, name=run.name, media=run.media)
