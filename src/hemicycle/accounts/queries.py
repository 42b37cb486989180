"""Reads about people that other apps need."""

import secrets
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress

from hemicycle.accounts.models import ApiKey, User


def address_confirmed(*, person: User) -> bool:
    """Say whether a person showed that they read mail at their address."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists())


def digest(secret: str) -> bytes:
    """Return what is stored of a key's secret (SHA-256)."""
    return sha256(secret.encode()).digest()


def key_of(*, secret: str) -> ApiKey | None:
    """Return the key of a secret with its person, whether it still works or not; one look-up by index."""
    wanted = digest(secret)
    found = ApiKey.objects.select_related("person").filter(digest=wanted, person__is_active=True).first()
    return found if found is not None and secrets.compare_digest(bytes(found.digest), wanted) else None


def keys(*, person: Any) -> list[ApiKey]:
    """Return a person's keys, latest first, also those that ended."""
    return list(ApiKey.objects.filter(person=person))


def key(*, person: Any, key_id: int) -> ApiKey | None:
    """Return one of a person's own keys, or None."""
    return ApiKey.objects.filter(person=person, pk=key_id).first()
