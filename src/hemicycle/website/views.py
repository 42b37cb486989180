"""The public site: each view reads, renders, decides nothing."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from hemicycle.agenda import queries as agenda
from hemicycle.conferences import queries as conferences
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.rules import is_open
from hemicycle.hosting import queries as hosting
from hemicycle.kit import clock, tokens
from hemicycle.kit import forms as kit_forms
from hemicycle.kit.access import public, public_cache
from hemicycle.kit.ratelimit import limit
from hemicycle.registration import queries as registration
from hemicycle.website import forms, operations, queries, structured


@public
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the current edition, or say that none is public yet."""
    current = conferences.current()
    if current is None:
        return render(request, "website/empty.html")
    return redirect("website:home", current.slug)


@public
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the reader's language in a cookie and go back."""
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = redirect(target)
    if check_for_language(code) and code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@public
@public_cache(60)
def home(request: ConferenceRequest) -> HttpResponse:
    """Show what, when, where, by whom, why come, and what is new."""
    conference, now = request.conference, clock.now()
    released = agenda.released(conference=conference)
    context = {
        "figures": conferences.home_figures(conference=conference),
        "bodies": conferences.bodies(conference=conference),
        "highlights": queries.highlights(conference=conference),
        "news": queries.news(conference=conference, now=now, limit=3),
        "side_events": registration.side_events(conference=conference),
        "actions": conferences.policy_actions(conference=conference),
        "speakers": list(released.speakers[:6]) if released else [],
        "speaker_count": len(released.speakers) if released else 0,
        "registration_open": is_open(
            now=now, opens_at=conference.registration_opens_at, closes_at=conference.registration_closes_at
        ),
        "form": forms.Subscribe(),
        "structured": structured.event(conference=conference, base_url=settings.BASE_URL),
    }
    return render(request, "website/home.html", context)


@public
@public_cache(60)
def side_events(request: ConferenceRequest) -> HttpResponse:
    """Show the side events with who may come; a participant sees the own seat or why not."""
    mine = registration.registration_of(conference=request.conference, person=request.user)
    rows = registration.side_events(conference=request.conference, registration=mine)
    hosted = hosting.hosted(conference=request.conference, person=request.user)
    return render(request, "website/side_events.html", {"rows": rows, "mine": mine, "hosted": hosted})


@public
@public_cache(300)
def venue(request: ConferenceRequest) -> HttpResponse:
    """Show the house, its halls, and how to get there."""
    context = {
        "venue": conferences.venue(conference=request.conference),
        "rooms": conferences.rooms(conference=request.conference),
        "pages": [page for page in queries.pages(conference=request.conference) if not page.legal],
    }
    return render(request, "website/venue.html", context)


@public
@public_cache(60)
def news(request: ConferenceRequest) -> HttpResponse:
    """List the news."""
    return render(request, "website/news.html", {"news": queries.news(conference=request.conference, now=clock.now())})


