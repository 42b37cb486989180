"""Scores of pairs, whole rows at a time: what one person is for everybody else.

A directed yes has the logit x = bias + Σ weight · part. The mutual score is the harmonic mean of both probabilities,
2 / (1/p + 1/q) = 1 / (1 + (e^-x + e^-y) / 2), times what both have in common. Nobody passes a filter by a high score.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hemicycle.engines.recommendation.filters import OUT, Filters
from hemicycle.engines.recommendation.meaning import Meaning
from hemicycle.engines.recommendation.parts import Floats, Ints, Reader, Shares, languages_of
from hemicycle.engines.recommendation.problem import Problem, Profile, Weights

EVIDENCE = 1e-5
COMMON = 0.08
DIGITS = 6


class Products:
    """Needs times offers: terms most people use as dense columns, all others as sparse ones."""

    def __init__(self, needs: sparse.csr_matrix, offers: sparse.csr_matrix) -> None:
        """Split the columns."""
        size = max(needs.shape[0], 1)
        asked, given = (np.bincount(side.indices, minlength=needs.shape[1]) for side in (needs, offers))
        self.common = np.flatnonzero(asked * given > (COMMON * size) ** 2)
        self.place = np.full(needs.shape[1], -1)
        self.place[self.common] = np.arange(len(self.common))
        rare = sparse.diags_array((asked * given <= (COMMON * size) ** 2).astype(np.float32)).tocsr()
        self.rare = [sparse.csr_matrix((side @ rare).T) for side in (offers, needs)]
        for side in self.rare:
            side.eliminate_zeros()
        self.dense = [np.ascontiguousarray(side[:, self.common].toarray().T) for side in (offers, needs)]

    def of(self, needs: sparse.csr_matrix, offers: sparse.csr_matrix) -> tuple[Floats, Floats]:
        """Return needs × all offers and offers × all needs, dense."""
        there, back = (
            self._one(mine, at)
            if mine.shape[0] == 1
            else mine[:, self.common].toarray() @ self.dense[at] + self._few(mine, at)
            for at, mine in enumerate((needs, offers))
        )
        return there, back

    def _few(self, mine: sparse.csr_matrix, at: int) -> Floats:
        found: Floats = (mine @ self.rare[at]).toarray()
        return found

    def _one(self, mine: sparse.csr_matrix, at: int) -> Floats:
        """Return the product of a single row without the cost of large ones: term by term."""
        rare, dense = self.rare[at], self.dense[at]
        found = np.zeros(dense.shape[1], np.float32)
        for column, value in zip(mine.indices.tolist(), mine.data, strict=True):
            common = self.place[column]
            if common >= 0:
                found += value * dense[common]
            else:
                start, end = rare.indptr[column], rare.indptr[column + 1]
                found[rare.indices[start:end]] += value * rare.data[start:end]
        return found[None]


class Scores:
    """Everything needed to score anybody against everybody; people are rows in the order of their ids."""

    def __init__(self, problem: Problem, weights: Weights, meaning: Meaning | None = None) -> None:
        """Read all profiles; the order in which they are given plays no part."""
        languages = languages_of(problem.people)
        order = sorted(range(len(languages)), key=lambda at: problem.people[at].id)
        self.problem = problem
        self.people = [problem.people[at] for at in order]
        self.languages = [languages[at] for at in order]
        self.row = {person.id: row for row, person in enumerate(self.people)}
        self.size = len(order)
        self.reader = Reader(problem, self.people, self.languages)
        self.meaning = meaning
        if meaning is not None:
            meaning.read(self.people, self.languages)
        self.changed: dict[int, tuple[sparse.csr_matrix, sparse.csr_matrix]] = {}
        self._new_words: dict[int, sparse.csr_matrix] = {}
        self.filters = Filters(problem, self.people, self.row)
        self.reweigh(weights)

    def reweigh(self, weights: Weights) -> None:
        """Take other weights."""
        self.weights = weights
        self.shares = Shares.of(weights, meaning=self.meaning is not None)
        self.needs, self.offers = self.reader.weighted(self.shares)
        self._products = Products(self.needs, self.offers)

    def logits(self, rows: Ints) -> tuple[Floats, Floats]:
        """Return the logit of a yes of these people to everybody, and of everybody to them (rows × people)."""
        needs, offers = self._of(rows)
        there, back = self._products.of(needs, offers)
        if self.changed:
            columns = list(self.changed)
            there[:, columns] = (needs @ self._new[1].T).toarray()
            back[:, columns] = (offers @ self._new[0].T).toarray()
        if self.meaning is not None:
            self.meaning.add(rows, there, back, self.shares)
        there += np.float32(self.weights.bias)
        back += np.float32(self.weights.bias)
        return there, back

    def mutual(self, rows: Ints) -> Floats:
        """Return the mutual scores (rows × people); -1 where a filter or the lack of any ground forbids the pair."""
        there, back = self.logits(rows)
        forbidden = None
        if self.meaning is None:
            nothing = np.float32(self.weights.bias + EVIDENCE)
            forbidden = (there < nothing) & (back < nothing)
        np.exp(-there, out=there)
        there += np.exp(-back, out=back)
        there *= np.float32(0.5)
        there += np.float32(1)
        np.reciprocal(there, out=there)
        self.filters.common_ground(rows, there)
        there *= np.float32(10**DIGITS)
        np.rint(there, out=there)
        there /= np.float32(10**DIGITS)
        if forbidden is not None:
            there[forbidden] = OUT
        self.filters.forbid(rows, there)
        return there

    def replace(self, person: Profile) -> int:
        """Take an edited profile in place of the one with its id; return its row. Units and idf stay as they were."""
        row = self.row[person.id]
        self.filters.replace(row, self.people[row], person)
        language = self.language_of(person)
        self.languages[row] = language
        self.people[row] = person
        self._new_words[row] = self.reader.words_of(person, language)
        self.changed[row] = self.reader.one(self.shares, person, language, self._new_words[row])
        needs, offers = zip(*self.changed.values(), strict=True)
        self._new = sparse.csr_matrix(sparse.vstack(needs)), sparse.csr_matrix(sparse.vstack(offers))
        if self.meaning is not None:
            self.meaning.replace(row, person, language)
        return row

    def language_of(self, person: Profile) -> str:
        """Return the language of an edited profile, the one it had when the new one is not known in the event."""
        found = languages_of([person])[0]
        return self.languages[self.row[person.id]] if found not in self.reader.languages else found

    def parts(self, rows: Ints, others: Ints) -> NDArray[np.float64]:
        """Return what the weights of words, meaning and tags are multiplied by in the fit of each other for each row."""
        reader = self.reader
        lex = reader.words[0][rows].multiply(reader.words[1][others]).sum(axis=1) / reader.scales["lex"]
        tag = reader.tag_rows[0][rows].multiply(reader.tag_rows[1][others]).sum(axis=1) / reader.scales["tag"]
        lex, tag = np.asarray(lex).ravel(), np.asarray(tag).ravel()
        sem = np.zeros(len(rows))
        if self.meaning is not None:
            sem = np.array([self.meaning.standard(rows[at : at + 1])[0][0, b] for at, b in enumerate(others)], float)
        across = reader.codes[rows] != reader.codes[others]
        return np.column_stack([np.where(across, tag if self.meaning is None else sem, lex), sem, tag])

    def words_of(self, row: int, side: int) -> tuple[Ints, Floats]:
        """Return columns and values of the words somebody needs (side 0) or offers (1)."""
        now = self._new_words.get(row)
        rows, at = (self.reader.words[side], row) if now is None else (now, side)
        start, end = rows.indptr[at], rows.indptr[at + 1]
        return rows.indices[start:end], rows.data[start:end]

    def _of(self, rows: Ints) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        needs, offers = self.needs[rows], self.offers[rows]
        if not self.changed or not any(int(row) in self.changed for row in rows):
            return needs, offers
        new = [self.changed.get(int(row), (needs[at], offers[at])) for at, row in enumerate(rows)]
        asked, given = zip(*new, strict=True)
        return sparse.csr_matrix(sparse.vstack(asked)), sparse.csr_matrix(sparse.vstack(given))
