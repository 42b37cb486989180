"""Reads about organisations."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hemicycle.accounts.queries import address_confirmed
from hemicycle.directory import rules
from hemicycle.directory.models import Alias, Fact, JoinRequest, Manager, Organisation


@dataclass(frozen=True)
class Filter:
    """What was typed and chosen over a list of organisations."""

    search: str = ""
    country: str = ""
    kind: str = ""
    state: str = ""


def facts_of(*, organisation: Organisation | None) -> list[Fact]:
    """Return the confirmed dated facts of an organisation, none for a person without one."""
    return [] if organisation is None else list(Fact.objects.filter(organisation=organisation, confirmed=True))


def facts_on(*, organisation: Organisation, on: date) -> list[Fact]:
    """Return the confirmed facts that are true on a day."""
    return [
        fact
        for fact in facts_of(organisation=organisation)
        if rules.holds(valid_from=fact.valid_from, valid_until=fact.valid_until, on=on)
    ]


def names(*, starting: str = "", limit: int = 20) -> list[str]:
    """Return names of known organisations for completion."""
    return list(Organisation.objects.filter(name__icontains=starting).values_list("name", flat=True)[:limit])


def listed(*, chosen: Filter, public: bool) -> QuerySet[Organisation]:
    """Return organisations by name, by what was typed and chosen; the public sees those with a page only."""
    rows = Organisation.objects.select_related("kind").prefetch_related("ecosystems")
    if public:
        rows = rows.filter(listed=True)
    for word in chosen.search.split()[:5]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(city__icontains=word)
            | Q(region__istartswith=word)
            | Q(aliases__name__icontains=word)
        )
    if chosen.country:
        rows = rows.filter(country=chosen.country)
    if chosen.kind:
        rows = rows.filter(kind__key=chosen.kind)
    if chosen.state in ("listed", "unlisted"):
        rows = rows.filter(listed=chosen.state == "listed")
    elif chosen.state == "waiting":
        facts = Fact.objects.filter(organisation=OuterRef("pk"), confirmed=False)
        asked = JoinRequest.objects.filter(organisation=OuterRef("pk"))
        rows = rows.filter(Exists(facts) | Exists(asked))
    elif chosen.state == "unmanaged":
        rows = rows.exclude(Exists(Manager.objects.filter(organisation=OuterRef("pk"))))
    return rows.order_by("name", "pk").distinct()


def numbers(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add to each row how many managers look after it, and how many facts and people wait for an answer."""
    waiting = Count("facts", filter=Q(facts__confirmed=False), distinct=True)
    return rows.annotate(
        manager_count=Count("managers", distinct=True),
        waiting_count=waiting,
        asked_count=Count("join_requests", distinct=True),
    )


def by_slug(*, slug: str) -> Organisation | None:
    """Return an organisation by its address, also by one it had before it was merged."""
    rows = Organisation.objects.select_related("kind").annotate(ecosystem_count=Count("ecosystems"))
    found = rows.filter(slug=slug).first()
    if found is None:
        alias = Alias.objects.filter(slug=slug).first()
        found = None if alias is None else rows.get(pk=alias.organisation_id)
    return found


def manages(*, person: Any, organisation: Organisation) -> bool:
    """Say whether a person looks after an organisation."""
    return bool(person.is_authenticated) and Manager.objects.filter(organisation=organisation, person=person).exists()


def managed_by(*, person: Any) -> list[Organisation]:
    """Return the organisations a person looks after."""
    mine = Manager.objects.filter(organisation=OuterRef("pk"), person=person)
    return list(Organisation.objects.select_related("kind").filter(Exists(mine)))


def asked_by(*, person: Any) -> list[JoinRequest]:
    """Return what a person asked to manage and waits for."""
    return list(JoinRequest.objects.select_related("organisation").filter(person=person))


def joinable(*, person: Any) -> list[Organisation]:
    """Return the organisations a person may ask to manage, by the domain of their confirmed address."""
    host = person.email.rpartition("@")[2].lower()
    if not rules.joins_by_domain(address=person.email, confirmed=address_confirmed(person=person), domain=host):
        return []
    mine = Manager.objects.filter(organisation=OuterRef("pk"), person=person)
    asked = JoinRequest.objects.filter(organisation=OuterRef("pk"), person=person)
    return list(Organisation.objects.filter(domain=host).exclude(Exists(mine)).exclude(Exists(asked))[:20])


def profile(*, organisation: Organisation, managers: int) -> rules.Profile:
    """Return what the rules read of an organisation, as `by_slug` found it."""
    return rules.Profile(
        kind=organisation.kind.key if organisation.kind else "", region=organisation.region,
        website=organisation.website, about=organisation.about,
        staff=None if organisation.staff is None else float(organisation.staff), members=organisation.members,
        member_types=tuple(organisation.member_types), languages=tuple(organisation.languages),
        ecosystems=getattr(organisation, "ecosystem_count", 0), managers=managers,
    )  # fmt: skip


def duplicates(*, limit: int = 100) -> list[tuple[Organisation, Organisation, tuple[str, ...]]]:
    """Return pairs of records that may be one organisation, surest first."""
    fields = ("pk", "name", "country", "website", "domain")
    known = [rules.Known(*row) for row in Organisation.objects.order_by("pk").values_list(*fields)]
    pairs = rules.doubles(known)[:limit]
    rows = Organisation.objects.in_bulk({key for pair in pairs for key in (pair.one, pair.other)})
    return [(rows[pair.one], rows[pair.other], pair.reasons) for pair in pairs]
