"""Who is a participant."""

from typing import Any

import rules
from hemicycle.registration.models import Registration


@rules.predicate
def participant(person: Any, conference: Any) -> bool:
    """Whoever registered in this edition and did not give the place back."""
    return (
        Registration.objects.filter(conference=conference, person=person).exclude(status__in=["cancelled", "declined"]).exists()
    )


rules.set_rule("participant", participant)
