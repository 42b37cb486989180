"""Who asks whom in the demo: 800 accepted requests that make sense, and some that wait or were declined."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hemicycle.demo.people import ROLES, SEED, World
from hemicycle.demo.profiles import Profile
from hemicycle.demo.words import read

ACCEPTED, WAITING, DECLINED = 800, 60, 40
LAST_ANSWER = datetime(2024, 4, 15, 7, 0, tzinfo=UTC)
FEWEST, MOST = 4, 16
Pair = tuple[int, int]


@dataclass(frozen=True)
class Request:
    """One person asks another; `yes` is None while it waits. Numbers are positions in the world's people."""

    sender: int
    receiver: int
    message: str
    sent_at: datetime
    yes: bool | None
    answered_at: datetime | None = None


def why(asking: Profile, asked: Profile) -> tuple[str, str]:
    """Return why one would meet the other: `offer`, `need`, `sector` or nothing, with the line it is about."""
    offered, needed = {line.topic for line in asking.offers}, {line.topic for line in asking.needs}
    for line in asked.needs:
        if line.topic in offered:
            return "offer", line.text
    for line in asked.offers:
        if line.topic in needed:
            return "need", line.text
    shared = set(asking.ecosystems) & set(asked.ecosystems)
    return ("sector", "") if shared else ("", "")


class Chooser:
    """Picks pairs until everybody has between the fewest and the most meetings."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world, self.rng = world, rng
        everybody = world.meeting()
        self.hero, self.friend = (
            next(index for index in everybody if world.people[index].email == email) for _, _, email, _ in ROLES
        )
        self.wanted = {index: self._appetite() for index in everybody}
        self.wanted[self.hero] = 6
        self.pairs = sorted((pair for pair in combinations(everybody, 2) if self._sensible(pair)), key=self._order)
        self.degree: Counter[int] = Counter()
        self.taken: list[Pair] = []

    def _appetite(self) -> int:
        return round(self.rng.triangular(FEWEST, MOST, 8))

    def _profile(self, index: int) -> Profile:
        profile = self.world.people[index].profile
        assert profile is not None
        return profile

    def _sensible(self, pair: Pair) -> bool:
        a, b = pair
        same = self.world.people[a].organisation == self.world.people[b].organisation
        return not same and set(pair) != {self.hero, self.friend} and bool(why(*map(self._profile, pair))[0])

    def _order(self, pair: Pair) -> float:
        strong = why(*map(self._profile, pair))[0] != "sector"
        return self.rng.random() - (0.6 if strong else 0.0)

    def _take(self, pair: Pair) -> None:
        self.taken.append(pair)
        self.degree.update(pair)

    def accepted(self) -> list[Pair]:
        """Return 800 pairs: first the fewest for everybody, then by appetite, then up to the most."""
        for index in sorted(self.wanted, key=lambda index: (index != self.hero, index)):
            mine = [pair for pair in self.pairs if index in pair and pair not in self.taken]
            least = self.wanted[index] if index == self.hero else FEWEST
            for pair in mine:
                if self.degree[index] < least and all(self.degree[one] < self._most(one) for one in pair):
                    self._take(pair)
        for limit in (lambda index: self.wanted[index], self._most):
            taken = set(self.taken)
            for pair in self.pairs:
                if len(self.taken) == ACCEPTED:
                    break
                if pair not in taken and all(self.degree[one] < limit(one) for one in pair):
                    self._take(pair)
        return self.taken

    def _most(self, index: int) -> int:
        return 6 if index == self.hero else MOST

    def others(self) -> tuple[list[Pair], list[Pair]]:
        """Return pairs that wait, two of them for the participant, and pairs that were declined."""
        taken = set(self.taken)
        free = [pair for pair in self.pairs if pair not in taken]
        hers = [pair for pair in free if self.hero in pair][:2]
        rest = [pair for pair in free if self.hero not in pair]
        self.rng.shuffle(rest)
        number = WAITING - len(hers)
        return hers + rest[:number], rest[number : number + DECLINED]


def generate(world: World, seed: int = SEED) -> list[Request]:
    """Return the same requests for the same world, in the order they are sent."""
    rng = random.Random(f"requests {seed}")
    chooser = Chooser(world, rng)
    accepted = chooser.accepted()
    waiting, declined = chooser.others()
    found = [_request(world, rng, pair, yes=True) for pair in accepted]
    found += [_request(world, rng, _towards(pair, chooser.hero), yes=None, ordered=True) for pair in waiting]
    found += [_request(world, rng, pair, yes=False) for pair in declined]
    return sorted(found, key=lambda request: (request.sent_at, request.sender, request.receiver))


def _towards(pair: Pair, hero: int) -> Pair:
    return (pair[1], pair[0]) if pair[0] == hero else pair


def _request(world: World, rng: random.Random, pair: Pair, *, yes: bool | None, ordered: bool = False) -> Request:
    sender, receiver = pair if ordered or rng.random() < 0.5 else (pair[1], pair[0])
    asking, asked = world.people[sender].profile, world.people[receiver].profile
    assert asking is not None
    assert asked is not None
    earliest = max(asking.written_at, asked.written_at)
    latest = LAST_ANSWER - timedelta(hours=12)
    sent = earliest + (latest - earliest) * rng.random() ** 1.4
    sent = sent.replace(microsecond=0)
    answered = min(LAST_ANSWER, sent + timedelta(minutes=rng.randrange(25, 60 * 60)))
    message = _message(rng, asking, asked) if rng.random() < 0.6 else ""
    return Request(sender, receiver, message, sent, yes, None if yes is None else answered)


def _message(rng: random.Random, asking: Profile, asked: Profile) -> str:
    kind, line = why(asking, asked)
    sentence: str = rng.choice(read("crowd")["asks"][kind])
    return sentence.format(need=line, offer=line)
