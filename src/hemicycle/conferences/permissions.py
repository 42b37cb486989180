"""The permission table: the team's roles × capabilities, and who sees an edition."""

from typing import Any

import rules

from hemicycle.conferences.enums import Role, Stage
from hemicycle.conferences.models import TeamMember

CAPABILITIES: dict[str, frozenset[Role]] = {
    "desk.open": frozenset(Role),
    "edition.change": frozenset({Role.OWNER}),
    "team.change": frozenset({Role.OWNER}),
    "registration.see": frozenset({Role.OWNER, Role.REGISTRATION, Role.DOOR}),
    "registration.change": frozenset({Role.OWNER, Role.REGISTRATION}),
    "registration.guard": frozenset({Role.OWNER, Role.REGISTRATION}),
    "door.check_in": frozenset({Role.OWNER, Role.REGISTRATION, Role.DOOR}),
    "door.devices": frozenset({Role.OWNER, Role.REGISTRATION, Role.DOOR}),
    "door.papers": frozenset({Role.OWNER, Role.REGISTRATION}),
    "side_events.change": frozenset({Role.OWNER, Role.REGISTRATION, Role.PROGRAMME}),
    "organisations.see": frozenset({Role.OWNER, Role.REGISTRATION, Role.PROGRAMME, Role.MATCHMAKING}),
    "organisations.change": frozenset({Role.OWNER, Role.REGISTRATION}),
    "agenda.change": frozenset({Role.OWNER, Role.PROGRAMME}),
    "agenda.publish": frozenset({Role.OWNER, Role.PROGRAMME}),
    "matchmaking.run": frozenset({Role.OWNER, Role.MATCHMAKING}),
    "news.change": frozenset({Role.OWNER, Role.COMMUNICATION}),
    "history.see": frozenset({Role.OWNER}),
}


def roles_of(person: Any, conference: Any) -> frozenset[str]:
    """Return a person's roles in an edition, read once for each person object."""
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    known: dict[int, frozenset[str]] = person.__dict__.setdefault("_team_roles", {})
    if conference.pk not in known:
        rows = TeamMember.objects.filter(conference=conference, person=person)
        known[conference.pk] = frozenset(rows.values_list("role", flat=True))
    return known[conference.pk]


def may(person: Any, capability: str, conference: Any) -> bool:
    """Say whether a person's roles carry a capability; the site's administrators carry all."""
    if getattr(person, "is_superuser", False):
        return True
    return bool(CAPABILITIES[capability] & roles_of(person, conference))


@rules.predicate
def sees(person: Any, conference: Any) -> bool:
    """An edition in preparation is seen by its team only."""
    return conference.stage != Stage.DRAFT or may(person, "desk.open", conference)


@rules.predicate
def in_a_team(person: Any) -> bool:
    """Whoever has a role in any edition, or all of them: their word changes other people's data."""
    mine = TeamMember._base_manager.filter(person=person)  # noqa: SLF001 - over all editions
    return bool(getattr(person, "is_superuser", False)) or mine.exists()


def _predicate(capability: str) -> Any:
    return rules.predicate(lambda person, conference: may(person, capability, conference), name=capability)


rules.set_rule("conferences.see", sees)
rules.set_rule("in_a_team", in_a_team)
for _capability in CAPABILITIES:
    rules.set_rule(f"team.{_capability}", _predicate(_capability))
