"""Every write about people."""

import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from hemicycle.accounts import queries, rules
from hemicycle.accounts.events import PersonErased
from hemicycle.accounts.models import ApiKey, User
from hemicycle.audit import operations as audit
from hemicycle.kit.events import publish
from hemicycle.notifications import operations as notifications

SHOWN = 8


class NameTaken(Exception):
    """The person has a key of this name that works."""


class TooManyKeys(Exception):
    """The person has as many keys as anybody needs; one that is not used any more can go."""


class TooLong(Exception):
    """A key works for at least a day and at most a year."""


def person_for(*, email: str, first_name: str, last_name: str, language: str) -> User:
    """Return the person of an address, made if new; a known person's own name is never overwritten by a form."""
    person, _ = User.objects.get_or_create(
        email=email.lower(),
        defaults={"first_name": first_name, "last_name": last_name, "language": language, "password": "!"},
    )
    return person


@transaction.atomic
def change(*, person: User, first_name: str, last_name: str, language: str, now: datetime) -> None:
    """Write a person's name and language."""
    person.first_name, person.last_name, person.language = first_name, last_name, language
    person.save(update_fields=["first_name", "last_name", "language"])
    audit.record(action="changed", target=person, actor=person, at=now)


@transaction.atomic
def erase(*, person: User, actor: User, now: datetime) -> None:
    """Take everything personal out of a person's records; figures stay, the person does not (GDPR art. 17).

    Places in editions to come are given back, with their seats and meetings.

    Raises:
        MayNotErase: somebody above says why not yet, for example the last owner of an edition.
    """
    publish(PersonErased(person_id=person.pk))
    person.emailaddress_set.all().delete()  # type: ignore[attr-defined]
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    ApiKey.objects.filter(person=person).delete()
    notifications.forget_person(person_id=person.pk)
    person.email, person.first_name, person.last_name = f"erased-{person.pk}@invalid", "", ""
    person.is_active, person.erased_at = False, now
    person.set_unusable_password()
    person.save()
    audit.forget_label(target=person)
    audit.record(action="erased", target=person, actor=actor, at=now)


@transaction.atomic
def make_key(
    *, person: User, name: str, read_only: bool, days: int, second_factor: bool, now: datetime
) -> tuple[ApiKey, str]:
    """Make a key for programs; return it with its secret, which is kept nowhere.

    Raises:
        NameTaken, TooManyKeys, TooLong: see there.
    """
    if not 0 < days <= rules.LONGEST:
        raise TooLong
    User.objects.select_for_update().get(pk=person.pk)
    alive = ApiKey.objects.filter(person=person, revoked_at__isnull=True, expires_at__gt=now)
    if alive.filter(name=name).exists():
        raise NameTaken
    if alive.count() >= rules.MOST:
        raise TooManyKeys
    secret = f"hc_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        person=person, name=name, prefix=secret[:SHOWN], digest=queries.digest(secret), read_only=read_only,
        second_factor=second_factor, created_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    audit.record(action="key made", target=key, actor=person, at=now, days=days, read_only=read_only)
    return key, secret


@transaction.atomic
def revoke_key(*, key: ApiKey, actor: User, now: datetime) -> None:
    """End a key at once; ended twice is ended once."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now):
        audit.record(action="key revoked", target=key, actor=actor, at=now)


def note_use(*, key: ApiKey, now: datetime) -> None:
    """Note that a key is in use, at most once an hour."""
    if rules.worth_noting(last_used_at=key.last_used_at, now=now):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)


def verify_address(*, person: User) -> None:
    """Note that a person reads mail at their address; from then on they can sign in by code."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - needs the app registry

    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
