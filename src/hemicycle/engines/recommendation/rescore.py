"""The mutual scores once more, from the definition: dictionaries and lists of postings, double precision."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.embedders import Embedder
from hemicycle.engines.recommendation.languages import COMPOUNDING, assign, normal, plain, root, words
from hemicycle.engines.recommendation.problem import Problem, Profile, Weights

Row = NDArray[np.float64]
Term = tuple[str, ...]
SAMPLE, SEM_SAMPLE = 500, 200


class Rescorer:
    """Scores of one person for everybody."""

    def __init__(self, problem: Problem, weights: Weights, embedder: Embedder | None) -> None:
        """Read everybody; the weights are taken as given."""
        self.weights = weights
        said = [f"{person.offers}\n{person.needs}\n{person.about}" for person in problem.people]
        spoken = assign(said, [normal(person.language) for person in problem.people])
        order = sorted(range(len(said)), key=lambda at: problem.people[at].id)
        self.people = [problem.people[at] for at in order]
        self.spoken = [spoken[at] for at in order]
        self.place = {person.id: at for at, person in enumerate(self.people)}
        texts = [person.needed for person in self.people] + [person.offered for person in self.people]
        vectors = _vectors(texts, self.spoken * 2)
        size = len(self.people)
        self.words = _Product(vectors[:size], vectors[size:])
        self.tags = _Product(*_tags(problem, self.people))
        chosen = sorted({int(at) for at in np.linspace(0, size - 1, min(size, SAMPLE)).astype(int)})
        together = Counter(self.spoken[at] for at in chosen).values()
        self.scales = {
            "lex": _unit(self.words, chosen, sum(many * (many - 1) for many in together)),
            "tag": _unit(self.tags, chosen, len(chosen) * (len(chosen) - 1)),
        }
        self.meaning = None if embedder is None else _Meaning(embedder, self)

    def row(self, name: str) -> dict[str, float]:
        """Return the score with everybody else, filters not looked at; pairs without any ground are left out."""
        at = self.place[name]
        there, back = self._logits(at, there=True), self._logits(at, there=False)
        mine = self.people[at]
        found = {}
        for other, their in enumerate(self.people):
            if other == at or (self.meaning is None and max(there[other], back[other]) < self.weights.bias + 1e-5):
                continue
            factor = 1.0 + 0.10 * bool(mine.sessions & their.sessions)
            for ours, wish, yours, wished in (
                (mine.country, mine.countries, their.country, their.countries),
                (mine.kind, mine.kinds, their.kind, their.kinds),
            ):
                factor += 0.05 * ((yours != "" and yours in wish) or (ours != "" and ours in wished))
            found[their.id] = factor / (1 + (math.exp(-there[other]) + math.exp(-back[other])) / 2)
        return found

    def _logits(self, at: int, *, there: bool) -> Row:
        """Return bias + slope · Σ weight · part for everybody, of this person's needs or offers."""
        lex = self.words.row(at, there=there) / self.scales["lex"]
        tag = self.tags.row(at, there=there) / self.scales["tag"]
        by = self.weights
        same = np.array([language == self.spoken[at] for language in self.spoken])
        if self.meaning is None:
            whole = by.lex + by.sem + by.tag
            fit = whole * np.where(same, (by.lex * lex + by.tag * tag) / (by.lex + by.tag), tag)
        else:
            sem = self.meaning.row(at, there=there)
            fit = by.tag * tag + np.where(same, by.lex * lex + by.sem * sem, (by.lex + by.sem) * sem)
        return np.asarray(by.bias + by.slope * fit, np.float64)


class _Product:
    """Products of the rows of needs with the rows of offers."""

    def __init__(self, needs: Sequence[dict[Term, float]], offers: Sequence[dict[Term, float]]) -> None:
        self.sides = (list(needs), list(offers))
        self.postings = (_postings(self.sides[0]), _postings(self.sides[1]))

    def row(self, at: int, *, there: bool) -> Row:
        """Return need of `at` times all offers, or offer of `at` times all needs."""
        mine, other = self.sides[0 if there else 1][at], self.postings[1 if there else 0]
        found = np.zeros(len(self.sides[0]))
        for term, value in mine.items():
            if term in other:
                rows, values = other[term]
                found[rows] += value * values
        return found


def _postings(side: Sequence[dict[Term, float]]) -> dict[Term, tuple[NDArray[np.int64], Row]]:
    lists: dict[Term, list[tuple[int, float]]] = defaultdict(list)
    for at, terms in enumerate(side):
        for term, value in terms.items():
            lists[term].append((at, value))
    return {term: (np.array([at for at, _ in found]), np.array([v for _, v in found])) for term, found in lists.items()}


