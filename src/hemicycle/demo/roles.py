"""One person per role to try the demo as."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from hemicycle.accounts.models import User


@dataclass(frozen=True)
class DemoRole:
    """A role, the address of the demo's person, and what they can try."""

    key: str
    email: str
    label: str
    hint: str
    team_role: str = ""

    @property
    def desk(self) -> bool:
        """Whether the person works in the team."""
        return bool(self.team_role)


ROLES = (
    DemoRole("owner", "owner@demo.hemicycle.example", _("Owner"), _("Everything in the desk: settings, team, history."), "owner"),
    DemoRole("registration", "registration@demo.hemicycle.example", _("Registration team"), _("The list of registrations."), "registration"),
    DemoRole("programme", "programme@demo.hemicycle.example", _("Programme team"), _("Draft and releases of the agenda."), "programme"),
    DemoRole("matchmaking", "matchmaking@demo.hemicycle.example", _("Matchmaking team"), _("Schedule the meetings and publish them."), "matchmaking"),
    DemoRole("participant", "participant@demo.hemicycle.example", _("Participant"), _("A cluster manager with profile, requests and meetings.")),
    DemoRole("partner", "partner@demo.hemicycle.example", _("Meeting partner"), _("Somebody the participant would like to meet.")),
)  # fmt: skip


def find(key: str) -> DemoRole | None:
    """Return a role by its key, or None."""
    return next((role for role in ROLES if role.key == key), None)


def person(role: DemoRole) -> User | None:
    """Return the demo's person of a role, or None on a site without the demo edition."""
    return User.objects.filter(email=role.email).first()
