"""What the agenda does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.agenda import operations
from hemicycle.kit.events import subscribe
from hemicycle.registration.events import EditionForgotten


def on_person_erased(event: PersonErased) -> None:
    """Forget the person's bookmarks."""
    operations.erase_person(person_id=event.person_id)


def on_edition_forgotten(event: EditionForgotten) -> None:
    """Forget everybody's bookmarks of the edition."""
    operations.forget_bookmarks(conference_id=event.conference_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
    subscribe(EditionForgotten, on_edition_forgotten)
