"""News, pages and reasons to come in the organisers' desk: list, write with preview, show, hide, remove."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.conferences import parts
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.models import Conference
from hemicycle.conferences.refusals import saved
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.i18n import LANGUAGES
from hemicycle.kit.navigation import Link
from hemicycle.website import forms, newsletter, operations, queries
from hemicycle.website.models import Highlight, News, Page


def _tabs(conference: Conference, here: str) -> list[Link]:
    words = {"desk_news": _("News"), "desk_pages": _("Pages"), "desk_highlights": _("Reasons to come")}
    return [
        Link(reverse(f"website:{name}", args=[conference.slug]), label, current=name == here)
        for name, label in words.items()
    ]


@organiser("news.change")
def news(request: ConferenceRequest) -> HttpResponse:
    """List the news with what is shown, what waits for its day, and drafts."""
    rows = queries.written_news(conference=request.conference)
    context = {
        "news": rows, "now": clock.now(), "tabs": _tabs(request.conference, "desk_news"),
        "readers": newsletter.readers(conference=request.conference).count(),
    }  # fmt: skip
    return render(request, "website/desk_news.html", context)


@organiser("news.change")
def pages(request: ConferenceRequest) -> HttpResponse:
    """List the pages."""
    rows = queries.written_pages(conference=request.conference)
    return render(request, "website/desk_pages.html", {"pages": rows, "tabs": _tabs(request.conference, "desk_pages")})


@organiser("news.change")
def highlights(request: ConferenceRequest) -> HttpResponse:
    """List the reasons to come in their order."""
    rows = queries.written_highlights(conference=request.conference)
    context = {"highlights": rows, "tabs": _tabs(request.conference, "desk_highlights")}
    return render(request, "website/desk_highlights.html", context)


def _initial(form: type[forms.Written], row: Any) -> dict[str, Any]:
    if row is None:
        return {"version": 0, "shown": True}
    return {name: getattr(row, name) for name in form.base_fields}


def _preview(form: forms.Written) -> list[tuple[str, str, str]]:
    """Return (code, language, Markdown) of every language that has a text."""
    data = form.cleaned_data["body"].data if form.cleaned_data.get("body") else {}
    return [(code, LANGUAGES.get(code, code), words) for code, words in data.items()]


def _write(
    request: ConferenceRequest, form: forms.Written, row: Any, add: Any, *, heading: str, back: str, remove: str = "",
    **extra: Any,
) -> HttpResponse:  # fmt: skip
    """Preview or save what was written; a new row through `add`."""
    conference, preview = request.conference, "preview" in request.POST

    def write() -> object:
        values = form.values("version") | {"actor": request.user, "now": clock.now()}
        if row is None:
            return add(conference=conference, **values)
        return parts.change(row=row, seen_version=form.cleaned_data["version"], **values)

    if form.is_valid() and not preview and saved(form, write, row=row):
        messages.success(request, _("Saved."))
        return redirect(back, conference.slug)
    context = {
        "form": form, "heading": heading, "back": reverse(back, args=[conference.slug]), "remove": remove,
        "preview": _preview(form) if preview and form.is_bound and form.is_valid() else [],
        "can_preview": "body" in form.fields,
    }  # fmt: skip
    return render(request, "website/desk_write.html", context | extra, status=form_status(form))


def _news_form(request: ConferenceRequest, item: News | None) -> forms.News:
    initial = _initial(forms.News, item)
    return forms.News(request.POST or None, initial=initial, languages=request.conference.languages)


@organiser("news.change")
def news_add(request: ConferenceRequest) -> HttpResponse:
    """Write a piece of news; it is a draft until it is published."""
    form = _news_form(request, None)
    return _write(request, form, None, operations.draft_news, heading=_("New piece of news"), back="website:desk_news")


@organiser("news.change")
def news_change(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change a piece of news; two people editing get told."""
    item = get_object_or_404(News, conference=request.conference, slug=slug)
    remove = reverse("website:desk_news_remove", args=[request.conference.slug, slug])
    return _write(
        request, _news_form(request, item), item, None, heading=str(item.title), back="website:desk_news", remove=remove,
        item=item, now=clock.now(),
    )  # fmt: skip


