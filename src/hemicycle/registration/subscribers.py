"""What registration does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.conferences.events import EditionChanged
from hemicycle.kit import clock
from hemicycle.kit.events import subscribe
from hemicycle.kit.tasks import later
from hemicycle.registration import retention


def on_person_erased(event: PersonErased) -> None:
    """Forget the person's words."""
    retention.erase_person(person_id=event.person_id, now=clock.now())


def on_edition_changed(event: EditionChanged) -> None:
    """Offer new places at once; with fewer places nothing is taken from anybody."""
    if "capacity" in event.fields:
        later("hemicycle.registration.tasks.offer_freed_places", conference_id=event.conference_id)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
    subscribe(EditionChanged, on_edition_changed)
