"""Enters the demo edition through the operations, as an organiser and seven hundred guests would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django_scopes import scope

from hemicycle.accounts.models import User
from hemicycle.conferences import operations as conferences
from hemicycle.conferences.models import Conference, Room, Series
from hemicycle.demo import clock, programme, roles, visitors
from hemicycle.demo.content import read
from hemicycle.notifications.models import Mail
from hemicycle.registration import seats
from hemicycle.website import operations as website

BRUSSELS = ZoneInfo("Europe/Brussels")
KEPT_MAILS = 60
YEAR = 2024
LATEST = datetime(2024, 4, 14, 8, 0, tzinfo=UTC)


class SilentLedger:
    """Queues nothing: what the demo's past asked for was done in the past."""

    def enter(self, **_: Any) -> None:
        """Do nothing."""

    def perform(self, **_: Any) -> None:
        """Do nothing."""


@contextmanager
def in_the_past() -> Iterator[None]:
    """Let operations write without leaving work behind; their mails count as sent."""
    before = settings.HEMICYCLE_TASK_LEDGER
    settings.HEMICYCLE_TASK_LEDGER = f"{__name__}.SilentLedger"
    try:
        yield
    finally:
        settings.HEMICYCLE_TASK_LEDGER = before


def brussels(*parts: int) -> datetime:
    """Return an instant by the clock of Brussels."""
    return datetime(*parts, tzinfo=BRUSSELS).astimezone(UTC)  # type: ignore[misc, arg-type]


@transaction.atomic
def load(*, progress: Callable[[str], None]) -> None:
    """Make the series, its nine editions, and the edition of 2024 with everything in it; once."""
    if Series.objects.filter(slug="european-cluster-conference").exists():
        return
    with in_the_past():
        progress("Entering the nine editions of the European Cluster Conference …")
        _taxonomy()
        owner = User.objects.create_superuser("admin@demo.hemicycle.example", None, first_name="Site", last_name="Administrator")
        series = conferences.create_series(**read("editions")["series"])
        _archive(series, owner)
        conference = _edition(series, owner)
        with scope(conference=conference.pk):
            _house(conference)
            programme.enter(conference, owner)
            _pages(conference, owner)
            progress("Registering seven hundred people, through the same form's operations as anybody …")
            visitors.enter(conference)
            _team(conference, owner)
        _settle_mail()
    clock.move(clock.START)


def _taxonomy() -> None:
    for kind, entries in read("taxonomy").items():
        for order, entry in enumerate(entries):
            conferences.add_term(kind=kind, order=order, **entry)


def _archive(series: Series, owner: User) -> None:
    for row in read("editions")["editions"]:
        if row["year"] == YEAR:
            continue
        told = _taken_out(row)
        edition = conferences.create_edition(
            series=series, actor=owner, now=brussels(2024, 1, 2, 9), stage="archived", languages=["en"], **row
        )
        with scope(conference=edition.pk):
            conferences.describe(conference=edition, **told)


def _taken_out(row: dict[str, Any]) -> dict[str, list[Any]]:
    """Take what is told about an edition out of its fields."""
    bodies = [body if isinstance(body, dict) else {"role": "host", "name": body} for body in row.pop("hosts", [])]
    bodies += [{"role": "supporter", "name": name} for name in row.pop("supporters", [])]
    return {"figures": row.pop("figures", []), "outputs": row.pop("outputs", []), "bodies": bodies}


def _edition(series: Series, owner: User) -> Conference:
    archived = next(row for row in read("editions")["editions"] if row["year"] == YEAR)
    told = _taken_out(archived)
    words = read("ecc2024")
    windows = {name: datetime.fromisoformat(str(at)).replace(tzinfo=BRUSSELS) for name, at in words.pop("windows").items()}
    for name in ("highlights", "slots"):
        del words[name]
    values = words | words.pop("legal") | windows
    days = {"starts_on": date(2024, 5, 7), "ends_on": date(2024, 5, 8)}
    edition = conferences.create_edition(
        series=series, actor=owner, now=brussels(2024, 1, 2, 9), slug="ecc2024", number=9, year=YEAR, stage="open", **days,
        **{name: value for name, value in values.items() if name != "legal"},
    )  # fmt: skip
    with scope(conference=edition.pk):
        conferences.describe(conference=edition, **told)
        for order, action in enumerate(read("policy")):
            conferences.add_policy_action(conference=edition, order=order, **action)
    return edition


def _house(conference: Conference) -> None:
    venue = read("venue")
    conferences.set_venue(conference=conference, rooms=venue.pop("rooms"), **venue)
    rooms = {room.slug: room for room in Room.objects.filter(conference=conference)}
    for row in read("side_events"):
        day = row.pop("date")
        starts_at, ends_at = (_at(day, row.pop(name)) for name in ("start", "end"))
        values = {**row, "room": rooms[row["room"]]}
        seats.create_side_event(conference=conference, starts_at=starts_at, ends_at=ends_at, **values)


def _at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BRUSSELS).astimezone(UTC)


def _pages(conference: Conference, owner: User) -> None:
    for order, page in enumerate(read("pages")):
        website.write_page(conference=conference, order=order, **page)
    for order, highlight in enumerate(read("ecc2024")["highlights"]):
        website.add_highlight(conference=conference, order=order, **highlight)
    for row in read("news"):
        at = datetime.fromisoformat(str(row.pop("at"))).replace(tzinfo=BRUSSELS)
        website.write_news(conference=conference, actor=owner, now=min(at, LATEST), published_at=at, sample=True, **row)


def _team(conference: Conference, owner: User) -> None:
    for role in roles.ROLES:
        if role.desk:
            person, _ = User.objects.get_or_create(
                email=role.email,
                defaults={"first_name": str(role.label), "last_name": "(demo)", "password": "!", "date_joined": brussels(2024, 1, 3, 9)},
            )
            conferences.give_role(
                conference=conference, person=person, role=role.team_role, actor=owner, now=brussels(2024, 1, 3, 9)
            )


def _settle_mail() -> None:
    """What was sent in the past was sent; the mailbox keeps the latest."""
    Mail.objects.update(state="sent")
    kept = Mail.objects.order_by("-created_at", "-id").values_list("pk", flat=True)[:KEPT_MAILS]
    Mail.objects.exclude(pk__in=list(kept)).delete()

