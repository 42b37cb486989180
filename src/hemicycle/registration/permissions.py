"""Who is a participant."""

from typing import Any

import rules

from hemicycle.registration.enums import Status
from hemicycle.registration.queries import registration_of


@rules.predicate
def participant(person: Any, conference: Any) -> bool:
    """Whoever registered in this edition and did not give the place back."""
    found = registration_of(conference=conference, person=person)
    return found is not None and found.status not in (Status.CANCELLED, Status.DECLINED)


rules.set_rule("participant", participant)
