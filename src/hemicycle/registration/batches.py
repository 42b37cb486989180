"""What the team does with many registrations at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.registration import letters, operations
from hemicycle.registration.enums import PLACE, Status
from hemicycle.registration.models import Registration, SavedView


@transaction.atomic
def cancel(*, conference: Conference, keys: Iterable[int], actor: Any, now: datetime) -> int:
    """Cancel places, also after the deadline; what is cancelled already is passed over. Return how many."""
    number = 0
    for registration in Registration.objects.filter(conference=conference, pk__in=list(keys)).select_related("person"):
        try:
            operations.cancel(registration=registration, actor=actor, now=now, late=True)
        except operations.CannotCancel:
            continue
        number += 1
    return number


@transaction.atomic
def write_again(*, conference: Conference, keys: Iterable[int], actor: Any, now: datetime) -> int:
    """Send everybody the mail of their state once more: link, offer or ticket. Return how many."""
    number = 0
    for registration in Registration.objects.filter(conference=conference, pk__in=list(keys)).select_related("person"):
        if registration.status in PLACE:
            letters.place_confirmed(registration=registration, conference=conference, now=now)
        elif registration.status == Status.OFFERED:
            letters.place_offered(registration=registration, conference=conference, now=now)
        elif registration.held_until is not None and registration.status != Status.CANCELLED:
            letters.confirm_your_address(registration=registration, conference=conference, now=now)
        else:
            continue
        audit.record(action="written to again", target=registration, actor=actor, at=now)
        number += 1
    return number


def save_view(*, conference: Conference, name: str, query: str) -> SavedView:
    """Keep a filter under a name; the same name is written over."""
    view, _created = SavedView.objects.update_or_create(conference=conference, name=name, defaults={"query": query})
    return view


def drop_view(*, conference: Conference, key: int) -> None:
    """Forget a filter."""
    SavedView.objects.filter(conference=conference, pk=key).delete()
