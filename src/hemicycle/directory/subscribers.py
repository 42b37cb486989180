"""What organisations do when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.directory import joining
from hemicycle.kit.events import subscribe


def on_person_erased(event: PersonErased) -> None:
    """Forget what the person manages; the organisation stays."""
    joining.erase_person(person_id=event.person_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
