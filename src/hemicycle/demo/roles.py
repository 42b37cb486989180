"""One person per role to try the demo as."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class DemoRole:
    """A role of the demo and what its person can try."""

    key: str
    label: "StrOrPromise"
    hint: "StrOrPromise"
    team_role: str = ""
    lands: str = "website:mine"

    @property
    def email(self) -> str:
        """The address of the demo's person."""
        return f"{self.key}@demo.hemicycle.example"

    @property
    def desk(self) -> bool:
        """Whether the person works in the team."""
        return bool(self.team_role)


ROLES = (
    DemoRole("owner", _("Owner"), _("Everything in the desk: settings, team, history."), "owner"),
    DemoRole("registration", _("Registration team"), _("The list of registrations."), "registration"),
    DemoRole("programme", _("Programme team"), _("Draft and releases of the agenda."), "programme"),
    DemoRole("matchmaking", _("Matchmaking team"), _("Schedule the meetings and publish them."), "matchmaking"),
    DemoRole("door", _("Door staff"), _("Check-in lists, devices and corrections."), "door"),
    DemoRole("host", _("Host of a side event"), _("Who comes, deciding, writing to all, papers."), lands="hosting:mine"),
    DemoRole("participant", _("Participant"), _("A cluster manager with profile, requests and meetings.")),
    DemoRole("partner", _("Meeting partner"), _("Somebody the participant would like to meet.")),
)  # fmt: skip


def find(key: str) -> DemoRole | None:
    """Return a role by its key, or None."""
    return next((role for role in ROLES if role.key == key), None)


def person(role: DemoRole) -> User | None:
    """Return the demo's person of a role, or None on a site without the demo edition."""
    return User.objects.filter(email=role.email).first()
