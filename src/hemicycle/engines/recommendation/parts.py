"""The parts of a fit as rows of numbers: words and tags in one sparse product, meaning in one dense product.

words: cosine of weighted stems, within one language only. tags: share of the wanted tags the other offers, by idf, the
tag above or below counting half. Each is divided by its root mean square over pairs of people. meaning: cosine of two
vectors, in standard units for each pair of languages. Across languages the weight of words goes to meaning, else tags.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hemicycle.engines.recommendation.languages import assign, normal
from hemicycle.engines.recommendation.lexicon import Lexicon
from hemicycle.engines.recommendation.problem import Problem, Profile, Weights

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
SAMPLE = 1000
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Shares:
    """Weights of words, meaning and tags, multiplied by the slope: between people of one language, and of two."""

    same: tuple[float, float, float]
    across: tuple[float, float, float]

    @classmethod
    def of(cls, weights: Weights, *, meaning: bool) -> "Shares":
        """Share out the weight of parts that are missing."""
        lex, sem, tag = weights.lex, weights.sem, weights.tag
        if not meaning:
            lex, sem, tag = lex * (whole := (lex + sem + tag) / (lex + tag)), 0.0, tag * whole
        across = (0.0, sem + lex, tag) if meaning else (0.0, 0.0, lex + tag)
        by = weights.slope
        return cls((by * lex, by * sem, by * tag), (0.0, by * across[1], by * across[2]))


class Tags:
    """Wanted and offered tags as rows."""

    def __init__(self, people: Sequence[Profile], parents: Mapping[str, str]) -> None:
        """Learn the tags and their idf: how few offer them."""
        names = {tag for person in people for tag in person.offer_tags | person.need_tags}
        names |= set(parents) | set(parents.values())
        self.names = sorted(names)
        self.number = {name: number for number, name in enumerate(self.names)}
        self.parents = dict(parents)
        self.near: dict[str, set[str]] = {}
        for child, parent in parents.items():
            self.near.setdefault(child, set()).add(parent)
            self.near.setdefault(parent, set()).add(child)
        frequency = np.zeros(len(self.names))
        for person in people:
            for tag in person.offer_tags:
                frequency[self.number[tag]] += 1
        self.idf = np.log((len(people) + 1) / (frequency + 0.5)) + 0.1

    def wanted(self, people: Sequence[Profile]) -> sparse.csr_matrix:
        """Return the share of each wanted tag (people × tags), by idf; tags nobody had at first are left out."""
        return self._rows([self._shares(person.need_tags) for person in people])

    def offered(self, people: Sequence[Profile]) -> sparse.csr_matrix:
        """Return 1 for an offered tag and one half for one above or below it (people × tags)."""
        rows = []
        for person in people:
            row = {near: HALF for tag in person.offer_tags for near in self.near.get(tag, ())}
            rows.append(row | dict.fromkeys(person.offer_tags & self.number.keys(), 1.0))
        return self._rows(rows)

    def met(self, person: Profile, other: Profile) -> dict[str, float]:
        """Return how much each wanted tag gives that the other offers, or one above or below it."""
        found = {}
        for tag, share in self._shares(person.need_tags).items():
            near = HALF * bool(self.near.get(tag, set()) & other.offer_tags)
            found[tag] = share * (1.0 if tag in other.offer_tags else near)
        return found

    def _shares(self, tags: frozenset[str]) -> dict[str, float]:
        found = {tag: float(self.idf[self.number[tag]]) for tag in tags if tag in self.number}
        return {tag: value / sum(found.values()) for tag, value in found.items()}

    def _rows(self, rows: Sequence[Mapping[str, float]]) -> sparse.csr_matrix:
        entries = [(at, self.number[tag], row[tag]) for at, row in enumerate(rows) for tag in sorted(row)]
        at, column, value = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(rows), len(self.names))
        return sparse.csr_matrix((np.array(value, np.float32), (at, column)), shape=shape)


class Reader:
    """Turns people into weighted rows whose product is the part of a logit that words and tags give."""

    def __init__(self, problem: Problem, people: Sequence[Profile], languages: Sequence[str]) -> None:
        """Learn words, tags and the units of both from the people of an event."""
        size = len(people)
        self.languages = {language: number for number, language in enumerate(sorted(set(languages)))}
        texts = [person.needed for person in people] + [person.offered for person in people]
        self.lexicon = Lexicon(texts, [*languages, *languages])
        self.tags = Tags(people, problem.parents)
        self.words = self.lexicon.matrix[:size], self.lexicon.matrix[size:]
        self.tag_rows = self.tags.wanted(people), self.tags.offered(people)
        chosen = np.unique(np.linspace(0, size - 1, min(size, SAMPLE)).astype(np.int64)) if size else np.zeros(0, int)
        self.scales = {
            "lex": _unit(self.words[0][chosen] @ self.words[1][chosen].T, chosen),
            "tag": _unit(self.tag_rows[0][chosen] @ self.tag_rows[1][chosen].T, chosen),
        }
        self.codes = np.array([self.languages[language] for language in languages], np.int64)

    def weighted(self, shares: Shares) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Return needs and offers of everybody (people × columns)."""
        return self._weigh(shares, self.words, self.tag_rows, self.codes)

    def words_of(self, person: Profile, language: str) -> sparse.csr_matrix:
        """Return the words of the needs and of the offers of somebody (2 × terms)."""
        return self.lexicon.vectors([person.needed, person.offered], [language, language])

    def one(
        self, shares: Shares, person: Profile, language: str, words: sparse.csr_matrix
    ) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Return needs and offers of somebody whose profile changed; words new to the event do not count."""
        code = np.array([self.languages[language]])
        tags = self.tags.wanted([person]), self.tags.offered([person])
        return self._weigh(shares, (words[:1], words[1:]), tags, code)

    def _weigh(
        self,
        shares: Shares,
        words: tuple[sparse.csr_matrix, sparse.csr_matrix],
        tags: tuple[sparse.csr_matrix, sparse.csr_matrix],
        codes: Ints,
    ) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Put the weights into the needs; tags are there twice, the second time for their language only."""
        lex = shares.same[0] / self.scales["lex"]
        across, more = shares.across[2] / self.scales["tag"], (shares.same[2] - shares.across[2]) / self.scales["tag"]
        own = [self._by_language(block, codes) if more and len(self.languages) > 1 else None for block in tags]
        first = across if own[0] is not None else across + more
        needs = [words[0] * np.float32(lex), tags[0] * np.float32(first)]
        offers = [words[1], tags[1]]
        if own[0] is not None:
            needs.append(own[0] * np.float32(more))
            offers.append(own[1])
        return (
            sparse.csr_matrix(sparse.hstack(needs, format="csr", dtype=np.float32)),
            sparse.csr_matrix(sparse.hstack(offers, format="csr", dtype=np.float32)),
        )

    def _by_language(self, rows: sparse.csr_matrix, codes: Ints) -> sparse.csr_matrix:
        """Move each row to the columns of its language."""
        width, count = rows.shape[1], len(self.languages)
        of = np.repeat(codes, np.diff(rows.indptr))
        shape = (rows.shape[0], width * count)
        return sparse.csr_matrix((rows.data, rows.indices + width * of, rows.indptr), shape=shape)


def languages_of(people: Sequence[Profile]) -> list[str]:
    """Return the language of each profile: as declared, else detected from all they wrote."""
    texts = [f"{person.offers}\n{person.needs}\n{person.about}" for person in people]
    return assign(texts, [normal(person.language) for person in people])


def _unit(products: sparse.csr_matrix, chosen: Ints) -> float:
    """Return the root mean square over ordered pairs of two different people, 1 when all are 0."""
    size = len(chosen)
    values = products.data.astype(np.float64)
    own = products.diagonal().astype(np.float64)
    square = max(float(values @ values - own @ own), 0.0) / max(size * (size - 1), 1)
    return float(np.sqrt(square)) or 1.0
