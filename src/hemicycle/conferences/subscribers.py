"""What a team does when something happens elsewhere."""

from hemicycle.accounts.events import PersonErased
from hemicycle.accounts.models import User
from hemicycle.conferences import team
from hemicycle.kit.events import subscribe


def on_person_erased(event: PersonErased) -> None:
    """Forget the invitations to the person's address."""
    team.forget_address(email=User.objects.get(pk=event.person_id).email)


def wire() -> None:
    """Subscribe."""
    subscribe(PersonErased, on_person_erased)
