"""Every read about editions that another module needs."""

from typing import Any

from django.db.models import Prefetch

from hemicycle.conferences.enums import Stage, TermKind
from hemicycle.conferences.models import (
    Body,
    Conference,
    Figure,
    Invitation,
    Output,
    PolicyAction,
    Room,
    TeamMember,
    Term,
    Venue,
)


def by_slug(*, slug: str) -> Conference | None:
    """Return an edition with its series, or None."""
    return Conference.objects.select_related("series", "venue").filter(slug=slug).first()


def by_id(*, conference_id: int) -> Conference:
    """Return an edition by its key.

    Raises:
        Conference.DoesNotExist: no such edition.
    """
    return Conference.objects.select_related("series").get(pk=conference_id)


def lock(*, conference_id: int) -> Conference:
    """Return the edition with its row locked: whatever gives or takes a place runs under it."""
    return Conference.objects.select_for_update().get(pk=conference_id)


def hold(*, conference_id: int) -> None:
    """Lock an edition's row as `lock` does, without reading it: for work that is done a thousand times an hour."""
    Conference.objects.select_for_update().values_list("pk").get(pk=conference_id)


def current() -> Conference | None:
    """Return the public edition a visitor of the site's root is led to."""
    return Conference.objects.filter(stage=Stage.OPEN).order_by("-year").first()


def editions(*, conference: Conference) -> list[Conference]:
    """Return all public editions of a series, latest first, with figures and outputs."""
    return list(
        Conference.objects.filter(series=conference.series)
        .exclude(stage=Stage.DRAFT)
        .prefetch_related(
            Prefetch("figures", Figure._base_manager.all()),  # noqa: SLF001 - the archive reads other editions on purpose
            Prefetch("outputs", Output._base_manager.all()),  # noqa: SLF001
            Prefetch("bodies", Body._base_manager.all()),  # noqa: SLF001
        )
    )


def home_figures(*, conference: Conference) -> list[Figure]:
    """Return the figures that stand on the edition's home, in order."""
    return list(Figure.objects.filter(conference=conference, on_home=True))


def bodies(*, conference: Conference) -> list[Body]:
    """Return hosts, supporters and partners in order."""
    return list(Body.objects.filter(conference=conference))


def venue(*, conference: Conference) -> Venue | None:
    """Return the venue, or None while it is not known."""
    return Venue.objects.filter(conference=conference).first()


def rooms(*, conference: Conference) -> list[Room]:
    """Return the rooms in order."""
    return list(Room.objects.filter(conference=conference))


def terms(*, kind: TermKind) -> list[Term]:
    """Return one axis of the taxonomy in order."""
    return list(Term.objects.filter(kind=kind))


def policy_actions(*, conference: Conference) -> list[PolicyAction]:
    """Return the policy actions and initiatives of the edition in order."""
    return list(PolicyAction.objects.filter(conference=conference))


def team(*, conference: Conference) -> list[TeamMember]:
    """Return the team with the people loaded."""
    return list(TeamMember.objects.filter(conference=conference).select_related("person").order_by("person__last_name"))


def invitations(*, conference: Conference) -> list[Invitation]:
    """Return the invitations nobody answered yet, oldest first."""
    return list(Invitation.objects.filter(conference=conference))


def roles_in(*, person: Any) -> list[TeamMember]:
    """Return every role of a person, over all editions, latest edition first."""
    return list(
        TeamMember._base_manager.filter(person=person).select_related("conference").order_by("-conference__year")  # noqa: SLF001
    )
