"""Who takes part and what may be recommended to whom: the input of the recommendation engine."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hemicycle.engines.checking import need, need_unique

LEARN_FROM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Somebody who wants to meet others, in their own words.

    Args:
        id: unique in the event.
        offers, needs, about: free texts; `about` counts as offered, and as needed by those who need nothing else.
        offer_tags, need_tags: ids of tags.
        language: one of the 24 official languages as two letters; None to have it detected.
        organisation, country, kind: theirs (kind of organisation); empty when not known.
        sessions: ids of sessions they attend.
        countries, kinds: those wished for in others; empty for no wish.
        free: slots (from 0) in which they can meet, None for any.
        hidden: nobody is shown to them and they are shown to nobody.
        blocked: ids of people they do not want to see; counts both ways.
    """

    id: str
    offers: str = ""
    needs: str = ""
    about: str = ""
    offer_tags: frozenset[str] = frozenset()
    need_tags: frozenset[str] = frozenset()
    language: str | None = None
    organisation: str = ""
    country: str = ""
    kind: str = ""
    sessions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    free: frozenset[int] | None = None
    hidden: bool = False
    blocked: frozenset[str] = frozenset()

    @property
    def offered(self) -> str:
        """Return what others find in them."""
        return "\n".join(part for part in (self.offers, self.about) if part)

    @property
    def needed(self) -> str:
        """Return what they look for."""
        return self.needs or self.about


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Logit of a directed yes: bias + slope · (lex · words + sem · meaning + tag · tags), parts in standard units."""

    lex: float = 0.35
    sem: float = 0.35
    tag: float = 0.30
    slope: float = 1.0
    bias: float = -3.0


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody answered when shown somebody else."""

    person: str
    other: str
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything the engine needs to know.

    Args:
        people: in the order in which they are reported.
        known: pairs of ids who have met, or of whom one declined the other.
        decisions: answers the weights are learned from, once there are at least 200.
        parents: tag → the wider tag above it.
        weights: the prior.
        cap: most people on a mutual list, and most lists a person is on.
        second_cap: the same with one-way suggestions.

    Raises:
        BadProblem: something contradicts itself; the message names it.
    """

    people: tuple[Profile, ...]
    known: tuple[tuple[str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    parents: dict[str, str] = field(default_factory=dict)
    weights: Weights = Weights()
    cap: int = 20
    second_cap: int = 25

    def __post_init__(self) -> None:
        """Refuse contradictions at once, so that no later step needs to look for them."""
        ids = Counter(person.id for person in self.people)
        need_unique("person", (person.id for person in self.people))
        for person in self.people:
            _check_known(f"person {person.id}: blocked", ids, person.blocked)
            need(min(person.free or {0}) >= 0, f"person {person.id}: free: below 0")
        for pair in self.known:
            _check_known("known", ids, pair)
        for decision in self.decisions:
            _check_known("decisions", ids, (decision.person, decision.other))
        need(self.cap >= 1, "cap: below 1")
        need(self.second_cap >= self.cap, "second_cap: below cap")
        weights = self.weights
        need(min(weights.lex, weights.sem, weights.tag) >= 0, "weights: below 0")
        need(weights.lex + weights.tag > 0, "weights: words and tags weigh nothing")
        need(weights.slope > 0, "weights: the slope is not above 0")


def _check_known(where: str, ids: Counter[str], names: Iterable[str]) -> None:
    for name in sorted(names):
        need(name in ids, f"{where}: person {name} is not known")
