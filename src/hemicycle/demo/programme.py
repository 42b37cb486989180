"""The demo's agenda: known sessions and people, the rest invented and marked."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hemicycle.accounts.models import User
from hemicycle.agenda import operations as agenda
from hemicycle.agenda.models import Speaker
from hemicycle.conferences.models import Conference, PolicyAction, Room, Term
from hemicycle.demo.content import read
from hemicycle.demo.crowd import ascii_of

BRUSSELS = ZoneInfo("Europe/Brussels")
RELEASED = datetime(2024, 3, 25, 10, 0, tzinfo=UTC)


def enter(conference: Conference, owner: User) -> None:
    """Write speakers and sessions into the draft and release it."""
    words = read("agenda")
    speakers = _speakers(conference)
    rooms = {room.slug: room for room in Room.objects.filter(conference=conference)}
    actions = {action.slug: action for action in PolicyAction.objects.filter(conference=conference)}
    tags = {term.key: term for term in Term.objects.filter(kind__in=["transition", "driver"])}
    for row in words["sessions"]:
        agenda.add_session(
            conference=conference,
            slug=row["slug"],
            title=row["title"],
            abstract=row.get("abstract", ""),
            format=row["format"],
            starts_at=_instant(row["day"], row["from"]),
            ends_at=_instant(row["day"], row["to"]),
            room=rooms.get(row.get("room", "")),
            sample=bool(row.get("terms")),
            terms=[tags[key] for key in row.get("terms", [])],
            policy_actions=[actions[slug] for slug in row.get("actions", [])],
            voices=[(speakers[slug], role) for slug, role in row.get("voices", [])],
        )
    agenda.release(conference=conference, note=words["released_note"], actor=owner, now=RELEASED)


def _instant(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BRUSSELS).astimezone(UTC)


def _speakers(conference: Conference) -> dict[str, Speaker]:
    words = read("speakers")
    known = {row["key"]: _add(conference, row["key"], order, row, sample=False) for order, row in enumerate(words["public"])}
    for order, row in enumerate(words["sample"], len(known)):
        name = f"{row['first']} {row['last']}"
        slug = "-".join(ascii_of(part) for part in name.replace("-", " ").split())
        known[slug] = _add(conference, slug, order, {"name": name, **row}, sample=True)
    return known


def _add(conference: Conference, slug: str, order: int, row: dict[str, Any], *, sample: bool) -> Speaker:
    return agenda.add_speaker(
        conference=conference,
        slug=slug,
        name=row["name"],
        role=row["role"],
        organisation=row["organisation"],
        country=row.get("country", ""),
        bio=row.get("bio", ""),
        sample=sample,
        order=order,
    )
