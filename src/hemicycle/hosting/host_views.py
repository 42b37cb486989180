"""The host's desk: who comes, deciding, attendance, writing to everybody, questions, papers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.refusals import saved
from hemicycle.hosting import forms, operations, queries, tables
from hemicycle.hosting.models import Paper
from hemicycle.kit import clock
from hemicycle.kit.access import host
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.forms import tell_stale
from hemicycle.kit.navigation import Link
from hemicycle.registration import seats, setup
from hemicycle.registration.enums import SEAT_ENDED, SeatStatus
from hemicycle.registration.models import SideEvent

PER_PAGE = 50


def _event(request: ConferenceRequest, slug: str) -> SideEvent:
    found = queries.event(conference=request.conference, slug=slug)
    if found is None:
        raise Http404
    return found


def _common(event: SideEvent, here: str) -> dict[str, Any]:
    words = {
        "people": _("People"), "words": _("Page and seats"), "questions": _("Questions"), "invite": _("Invitations"),
        "write": _("Write to all"), "papers": _("Papers"),
    }  # fmt: skip
    tabs = [
        Link(reverse(f"hosting:{name}", args=[event.conference.slug, event.slug]), label, current=name == here)
        for name, label in words.items()
    ]
    return {"event": event, "tabs": tabs, "tabs_label": str(event.title)}


def _back(event: SideEvent, name: str) -> HttpResponse:
    return redirect(f"hosting:{name}", event.conference.slug, event.slug)


@host("side_events.change")
def people(request: ConferenceRequest, slug: str) -> HttpResponse:
    """List who asked for a seat, with answers and attendance."""
    event = _event(request, slug)
    form = forms.Search(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.seats(side_event=event, status=chosen.get("status", ""), search=chosen.get("search", ""))
    figures, asked = queries.figures(side_event=event), queries.columns(side_event=event)
    pages = Paginator(found, PER_PAGE)
    if not chosen.get("search"):  # the figures know it already
        wanted = [chosen["status"]] if chosen.get("status") else [key for key in figures if key not in SEAT_ENDED]
        pages.count = sum(figures.get(key, 0) for key in wanted)
    page = pages.get_page(chosen.get("page") or 1)
    context = _common(event, "people") | {
        "page": page,
        "rows": queries.rows(side_event=event, found=page.object_list, asked=asked),
        "questions": asked,
        "chosen": chosen,
        "statuses": [(status.value, status.label, figures.get(status.value, 0)) for status in SeatStatus],
        "confirmed": figures.get("confirmed", 0),
        "query": request.GET.urlencode(),
    }
    return render(request, "hosting/people.html", context)


@host("side_events.change")
def act(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Do one thing with the chosen rows: approve, decline, note who came."""
    event = _event(request, slug)
    form = forms.Batch(request.POST)
    keys = [int(word) for word in request.POST.getlist("key") if word.isdecimal() and len(word) < 16][:1000]  # noqa: PLR2004
    if request.method != "POST":
        return _back(event, "people")
    if not keys or not form.is_valid():
        messages.error(request, _("Choose at least one person and what is to be done."))
        return _back(event, "people")
    call: dict[str, Any] = {"side_event": event, "keys": keys, "actor": request.user, "now": clock.now()}
    do = form.cleaned_data["do"]
    if do == "approve":
        number = seats.approve(**call)
    elif do == "decline":
        number = seats.decline(**call, reason=form.cleaned_data["reason"])
    else:
        number = operations.note_attendance(**call, came=do == "came")
    said = ngettext("Done for %(number)s person.", "Done for %(number)s people.", number) % {"number": number}
    messages.success(request, said)
    return _back(event, "people")


