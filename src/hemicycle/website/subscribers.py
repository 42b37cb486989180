"""What the site does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.accounts.models import User
from hemicycle.kit.events import subscribe
from hemicycle.website import operations


def on_person_erased(event: PersonErased) -> None:
    """Forget the subscription of the person's address."""
    operations.erase_address(email=User.objects.get(pk=event.person_id).email)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
