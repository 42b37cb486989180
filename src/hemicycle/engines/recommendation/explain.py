"""Why two people are recommended to each other: every contribution to the score, in the words they wrote."""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from hemicycle.engines.recommendation.filters import COUNTRY, KIND, SESSIONS
from hemicycle.engines.recommendation.languages import sentences
from hemicycle.engines.recommendation.problem import Profile
from hemicycle.engines.recommendation.scoring import Scores

SHOWN = 3
NAMES = {
    "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish", "hr": "Croatian", "hu": "Hungarian",
    "it": "Italian", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "sk": "Slovak", "sl": "Slovene", "sv": "Swedish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contribution:
    """One part of a logit: kind "word", "phrase", "letters" (pieces of words), "tag" or "meaning", what it is, how much."""

    kind: str
    what: str
    value: float


@dataclass(frozen=True, slots=True)
class Direction:
    """What `other` offers for what `person` needs: logit = bias + all contributions, largest first."""

    person: str
    other: str
    bias: float
    contributions: tuple[Contribution, ...]
    sentences: tuple[str, str] | None

    @property
    def logit(self) -> float:
        """Return the sum."""
        return self.bias + sum(part.value for part in self.contributions)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A mutual score taken apart: both directions and what both have in common.

    score = factor / (1 + (e^-there.logit + e^-back.logit) / 2), rounded to six digits.
    """

    there: Direction
    back: Direction
    common: tuple[tuple[str, str], ...]
    factor: float
    languages: tuple[str, str]

    @property
    def score(self) -> float:
        """Return the mutual score."""
        return self.factor / (1 + (math.exp(-self.there.logit) + math.exp(-self.back.logit)) / 2)

    def text(self) -> tuple[str, ...]:
        """Return the reasons as short English sentences, the largest contributions of each direction first."""
        found = []
        for way, verb in ((self.there, "You look for"), (self.back, "You offer")):
            named = [
                part.what for part in way.contributions if part.kind in ("word", "phrase", "tag") and part.value > 0
            ]
            if named:
                found.append(f"{verb}: {', '.join(dict.fromkeys(named[:SHOWN]))}")
            if any(part.kind == "meaning" and part.value > 0 for part in way.contributions):
                found.append(f"{verb}: {self._meaning(way)}")
        return (*found, *(f"{kind}: {what}" for kind, what in self.common))

    def _meaning(self, way: Direction) -> str:
        mine, other = self.languages
        pair = "" if way.sentences is None else f": “{way.sentences[0]}” – “{way.sentences[1]}”"
        across = f", texts in {NAMES.get(mine, mine)} and {NAMES.get(other, other)}" if mine != other else ""
        return f"similar in meaning{across}{pair}"


def explain(scores: Scores, person: str, other: str) -> Explanation:
    """Take the mutual score of two people apart, as `person` reads it.

    Raises:
        KeyError: an id is not known.
    """
    a, b = scores.row[person], scores.row[other]
    mine, their = scores.people[a], scores.people[b]
    common, factor = _common(mine, their)
    return Explanation(
        _direction(scores, a, b), _direction(scores, b, a), common, factor, (scores.languages[a], scores.languages[b])
    )


def _common(mine: Profile, their: Profile) -> tuple[tuple[tuple[str, str], ...], float]:
    sessions = sorted(mine.sessions & their.sessions)
    countries = sorted((mine.countries & {their.country}) | (their.countries & {mine.country}) - {""})
    kinds = sorted((mine.kinds & {their.kind}) | (their.kinds & {mine.kind}) - {""})
    found = [("Same session", name) for name in sessions]
    found += [("Country wished for", name) for name in countries] + [("Kind wished for", name) for name in kinds]
    return tuple(found), 1 + SESSIONS * bool(sessions) + COUNTRY * bool(countries) + KIND * bool(kinds)


def _direction(scores: Scores, a: int, b: int) -> Direction:
    mine, their = scores.people[a], scores.people[b]
    parts = _words(scores, a, b) + _tags(scores, a, b)
    pair = None
    if scores.meaning is not None:
        share = scores.shares.same if scores.languages[a] == scores.languages[b] else scores.shares.across
        value = float(scores.meaning.standard(np.array([a]), np.array([b]))[0][0, 0]) * share[1]
        parts.append(Contribution("meaning", f"{scores.languages[a]}-{scores.languages[b]}", value))
        pair = _nearest(scores, mine.needed, their.offered)
    parts = [part for part in parts if part.value]
    parts.sort(key=lambda part: (-part.value, part.kind, part.what))
    return Direction(mine.id, their.id, scores.weights.bias, tuple(parts), pair)


def _words(scores: Scores, a: int, b: int) -> list[Contribution]:
    """Return the words both texts share; pieces of words are one contribution."""
    language = scores.languages[a]
    if scores.languages[b] != language:
        return []
    lexicon, text = scores.reader.lexicon, scores.people[a].needed
    mine, their = scores.words_of(a, 0), scores.words_of(b, 1)
    columns, at, there = np.intersect1d(mine[0], their[0], assume_unique=True, return_indices=True)
    values = mine[1][at].astype(np.float64) * their[1][there] * (scores.shares.same[0] / scores.reader.scales["lex"])
    whole: dict[tuple[str, str], float] = defaultdict(float)
    for said, value in zip(lexicon.labels(columns.tolist(), text, language), values.tolist(), strict=True):
        whole[said] += value
    return [Contribution(kind, label, value) for (kind, label), value in whole.items()]


def _tags(scores: Scores, a: int, b: int) -> list[Contribution]:
    same = scores.languages[a] == scores.languages[b]
    unit = (scores.shares.same if same else scores.shares.across)[2] / scores.reader.scales["tag"]
    met = scores.reader.tags.met(scores.people[a], scores.people[b])
    return [Contribution("tag", tag, value * unit) for tag, value in met.items()]


def _nearest(scores: Scores, mine: str, their: str) -> tuple[str, str] | None:
    """Return the two sentences nearest in meaning."""
    left, right = sentences(mine), sentences(their)
    if not left or not right or scores.meaning is None:
        return None
    embedder = scores.meaning.embedder
    likeness = embedder.embed(left, "need") @ embedder.embed(right, "offer").T
    a, b = divmod(int(likeness.argmax()), len(right))
    return left[a], right[b]
