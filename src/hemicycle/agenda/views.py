"""The agenda's pages: released values only."""

import json
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from hemicycle.agenda import board, calendar, forms, operations, queries
from hemicycle.agenda.enums import Format
from hemicycle.agenda.released import ReleasedAgenda
from hemicycle.agenda.rules import now_and_next
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import calendars, clock
from hemicycle.kit.access import public, public_cache
from hemicycle.kit.ratelimit import limit
from hemicycle.registration import queries as registration

COOKIE = "bookmarks"
MOST = 60


def _saved(request: ConferenceRequest) -> frozenset[str]:
    """Return the bookmarks of this browser: signed, this edition's only."""
    raw = request.get_signed_cookie(f"{COOKIE}-{request.conference.slug}", default="", salt=COOKIE)
    try:
        return frozenset(str(slug) for slug in json.loads(raw or "[]")[:MOST])
    except ValueError:
        return frozenset()


def _mine(request: ConferenceRequest) -> frozenset[str]:
    """Return the reader's bookmarks; those made before signing in are taken over once."""
    saved = _saved(request)
    if not request.user.is_authenticated:
        return saved
    if saved:
        operations.merge_bookmarks(conference=request.conference, person=request.user, slugs=saved)
    return queries.bookmarks(conference=request.conference, person=request.user)


def _released(request: ConferenceRequest) -> ReleasedAgenda | None:
    return queries.released(conference=request.conference)


def _choices(agenda: ReleasedAgenda) -> dict[str, Any]:
    tags = {(tag.kind, tag.key): tag for session in agenda.sessions for tag in session.tags}
    formats = {session.format for session in agenda.sessions}
    return {
        "transitions": [tag for (kind, _), tag in tags.items() if kind == "transition"],
        "drivers": [tag for (kind, _), tag in tags.items() if kind == "driver"],
        "formats": [choice for choice in Format.choices if choice[0] in formats and choice[0] != Format.BREAK],
        "rooms": list({s.room: s.room_name for s in agenda.sessions if s.room}.items()),
    }


@public
def agenda(request: ConferenceRequest) -> HttpResponse:
    """Show the released agenda as grid or list, by day and filters."""
    released = _released(request)
    if released is None:
        return render(request, "agenda/soon.html")
    form = forms.Filters(request.GET)
    form.is_valid()
    chosen = {key: value for key, value in form.cleaned_data.items() if value}
    days = sorted({session.day for session in released.sessions})
    today = request.conference.local(clock.now()).date()
    day = chosen.get("day") if chosen.get("day") in days else today if today in days else days[0]
    mine = _mine(request)
    context = {
        "agenda": released,
        "days": days,
        "day": day,
        "chosen": chosen,
        "mine": mine,
        "grid": _board_html(request, released, day, chosen, mine),
        "has_filters": bool(chosen.keys() - {"day", "view"}),
        "running": day == today,
        **_choices(released),
    }
    return render(request, "agenda/agenda.html", context)


def _board_html(
    request: ConferenceRequest, released: ReleasedAgenda, day: Any, chosen: dict[str, Any], mine: frozenset[str]
) -> str:
    """Return the board of a day; one without bookmarks is the same for everybody and kept in the cache."""
    key = f"board:{request.conference.pk}:{released.number}:{get_language()}:{day}:{sorted(chosen.items())!r}".replace(
        " ", ""
    )
    if not mine and (kept := cache.get(key)):
        return str(kept)
    laid = board.board(released, day=day, chosen=chosen, mine=mine)
    html = render_to_string(
        "agenda/board.html", {"board": laid, "mine": mine, "chosen": chosen, "conference": request.conference}
    )
    if not mine:
        cache.set(key, html, timeout=600)
    return html


@public
@limit("bookmark", per_hour=600)
def bookmark(request: ConferenceRequest) -> HttpResponse:
    """Add a session to the reader's agenda or take it out; without an account it is kept in this browser."""
    released = _released(request)
    slug = request.POST.get("session", "")
    session = released.session(slug) if released else None
    if request.method != "POST" or session is None or session.is_break:
        raise Http404
    mine = _mine(request)
    wanted = slug not in mine
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = ""
    response: HttpResponse
    if request.headers.get("Accept", "").startswith("application/json"):
        response = JsonResponse({"bookmarked": wanted, "count": len(mine) + (1 if wanted else -1)})
    else:
        response = redirect(back or "agenda:agenda", *([] if back else [request.conference.slug]))
    if request.user.is_authenticated:
        operations.set_bookmark(conference=request.conference, person=request.user, slug=slug, wanted=wanted)
        response.delete_cookie(f"{COOKIE}-{request.conference.slug}")
    else:
        kept = sorted(mine | {slug} if wanted else mine - {slug})[:MOST]
        response.set_signed_cookie(
            f"{COOKIE}-{request.conference.slug}", json.dumps(kept), salt=COOKIE, max_age=15_552_000,
            httponly=True, samesite="Lax", secure=request.is_secure(),
        )  # fmt: skip
    return response


@public
def session(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one session."""
    released = _released(request)
    found = released.session(slug) if released else None
    if released is None or found is None or found.is_break:
        raise Http404
    voices = [(voice, released.speaker(voice.slug)) for voice in found.voices]
    parallel = [
        s
        for s in released.sessions
        if s.slug != slug and not s.is_break and s.starts_at < found.ends_at and found.starts_at < s.ends_at
    ]
    context = {
        "session": found,
        "voices": voices,
        "parallel": parallel,
        "bookmarked": slug in _mine(request),
        "workshops": registration.side_events(conference=request.conference, session=slug),
    }
    return render(request, "agenda/session.html", context)


@public
@public_cache(300)
def speakers(request: ConferenceRequest) -> HttpResponse:
    """List the speakers of the release."""
    released = _released(request)
    return render(request, "agenda/speakers.html", {"speakers": released.speakers if released else ()})


@public
@public_cache(300)
def speaker(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Show one speaker with the sessions."""
    released = _released(request)
    found = released.speaker(slug) if released else None
    if released is None or found is None:
        raise Http404
    return render(request, "agenda/speaker.html", {"speaker": found, "sessions": released.of_speaker(slug)})


@public
def now_next(request: ConferenceRequest) -> HttpResponse:
    """Show what runs now and what comes next."""
    released = _released(request)
    sessions = released.sessions if released else ()
    now = clock.now()
    running, coming = now_and_next([(s.starts_at, s.ends_at) for s in sessions], now=now)
    context = {"now": now, "running": [sessions[i] for i in running], "coming": [sessions[i] for i in coming]}
    return render(request, "agenda/now.html", context)


def _file(request: ConferenceRequest, chosen: Any, released: ReleasedAgenda, name: str) -> HttpResponse:
    entries = calendar.entries(chosen, conference=request.conference, released_at=released.released_at)
    content = calendars.render(name=str(request.conference.name), entries=entries)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@public
@public_cache(300)
def calendar_file(request: ConferenceRequest) -> HttpResponse:
    """Give the whole released agenda as a calendar to subscribe to."""
    released = _released(request)
    if released is None:
        raise Http404
    return _file(request, released.sessions, released, request.conference.slug)


@public
@public_cache(300)
def session_file(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Give one session as a calendar file."""
    released = _released(request)
    found = released.session(slug) if released else None
    if released is None or found is None:
        raise Http404
    return _file(request, [found], released, slug)
