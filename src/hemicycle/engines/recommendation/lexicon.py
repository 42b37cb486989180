"""Texts as rows of numbers: (1 + log tf) · idf over stems, pairs of stems and pieces of words, each language on its own.

Salton, Buckley: Term-weighting approaches in automatic text retrieval (1988); McNamee, Mayfield: Character n-gram
tokenization for European language text retrieval (2004).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hemicycle.engines.recommendation.languages import COMPOUNDING, plain, root, spoken, words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
LENGTH = 4
# Share of each field in the cosine: stems, pairs of stems, pieces of four letters.
STEMS, PAIRS = 0.6, 0.3
PIECES, PIECES_COMPOUNDING = 0.1, 0.3


class _Numbers(dict[str, int]):
    """The words of one language, each with a number; a word not met before gets one."""

    def __init__(self, tokens: "_Tokens", language: str) -> None:
        self.tokens, self.language = tokens, language

    def __missing__(self, word: str) -> int:
        self[word] = found = self.tokens.add(word, self.language)
        return found


@dataclass(slots=True)
class _Tokens:
    """Every word met so far, with its stem and its pieces as column numbers."""

    words: dict[str, _Numbers] = field(default_factory=dict)
    stems: dict[tuple[str, str], int] = field(default_factory=dict)
    pieces: dict[tuple[str, str], int] = field(default_factory=dict)
    stem_of: "array[int]" = field(default_factory=lambda: array("q"))
    piece_of: "array[int]" = field(default_factory=lambda: array("q"))
    piece_start: "array[int]" = field(default_factory=lambda: array("q", [0]))

    def of(self, language: str) -> _Numbers:
        """Return the numbers of the words of a language."""
        if language not in self.words:
            self.words[language] = _Numbers(self, language)
        return self.words[language]

    def add(self, word: str, language: str) -> int:
        """Return the number of a word that was not met before."""
        stem = root(word, language)
        self.stem_of.append(self.stems.setdefault((language, stem), len(self.stems)) if stem else -1)
        if stem:
            framed = f" {plain(word)} "
            cuts = range(max(1, len(framed) - LENGTH + 1))
            self.piece_of.extend(
                self.pieces.setdefault((language, framed[at : at + LENGTH]), len(self.pieces)) for at in cuts
            )
        self.piece_start.append(len(self.piece_of))
        return len(self.stem_of) - 1


class Lexicon:
    """The terms of an event, learned once; later texts are read with the same terms and weights.

    Columns: first all stems, then pairs of stems, then pieces of words, each in the order in which they were met
    (pairs in the order of their numbers).
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        """Learn terms and idf (per language) from the texts."""
        self._tokens = _Tokens()
        terms = self._terms(texts, languages)
        self._pairs, numbers = distinct(terms[1][1])
        stems, pairs, pieces = len(self._tokens.stems), len(self._pairs), len(self._tokens.pieces)
        self._starts = np.array([0, stems, stems + pairs, stems + pairs + pieces])
        rows, columns = self._merge(terms, numbers)
        rows, columns, often = counted(rows, columns, int(self._starts[3]))
        self._idf = _idf(rows, columns, int(self._starts[3]), languages)
        values = self._weigh(rows, columns, often, languages)
        ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])
        shape = (len(texts), int(self._starts[3]))
        self.matrix = sparse.csr_matrix((values, columns.astype(np.int32), ends.astype(np.int32)), shape=shape)

    def rows(self, texts: Sequence[str], languages: Sequence[str]) -> list[tuple[Ints, Floats]]:
        """Return columns and values of texts; the dot product of two texts is their weighted cosine, at most 1."""
        terms = self._terms(texts, languages)
        pairs = terms[1][1]
        at = np.searchsorted(self._pairs, pairs)
        at[at == len(self._pairs)] = 0
        known = self._pairs[at] == pairs if len(self._pairs) else np.zeros(len(pairs), bool)
        terms[0] = _within(terms[0], terms[0][1] < self._starts[1])
        terms[1] = _within(terms[1], known)
        terms[2] = _within(terms[2], terms[2][1] < self._starts[3] - self._starts[2])
        rows, columns, often = counted_few(*self._merge(terms, at[known]), int(self._starts[3]))
        values = self._weigh(rows, columns, often, languages)
        ends = np.searchsorted(rows, np.arange(len(texts) + 1)).tolist()
        return [(columns[start:end], values[start:end]) for start, end in pairwise(ends)]

    def labels(self, columns: Sequence[int], text: str, language: str) -> list[tuple[str, str]]:
        """Return (kind, label) of columns: "word" and "phrase" as the text says them, "letters" for pieces of words."""
        said: dict[int, str] = {}
        for surface, word in spoken(text):
            stem = root(word, language)
            if stem:
                said.setdefault(self._tokens.stems.get((language, stem), -1), surface)
        stems, pairs = self._starts[1:3].tolist()
        found = []
        for column in map(int, columns):
            if column < stems:
                found.append(("word", said[column]))
            elif column < pairs:
                first, second = divmod(int(self._pairs[column - stems]), 1 << 32)
                found.append(("phrase", f"{said[first]} {said[second]}"))
            else:
                found.append(("letters", ""))
        return found

    def _merge(self, terms: list[tuple[Ints, Ints]], pairs: Ints) -> tuple[Ints, Ints]:
        """Return (row, column) of all terms; `pairs` numbers those of the second kind."""
        numbers = (terms[0][1], pairs, terms[2][1])
        columns = [start + number for start, number in zip(self._starts[:3], numbers, strict=True)]
        return np.concatenate([rows for rows, _ in terms]), np.concatenate(columns)

    def _weigh(self, rows: Ints, columns: Ints, often: Ints, languages: Sequence[str]) -> Floats:
        """Return (1 + log tf) · idf, each kind of term in a text scaled to the length that is its share."""
        pieces = np.array([PIECES_COMPOUNDING if name in COMPOUNDING else PIECES for name in languages])
        shares = np.column_stack([np.full(len(pieces), STEMS), np.full(len(pieces), PAIRS), pieces])
        shares /= shares.sum(axis=1, keepdims=True)
        values = (1 + np.log(often)) * self._idf[columns]
        kind = 3 * rows + (columns >= self._starts[1]) + (columns >= self._starts[2])
        squares = np.bincount(kind, values**2, minlength=shares.size)
        scale = np.sqrt(np.divide(shares.ravel(), squares, out=np.zeros(shares.size), where=squares > 0))
        return np.asarray(values * scale[kind], np.float32)

    def _terms(self, texts: Sequence[str], languages: Sequence[str]) -> list[tuple[Ints, Ints]]:
        """Return (row, number) of every stem, pair (both stems in one number) and piece of the texts."""
        flat: list[int] = []
        ends = [0]
        for text, language in zip(texts, languages, strict=True):
            flat.extend(map(self._tokens.of(language).__getitem__, words(text)))
            ends.append(len(flat))
        tokens = np.array(flat, np.int64)
        rows = np.repeat(np.arange(len(texts)), np.diff(ends))
        stems = np.asarray(self._tokens.stem_of)[tokens]
        said = stems >= 0
        stem_rows, stems = rows[said], stems[said]
        together = stem_rows[1:] == stem_rows[:-1]
        pairs = (stems[:-1] << 32) + stems[1:]
        starts = np.asarray(self._tokens.piece_start)
        at, many = ranges(starts[tokens], starts[tokens + 1])
        pieces = np.asarray(self._tokens.piece_of)[at]
        return [(stem_rows, stems), (stem_rows[1:][together], pairs[together]), (np.repeat(rows, many), pieces)]


