"""Registration in the organisers' desk."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from hemicycle.audit import queries as audit
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit.access import organiser
from hemicycle.registration import forms, queries
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Registration

PER_PAGE = 50


@organiser("registration.see")
def listing(request: ConferenceRequest) -> HttpResponse:
    """List the registrations by what is typed and chosen, with counts by status."""
    form = forms.Filter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.listed(
        conference=request.conference,
        search=chosen.get("search", ""),
        status=chosen.get("status", ""),
        kind=chosen.get("kind", ""),
        country=chosen.get("country", ""),
    )
    counts = queries.counts(conference=request.conference)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(chosen.get("page") or 1),
        "chosen": chosen,
        "statuses": [(status.value, status.label, counts.get(status.value, 0)) for status in Status],
        "total": sum(counts.values()),
    }
    return render(request, "registration/desk_list.html", context)


@organiser("registration.see")
def detail(request: ConferenceRequest, registration_id: int) -> HttpResponse:
    """Show one registration with its consents and history."""
    rows = Registration.objects.select_related("person", "organisation", "stakeholder")
    registration = rows.filter(conference=request.conference, pk=registration_id).first()
    if registration is None:
        raise Http404
    context = {
        "registration": registration,
        "consents": registration.consents.all(),
        "seats": queries.seats_of(registration=registration),
        "history": audit.history(target=registration),
    }
    return render(request, "registration/desk_detail.html", context)
