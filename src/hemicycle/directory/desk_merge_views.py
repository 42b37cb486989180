"""Tidying up in the desk: records of one organisation become one, and files are read."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences import runs
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory import forms, merging, queries
from hemicycle.directory import runs as lists
from hemicycle.directory.workspace import find
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status


@organiser("organisations.change")
def duplicates(request: ConferenceRequest) -> HttpResponse:
    """Show pairs that may be one organisation."""
    words = {"name": _("the same name"), "host": _("the same website or mail domain")}
    pairs = [(one, other, [words[why] for why in reasons]) for one, other, reasons in queries.duplicates()]
    return render(request, "directory/desk_duplicates.html", {"pairs": pairs, "form": forms.Choose()})


@organiser("organisations.change")
def merge(request: ConferenceRequest) -> HttpResponse:
    """Show what would move from one record to the other; with a yes it does."""
    choice = forms.Choose(request.GET)
    if not choice.is_valid():
        return redirect("directory:desk_duplicates", request.conference.slug)
    kept, gone = find(choice.cleaned_data["kept"]), find(choice.cleaned_data["gone"])
    form = forms.Merge(request.POST or None, initial={"kept_version": kept.version, "gone_version": gone.version})
    if kept.pk == gone.pk:
        messages.error(request, _("These are one record already. Choose two different ones."))
        return redirect("directory:desk_duplicates", request.conference.slug)
    if form.is_valid():
        seen = (form.cleaned_data["kept_version"], form.cleaned_data["gone_version"])
        try:
            merging.merge(kept=kept, gone=gone, seen_versions=seen, actor=request.user, now=clock.now())
        except SomebodyElseWrote:
            messages.error(request, _("One of them was changed in the meantime. Look again, then merge."))
            return redirect(request.get_full_path())
        except merging.CannotMerge:
            messages.error(request, _("Both have something of which only one can be; nothing was moved."))
            return redirect(request.get_full_path())
        messages.success(request, _("Merged. The old name and address lead here."))
        return redirect("directory:desk_show", request.conference.slug, kept.slug)
    context = {"kept": kept, "gone": gone, "moves": merging.moves(gone=gone), "form": form}
    return render(request, "directory/desk_merge.html", context, status=form_status(form))


@organiser("organisations.change")
def upload(request: ConferenceRequest) -> HttpResponse:
    """Take a file, have a worker read it, and show what would be entered; nothing is."""
    conference = request.conference
    form = forms.Upload(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        run = runs.start(
            conference=conference, kind=lists.CHECK, actor=request.user, now=clock.now(), upload=file.read(),
            name=file.name,
        )  # fmt: skip
        return redirect("desk:run", conference.slug, run.pk)
    context: dict[str, Any] = {"form": form}
    if run_id := request.GET.get("run", ""):
        context |= _read(request, run_id)
    return render(request, "directory/desk_import.html", context, status=form_status(form))


def _read(request: ConferenceRequest, run_id: str) -> dict[str, Any]:
    """Return what the page shows of a file that was read."""
    run = runs.find(conference=request.conference, run_id=int(run_id)) if run_id.isdecimal() else None
    if run is None or run.kind != lists.CHECK:
        raise Http404
    seen = runs.seen(run=run)
    number = seen.get("intake")
    return {"run": run, "seen": seen, "take": forms.TakeIn(initial={"intake": number}) if number else None}


@organiser("organisations.change")
def take_in(request: ConferenceRequest) -> HttpResponse:
    """Have a file that was checked entered."""
    conference = request.conference
    form = forms.TakeIn(request.POST or None)
    if not form.is_valid():
        messages.error(request, _("This list was entered already, or is older than a day. Load the file again."))
        return redirect("directory:desk_import", conference.slug)
    try:
        run = runs.start(
            conference=conference, kind=lists.ENTER, actor=request.user, now=clock.now(),
            intake=form.cleaned_data["intake"],
        )  # fmt: skip
    except runs.AlreadyRunning:
        messages.info(request, _("A list is being entered already. Wait until it is done."))
        return redirect("directory:desk_import", conference.slug)
    return redirect("desk:run", conference.slug, run.pk)
