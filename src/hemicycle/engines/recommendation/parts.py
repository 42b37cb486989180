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
from hemicycle.engines.recommendation.lexicon import Ints, Lexicon, ranges
from hemicycle.engines.recommendation.problem import Problem, Profile, Weights
from hemicycle.engines.recommendation.products import Row, square_sum

SAMPLE = 500
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
        self.idf: list[float] = (np.log((len(people) + 1) / (frequency + 0.5)) + 0.1).tolist()

    def wanted(self, person: Profile) -> dict[int, float]:
        """Return the share of each wanted tag, by idf; tags nobody had at first are left out."""
        found = {self.number[tag]: self.idf[self.number[tag]] for tag in person.need_tags if tag in self.number}
        whole = sum(found.values())
        return {tag: value / whole for tag, value in found.items()}

    def offered(self, person: Profile) -> dict[int, float]:
        """Return 1 for an offered tag and one half for one above or below it."""
        found = {self.number[near]: HALF for tag in person.offer_tags for near in self.near.get(tag, ())}
        return found | {self.number[tag]: 1.0 for tag in person.offer_tags if tag in self.number}

    def met(self, person: Profile, other: Profile) -> dict[str, float]:
        """Return how much each wanted tag gives that the other offers, or one above or below it."""
        found = {}
        for tag, share in self.wanted(person).items():
            name = self.names[tag]
            near = HALF * bool(self.near.get(name, set()) & other.offer_tags)
            found[name] = share * (1.0 if name in other.offer_tags else near)
        return found

    def rows(self, people: Sequence[Profile]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Return `wanted` and `offered` of everybody (people × tags)."""
        size, width = len(people), max(len(self.names), 1)
        wanted = self._keys([person.need_tags for person in people])
        idf = np.array(self.idf)[wanted % width]
        idf /= np.bincount(wanted // width, idf, size)[wanted // width]
        given = self._keys([person.offer_tags for person in people])
        near = [sorted(self.number[other] for other in self.near.get(name, ())) for name in self.names]
        ends = np.cumsum([0, *map(len, near)])
        at, many = ranges(ends[given % width], ends[given % width + 1])
        around = np.repeat(given - given % width, many) + np.array([tag for tags in near for tag in tags], np.int64)[at]
        # Of a tag that is both given and near, the first counts.
        offered, first = np.unique(np.concatenate([given, around]), return_index=True)
        shares = np.where(first < len(given), 1.0, HALF)
        return self._matrix(wanted, idf, size), self._matrix(offered, shares, size)

    def _keys(self, sets: Sequence[frozenset[str]]) -> Ints:
        """Return row · (number of tags) + tag for every tag of everybody, in order."""
        width = len(self.names)
        keys = [row * width + self.number[tag] for row, tags in enumerate(sets) for tag in tags]
        return np.sort(np.array(keys, np.int64))

    def _matrix(self, keys: Ints, values: NDArray[np.float64], size: int) -> sparse.csr_matrix:
        width = len(self.names)
        ends = np.searchsorted(keys, np.arange(size + 1) * width).astype(np.int32)
        return sparse.csr_matrix((values.astype(np.float32), keys % max(width, 1), ends), shape=(size, width))


def entries(found: Sequence[dict[int, float]]) -> Row:
    """Return columns, in order in each row, and values, one row after another."""
    pairs = [pair for row in found for pair in sorted(row.items())]
    return np.array([column for column, _ in pairs], np.int64), np.array([value for _, value in pairs], np.float32)


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
        self.tag_rows = self.tags.rows(people)
        chosen = np.unique(np.linspace(0, size - 1, min(size, SAMPLE)).astype(np.int64)) if size else np.zeros(0, int)
        self.codes = np.array([self.languages[language] for language in languages], np.int64)
        # Words only ever match within a language: pairs of two languages have no part in their unit.
        parts = {"lex": (self.words, np.bincount(self.codes[chosen])), "tag": (self.tag_rows, np.array([len(chosen)]))}
        self.scales = {name: _unit(rows[0][chosen], rows[1][chosen], many) for name, (rows, many) in parts.items()}

    def weighted(self, shares: Shares) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Return needs and offers of everybody (people × columns), the weights in the needs.

        Tags are there twice if two languages are, the second time for their language only.
        """
        lex, first, more = self._factors(shares)
        needs = [self.words[0] * np.float32(lex), self.tag_rows[0] * np.float32(first)]
        offers = [*self.words[1:], self.tag_rows[1]]
        if more:
            needs.append(self._by_language(self.tag_rows[0]) * np.float32(more))
            offers.append(self._by_language(self.tag_rows[1]))
        return beside(needs), beside(offers)

    def words_of(self, person: Profile, language: str) -> tuple[Row, Row]:
        """Return the words of the needs and of the offers of somebody."""
        needs, offers = self.lexicon.rows([person.needed, person.offered], [language, language])
        return needs, offers

    def one(self, shares: Shares, person: Profile, language: str, words: tuple[Row, Row]) -> tuple[Row, Row]:
        """Return needs and offers of somebody whose profile changed; words new to the event do not count."""
        lex, first, more = self._factors(shares)
        width, count = self.words[0].shape[1], len(self.tags.names)
        own = width + count * (1 + self.languages[language])
        found = []
        for side, tags in enumerate((self.tags.wanted(person), self.tags.offered(person))):
            columns, values = words[side]
            tag, share = entries([tags])
            by = (lex, first, more) if side == 0 else (1, 1, 1)
            kinds = [(columns, values * np.float32(by[0])), (width + tag, share * np.float32(by[1]))]
            if more:
                kinds.append((own + tag, share * np.float32(by[2])))
            found.append((np.concatenate([kind[0] for kind in kinds]), np.concatenate([kind[1] for kind in kinds])))
        return found[0], found[1]

    def _factors(self, shares: Shares) -> tuple[float, float, float]:
        """Return the factors of words, of tags, and of tags once more between people of one language."""
        across, same = (part[2] / self.scales["tag"] for part in (shares.across, shares.same))
        return shares.same[0] / self.scales["lex"], *((across, same - across) if len(self.languages) > 1 else (same, 0))

    def _by_language(self, rows: sparse.csr_matrix) -> sparse.csr_matrix:
        """Move each row to the columns of its language."""
        width, count = rows.shape[1], len(self.languages)
        of = np.repeat(self.codes, np.diff(rows.indptr))
        shape = (rows.shape[0], width * count)
        return sparse.csr_matrix((rows.data, rows.indices + width * of, rows.indptr), shape=shape)


def languages_of(people: Sequence[Profile]) -> list[str]:
    """Return the language of each profile: as declared, else detected from all they wrote."""
    declared = [normal(person.language) for person in people]
    texts = [
        "" if given else f"{person.offers}\n{person.needs}\n{person.about}"
        for person, given in zip(people, declared, strict=True)
    ]
    return assign(texts, declared)


def beside(blocks: Sequence[sparse.csr_matrix]) -> sparse.csr_matrix:
    """Put matrices of equal height side by side."""
    return sparse.csr_matrix(sparse.hstack(blocks, format="csr", dtype=np.float32))


def _unit(needs: sparse.csr_matrix, offers: sparse.csr_matrix, many: Ints) -> float:
    """Return the root mean square of the products of two different people of one group, 1 when all are 0."""
    return float(np.sqrt(square_sum(needs, offers) / max(int((many * (many - 1)).sum()), 1))) or 1.0
