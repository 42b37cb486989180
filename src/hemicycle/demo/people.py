"""The invented people of the demo: 700 registrations from 40 countries, 170 of them in the matchmaking."""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hemicycle.demo import profiles
from hemicycle.demo.organisations import Organisation
from hemicycle.demo.organisations import generate as generate_organisations
from hemicycle.demo.profiles import Profile
from hemicycle.demo.words import plain, read, slug, split

SEED = 20240507
IN_MATCHMAKING = 170
OPENS = datetime(2024, 2, 12, 8, 0, tzinfo=UTC)
MEETS = frozenset({"cluster-org", "business-network", "company", "scale-up-support", "investor"})
LANGUAGES = {"FR": "fr", "LU": "fr", "DE": "de", "AT": "de", "NL": "nl"}


@dataclass(frozen=True)
class Person:
    """One invented person with what they wrote into the registration form."""

    first: str
    last: str
    email: str
    language: str
    organisation: int
    job_title: str
    stakeholder: str
    country: str
    registered_at: datetime
    confirmed_at: datetime
    needs: str = ""
    consents: tuple[str, ...] = ()
    speaker: str = ""
    profile: Profile | None = None


@dataclass(frozen=True)
class World:
    """Everybody and everything invented, in the order of registration."""

    organisations: list[Organisation]
    people: list[Person]

    def meeting(self) -> list[int]:
        """Return the positions of the people in the matchmaking."""
        return [index for index, person in enumerate(self.people) if person.profile is not None]


@dataclass
class Names:
    """Draws names of a country until one is new; nobody gets the name of a public person."""

    rng: random.Random
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Start with the names that are not to be given again."""
        speakers = read("speakers")
        self.taken |= {speaker["name"] for speaker in speakers["public"]}
        self.taken |= {f"{speaker['first']} {speaker['last']}" for speaker in speakers["sample"]}

    def draw(self, country: str) -> tuple[str, str]:
        """Return a first name and a surname."""
        while True:
            pool = read("names")[self.rng.choice(read("countries")[country]["names"])]
            woman = self.rng.random() < 0.5
            first = self.rng.choice(split(pool["f" if woman else "m"]))
            last = self.rng.choice(split(pool.get("last_f", pool["last"]) if woman else pool["last"]))
            if f"{first} {last}" not in self.taken:
                self.taken.add(f"{first} {last}")
                return first, last


ROLES = (
    ("Klara", "Lindqvist", "participant@demo.hemicycle.example", "Cluster manager"),
    ("Duarte", "Figueiredo", "partner@demo.hemicycle.example", "Head of international projects"),
)


def generate(seed: int = SEED) -> World:
    """Return the same world for the same seed."""
    rng = random.Random(seed)
    organisations = generate_organisations(rng)
    people = _roles(rng, organisations) + _speakers(rng, organisations) + _crowd(rng, organisations)
    people.sort(key=lambda person: person.registered_at)
    people = _with_profiles(rng, people, organisations)
    return World(organisations, people)


def _times(rng: random.Random, *, days: float) -> tuple[datetime, datetime]:
    """Draw when somebody registers (many early, in waking hours) and confirms."""
    day = int(days * rng.betavariate(1.1, 1.6))
    registered = OPENS + timedelta(days=day, minutes=rng.randrange(0, 11 * 60), seconds=rng.randrange(60))
    return registered, registered + timedelta(seconds=rng.choice([95, 160, 340, 1200, 4100, 30000]))


def _person(rng: random.Random, *, organisation: int, of: Organisation, days: float = 61, **values: Any) -> Person:
    registered_at, confirmed_at = _times(rng, days=days)
    wishes = (("list", 0.8), ("images", 0.75), ("newsletter", 0.5))
    defaults: dict[str, Any] = {
        "language": LANGUAGES.get(of.country, "en") if rng.random() < 0.6 else "en",
        "organisation": organisation,
        "stakeholder": of.kind,
        "country": of.country,
        "registered_at": registered_at,
        "confirmed_at": confirmed_at,
        "needs": rng.choice(read("crowd")["needs"]) if rng.random() < 0.06 else "",
        "consents": tuple(kind for kind, share in wishes if rng.random() < share),
    }
    return Person(**(defaults | values))


def _roles(rng: random.Random, organisations: list[Organisation]) -> list[Person]:
    return [
        _person(
            rng, organisation=index, of=organisations[index], days=3, first=first, last=last, email=email,
            job_title=title, language="en", needs="", consents=("list", "images", "matchmaking"),
        )
        for index, (first, last, email, title) in enumerate(ROLES)
    ]  # fmt: skip


def _speakers(rng: random.Random, organisations: list[Organisation]) -> list[Person]:
    return [
        _person(
            rng, organisation=index, of=organisations[index], days=35, first=speaker["first"], last=speaker["last"],
            email=_address(speaker["first"], speaker["last"], organisations[index]), job_title=speaker["role"],
            speaker=slug(f"{speaker['first']} {speaker['last']}"),
        )
        for index, speaker in enumerate(read("speakers")["sample"], len(ROLES))
    ]  # fmt: skip


def _address(first: str, last: str, organisation: Organisation) -> str:
    def name(text: str) -> str:
        return plain(text).lower().replace(" ", "-")

    return f"{name(first)}.{name(last)}@{organisation.domain}"


def _crowd(rng: random.Random, organisations: list[Organisation]) -> list[Person]:
    """Return everybody else: one person of each organisation, then colleagues, up to the country's number."""
    names, titles = Names(rng, {f"{first} {last}" for first, last, _, _ in ROLES}), read("crowd")["titles"]
    first_free = len(ROLES) + len(read("speakers")["sample"])
    fixed: dict[str, int] = defaultdict(int)
    for organisation in organisations[:first_free]:
        fixed[organisation.country] += 1
    crowd = []
    for country, place in read("countries").items():
        mine = [n for n, item in enumerate(organisations) if n >= first_free and item.country == country]
        number = place["people"] - fixed[country]
        chosen = mine[:number] + [rng.choice(mine) for _ in range(number - len(mine))]
        for index in chosen:
            of = organisations[index]
            first, last = names.draw(country)
            crowd.append(
                _person(
                    rng, organisation=index, of=of, first=first, last=last, email=_address(first, last, of),
                    job_title=rng.choice(titles[of.kind]),
                )
            )  # fmt: skip
    return crowd


