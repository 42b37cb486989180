"""What the agenda does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.agenda import operations
from hemicycle.kit.events import subscribe


def on_person_erased(event: PersonErased) -> None:
    """Forget the person's bookmarks."""
    operations.erase_person(person_id=event.person_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
