"""Every read about the agenda; pages read releases only."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef

from hemicycle.agenda.models import Appearance, Bookmark, Release, Session, Speaker
from hemicycle.agenda.released import ReleasedAgenda, ReleasedSession, parse
from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Conference, PolicyAction, Term


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
    return list(rows.prefetch_related("speakers"))


def interest(*, conference: Conference) -> dict[str, int]:
    """Return session slug → how many people bookmarked it."""
    rows = Bookmark.objects.filter(conference=conference).order_by().values_list("session_slug")
    return dict(rows.annotate(number=Count("pk")))


def speakers(*, conference: Conference) -> list[Speaker]:
    """Return the speakers of the draft with the number of their sessions, in order."""
    return list(Speaker.objects.filter(conference=conference).annotate(number=Count("appearances")))


def stages(*, speaker: Speaker) -> list[Session]:
    """Return the draft sessions of a speaker in order of time."""
    return list(Session.objects.filter(conference_id=speaker.conference_id, speakers=speaker))


def tags(*, session: Session | None) -> list[Term]:
    """Return the terms of both axes, transitions first; `chosen` says whether the session has one."""
    rows = Term.objects.filter(kind__in=(TermKind.TRANSITION, TermKind.DRIVER))
    found = rows.annotate(chosen=_chosen(Session.terms.through, "term_id", session))
    return list(found.order_by("-kind", "order"))


def actions(*, conference: Conference, session: Session | None) -> list[PolicyAction]:
    """Return the policy actions of the edition; `chosen` says whether the session has one."""
    rows = PolicyAction.objects.filter(conference=conference)
    return list(rows.annotate(chosen=_chosen(Session.policy_actions.through, "policyaction_id", session)))


def _chosen(through: Any, column: str, session: Session | None) -> Exists:
    pk = session.pk if session else 0
    return Exists(through.objects.filter(session_id=pk, **{column: OuterRef("pk")}))


def voices(*, session: Session) -> list[Appearance]:
    """Return who appears in a session, in order."""
    return list(Appearance.objects.filter(session=session))


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
