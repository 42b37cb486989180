"""What follows from events below."""

from hemicycle.accounts.events import PersonErased
from hemicycle.hosting import operations
from hemicycle.kit.events import subscribe


def on_person_erased(event: PersonErased) -> None:
    """Take the person out of every host team."""
    operations.forget(person_id=event.person_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
