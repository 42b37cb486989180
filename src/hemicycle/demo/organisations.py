"""The invented organisations of the demo: the same ones at every start."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale

from hemicycle.demo.words import read, slug

_territories = Locale("en").territories
SOURCE = "Sample data of the demo"
TOTAL = 420


@dataclass(frozen=True)
class Fact:
    """Something true of an organisation from a day to a day."""

    kind: str
    title: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Organisation:
    """One invented organisation."""

    name: str
    country: str
    city: str
    kind: str
    ecosystems: tuple[str, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def domain(self) -> str:
        """A host name that no mail reaches (RFC 2606)."""
        short = ""
        for word in slug(self.name).split("-"):
            if len(short) + len(word) > 36:
                break
            short += f"-{word}" if short else word
        return f"{short}.example"


PARTICIPANT = Organisation(
    "Scania Circular Textiles Cluster", "SE", "Malmö", "cluster-org", ("textile", "retail"),
    (Fact("partnership", "Eurocluster SecondSpin (sample)", date(2022, 9, 1), date(2025, 2, 28)),),
)  # fmt: skip
PARTNER = Organisation("Minho Fibre Works Cluster", "PT", "Braga", "cluster-org", ("textile",))


def fixed() -> list[Organisation]:
    """Return the organisations of the demo roles and of the invented speakers, in that order."""
    countries = read("countries")
    found = [PARTICIPANT, PARTNER]
    for speaker in read("speakers")["sample"]:
        city = speaker.get("city") or next(iter(countries[speaker["country"]]["places"]))
        name, country, kind = speaker["organisation"], speaker["country"], speaker["kind"]
        found.append(Organisation(name, country, city, kind, tuple(speaker["ecosystems"])))
    return found


class Maker:
    """Draws names until one is new."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sectors: dict[str, Any] = read("ecosystems")
        self.words: dict[str, Any] = read("crowd")
        self.coined: Iterator[tuple[str, str]] = iter(self.words["coined"].items())
        self.taken = {organisation.name for organisation in fixed()}

    def make(self, *, country: str, kind: str) -> Organisation:
        """Return a new organisation of a kind in a country."""
        if kind == "partnership":
            return self._partnership(country)
        place = read("countries")[country]
        ecosystems = self.rng.sample(list(self.sectors), self.rng.choice([1, 1, 1, 2, 2, 3]))
        city = self.rng.choice(list(place["places"]))
        for _ in range(200):
            name = self._name(country=country, kind=kind, city=city, sector=ecosystems[0], place=place)
            if name not in self.taken:
                break
            ecosystems[0] = self.rng.choice([key for key in self.sectors if key not in ecosystems])
            city = self.rng.choice(list(place["places"]))
        self.taken.add(name)
        city = "Brussels" if kind == "permanent-representation" else city
        return Organisation(name, country, city, kind, tuple(ecosystems))

    def _partnership(self, country: str) -> Organisation:
        coined, sector = next(self.coined)
        noun = self.rng.choice(self.sectors[sector]["nouns"])
        city = self.rng.choice(list(read("countries")[country]["places"]))
        return Organisation(f"{coined} – European {noun} Partnership", country, city, "partnership", (sector,))

    def _name(self, *, country: str, kind: str, city: str, sector: str, place: dict[str, Any]) -> str:
        rng = self.rng
        noun, region = rng.choice(self.sectors[sector]["nouns"]), place["places"][city]
        if kind == "company":
            first, second = self.words["syllables"]
            return (
                f"{rng.choice(first)}{rng.choice(second)} {rng.choice(self.sectors[sector]['firms'])} {place['firm']}"
            )
        patterns = {
            "cluster-org": [f"{region} {noun} Cluster", f"{noun} Cluster {city}", f"{region} {noun} Alliance"],
            "business-network": [f"{region} {noun} Business Network"],
            "national-association": [f"Cluster Forum {_territories[country]}"],
            "network": [f"European Network for {noun}"],
            "scale-up-support": [f"{city} {noun} Hub", f"{noun} Accelerator {city}", f"{noun} Centre {region}"],
            "investor": [f"{region} Industrial Fund", f"{city} {noun} Ventures"],
            "research": [f"{city} Institute for {noun}"],
            "training-provider": [f"{region} Academy for {noun}"],
            "eu-institution": self.words["eu_bodies"],
            "national-authority": [f"Office for Industrial Policy, {_territories[country]}"],
            "regional-authority": [f"Regional Office for Industry, {region}"],
            "development-agency": [f"{region} Growth Agency"],
            "permanent-representation": [f"Industry Mission of {_territories[country]} in Brussels"],
            "media": ["The Cluster Courier", "Industry Lens"],
        }
        found: str = rng.choice(patterns[kind])
        return found


