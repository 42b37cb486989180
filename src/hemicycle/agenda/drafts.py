"""Every write of the organisers about the draft: sessions and speakers, each with the version its writer saw."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.agenda import rules
from hemicycle.agenda.models import Appearance, Session, Speaker
from hemicycle.conferences import parts
from hemicycle.conferences.models import Conference, PolicyAction, Term
from hemicycle.conferences.queries import lock
from hemicycle.conferences.rules import free_slug

Voices = Sequence[tuple[Speaker, str]]


class Impossible(Exception):
    """The session cannot be: `faults` says why."""

    def __init__(self, faults: list[rules.Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def _check(values: dict[str, Any], voices: Voices) -> None:
    speakers = [speaker.pk for speaker, _ in voices]
    faults = rules.faults(starts_at=values["starts_at"], ends_at=values["ends_at"], speakers=speakers)
    if faults:
        raise Impossible(faults)


def _attach(session: Session, terms: Iterable[Term], actions: Iterable[PolicyAction], voices: Voices) -> None:
    session.terms.set(terms)
    session.policy_actions.set(actions)
    session.appearances.all().delete()
    Appearance.objects.bulk_create(
        Appearance(session=session, speaker=speaker, role=role, order=order)
        for order, (speaker, role) in enumerate(voices)
    )


@transaction.atomic
def create_session(
    *, conference: Conference, terms: Iterable[Term], policy_actions: Iterable[PolicyAction], voices: Voices,
    actor: Any, now: datetime, **values: Any,
) -> Session:  # fmt: skip
    """Write a new session into the draft; its address is made of its title and stays.

    Raises:
        Impossible: it ends before it starts, lasts over a day, or names a speaker twice.
    """
    _check(values, voices)
    lock(conference_id=conference.pk)
    taken = set(Session.objects.filter(conference=conference).values_list("slug", flat=True))
    slug = free_slug(str(values["title"]), taken=taken, limit=80)
    session = parts.add(model=Session, conference=conference, actor=actor, now=now, slug=slug, **values)
    _attach(session, terms, policy_actions, voices)
    return session


@transaction.atomic
def change_session(
    *, session: Session, seen_version: int, terms: Iterable[Term], policy_actions: Iterable[PolicyAction],
    voices: Voices, actor: Any, now: datetime, **values: Any,
) -> Session:  # fmt: skip
    """Write a session of the draft; visitors see it with the next release.

    Raises:
        Impossible: as `create_session`.
        SomebodyElseWrote: another member of the team saved it in between.
    """
    _check(values, voices)
    changed = parts.change(row=session, seen_version=seen_version, actor=actor, now=now, **values)
    _attach(changed, terms, policy_actions, voices)
    return changed


def remove_session(*, session: Session, actor: Any, now: datetime) -> None:
    """Take a session out of the draft; what was released stays until the next release."""
    parts.remove(row=session, actor=actor, now=now)


@transaction.atomic
def create_speaker(*, conference: Conference, actor: Any, now: datetime, **values: Any) -> Speaker:
    """Write a new speaker into the draft; the address is made of the name and stays."""
    lock(conference_id=conference.pk)
    taken = set(Speaker.objects.filter(conference=conference).values_list("slug", flat=True))
    slug = free_slug(values["name"], taken=taken, limit=100)
    return parts.add(model=Speaker, conference=conference, actor=actor, now=now, slug=slug, **values)


@transaction.atomic
def remove_speaker(*, speaker: Speaker, actor: Any, now: datetime) -> None:
    """Take a speaker out of the draft.

    Raises:
        InUse: the speaker appears in a session.
    """
    lock(conference_id=speaker.conference_id)
    places = [str(session.title) for session in Session.objects.filter(speakers=speaker)]
    if places:
        raise parts.InUse(places)
    parts.remove(row=speaker, actor=actor, now=now)