@host("side_events.change")
def export(request: ConferenceRequest, slug: str, kind: str) -> HttpResponse:
    """Hand out the list as CSV, XLSX or JSON."""
    event = _event(request, slug)
    if kind not in tables.TYPES:
        raise Http404
    asked = queries.questions(side_event=event)
    rows = queries.rows(side_event=event, found=queries.seats(side_event=event), asked=asked)
    content = tables.write(rows, questions=asked, kind=kind, event=event)
    response = HttpResponse(content, content_type=tables.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.{kind}"'
    return response


@host("side_events.change")
def words(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change the words of the page and how seats are given; two people editing get told."""
    event = _event(request, slug)
    initial = {name: getattr(event, name) for name in forms.HostForm.base_fields}
    form = forms.HostForm(request.POST or None, initial=initial, languages=request.conference.languages)

    def write() -> object:
        return setup.change_side_event(
            side_event=event, seen_version=form.cleaned_data["version"], actor=request.user, now=clock.now(),
            **form.values("version"),
        )  # fmt: skip

    if form.is_valid() and saved(form, write, row=event):
        messages.success(request, _("Saved."))
        return _back(event, "words")
    return render(request, "hosting/words.html", _common(event, "words") | {"form": form}, status=form_status(form))


@host("side_events.change")
def questions(request: ConferenceRequest, slug: str) -> HttpResponse:
    """List what is asked of whoever takes a seat."""
    event = _event(request, slug)
    found = queries.questions(side_event=event)
    return render(request, "hosting/questions.html", _common(event, "questions") | {"questions": found})


@host("side_events.change")
def question(request: ConferenceRequest, slug: str, question_id: int = 0) -> HttpResponse:
    """Write or remove a question."""
    event = _event(request, slug)
    others = queries.questions(side_event=event)
    row = next((item for item in others if item.pk == question_id), None)
    if question_id and row is None:
        raise Http404
    if row is not None and request.POST.get("do") == "remove":
        setup.remove_question(question=row, actor=request.user, now=clock.now())
        messages.success(request, _("Removed, with its answers."))
        return _back(event, "questions")
    names = ("label", "help", "key", "kind", "required", "depends_on", "order", "version")
    initial: dict[str, Any] = {}
    if row is not None:
        initial = {name: getattr(row, name) for name in names} | {"values": ", ".join(row.values)}
        initial["options"] = forms.HostQuestion.options_as_text(row.options, request.conference.languages)
    form = forms.HostQuestion(
        request.POST or None, initial=initial, conference=request.conference, questions=others, question=row
    )
    if form.is_valid():
        try:
            setup.write_question(
                conference=request.conference, question=row, seen_version=form.cleaned_data["version"], categories=[],
                actor=request.user, now=clock.now(), **form.data_to_write(), restricted=False, side_event=event,
            )  # fmt: skip
        except setup.SomebodyElseWrote:
            tell_stale(form, version=row.version if row else 0)
        except setup.InUse:
            form.add_error("kind", _("People answered already: the kind of answer stays as it is."))
        else:
            messages.success(request, _("Saved."))
            return _back(event, "questions")
    context = _common(event, "questions") | {"form": form, "row": row}
    return render(request, "hosting/question.html", context, status=form_status(form))


@host("side_events.change")
def invite(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Invite people by name; take an invitation back."""
    event = _event(request, slug)
    if request.method == "POST" and (key := request.POST.get("withdraw", "")).isdecimal():
        seats.withdraw_invitation(side_event=event, key=int(key), actor=request.user, now=clock.now())
        messages.success(request, _("The invitation is withdrawn."))
        return _back(event, "invite")
    form = forms.Invite(request.POST or None)
    if form.is_valid():
        number = seats.invite(side_event=event, emails=form.cleaned_data["emails"], actor=request.user, now=clock.now())
        messages.success(
            request,
            ngettext(
                "%(number)s invitation is on its way.", "%(number)s invitations are on their way.", number
            ) % {"number": number},
        )  # fmt: skip
        return _back(event, "invite")
    context = _common(event, "invite") | {"form": form, "invitations": queries.invitations(side_event=event)}
    return render(request, "hosting/invite.html", context, status=form_status(form))


@host("side_events.change")
def write(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Write to everybody with a seat, in the waiting list, or not decided about."""
    event = _event(request, slug)
    form = forms.Write(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        number = seats.write_to_all(
            side_event=event, statuses=values["to"], subject=values["subject"], words=values["words"],
            actor=request.user, now=clock.now(),
        )  # fmt: skip
        messages.success(
            request,
            ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", number)
            % {"number": number},
        )
        return _back(event, "people")
    return render(request, "hosting/write.html", _common(event, "write") | {"form": form}, status=form_status(form))


@host("side_events.change")
def papers(request: ConferenceRequest, slug: str) -> HttpResponse:
    """List the papers; add one."""
    event = _event(request, slug)
    form = forms.PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        operations.add_paper(side_event=event, actor=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return _back(event, "papers")
    context = _common(event, "papers") | {
        "form": form,
        "papers": queries.papers(side_event=event, shown_only=False),
    }
    return render(request, "hosting/papers.html", context, status=form_status(form))


@host("side_events.change")
def paper_change(request: ConferenceRequest, slug: str, paper_id: int) -> HttpResponse:
    """Show, hide or remove a paper."""
    event = _event(request, slug)
    paper = Paper.objects.filter(side_event=event, pk=paper_id).select_related("side_event").first()
    if paper is None:
        raise Http404
    do = request.POST.get("do", "")
    if do in ("show", "hide"):
        operations.show_paper(paper=paper, shown=do == "show", actor=request.user, now=clock.now())
    elif do == "remove":
        operations.remove_paper(paper=paper, actor=request.user, now=clock.now())
    return _back(event, "papers")
