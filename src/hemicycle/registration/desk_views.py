"""Registration in the organisers' desk: the list, what is done with it, and one person."""

from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urlencode

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.audit import operations as trail
from hemicycle.audit import queries as audit
from hemicycle.conferences import runs
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import clock, countries
from hemicycle.kit.access import organiser
from hemicycle.kit.uploads import hand_out
from hemicycle.registration import approval, batches, desk_forms, forms, queries, questionnaire
from hemicycle.registration import runs as lists
from hemicycle.registration.enums import Mode, Status
from hemicycle.registration.formats import tables
from hemicycle.registration.models import Registration
from hemicycle.registration.queries import Filter

PER_PAGE = 50


def _chosen(request: ConferenceRequest) -> tuple[Filter, int]:
    form = forms.Filter(request.GET)
    found: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return Filter(**{field.name: found.get(field.name, "") for field in fields(Filter)}), found.get("page") or 1


def _query(chosen: Filter) -> str:
    return urlencode({field.name: value for field in fields(Filter) if (value := getattr(chosen, field.name))})


@organiser("registration.see")
def listing(request: ConferenceRequest) -> HttpResponse:
    """List the registrations by what is typed and chosen, with counts by status."""
    conference = request.conference
    chosen, number = _chosen(request)
    figures = queries.figures(conference=conference)
    context = {
        "page": Paginator(queries.listed(conference=conference, chosen=chosen), PER_PAGE).get_page(number),
        "chosen": chosen,
        "query": _query(chosen),
        "statuses": [(status.value, status.label, figures.statuses.get(status.value, 0)) for status in Status],
        "countries": sorted((countries.name(code), code) for code, _number in figures.countries),
        "categories": queries.categories(conference=conference, code="all"),
        "modes": Mode.choices,
        "views": queries.saved_views(conference=conference),
        "guard": rules.test_rule("team.registration.guard", request.user, conference),
        "view_form": desk_forms.View(initial={"query": _query(chosen)}),
        "total": sum(figures.statuses.values()),
    }
    return render(request, "registration/desk_list.html", context)


@organiser("registration.change")
def act(request: ConferenceRequest) -> HttpResponse:
    """Do one thing with the chosen rows: approve, decline, cancel, write again."""
    back = redirect("registration:desk_list", request.conference.slug)
    query = request.POST.get("query", "")
    back["Location"] += f"?{query}" if query else ""
    if request.method != "POST":
        return back
    form = desk_forms.Batch(request.POST)
    keys = [int(word) for word in request.POST.getlist("key") if word.isdecimal()][: PER_PAGE * 20]
    if not keys or not form.is_valid():
        messages.error(request, _("Choose at least one person and what is to be done."))
        return back
    call: dict[str, Any] = {"conference": request.conference, "keys": keys, "actor": request.user, "now": clock.now()}
    do, reason = form.cleaned_data["do"], form.cleaned_data["reason"]
    if do == "approve":
        number = approval.approve(**call)
    elif do == "decline":
        number = approval.decline(**call, reason=reason)
    elif do == "cancel":
        number = batches.cancel(**call)
    else:
        number = batches.write_again(**call)
    done = ngettext("Done for %(number)s person.", "Done for %(number)s people.", number) % {"number": number}
    passed = len(set(keys)) - number
    rest = ngettext(
        "%(number)s was in another state and is unchanged.",
        "%(number)s were in other states and are unchanged.",
        passed,
    )
    messages.success(request, f"{done} {rest % {'number': passed} if passed else ''}".strip())
    return back


@organiser("registration.see")
def export(request: ConferenceRequest, kind: str) -> HttpResponse:
    """Have the filtered list made as a file; restricted answers are not part of it."""
    return _file(request, kind, what=lists.EXPORT)


@organiser("registration.guard")
def guard(request: ConferenceRequest, kind: str) -> HttpResponse:
    """Have the list for the guard made, restricted answers included; the history says who took it."""
    return _file(request, kind, what=lists.GUARD)