def _idf(rows: Ints, columns: Ints, width: int, languages: Sequence[str]) -> NDArray[np.float64]:
    """Return log((texts + 1) / (texts with the term + 0.5)), both within the language of the term."""
    names = {language: number for number, language in enumerate(dict.fromkeys(languages))}
    of = np.array([names[language] for language in languages], np.int64)
    size = np.ones(width)
    size[columns] = np.bincount(of)[of][rows] if len(rows) else 1
    return np.asarray(np.log((size + 1) / (np.bincount(columns, minlength=width) + 0.5)), np.float64)


def _within(term: tuple[Ints, Ints], known: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    return term[0][known], term[1][known]


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return all numbers from each start to before its end, one after another, and how many each has."""
    many = ends - starts
    return np.arange(many.sum()) + np.repeat(starts - np.cumsum(many) + many, many), many


def distinct(keys: Ints) -> tuple[Ints, Ints]:
    """Return the different keys in order, and the place of each key among them."""
    order = np.argsort(keys)
    new = np.diff(keys[order], prepend=-1) != 0
    places = np.empty(len(keys), np.int64)
    places[order] = np.cumsum(new) - 1
    return keys[order][new], places


def counted(rows: Ints, columns: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """Return each (row, column) once, in order, with how often it is there; the rows are 0, 1, … up to the highest."""
    ones = np.ones(len(rows), np.int64)
    shape = (int(rows.max(initial=-1)) + 1, width)
    counts = sparse.csr_matrix((ones, (rows, columns)), shape=shape)
    counts.sum_duplicates()
    return np.repeat(np.arange(shape[0]), np.diff(counts.indptr)), counts.indices.astype(np.int64), counts.data


def counted_few(rows: Ints, columns: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """Return the same as `counted`, by sorting: quicker for a few texts."""
    keys = np.sort(rows * width + columns)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return *np.divmod(keys[first], max(width, 1)), np.diff(first, append=len(keys))
