"""What the demo's organisations say about themselves, and who looks after them; the same at every start."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hemicycle.accounts.models import User
from hemicycle.conferences.models import Conference
from hemicycle.demo.organisations import SOURCE
from hemicycle.demo.organisations import Organisation as Invented
from hemicycle.demo.words import read
from hemicycle.directory import joining, operations
from hemicycle.directory.enums import FactKind, MemberType
from hemicycle.directory.models import Organisation

LOOKED_AFTER = datetime(2024, 4, 11, 9, 0, tzinfo=UTC)
WITH_MEMBERS = frozenset({"cluster-org", "business-network", "national-association", "network"})


def details(item: Invented) -> dict[str, Any]:
    """Return what an invented organisation tells; drawn from its name, so that it never changes."""
    number = sum(map(ord, item.name))
    values: dict[str, Any] = {
        "region": read("regions").get(item.city, ""), "domain": item.domain, "listed": True,
        "website": f"https://www.{item.domain}/" if number % 9 else "",
        "languages": ["en"] if number % 6 else [],
    }  # fmt: skip
    if item.kind in WITH_MEMBERS:
        types = [kind.value for place, kind in enumerate(MemberType) if (number >> place) % 3]
        values |= {"members": 9 + number % 170, "staff": Decimal(number % 24 + 1) / 4, "member_types": types}
    return values


def look_after(
    *, organisations: list[Organisation], people: dict[int, list[User]], conference: Conference, team: User
) -> None:
    """Let people manage organisations, ask, be invited; leave something for every page of the desk.

    `people` are those of an organisation, by its position. The first organisation is the demo participant's.
    """
    now = LOOKED_AFTER
    for index, row in enumerate(organisations):
        if row.kind is not None and row.kind.key in WITH_MEMBERS and people.get(index):
            joining.add(organisation=row, person=people[index][0], actor=team, now=now)
            if index % 20 == 2:
                _ask(row, people[index][1:], conference)
    first = organisations[0]
    _fact(first, FactKind.LABEL, "Cluster label, gold (sample)", date(2024, 3, 1), confirmed=False, actor=people[0][0])
    _fact(
        first, FactKind.PROGRAMME, "Regional cluster programme (sample)", date(2023, 1, 1), confirmed=True, actor=team
    )
    operations.waive(
        organisation=first, check="staff", reason="Recognised by its regional programme.", actor=team, now=now
    )
    joining.invite(
        organisation=first, email="colleague@demo.hemicycle.example", conference=conference, language="en",
        actor=people[0][0], now=now,
    )  # fmt: skip
    double = operations.create(
        name=f"{first.name} AB", country=first.country, website=first.website, actor=team, now=now
    )
    _fact(double, FactKind.LABEL, "Cluster label, silver (sample)", date(2020, 3, 1), confirmed=True, actor=team,
          until=date(2022, 2, 28))  # fmt: skip


def _ask(row: Organisation, colleagues: list[User], conference: Conference) -> None:
    for person in colleagues[:1]:
        if person.email.endswith(f"@{row.domain}"):
            joining.ask(organisation=row, person=person, conference=conference, now=LOOKED_AFTER)


def _fact(
    row: Organisation,
    kind: FactKind,
    title: str,
    start: date,
    *,
    confirmed: bool,
    actor: User,
    until: date | None = None,
) -> None:
    operations.write_fact(
        organisation=row, fact=None, seen_version=0, confirmed=confirmed, actor=actor, now=LOOKED_AFTER, kind=kind.value,
        title=title, valid_from=start, valid_until=until, note="", source=SOURCE,
    )  # fmt: skip
