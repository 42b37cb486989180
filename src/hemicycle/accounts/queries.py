"""Reads about people that other apps need."""

from allauth.account.models import EmailAddress

from hemicycle.accounts.models import User


def address_confirmed(*, person: User) -> bool:
    """Say whether a person showed that they read mail at their address."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists())
