"""What matchmaking does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.kit import clock
from hemicycle.kit.events import subscribe
from hemicycle.matchmaking import operations
from hemicycle.registration.events import RegistrationCancelled


def on_registration_cancelled(event: RegistrationCancelled) -> None:
    """Free the person's meetings in the transaction that frees the place."""
    operations.free_registration(
        conference_id=event.conference_id,
        registration_id=event.registration_id,
        person_id=event.person_id,
        now=clock.now(),
    )


def on_person_erased(event: PersonErased) -> None:
    """Forget the person's profile."""
    operations.erase_person(person_id=event.person_id)


def wire() -> None:
    """Subscribe."""
    subscribe(RegistrationCancelled, on_registration_cancelled)
    subscribe(PersonErased, on_person_erased)
