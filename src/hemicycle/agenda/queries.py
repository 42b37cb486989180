"""Every read about the agenda; pages read releases only."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from hemicycle.agenda.models import Bookmark, Release, Session
from hemicycle.agenda.released import ReleasedAgenda, ReleasedSession, parse
from hemicycle.conferences.models import Conference


def released(*, conference: Conference) -> ReleasedAgenda | None:
    """Return the latest release, or None before the first.

    The parsed release is kept in the cache under its number, which one small query reads, so that a new
    release is seen by every process at once.
    """
    head = Release.objects.filter(conference=conference).values("pk", "number").first()
    if head is None:
        return None
    key = f"agenda:{conference.pk}:{head['pk']}:{conference.timezone}"
    found: ReleasedAgenda | None = cache.get(key)
    if found is None:
        row = Release.objects.get(pk=head["pk"])
        found = parse(row.content, number=row.number, released_at=row.released_at, note=row.note, zone=conference.zone)
        cache.set(key, found, timeout=3600)
    return found


def latest_releases() -> dict[str, int]:
    """Return slug → number of the latest release of every public edition, in one query for all live streams."""
    rows = Release._base_manager.filter(conference__stage="open").order_by()  # noqa: SLF001 - over all editions on purpose
    return dict(rows.values_list("conference__slug").annotate(number=Max("number")))


def releases(*, conference: Conference) -> list[Release]:
    """Return the releases, latest first, without their content."""
    return list(Release.objects.filter(conference=conference).defer("content"))


def draft(*, conference: Conference) -> list[Session]:
    """Return the sessions of the draft with room and speakers."""
    rows = Session.objects.filter(conference=conference).select_related("room")
    return list(rows.prefetch_related("speakers", "terms"))


def bookmarks(*, conference: Conference, person: Any) -> frozenset[str]:
    """Return the slugs of the sessions a person bookmarked."""
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    rows = Bookmark.objects.filter(conference=conference, person=person)
    return frozenset(rows.values_list("session_slug", flat=True))


def own_sessions(*, conference: Conference, person: Any) -> list[ReleasedSession]:
    """Return the released sessions a person bookmarked, by time."""
    agenda = released(conference=conference)
    mine = bookmarks(conference=conference, person=person)
    return [] if agenda is None else [session for session in agenda.sessions if session.slug in mine]


def busy_at(*, conference: Conference) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return person id → spans in which the person speaks, from the draft (what will be true when people meet)."""
    rows = Session.objects.filter(conference=conference, speakers__person__isnull=False)
    spans: dict[int, list[tuple[datetime, datetime]]] = {}
    for person_id, start, end in rows.values_list("speakers__person_id", "starts_at", "ends_at"):
        spans.setdefault(person_id, []).append((start, end))
    return spans
