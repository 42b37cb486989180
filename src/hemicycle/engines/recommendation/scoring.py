"""Scores of pairs, whole rows at a time: what one person is for everybody else.

A directed yes has the logit x = bias + Σ weight · part. The mutual score is the harmonic mean of both probabilities,
2 / (1/p + 1/q) = 1 / (1 + (e^-x + e^-y) / 2), times what both have in common. Nobody passes a filter by a high score.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.filters import OUT, Filters
from hemicycle.engines.recommendation.lexicon import Floats, Ints
from hemicycle.engines.recommendation.meaning import Meaning
from hemicycle.engines.recommendation.parts import Reader, Shares, languages_of
from hemicycle.engines.recommendation.problem import Problem, Profile, Weights
from hemicycle.engines.recommendation.products import Row, Sides, Tiles

EVIDENCE = 1e-5
UNIT = 10**6


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
        self.all = np.arange(self.size)
        self.reader = Reader(problem, self.people, self.languages)
        self.meaning = meaning
        if meaning is not None:
            meaning.read(self.people, self.languages)
        self.changed: dict[int, tuple[Row, Row]] = {}
        self._new_words: dict[int, tuple[Row, Row]] = {}
        self.filters = Filters(problem, self.people, self.row)
        self.reweigh(weights)

    def reweigh(self, weights: Weights) -> None:
        """Take other weights."""
        self.weights = weights
        self.shares = Shares.of(weights, meaning=self.meaning is not None)
        self.sides = Sides(*self.reader.weighted(self.shares))

    def logits(self, rows: Ints) -> tuple[Floats, Floats]:
        """Return the logit of a yes of these people to everybody, and of everybody to them (rows × people)."""
        there, back = (
            np.array([self._against(row, side) for row in rows.tolist()], np.float32).reshape(len(rows), self.size)
            for side in (0, 1)
        )
        self.complete(rows, self.all, there, back)
        return there, back

    def mutual(self, rows: Ints) -> Floats:
        """Return the mutual scores (rows × people); -1 where a filter or the lack of any ground forbids the pair."""
        points = self.points(rows)
        return np.where(points < 0, OUT, points / np.float32(UNIT))

    def points(self, rows: Ints) -> Floats:
        """Return the mutual scores in millionths, whole numbers; negative for a forbidden pair."""
        return self.finish(rows, self.all, *self.logits(rows))

    def tiles(self, rows: Ints | None) -> "PointTiles":
        """Return the scores of these people among each other, as they were read; None for everybody."""
        return PointTiles(self, rows)

    def complete(self, rows: Ints, columns: Ints, there: Floats, back: Floats) -> None:
        """Add meaning and bias to the products."""
        if self.meaning is not None:
            self.meaning.add(rows, columns, there, back, self.shares)
        there += np.float32(self.weights.bias)
        back += np.float32(self.weights.bias)

    def finish(self, rows: Ints, columns: Ints, there: Floats, back: Floats) -> Floats:
        """Turn logits into the harmonic mean in millionths; both arrays are overwritten."""
        groundless = None
        if self.meaning is None:
            groundless = np.maximum(there, back) < np.float32(self.weights.bias + EVIDENCE)
        for logit in (there, back):
            np.negative(logit, out=logit)
            np.exp(logit, out=logit)
        there += back
        there *= np.float32(0.5)
        there += np.float32(1)
        np.divide(np.float32(UNIT), there, out=there)
        self.filters.common_ground(rows, columns, there)
        np.rint(there, out=there)
        if groundless is not None:
            there[groundless] = OUT
        self.filters.forbid(rows, columns, there)
        return there

    def _against(self, row: int, side: int) -> Floats:
        """Return the products of one person's needs (side 0) with all offers, or of offers (1) with all needs."""
        mine = self._row(row, side)
        found = self.sides.against(mine, 1 - side)
        if self.changed:
            dense = np.zeros(len(self.sides.place), np.float32)
            dense[mine[0]] = mine[1]
            owners, columns, values = self._news[1 - side]
            sums = np.bincount(owners, dense[columns] * values, minlength=len(self.changed))
            found[list(self.changed)] = sums
        return found

    def _row(self, row: int, side: int) -> Row:
        now = self.changed.get(row)
        return self.sides.row(side, row) if now is None else now[side]

    def replace(self, person: Profile) -> int:
        """Take an edited profile in place of the one with its id; return its row. Units and idf stay as they were."""
        row = self.row[person.id]
        self.filters.replace(row, person)
        language = self.language_of(person)
        self.languages[row] = language
        self.people[row] = person
        self._new_words[row] = self.reader.words_of(person, language)
        self.changed[row] = self.reader.one(self.shares, person, language, self._new_words[row])
        self._news = [_together([rows[side] for rows in self.changed.values()]) for side in (0, 1)]
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
            sem = np.array(
                [self.meaning.standard(rows[at : at + 1], others[at : at + 1])[0][0, 0] for at in range(len(rows))],
                float,
            )
        across = reader.codes[rows] != reader.codes[others]
        return np.column_stack([np.where(across, tag if self.meaning is None else sem, lex), sem, tag])

    def words_of(self, row: int, side: int) -> Row:
        """Return columns and values of the words somebody needs (side 0) or offers (1)."""
        now = self._new_words.get(row)
        if now is not None:
            return now[side]
        words = self.reader.words[side]
        start, end = words.indptr[row], words.indptr[row + 1]
        return words.indices[start:end], words.data[start:end]


class PointTiles:
    """Scores in millionths among some people, a tile at a time."""

    def __init__(self, scores: Scores, rows: Ints | None) -> None:
        """Prepare the people of these rows, in ascending order."""
        self._scores = scores
        self.rows = scores.all if rows is None else rows
        self._tiles = Tiles(scores.sides, rows)
        self.bands = self._tiles.bands

    def of(self, i: int, j: int) -> Floats:
        """Return the scores of band i with band j; on the diagonal each pair once, the second time as forbidden."""
        rows, columns = self.rows[self.bands[i]], self.rows[self.bands[j]]
        there, back = self._tiles.of(i, j)
        self._scores.complete(rows, columns, there, back)
        points = self._scores.finish(rows, columns, there, back)
        if i == j:
            points[np.tri(len(rows), dtype=bool)] = OUT
        return points


def _together(rows: Sequence[Row]) -> tuple[Ints, Ints, Floats]:
    """Return owner, column and value of all entries, one after another."""
    owners = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
    return owners, np.concatenate([columns for columns, _ in rows]), np.concatenate([values for _, values in rows])