def _with_profiles(rng: random.Random, people: list[Person], organisations: list[Organisation]) -> list[Person]:
    """Give 170 people of 26 countries a profile; everybody in the matchmaking agreed to it."""
    found = list(people)
    for index in _chosen(rng, people):
        person = people[index]
        if person.organisation < len(ROLES):
            profile = profiles.of_role(person.organisation)
        else:
            profile = profiles.write(rng, organisation=organisations[person.organisation], after=person.confirmed_at)
        consents = tuple(dict.fromkeys((*person.consents, "matchmaking")))
        found[index] = replace(person, profile=profile, consents=consents)
    return found


def _chosen(rng: random.Random, people: list[Person]) -> list[int]:
    """Choose who meets: the demo's roles, fourteen speakers, two of each country, the others as they come."""
    countries = read("countries")
    able = [
        index
        for index, person in enumerate(people)
        if countries[person.country].get("match") and person.stakeholder in MEETS
        and person.registered_at < datetime(2024, 4, 9, tzinfo=UTC)
    ]  # fmt: skip
    rng.shuffle(able)
    chosen = [index for index in able if people[index].email.endswith("@demo.hemicycle.example")]
    chosen += [index for index in able if people[index].speaker][:14]
    for country in countries:
        mine = [index for index in able if people[index].country == country and index not in chosen]
        chosen += mine[:2]
    rest = [index for index in able if index not in chosen and not people[index].speaker]
    return sorted(chosen + rest[: IN_MATCHMAKING - len(chosen)])
