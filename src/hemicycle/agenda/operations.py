"""Every write about the agenda."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.agenda import rules
from hemicycle.agenda.events import AgendaReleased
from hemicycle.agenda.models import Appearance, Bookmark, Release, Session, Speaker
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference, PolicyAction, Term
from hemicycle.conferences.queries import lock
from hemicycle.kit.events import publish
from hemicycle.kit.i18n import LazyI18nString, text


class NothingToRelease(Exception):
    """The draft says the same as the last release."""


def add_speaker(*, conference: Conference, **values: Any) -> Speaker:
    """Write a speaker into the draft."""
    return Speaker.objects.create(conference=conference, **values)


@transaction.atomic
def add_session(
    *,
    conference: Conference,
    terms: Iterable[Term] = (),
    policy_actions: Iterable[PolicyAction] = (),
    voices: Iterable[tuple[Speaker, str]] = (),
    **values: Any,
) -> Session:
    """Write a session into the draft, with its tags on both axes and its speakers in order."""
    session = Session(conference=conference, **values)
    session.full_clean()
    session.save()
    session.terms.set(terms)
    session.policy_actions.set(policy_actions)
    for order, (speaker, role) in enumerate(voices):
        Appearance.objects.create(session=session, speaker=speaker, role=role, order=order)
    return session


def _text(value: LazyI18nString | str) -> Any:
    return text(value).data


def _row(session: Session, revisions: dict[str, int]) -> dict[str, Any]:
    return {
        "slug": session.slug,
        "title": _text(session.title),
        "abstract": _text(session.abstract),
        "format": session.format,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "room": session.room.slug if session.room else "",
        "room_name": _text(session.room.name) if session.room else "",
        "tags": [
            {"kind": term.kind, "key": term.key, "label": _text(term.label), "colour": term.colour}
            for term in session.terms.all()
        ],
        "voices": [
            {"slug": seen.speaker.slug, "name": seen.speaker.name, "role": seen.role}
            for seen in session.appearances.all()
        ],
        "actions": [{"slug": action.slug, "title": _text(action.title)} for action in session.policy_actions.all()],
        "sample": session.sample,
        "revision": revisions.get(session.slug, 0),
    }


def _snapshot(conference: Conference, revisions: dict[str, int]) -> dict[str, Any]:
    sessions = Session.objects.filter(conference=conference).select_related("room")
    rows = sessions.prefetch_related("terms", "policy_actions", "appearances__speaker")
    speakers = Speaker.objects.filter(conference=conference, appearances__isnull=False).distinct()
    return {
        "sessions": [_row(session, revisions) for session in rows],
        "speakers": [
            {
                "slug": speaker.slug,
                "name": speaker.name,
                "role": _text(speaker.role),
                "organisation": speaker.organisation,
                "country": speaker.country,
                "bio": _text(speaker.bio),
                "sample": speaker.sample,
            }
            for speaker in speakers
        ],
    }


@transaction.atomic
def release(*, conference: Conference, note: Any, actor: Any, now: datetime) -> Release:
    """Show the draft to the world as the next release, with what changed since the last one.

    A changed session's revision grows by one, so calendars take the update (RFC 5545, SEQUENCE).

    Raises:
        NothingToRelease: nothing changed.
    """
    conference = lock(conference_id=conference.pk)
    last = Release.objects.filter(conference=conference).first()
    before = last.content["sessions"] if last else []
    revisions = {row["slug"]: row["revision"] for row in before}
    content = _snapshot(conference, revisions)
    if last is not None and last.content == content:
        raise NothingToRelease
    changes = rules.changes(before, content["sessions"])
    changed = {change["slug"] for change in changes if change["what"] == "changed"}
    for row in content["sessions"]:
        row["revision"] += row["slug"] in changed
    made = Release.objects.create(
        conference=conference,
        number=(last.number if last else 0) + 1,
        note=note,
        released_at=now,
        content=content,
        changes=changes,
    )
    audit.record(action="released", target=made, actor=actor, at=now, number=made.number, changes=len(changes))
    publish(AgendaReleased(conference_id=conference.pk, number=made.number, changed=tuple(sorted(changed))))
    return made


def set_bookmark(*, conference: Conference, person: Any, slug: str, wanted: bool) -> None:
    """Add a session to a person's agenda, or take it out; asking twice changes nothing."""
    if wanted:
        Bookmark.objects.get_or_create(conference=conference, person=person, session_slug=slug)
    else:
        Bookmark.objects.filter(conference=conference, person=person, session_slug=slug).delete()


def merge_bookmarks(*, conference: Conference, person: Any, slugs: Iterable[str]) -> None:
    """Take over what somebody bookmarked before signing in."""
    Bookmark.objects.bulk_create(
        [Bookmark(conference=conference, person=person, session_slug=slug) for slug in set(slugs)],
        ignore_conflicts=True,
    )


def erase_person(*, person_id: int) -> None:
    """Forget a person's bookmarks over all editions; what was released about a speaker stays in the archive."""
    Bookmark._base_manager.filter(person_id=person_id).delete()  # noqa: SLF001
    Speaker._base_manager.filter(person_id=person_id).update(person=None)  # noqa: SLF001


def forget_bookmarks(*, conference_id: int) -> None:
    """Forget everybody's bookmarks of an edition."""
    Bookmark.objects.filter(conference_id=conference_id).delete()
