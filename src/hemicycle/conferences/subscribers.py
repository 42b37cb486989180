"""What editions do when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.conferences import operations
from hemicycle.kit.events import subscribe


def on_person_erased(event: PersonErased) -> None:
    """Take the person out of every team."""
    operations.erase_person(person_id=event.person_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
