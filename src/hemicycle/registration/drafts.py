"""A form on its way: while it is filled in, its place is held; saved, it waits for whoever comes back."""

import secrets as random
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from hemicycle.conferences.models import Conference, Term
from hemicycle.conferences.queries import lock
from hemicycle.kit import secrets
from hemicycle.registration import letters, operations, places
from hemicycle.registration.enums import ON_SITE_MODES
from hemicycle.registration.models import Category, Draft, Registration

HOLD = timedelta(minutes=30)
KEPT = timedelta(days=14)
PURPOSE = "registration.draft"


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()


@transaction.atomic
def begin(
    *, conference: Conference, email: str, category: Category | None, mode: str, details: dict[str, Any], now: datetime
) -> str:
    """Keep the first step of a form and hold a place for it if there is one; return the key of its address.

    Only the key's digest is stored. Whether the address is registered already plays no part: the answer is the same.
    """
    conference = lock(conference_id=conference.pk)
    pending = category is not None and category.needs_approval
    needs_place = mode in ON_SITE_MODES and not pending
    room = needs_place and places.has_room(conference=conference, category=category, size=1, now=now)
    key = random.token_urlsafe(24)
    Draft.objects.create(
        conference=conference, key_hash=_hash(key), email=email, category=category, on_site=room, details=details,
        held_until=now + HOLD if room else now, kept_until=now + KEPT,
    )  # fmt: skip
    return key


def plain(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return a clean first step as values that can be stored."""
    kept = {name: value for name, value in cleaned.items() if name not in ("stakeholder", "category", "notice")}
    return {**kept, "stakeholder": cleaned["stakeholder"].pk}


@transaction.atomic
def send(*, conference: Conference, draft: Draft, language: str, now: datetime) -> Registration:
    """Send a form: its held place becomes a registration, and the form is gone.

    Raises:
        operations.RegistrationClosed: the window closed meanwhile.
        invitations.BadInvitation: the code was used up meanwhile.
    """
    cleaned = {
        **draft.details,
        "email": draft.email,
        "category": draft.category,
        "stakeholder": Term.objects.get(pk=draft.details["stakeholder"]),
    }
    details = operations.submitted_details(cleaned, language=language, answers=answers(draft))
    registration = operations.register(conference=conference, details=details, now=now, draft=draft)
    draft.delete()
    return registration


def find(*, conference: Conference, key: str, now: datetime) -> Draft | None:
    """Return the form behind an address, or None."""
    rows = Draft.objects.select_related("category")
    return rows.filter(conference=conference, key_hash=_hash(key), kept_until__gt=now).first()


def answers(draft: Draft) -> dict[str, Any]:
    """Return what was answered so far; answers are kept encrypted as long as the form is on its way."""
    if draft.answers is None:
        return {}
    found: dict[str, Any] = secrets.unseal(draft.answers, purpose=PURPOSE)
    return found


def keep(*, draft: Draft, details: dict[str, Any] | None = None, given: dict[str, Any] | None = None) -> None:
    """Keep what was typed."""
    if details is not None:
        draft.details = {**draft.details, **details}
    if given is not None:
        draft.answers = secrets.seal(given, purpose=PURPOSE)
    draft.save(update_fields=["details", "answers"])


def send_link(*, draft: Draft, key: str, conference: Conference, language: str, now: datetime) -> None:
    """Mail the address at which the form goes on."""
    letters.draft_saved(draft=draft, key=key, conference=conference, language=language, now=now)


def forget(*, conference: Conference, now: datetime) -> int:
    """Delete forms that nobody came back to; return how many."""
    return Draft.objects.filter(conference=conference, kept_until__lte=now).delete()[0]
