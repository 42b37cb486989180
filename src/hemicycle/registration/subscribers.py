"""What registration does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.kit import clock
from hemicycle.kit.events import subscribe
from hemicycle.registration import retention


def on_person_erased(event: PersonErased) -> None:
    """Forget the person's words."""
    retention.erase_person(person_id=event.person_id, now=clock.now())


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