def generate(rng: random.Random) -> list[Organisation]:
    """Return all organisations: the fixed ones first, then the others country by country."""
    maker, countries = Maker(rng), read("countries")
    found = fixed()
    number = TOTAL - len(found)
    people = sum(place["people"] for place in countries.values())
    shares = {code: max(2, round(place["people"] * number / people)) for code, place in countries.items()}
    deck = _deck(rng)
    by_size = sorted(countries, key=lambda code: (-countries[code]["people"], code))
    for code, share in shares.items():
        kinds = _first_kinds(code, associated=by_size.index(code) < 22)
        seen = set(kinds)
        while len(kinds) < share and deck:
            kind = next(kind for kind in deck if kind not in ONCE or kind not in seen)
            deck.remove(kind)
            seen.add(kind)
            kinds.append(kind)
        found += [maker.make(country=code, kind=kind) for kind in kinds]
    return _with_facts(rng, found)


ONCE = frozenset({"national-authority", "permanent-representation", "media"})
"""Kinds a country has one of."""


def _deck(rng: random.Random) -> list[str]:
    deck = [kind for kind, number in read("crowd")["kinds"].items() for _ in range(number)]
    deck += ["cluster-org", "company"] * 30
    body = deck[:-60]
    rng.shuffle(body)
    return body + deck[-60:]


def _first_kinds(code: str, *, associated: bool) -> list[str]:
    kinds = ["cluster-org", "cluster-org"] if read("countries")[code].get("match") else ["cluster-org"]
    if associated:
        kinds.append("national-association")
    return kinds + (["eu-institution"] * 3 if code == "BE" else [])


def _with_facts(rng: random.Random, organisations: list[Organisation]) -> list[Organisation]:
    """Give 45 organisations a partnership (8 over before May 2024, 6 not begun) and 30 an association."""
    titles = iter(sorted(read("crowd")["coined"], key=lambda _: rng.random()))
    associations = iter(range(30 - sum(item.kind == "national-association" for item in organisations)))
    clusters = [index for index, item in enumerate(organisations) if index > 1 and item.kind == "cluster-org"]
    chosen = rng.sample(clusters, 44 - sum(item.kind == "partnership" for item in organisations))
    facts: dict[int, Fact] = {}
    for index, item in enumerate(organisations):
        if item.kind == "partnership":
            facts[index] = Fact("partnership", item.name, date(2022, 9, 1), date(2025, 8, 31))
        elif item.kind == "national-association" or (item.kind == "network" and next(associations, None) is not None):
            facts[index] = Fact("association", f"{item.name} (sample)", date(2015 + index % 8, 1, 1), None)
    for index, (start, end) in zip(chosen, _spans(len(chosen)), strict=True):
        facts[index] = Fact("partnership", f"Eurocluster {next(titles)} (sample)", start, end)
    return [
        Organisation(item.name, item.country, item.city, item.kind, item.ecosystems, (facts[index],))
        if index in facts
        else item
        for index, item in enumerate(organisations)
    ]


def _spans(number: int) -> list[tuple[date, date]]:
    over = [(date(2021, 2 + n, 1), date(2024, 1 + n % 4, 28)) for n in range(8)]
    later = [(date(2024, 6 + n, 1), date(2027, 5, 31)) for n in range(6)]
    running = [(date(2022, 9, 1), date(2025, 2 + n, 28)) for n in range(number - 14)]
    return over + later + running