def _unit(product: _Product, chosen: list[int], pairs: int) -> float:
    square = 0.0
    for at in chosen:
        row = product.row(at, there=True)
        square += float((row[chosen] ** 2).sum() - row[at] ** 2)
    return math.sqrt(max(square, 0.0) / max(pairs, 1)) or 1.0


def _vectors(texts: Sequence[str], spoken: Sequence[str]) -> list[dict[Term, float]]:
    """Return weighted terms of each text: stems 0.6, pairs 0.3, pieces of four letters 0.1 (0.3 with compounds)."""
    fields = [_terms(text, language) for text, language in zip(texts, spoken, strict=True)]
    size = Counter(spoken)
    frequency = Counter(
        (language, term) for kinds, language in zip(fields, spoken, strict=True) for k in kinds for term in k
    )
    found = []
    for kinds, language in zip(fields, spoken, strict=True):
        row: dict[Term, float] = {}
        shares = (0.6, 0.3, 0.3 if language in COMPOUNDING else 0.1)
        for kind, share in zip(kinds, shares, strict=True):
            weights = {
                term: (1 + math.log(count)) * math.log((size[language] + 1) / (frequency[language, term] + 0.5))
                for term, count in kind.items()
            }
            length = math.sqrt(sum(value**2 for value in weights.values())) or 1.0
            for term, value in weights.items():
                row[language, *term] = value / length * math.sqrt(share / sum(shares))
        found.append(row)
    return found


def _terms(text: str, language: str) -> tuple[Counter[Term], Counter[Term], Counter[Term]]:
    spelled = words(text)
    stems = [stem for word in spelled if (stem := root(word, language))]
    pieces: Counter[Term] = Counter()
    for word in spelled:
        if root(word, language):
            framed = f" {plain(word)} "
            pieces.update(("piece", framed[at : at + 4]) for at in range(max(1, len(framed) - 3)))
    pairs = Counter(("pair", a, b) for a, b in pairwise(stems))
    return Counter(("stem", stem) for stem in stems), Counter(pairs), pieces


def _tags(problem: Problem, people: Sequence[Profile]) -> tuple[list[dict[Term, float]], list[dict[Term, float]]]:
    offered = Counter(tag for person in people for tag in person.offer_tags)
    idf = {
        tag: math.log((len(people) + 1) / (offered[tag] + 0.5)) + 0.1
        for person in people
        for tag in person.offer_tags | person.need_tags
    }
    needs: list[dict[Term, float]] = []
    offers: list[dict[Term, float]] = []
    for person in people:
        whole = sum(idf[tag] for tag in person.need_tags)
        needs.append({(tag,): idf[tag] / whole for tag in person.need_tags})
        row: dict[Term, float] = {}
        for child, parent in problem.parents.items():
            if child in person.offer_tags:
                row[parent,] = 0.5
            if parent in person.offer_tags:
                row[child,] = 0.5
        offers.append(row | {(tag,): 1.0 for tag in person.offer_tags})
    return needs, offers


class _Meaning:
    """Cosines of vectors in standard units for each pair of languages."""

    def __init__(self, embedder: Embedder, of: Rescorer) -> None:
        self.needs = embedder.embed([person.needed for person in of.people], "need").astype(np.float64)
        self.offers = embedder.embed([person.offered for person in of.people], "offer").astype(np.float64)
        self.spoken = of.spoken
        self.needed = np.array([bool(person.needed) for person in of.people], np.float64)
        self.offered = np.array([bool(person.offered) for person in of.people], np.float64)
        self.units = {(a, b): self._unit(a, b) for a in set(of.spoken) for b in set(of.spoken)}

    def row(self, at: int, *, there: bool) -> Row:
        """Return how near everybody is in meaning."""
        mine = self.spoken[at]
        values = self.offers @ self.needs[at] if there else self.needs @ self.offers[at]
        units = [self.units[(mine, other) if there else (other, mine)] for other in self.spoken]
        present = self.needed[at] * self.offered if there else self.offered[at] * self.needed
        return np.asarray([(v - mean) / sd for v, (mean, sd) in zip(values, units, strict=True)] * present, np.float64)

    def _unit(self, a: str, b: str) -> tuple[float, float]:
        left = _spread([at for at, language in enumerate(self.spoken) if language == a and self.needed[at]])
        right = _spread([at for at, language in enumerate(self.spoken) if language == b and self.offered[at]])
        values = [float(self.needs[x] @ self.offers[y]) for x in left for y in right if x != y]
        return (float(np.mean(values)), float(np.std(values)) or 1.0) if values else (0.0, 1.0)


def _spread(rows: list[int]) -> list[int]:
    return (
        [rows[int(at)] for at in np.linspace(0, len(rows) - 1, min(len(rows), SEM_SAMPLE)).astype(int)] if rows else []
    )