@organiser("news.change")
def news_publish(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show a piece of news from an instant on, or hide it again."""
    item, now = get_object_or_404(News, conference=request.conference, slug=slug), clock.now()
    initial = {"at": item.published_at or now, "version": item.version}
    form = forms.Publish(request.POST or None, initial=initial | {"tell": item.tell})
    readers = newsletter.readers(conference=request.conference).count()
    if item.told_at is not None or item.told_to:
        del form.fields["tell"]
    else:
        form.fields["tell"].help_text = ngettext(
            "%(number)s address wants news. Each gets it once.",
            "%(number)s addresses want news. Each gets it once.",
            readers,
        ) % {"number": readers}
    if "now" in request.POST or "hide" in request.POST:
        del form.fields["at"]

    def write() -> object:
        seen = form.cleaned_data["version"]
        if "hide" in request.POST:
            return operations.hide_news(news=item, seen_version=seen, actor=request.user, now=now)
        at = now if "now" in request.POST else form.cleaned_data["at"]
        tell = form.cleaned_data.get("tell", item.tell)
        return operations.publish_news(news=item, seen_version=seen, at=at, actor=request.user, now=now, tell=tell)

    if form.is_valid() and saved(form, write, row=item):
        messages.success(request, _("It is a draft again.") if "hide" in request.POST else _("Published."))
        return redirect("website:desk_news", request.conference.slug)
    if "at" not in form.fields:
        form.fields["at"] = forms.Publish.base_fields["at"]
    context = {"form": form, "item": item, "now": now, "readers": readers}
    return render(request, "website/desk_publish.html", context, status=form_status(form))


def _remove(request: ConferenceRequest, row: Model, *, name: str, back: str) -> HttpResponse:
    if request.POST.get("yes"):
        parts.remove(row=row, actor=request.user, now=clock.now())
        messages.success(request, _("Removed."))
        return redirect(back, request.conference.slug)
    context = {
        "heading": _("Remove %(name)s?") % {"name": name},
        "sentence": _("It goes for good, in all languages."),
        "action": _("Yes, remove it"),
        "back": reverse(back, args=[request.conference.slug]),
    }
    return render(request, "kit/confirm.html", context)


@organiser("news.change")
def news_remove(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Remove a piece of news, after asking once more."""
    item = get_object_or_404(News, conference=request.conference, slug=slug)
    return _remove(request, item, name=str(item.title), back="website:desk_news")


def _page_form(request: ConferenceRequest, page: Page | None) -> forms.Page:
    initial = _initial(forms.Page, page)
    return forms.Page(request.POST or None, initial=initial, languages=request.conference.languages)


@organiser("news.change")
def page_add(request: ConferenceRequest) -> HttpResponse:
    """Write a page of text."""
    form = _page_form(request, None)
    return _write(request, form, None, operations.add_page, heading=_("New page"), back="website:desk_pages")


@organiser("news.change")
def page_change(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change a page; two people editing get told."""
    page = get_object_or_404(Page, conference=request.conference, slug=slug)
    remove = reverse("website:desk_page_remove", args=[request.conference.slug, slug])
    form = _page_form(request, page)
    return _write(request, form, page, None, heading=str(page.title), back="website:desk_pages", remove=remove)


@organiser("news.change")
def page_remove(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Remove a page, after asking once more."""
    page = get_object_or_404(Page, conference=request.conference, slug=slug)
    return _remove(request, page, name=str(page.title), back="website:desk_pages")


def _highlight_form(request: ConferenceRequest, row: Highlight | None) -> forms.Highlight:
    initial = _initial(forms.Highlight, row)
    return forms.Highlight(request.POST or None, initial=initial, languages=request.conference.languages)


def _add_highlight(**values: Any) -> Highlight:
    return parts.add(model=Highlight, **values)


@organiser("news.change")
def highlight_add(request: ConferenceRequest) -> HttpResponse:
    """Write one reason to come."""
    form = _highlight_form(request, None)
    return _write(request, form, None, _add_highlight, heading=_("New reason to come"), back="website:desk_highlights")


@organiser("news.change")
def highlight_change(request: ConferenceRequest, highlight_id: int) -> HttpResponse:
    """Change a reason to come; two people editing get told."""
    row = get_object_or_404(Highlight, conference=request.conference, pk=highlight_id)
    remove = reverse("website:desk_highlight_remove", args=[request.conference.slug, highlight_id])
    form = _highlight_form(request, row)
    return _write(request, form, row, None, heading=str(row.title), back="website:desk_highlights", remove=remove)


@organiser("news.change")
def highlight_move(request: ConferenceRequest, highlight_id: int) -> HttpResponse:
    """Move a reason one place up or down."""
    row = get_object_or_404(Highlight, conference=request.conference, pk=highlight_id)
    if request.POST.get("to") in ("up", "down"):
        parts.move(row=row, up=request.POST["to"] == "up", actor=request.user, now=clock.now())
    return redirect("website:desk_highlights", request.conference.slug)


@organiser("news.change")
def highlight_remove(request: ConferenceRequest, highlight_id: int) -> HttpResponse:
    """Remove a reason to come, after asking once more."""
    row = get_object_or_404(Highlight, conference=request.conference, pk=highlight_id)
    return _remove(request, row, name=str(row.title), back="website:desk_highlights")
