"""Seven hundred invented people and their organisations: seeded, plausible, the same on every machine."""

import random
import unicodedata
from dataclasses import dataclass
from typing import Any

from hemicycle.demo.names import MATCHMAKING, POOLS
from hemicycle.demo.content import read

SECTORS: dict[str, dict[str, Any]] = read("ecosystems")
PEOPLE, IN_MATCHMAKING, ACCEPTED, OPEN, DECLINED = 700, 170, 800, 60, 40
KINDS = (
    ("cluster-org", 34), ("company", 18), ("business-network", 8), ("regional-authority", 7), ("research", 7),
    ("development-agency", 6), ("scale-up-support", 5), ("partnership", 4), ("national-authority", 3),
    ("national-association", 2), ("network", 2), ("eu-institution", 2), ("investor", 1), ("media", 1),
)  # fmt: skip
WORDS = {
    "cluster-org": "Cluster", "company": "Works", "business-network": "Network", "regional-authority": "Region",
    "research": "Institute", "development-agency": "Development Agency", "scale-up-support": "Hub", "partnership": "Partnership",
    "national-authority": "Ministry of Economy", "national-association": "Cluster Association", "network": "Alliance",
    "eu-institution": "Liaison Office", "investor": "Ventures", "media": "Review",
}  # fmt: skip
STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "þ": "th", "Þ": "Th", "ð": "d", "ı": "i"})
TITLES = ("Cluster manager", "Project manager", "Director", "Head of international affairs", "Innovation adviser", "CEO", "Policy officer")


@dataclass(frozen=True)
class Guest:
    """One invented person."""

    first_name: str
    last_name: str
    email: str
    country: str
    city: str
    organisation: str
    kind: str
    sector: str
    job_title: str


@dataclass(frozen=True)
class Wish:
    """One invented meeting request, by positions in the list of people in matchmaking."""

    sender: int
    receiver: int
    answer: str
    message: str


def ascii_of(text: str) -> str:
    """Return letters a mail address can carry."""
    plain = unicodedata.normalize("NFKD", text.translate(STROKES)).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum())


def guests() -> list[Guest]:
    """Return the seven hundred, those in matchmaking first; every country is there."""
    rng = random.Random("European Cluster Conference 2024")
    home = [MATCHMAKING[index % len(MATCHMAKING)] for index in range(IN_MATCHMAKING)]
    rest = list(POOLS) + rng.choices(list(POOLS), k=PEOPLE - IN_MATCHMAKING - len(POOLS))
    seen: set[str] = set()
    found = []
    for number, country in enumerate(home + rest):
        guest = _guest(rng, number, country)
        address, again = guest.email, 2
        while address in seen:
            name, _, domain = guest.email.partition("@")
            address, again = f"{name}{again}@{domain}", again + 1
        seen.add(address)
        found.append(Guest(**{**guest.__dict__, "email": address}))
    return found


def _guest(rng: random.Random, number: int, country: str) -> Guest:
    firsts, lasts, cities, regions = (part.split() for part in POOLS[country])
    kinds, weights = zip(*KINDS, strict=True)
    kind = rng.choices(kinds, weights)[0] if number >= IN_MATCHMAKING else rng.choices(kinds[:3], weights[:3])[0]
    sector = rng.choice(sorted(SECTORS))
    region = rng.choice(regions).replace("-", " ")
    topic = "" if "authority" in kind or kind == "national-association" else rng.choice(SECTORS[sector]["nouns"]) + " "
    organisation = f"{region} {topic}{WORDS[kind]}"
    first, last = rng.choice(firsts), rng.choice(lasts).replace("-", " ")
    return Guest(
        first_name=first,
        last_name=last,
        email=f"{ascii_of(first) or f'guest{number}'}.{ascii_of(last) or number}@{ascii_of(organisation)}.example",
        country=country,
        city=rng.choice(cities).replace("-", " "),
        organisation=organisation,
        kind=kind,
        sector=sector,
        job_title=rng.choice(TITLES),
    )


def lines(guest: Guest, number: int) -> tuple[list[str], list[str]]:
    """Return what a person offers and looks for, by sector."""
    rng = random.Random(number)
    pairs = SECTORS[guest.sector]["pairs"]
    chosen = rng.sample(range(len(pairs)), 5)
    offered, needed = rng.randint(1, 3), rng.randint(1, 2)
    return [pairs[n][0] for n in chosen[:offered]], [pairs[n][1] for n in chosen[3 : 3 + needed]]


MESSAGES = (
    "We work on the same value chain; twenty minutes would tell us whether a joint pilot makes sense.",
    "Your offer fits a need of three of our members.",
    "Let us prepare a partnership for the next call together.",
    "",
)


def wishes(people: list[Guest]) -> list[Wish]:
    """Return the requests among people in matchmaking: shared sectors more often, colleagues never, at most 16 each."""
    rng = random.Random("meetings")
    met: set[frozenset[int]] = set()
    degree = [0] * len(people)
    found: list[Wish] = []
    answers = ["accept"] * ACCEPTED + ["wait"] * OPEN + ["decline"] * DECLINED
    while len(found) < len(answers):
        a, b = rng.sample(range(len(people)), 2)
        if {a, b} == {0, 1}:  # the two people of the demo find each other on stage
            continue
        if frozenset((a, b)) in met or people[a].organisation == people[b].organisation:
            continue
        if people[a].sector != people[b].sector and rng.random() < 0.55:  # noqa: PLR2004 - most meet within their sector
            continue
        answer = answers[len(found)]
        if answer == "accept" and max(degree[a], degree[b]) >= 16:  # noqa: PLR2004 - of twenty slots
            continue
        met.add(frozenset((a, b)))
        degree[a] += answer == "accept"
        degree[b] += answer == "accept"
        found.append(Wish(a, b, answer, rng.choice(MESSAGES)))
    return found
