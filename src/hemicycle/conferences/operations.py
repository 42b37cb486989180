"""Every write about editions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hemicycle.accounts.events import MayNotErase
from hemicycle.audit import operations as audit
from hemicycle.conferences import rules
from hemicycle.conferences.enums import Role
from hemicycle.conferences.models import (
    Body,
    Conference,
    Figure,
    Output,
    PolicyAction,
    Room,
    Series,
    TeamMember,
    Term,
    Venue,
)
from hemicycle.conferences.queries import lock


class SomebodyElseWrote(Exception):
    """The edition changed since the form was opened; nothing was overwritten."""


class BadColours(Exception):
    """The two colours cannot be read on the pages; `sentence` says which pair fails."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def create_series(*, slug: str, name: Any, about: Any = "") -> Series:
    """Make a series."""
    return Series.objects.create(slug=slug, name=name, about=about)


@transaction.atomic
def create_edition(*, series: Series, actor: Any, now: datetime, **values: Any) -> Conference:
    """Make an edition of a series; `values` are its fields, checked as a form would."""
    conference = Conference(series=series, **values)
    conference.full_clean()
    conference.save()
    audit.record(action="created", target=conference, actor=actor, at=now)
    return conference


@transaction.atomic
def change_edition(
    *, conference: Conference, seen_version: int, actor: Any, now: datetime, **values: Any
) -> Conference:
    """Write the edition's settings if nobody else did since they were read.

    Raises:
        SomebodyElseWrote: another member of the team saved in between.
        BadColours: brand or accent cannot be read; a failing pair is never stored.
        ValidationError: a value is not allowed.
    """
    rules.check_colours(
        brand=values.get("brand", conference.brand), accent=values.get("accent", conference.accent), error=BadColours
    )
    locked = lock(conference_id=conference.pk)
    if locked.version != seen_version:
        raise SomebodyElseWrote
    for name, value in values.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.full_clean()
    locked.save()
    audit.record(action="changed", target=locked, actor=actor, at=now, fields=sorted(values))
    return locked


@transaction.atomic
def describe(
    *,
    conference: Conference,
    figures: list[dict[str, Any]] | None = None,
    outputs: list[Any] | None = None,
    bodies: list[dict[str, Any]] | None = None,
) -> None:
    """Write what stands in the archive about an edition: figures, outputs, and who stood behind it."""
    for order, figure in enumerate(figures or []):
        Figure.objects.create(conference=conference, order=order, **figure)
    for order, title in enumerate(outputs or []):
        Output.objects.create(conference=conference, order=order, title=title)
    for order, body in enumerate(bodies or []):
        Body.objects.create(conference=conference, order=order, **body)


@transaction.atomic
def set_venue(*, conference: Conference, rooms: list[dict[str, Any]], **values: Any) -> Venue:
    """Write the venue and its rooms."""
    venue, _created = Venue.objects.update_or_create(conference=conference, defaults=values)
    for order, room in enumerate(rooms):
        Room.objects.update_or_create(conference=conference, slug=room["slug"], defaults={**room, "order": order})
    return venue


@transaction.atomic
def change_venue(*, conference: Conference, seen_version: int, actor: Any, now: datetime, **values: Any) -> Venue:
    """Write the venue, made if there is none yet (`seen_version` 0), if nobody else did since it was read.

    Raises:
        SomebodyElseWrote: another member of the team saved in between.
    """
    lock(conference_id=conference.pk)
    venue = Venue.objects.filter(conference=conference).first() or Venue(conference=conference, version=0)
    if venue.version != seen_version:
        raise SomebodyElseWrote
    for name, value in values.items():
        setattr(venue, name, value)
    venue.version += 1
    venue.full_clean()
    venue.save()
    audit.record(action="changed", target=venue, actor=actor, at=now, fields=sorted(values))
    return venue


def add_policy_action(*, conference: Conference, **values: Any) -> PolicyAction:
    """Write one policy action or initiative of the year."""
    return PolicyAction.objects.create(conference=conference, **values)


def add_term(*, kind: str, key: str, label: Any, colour: str = "", order: int = 0) -> Term:
    """Write one entry of the taxonomy; the key stays, the label may change."""
    term, _created = Term.objects.update_or_create(
        kind=kind, key=key, defaults={"label": label, "colour": colour, "order": order}
    )
    return term


@transaction.atomic
def give_role(*, conference: Conference, person: Any, role: str, actor: Any, now: datetime) -> TeamMember:
    """Take a person into the team in a role; a role given twice is given once."""
    member, created = TeamMember.objects.get_or_create(conference=conference, person=person, role=role)
    if created:
        audit.record(action="role given", target=member, actor=actor, at=now, role=role)
    return member


@transaction.atomic
def erase_person(*, person_id: int) -> None:
    """Take a person out of every team.

    Raises:
        MayNotErase: the person is the last owner of an edition.
    """
    members = TeamMember._base_manager.select_related("conference").filter(person_id=person_id)  # noqa: SLF001 - all editions
    for member in members:
        owners = TeamMember._base_manager.filter(conference=member.conference, role=Role.OWNER)  # noqa: SLF001
        if member.role == Role.OWNER and not owners.exclude(person_id=person_id).exists():
            raise MayNotErase(
                _("You are the last owner of %(edition)s. Give somebody else that role first.")
                % {"edition": member.conference}
            )
        audit.forget_label(target=member)
        member.delete()
