"""What editions do when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.accounts.models import User
from hemicycle.conferences import operations, team
from hemicycle.kit.events import subscribe


def on_person_erased(event: PersonErased) -> None:
    """Take the person out of every team, and forget the invitations to their address."""
    operations.erase_person(person_id=event.person_id)
    team.forget_address(email=User.objects.get(pk=event.person_id).email)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
