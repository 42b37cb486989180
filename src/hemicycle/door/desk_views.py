"""The door in the organisers' desk."""

import rules
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.conferences import runs
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.door import forms, operations, queries, scans
from hemicycle.door.models import CheckList, Device
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.registration import arrivals, tickets
from hemicycle.registration.models import Registration
from hemicycle.registration.runs import ABSENT

PER_PAGE = 50


def _papers(request: ConferenceRequest) -> bool:
    """Say whether the papers' tab leads somewhere for this person."""
    return bool(rules.test_rule("team.door.papers", request.user, request.conference))


@organiser("door.check_in")
def desk(request: ConferenceRequest) -> HttpResponse:
    """Show the lists with their counters, the latest scans and the doubles."""
    conference = request.conference
    lists, wanted = queries.lists(conference=conference), queries.expectations(conference=conference)
    rows = [(row, wanted.get(row.pk, 0)) for row in lists]
    context = {
        "main": [row for row in rows if row[0].kind != "session"],
        "sessions": [row for row in rows if row[0].kind == "session"],
        "latest": queries.latest(conference=conference),
        "doubles": queries.doubles(conference=conference),
        "papers": _papers(request),
        "absent": arrivals.absent(conference=conference, now=clock.now()),
        "may_change": rules.test_rule("team.registration.change", request.user, conference),
    }
    return render(request, "door/desk.html", context)


@organiser("registration.change")
def absent(request: ConferenceRequest) -> HttpResponse:
    """Have it noted who had a place and did not come."""
    conference = request.conference
    if request.method != "POST":
        return redirect("door:desk", conference.slug)
    try:
        run = runs.start(conference=conference, kind=ABSENT, actor=request.user, now=clock.now())
    except runs.AlreadyRunning:
        messages.info(request, _("This is being done already."))
        return redirect("door:desk", conference.slug)
    return redirect("desk:run", conference.slug, run.pk)


@organiser("door.check_in")
def prepare(request: ConferenceRequest) -> HttpResponse:
    """Make the lists that are missing."""
    if request.method == "POST":
        made = operations.prepare_lists(conference=request.conference, actor=request.user, now=clock.now())
        messages.success(request, _("%(number)s lists are new.") % {"number": made})
    return redirect("door:desk", request.conference.slug)


def _list(request: ConferenceRequest, list_id: int) -> CheckList:
    found = queries.check_list(conference=request.conference, list_id=list_id)
    if found is None:
        raise Http404
    return found


@organiser("door.check_in")
def check_list(request: ConferenceRequest, list_id: int) -> HttpResponse:
    """Show who is expected and who is in; check in and take back by hand."""
    found = _list(request, list_id)
    if request.method == "POST":
        return _correct(request, found)
    form = forms.Search(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.found(checklist=found, search=chosen.get("search", ""), inside=chosen.get("inside", ""))
    page = Paginator(rows, PER_PAGE).get_page(chosen.get("page") or 1)
    inside = queries.arrivals(checklist=found, registrations=page.object_list)
    context = {"list": found, "page": page, "chosen": chosen, "rows": [(row, inside.get(row.pk)) for row in page]}
    return render(request, "door/list.html", context)


def _correct(request: ConferenceRequest, checklist: CheckList) -> HttpResponse:
    form = forms.Correction(request.POST)
    whose = Registration.objects.select_related("person").filter(
        conference=request.conference, pk=form.cleaned_data["registration"] if form.is_valid() else 0
    )
    registration = whose.first()
    if registration is None:
        messages.error(request, _("Nobody was chosen."))
    elif form.cleaned_data["do"] == "in":
        answer = scans.by_hand(checklist=checklist, registration=registration, actor=request.user, now=clock.now())
        messages.info(request, f"{registration.person.name}: {answer.result.label}")
    else:
        scans.correct(checklist=checklist, registration=registration, actor=request.user, now=clock.now())
        messages.info(request, _("%(name)s is out again.") % {"name": registration.person.name})
    back = reverse("door:list", args=[request.conference.slug, checklist.pk])
    return redirect(f"{back}?{request.GET.urlencode()}" if request.GET else back)


@organiser("door.devices")
def devices(request: ConferenceRequest) -> HttpResponse:
    """List the devices and make a new one."""
    conference = request.conference
    lists = queries.lists(conference=conference)
    form = forms.NewDevice(request.POST or None, lists=lists)
    if form.is_valid():
        try:
            made = operations.make_device(
                conference=conference, actor=request.user, now=clock.now(), **form.cleaned_data
            )
        except operations.NameTaken:
            form.add_error("name", _("Another device is called so."))
        else:
            return redirect("door:device", conference.slug, made.pk)
    context = {
        "devices": queries.devices(conference=conference),
        "form": form,
        "lists": lists,
        "papers": _papers(request),
    }
    return render(request, "door/devices.html", context, status=form_status(form))


def _device(request: ConferenceRequest, device_id: int) -> Device:
    found = queries.device(conference=request.conference, device_id=device_id)
    if found is None:
        raise Http404
    return found


@organiser("door.devices")
def device(request: ConferenceRequest, device_id: int) -> HttpResponse:
    """Show a device; posting shows a fresh enrolment code, once."""
    found = _device(request, device_id)
    context: dict[str, object] = {"device": found, "lists": found.lists.all()}
    if request.method == "POST":
        code = operations.make_code(device=found, actor=request.user, now=clock.now())
        address = settings.BASE_URL + reverse("door:scan", args=[request.conference.slug])
        spoken = f"{code[:5]}-{code[5:]}"
        context |= {"code": spoken, "qr": tickets.svg(f"{address}#{spoken}"), "address": address}
    return render(request, "door/device.html", context)


@organiser("door.devices")
def switch_off(request: ConferenceRequest, device_id: int) -> HttpResponse:
    """Switch a device off."""
    found = _device(request, device_id)
    if request.method == "POST":
        operations.revoke(device=found, actor=request.user, now=clock.now())
        messages.success(request, _("%(name)s is switched off.") % {"name": found.name})
    return redirect("door:devices", request.conference.slug)
