"""What the demo's people offer and look for: each offer in the pools answers one need."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hemicycle.demo.organisations import Organisation
from hemicycle.demo.words import read

OPENS = datetime(2024, 3, 18, 8, 0, tzinfo=UTC)
CLOSES = datetime(2024, 4, 11, 16, 0, tzinfo=UTC)
Topic = tuple[str, int]

OFFER_ENDS = ("", "", "", " – visits welcome", " – from June on", " – ask us for the figures")
NEED_ENDS = ("", "", "", " – before the autumn", " – the budget is there", " – near or far")


@dataclass(frozen=True)
class Line:
    """An offer or a need with the topic it belongs to."""

    topic: Topic
    text: str


@dataclass(frozen=True)
class Profile:
    """What somebody shows to partners."""

    about: str
    offers: tuple[Line, ...]
    needs: tuple[Line, ...]
    ecosystems: tuple[str, ...]
    written_at: datetime


def _about(rng: random.Random, organisation: Organisation) -> str:
    sentence: str = rng.choice(read("crowd")["about"][organisation.kind])
    return sentence.format(
        members=rng.choice([38, 46, 57, 64, 72, 85, 96, 110, 134, 160, 212]),
        city=organisation.city,
        since=rng.randrange(1998, 2020),
        sector=read("ecosystems")[organisation.ecosystems[0]]["words"],
    )


def write(rng: random.Random, *, organisation: Organisation, after: datetime) -> Profile:
    """Return a profile: offers of one's own ecosystems, needs mostly of them, some of others."""
    sectors = read("ecosystems")
    own = [(key, number) for key in organisation.ecosystems for number in range(len(sectors[key]["pairs"]))]
    topics = rng.sample(own, min(len(own), 6))
    offers, needs = topics[: rng.choice([1, 2, 2, 3])], topics[3 : 3 + rng.choice([1, 1, 2, 2])]
    if rng.random() < 0.45:
        other = rng.choice([key for key in sectors if key not in organisation.ecosystems])
        needs = [*needs, (other, rng.randrange(len(sectors[other]["pairs"])))]
    written = max(after, OPENS) + timedelta(minutes=rng.randrange(40, 60 * 24 * 9))
    return Profile(
        about=_about(rng, organisation),
        offers=tuple(_line(rng, topic, side=0) for topic in offers),
        needs=tuple(_line(rng, topic, side=1) for topic in needs),
        ecosystems=organisation.ecosystems,
        written_at=min(written, CLOSES),
    )


def of_role(number: int) -> Profile:
    """Return the profile of one of the demo's two participants; what each looks for, the other offers."""
    role, sectors = read("crowd")["roles"][number], read("ecosystems")

    def lines(side: str, column: int) -> tuple[Line, ...]:
        return tuple(Line((key, place), sectors[key]["pairs"][place][column]) for key, place in role[side])

    return Profile(
        about=role["about"],
        offers=lines("offers", 0),
        needs=lines("needs", 1),
        ecosystems=("textile", "retail") if number == 0 else ("textile",),
        written_at=datetime.fromisoformat(role["written"]).replace(tzinfo=UTC),
    )


def _line(rng: random.Random, topic: Topic, *, side: int) -> Line:
    sector, number = topic
    text = read("ecosystems")[sector]["pairs"][number][side]
    return Line(topic, text + rng.choice(OFFER_ENDS if side == 0 else NEED_ENDS))
