"""Every write about people."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from hemicycle.accounts.events import PersonErased
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.kit.events import publish
from hemicycle.notifications import operations as notifications


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
    notifications.forget_person(person_id=person.pk)
    person.email, person.first_name, person.last_name = f"erased-{person.pk}@invalid", "", ""
    person.is_active, person.erased_at = False, now
    person.set_unusable_password()
    person.save()
    audit.forget_label(target=person)
    audit.record(action="erased", target=person, actor=actor, at=now)


def verify_address(*, person: User) -> None:
    """Note that a person reads mail at their address; from then on they can sign in by code."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - needs the app registry

    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
