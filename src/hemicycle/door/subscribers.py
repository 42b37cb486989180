"""What the door does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.conferences.queries import by_id
from hemicycle.door import operations, queries
from hemicycle.kit import clock
from hemicycle.kit.events import subscribe
from hemicycle.registration.events import PlaceConfirmed


def on_place_confirmed(event: PlaceConfirmed) -> None:
    """Make sure that the ticket can be signed."""
    if not queries.has_key(conference_id=event.conference_id):
        operations.ensure_key(conference=by_id(conference_id=event.conference_id), now=clock.now())


def on_person_erased(event: PersonErased) -> None:
    """Withdraw the person's certificates."""
    operations.erase_person(person_id=event.person_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PlaceConfirmed, on_place_confirmed)
    subscribe(PersonErased, on_person_erased)
