"""The agenda in the organisers' desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.agenda import forms, operations, queries
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import clock
from hemicycle.kit.access import organiser


@organiser("agenda.change")
def draft(request: ConferenceRequest) -> HttpResponse:
    """Show the draft and the releases."""
    context = {
        "draft": queries.draft(conference=request.conference),
        "releases": queries.releases(conference=request.conference),
        "form": forms.Release(),
    }
    return render(request, "agenda/desk_draft.html", context)


@organiser("agenda.publish")
def release(request: ConferenceRequest) -> HttpResponse:
    """Show the draft to the world."""
    form = forms.Release(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.release(
                conference=request.conference, note=form.cleaned_data["note"], actor=request.user, now=clock.now()
            )
        except operations.NothingToRelease:
            messages.info(request, _("The draft says the same as the last release; nothing was published."))
        else:
            messages.success(request, _("Release %(number)s is public.") % {"number": made.number})
    return redirect("agenda:desk_draft", request.conference.slug)