@public
@public_cache(60)
def news_item(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one piece of news; one of tomorrow is not there yet."""
    item = queries.news_item(conference=request.conference, slug=slug, now=clock.now())
    if item is None:
        raise Http404
    return render(request, "website/news_item.html", {"item": item})


@public
@public_cache(300)
def news_feed(request: ConferenceRequest) -> HttpResponse:
    """Give the news as Atom (RFC 4287)."""
    items = queries.news(conference=request.conference, now=clock.now())
    context = {
        "items": items,
        "base_url": settings.BASE_URL,
        "updated": items[0].published_at if items else timezone.now(),
    }
    return render(request, "website/feed.xml", context, content_type="application/atom+xml; charset=utf-8")


@public
@public_cache(300)
def page(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show a page of text."""
    found = queries.page(conference=request.conference, slug=slug)
    if found is None:
        raise Http404
    return render(request, "website/page.html", {"page": found})


@public
@public_cache(300)
def privacy(request: ConferenceRequest) -> HttpResponse:
    """Show the data protection notice by the edition's legal settings."""
    return render(
        request, "website/privacy.html", {"page": queries.page(conference=request.conference, slug="privacy")}
    )


@public
@public_cache(300)
def editions(request: ConferenceRequest) -> HttpResponse:
    """Show all editions of the series, each figure with definition and source."""
    return render(request, "website/editions.html", {"editions": conferences.editions(conference=request.conference)})


@public
@limit("subscribe", per_hour=10)
def subscribe(request: ConferenceRequest) -> HttpResponse:
    """Ask for news; the answer says nothing about whether the address is known."""
    form = forms.Subscribe(request.POST or None)
    if form.is_valid():
        operations.subscribe(
            conference=request.conference,
            email=form.cleaned_data["email"],
            language=get_language() or "en",
            now=clock.now(),
        )
        return render(request, "website/subscribe_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "website/subscribe.html", {"form": form}, status=kit_forms.status(form))


def _by_link(request: ConferenceRequest, operation: Any, token: str, done: dict[str, str]) -> HttpResponse:
    try:
        operation(conference=request.conference, token=token, now=clock.now())
    except tokens.BadToken:
        sentence = _("This link is not complete or too old. Ask for news again, and a fresh one comes.")
        return render(
            request, "website/answer.html", {"heading": _("This link does not work"), "sentence": sentence}, status=410
        )
    except operations.LinkUsed:
        done = {"heading": _("Already done"), "sentence": _("This link did its work before; nothing was changed.")}
    return render(request, "website/answer.html", done)


@public
def subscribe_confirm(request: ConferenceRequest, token: str) -> HttpResponse:
    """Confirm an address: the link shows one button, the button acts."""
    if request.method != "POST":
        return render(request, "website/press.html", {"heading": _("Hear from us"), "action": _("Yes, send me news")})
    done = {"heading": _("You hear from us"), "sentence": _("Your address is confirmed.")}
    return _by_link(request, operations.confirm_subscription, token, done)


@csrf_exempt  # the signed link is the permission, and a mail program has no cookie
@public
def unsubscribe(request: ConferenceRequest, token: str) -> HttpResponse:
    """Stop news: the link shows one button, the button acts; mail programs press it without a form (RFC 8058)."""
    if request.method != "POST":
        return render(request, "website/press.html", {"heading": _("Stop the news"), "action": _("Stop writing to me")})
    done = {"heading": _("We do not write to you any more"), "sentence": _("You can come back at any time.")}
    return _by_link(request, operations.unsubscribe, token, done)


@public
@public_cache(3600)
def theme(request: ConferenceRequest, version: int) -> HttpResponse:  # noqa: ARG001 - the version busts caches
    """Serve the edition's colours as a stylesheet, derived and checked on the server."""
    return HttpResponse(structured.stylesheet(conference=request.conference), content_type="text/css; charset=utf-8")


@public
@public_cache(3600)
def hero(request: ConferenceRequest, version: int) -> HttpResponse:  # noqa: ARG001
    """Serve the network motif generated for this edition."""
    return HttpResponse(structured.hero(conference=request.conference), content_type="image/svg+xml")


@public
@public_cache(3600)
def card(request: ConferenceRequest) -> HttpResponse:
    """Serve the picture shown when the site is shared."""
    return HttpResponse(structured.card(conference=request.conference), content_type="image/png")


@public
@public_cache(3600)
def save_the_date(request: ConferenceRequest) -> HttpResponse:
    """Give the edition as one calendar event."""
    content = structured.save_the_date(conference=request.conference, base_url=settings.BASE_URL)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.conference.slug}.ics"'
    return response


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages of all public editions (sitemaps.org 0.9)."""
    current = conferences.current()
    addresses = structured.addresses(conference=current, base_url=settings.BASE_URL) if current else []
    return render(request, "website/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


@public
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Let crawlers read the public pages."""
    lines = ["User-agent: *", "Disallow: /accounts/", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def _error(request: HttpRequest, *, status: int, heading: str, sentence: str) -> HttpResponse:
    return render(request, "kit/error.html", {"heading": heading, "sentence": sentence}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that nothing is here (404)."""
    sentence = _("Nothing is here, or it is not published yet. Check the address, or start from the home page.")
    return _error(request, status=404, heading=_("Not found"), sentence=sentence)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that this is for others (403)."""
    sentence = _("Your role does not open this page. Ask an owner of the edition if you need it.")
    return _error(request, status=403, heading=_("This page is not yours"), sentence=sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that we failed (500), without the database and without words of the fault."""
    return render(request, "website/broken.html", {"language": get_language()}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that the form is too old, and how to go on."""
    sentence = _("The form was open for a long time or in another tab. Go back, load it again, and send it once more.")
    return _error(request, status=403, heading=_("Please send it again"), sentence=sentence)