def _file(request: ConferenceRequest, kind: str, *, what: str) -> HttpResponse:
    if kind not in tables.TYPES:
        raise Http404
    conference = request.conference
    if request.method != "POST":
        return redirect("registration:desk_list", conference.slug)
    chosen, _number = _chosen(request)
    run = runs.start(
        conference=conference, kind=what, actor=request.user, now=clock.now(), chosen=asdict(chosen),
        form=kind,
    )  # fmt: skip
    return redirect("desk:run", conference.slug, run.pk)


@organiser("registration.change")
def view_save(request: ConferenceRequest) -> HttpResponse:
    """Keep a filter under a name, or forget one."""
    form = desk_forms.View(request.POST)
    query = ""
    if request.method == "POST" and (key := request.POST.get("drop", "")).isdecimal():
        batches.drop_view(conference=request.conference, key=int(key))
    elif request.method == "POST" and form.is_valid():
        query = form.cleaned_data["query"]
        batches.save_view(conference=request.conference, name=form.cleaned_data["name"], query=query)
        messages.success(request, _("Kept."))
    elif request.method == "POST":
        messages.error(request, _("Give the view a name of at most 60 letters."))
    back = redirect("registration:desk_list", request.conference.slug)
    back["Location"] += f"?{query}" if query else ""
    return back


def _curve(points: list[tuple[int, int]]) -> str:
    """Return the points of a line from the first to the last day in a picture of 600 by 140."""
    if not points:
        return ""
    first, days, most = points[0][0], max(1, points[-1][0] - points[0][0]), points[-1][1]
    return " ".join(f"{600 * (day - first) / days:.1f},{136 - 132 * total / most:.1f}" for day, total in points)


@organiser("registration.see")
def statistics(request: ConferenceRequest) -> HttpResponse:
    """Show who comes: by type, country, day, and how many of those who began arrived."""
    conference = request.conference
    figures = queries.figures(conference=conference)
    days, funnel = queries.by_day(conference=conference), queries.funnel(conference=conference)
    context = {
        "figures": figures,
        "days": days,
        "curve": _curve([(day.toordinal(), total) for day, _number, total in days]),
        "funnel": funnel,
        "steps": [
            (_("Registered"), funnel["registered"]),
            (_("Address confirmed"), funnel["proven"]),
            (_("With a place"), funnel["placed"]),
            (_("Came"), funnel["came"]),
        ],
        "capacity": conference.capacity,
    }
    return render(request, "registration/desk_statistics.html", context)


@organiser("registration.see")
def detail(request: ConferenceRequest, registration_id: int) -> HttpResponse:
    """Show one registration with its answers, consents and history."""
    rows = Registration.objects.select_related("person", "organisation", "stakeholder", "category", "group")
    registration = rows.filter(conference=request.conference, pk=registration_id).first()
    if registration is None:
        raise Http404
    given = questionnaire.given(registration=registration)
    answers = questionnaire.values(given, restricted=False)
    context = {
        "registration": registration,
        "answers": queries.said(conference=request.conference, answers=answers, category=registration.category),
        "files": questionnaire.files(given),
        "guard": rules.test_rule("team.registration.guard", request.user, request.conference),
        "consents": registration.consents.all(),
        "seats": queries.seats_of(registration=registration),
        "history": audit.history(target=registration),
    }
    return render(request, "registration/desk_detail.html", context)


@organiser("registration.see")
def answer_file(request: ConferenceRequest, registration_id: int, question_id: int) -> HttpResponse:
    """Hand out the file somebody answered with; a restricted one to the guard's roles only, and the history says so."""
    registration = queries.listed(conference=request.conference).filter(pk=registration_id).first()
    if registration is None:
        raise Http404
    found = questionnaire.file_answer(registration=registration, question_id=question_id)
    if found is None:
        raise Http404
    if found.question.restricted:
        if not rules.test_rule("team.registration.guard", request.user, request.conference):
            raise PermissionDenied
        trail.record(
            action="restricted file taken", target=registration, actor=request.user, at=clock.now(),
            question=found.question.key,
        )  # fmt: skip
    return hand_out(found.content, name=found.name, media=found.media)
