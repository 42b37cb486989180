"""Tidying up in the desk: records of one organisation become one, and files are read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory import forms, intake, merging, queries
from hemicycle.directory.models import Intake
from hemicycle.directory.workspace import find
from hemicycle.files.tables import LARGEST, BadTable
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
    """Read a file and show what would be entered; nothing is."""
    form = forms.Upload(request.POST if request.method == "POST" else None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise BadTable(_("the file is larger than 10 MB"))  # noqa: TRY301 - one sentence for all that is wrong
            found, rows = intake.check(
                conference=request.conference, content=file.read(), name=file.name, now=clock.now()
            )
        except BadTable as broken:
            form.add_error("file", _("The file cannot be read: %(why)s.") % {"why": broken})
        else:
            context |= {"rows": rows, "faulty": [row for row in rows if row.faults][:50]}
            context |= {"new": sum(row.new for row in rows), "old": sum(not row.new for row in rows)}
            if found is not None:
                context["take"] = forms.TakeIn(initial={"intake": found.pk})
    return render(request, "directory/desk_import.html", context, status=form_status(form))


@organiser("organisations.change")
def take_in(request: ConferenceRequest) -> HttpResponse:
    """Enter a file that was checked."""
    form = forms.TakeIn(request.POST or None)
    number = form.cleaned_data["intake"] if form.is_valid() else 0
    found = Intake.objects.filter(conference=request.conference, pk=number).first()
    if found is None:
        messages.error(request, _("This list was entered already, or is older than a day. Load the file again."))
        return redirect("directory:desk_import", request.conference.slug)
    done = intake.take_in(intake=found, actor=request.user, now=clock.now())
    messages.success(request, _("Entered: %(created)s new, %(changed)s changed.") % vars(done))
    return redirect("directory:desk_list", request.conference.slug)
