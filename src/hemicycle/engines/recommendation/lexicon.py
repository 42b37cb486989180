"""Texts as rows of numbers: (1 + log tf) · idf over stems, pairs of stems and pieces of words, each language on its own.

Salton, Buckley: Term-weighting approaches in automatic text retrieval (1988); McNamee, Mayfield: Character n-gram
tokenization for European language text retrieval (2004).
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Tokens:
    """Every (language, word) met so far, with its stem and its pieces as column numbers."""

    number: dict[tuple[str, str], int] = field(default_factory=dict)
    stems: dict[tuple[str, str], int] = field(default_factory=dict)
    pieces: dict[tuple[str, str], int] = field(default_factory=dict)
    stem_of: "array[int]" = field(default_factory=lambda: array("q"))
    piece_of: "array[int]" = field(default_factory=lambda: array("q"))
    piece_start: "array[int]" = field(default_factory=lambda: array("q", [0]))

    def add(self, key: tuple[str, str]) -> int:
        """Return the number of a word that was not met before."""
        language, word = key
        stem = root(word, language)
        self.number[key] = found = len(self.stem_of)
        self.stem_of.append(self.stems.setdefault((language, stem), len(self.stems)) if stem else -1)
        if stem:
            framed = f" {plain(word)} "
            cuts = range(max(1, len(framed) - LENGTH + 1))
            self.piece_of.extend(
                self.pieces.setdefault((language, framed[at : at + LENGTH]), len(self.pieces)) for at in cuts
            )
        self.piece_start.append(len(self.piece_of))
        return found


@dataclass(slots=True)
class _Field:
    """One kind of term: names it by sorted keys, weighs it by its idf."""

    keys: Ints
    idf: Floats

    @classmethod
    def learn(cls, rows: Ints, keys: Ints, languages: Ints) -> "_Field":
        """Take the terms and their document frequencies from (row, key) pairs; `languages` numbers that of each row."""
        height = np.int64(max(len(languages), 1))
        found, codes = np.unique(keys, return_inverse=True)
        where = np.unique(codes * height + rows)
        of, row = where // height, where % height
        frequency = np.bincount(of, minlength=len(found))
        size = np.bincount(languages)[languages[row[np.searchsorted(of, np.arange(len(found)))]]]
        return cls(found, np.log((size + 1) / (frequency + 0.5)).astype(np.float32))

    def rows(self, rows: Ints, keys: Ints, height: int) -> sparse.csr_matrix:
        """Return unit rows (height × terms) of known terms."""
        at = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        known = self.keys[at] == keys if len(self.keys) else np.zeros(len(keys), bool)
        ones = np.ones(int(known.sum()), np.float32)
        counts = sparse.csr_matrix((ones, (rows[known], at[known])), shape=(height, len(self.keys)), dtype=np.float32)
        counts.sum_duplicates()
        counts.data = (1 + np.log(counts.data)) * self.idf[counts.indices]
        return unit(counts)


class Lexicon:
    """The terms of an event, learned once; later texts are read with the same terms and weights."""

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        """Learn terms and idf (per language) from the texts."""
        self._tokens = _Tokens()
        self._numbers = {language: number for number, language in enumerate(dict.fromkeys(languages))}
        terms = self._terms(texts, languages)
        of = np.array([self._numbers[language] for language in languages], np.int64)
        self._fields = [_Field.learn(rows, keys, of) for rows, keys in terms]
        self.matrix = self._vectors(terms, languages)

    def vectors(self, texts: Sequence[str], languages: Sequence[str]) -> sparse.csr_matrix:
        """Return rows (texts × terms), float32; the dot product of two is their weighted cosine, at most 1."""
        return self._vectors(self._terms(texts, languages), languages)

    def labels(self, columns: Sequence[int], text: str, language: str) -> list[tuple[str, str]]:
        """Return (kind, label) of columns: "word" and "phrase" as the text says them, "letters" for pieces of words."""
        said: dict[int, str] = {}
        for surface, word in spoken(text):
            stem = root(word, language)
            if stem:
                said.setdefault(self._tokens.stems.get((language, stem), -1), surface)
        stems, pairs = len(self._fields[0].keys), len(self._fields[0].keys) + len(self._fields[1].keys)
        found = []
        for column in map(int, columns):
            if column < stems:
                found.append(("word", said[int(self._fields[0].keys[column])]))
            elif column < pairs:
                first, second = divmod(int(self._fields[1].keys[column - stems]), 1 << 32)
                found.append(("phrase", f"{said[first]} {said[second]}"))
            else:
                found.append(("letters", ""))
        return found

    def _vectors(self, terms: list[tuple[Ints, Ints]], languages: Sequence[str]) -> sparse.csr_matrix:
        height = len(languages)
        pieces = np.array([PIECES_COMPOUNDING if name in COMPOUNDING else PIECES for name in languages], np.float32)
        shares = (np.float32(STEMS) * np.ones_like(pieces), np.float32(PAIRS) * np.ones_like(pieces), pieces)
        whole = STEMS + PAIRS + pieces
        blocks = [
            sparse.diags_array(np.sqrt(share / whole)).dot(found.rows(rows, keys, height))
            for found, (rows, keys), share in zip(self._fields, terms, shares, strict=True)
        ]
        return sparse.csr_matrix(sparse.hstack(blocks, format="csr", dtype=np.float32))

    def _terms(self, texts: Sequence[str], languages: Sequence[str]) -> list[tuple[Ints, Ints]]:
        """Return (row, key) of every stem, pair and piece of the texts."""
        number, add = self._tokens.number, self._tokens.add
        flat: list[int] = []
        ends = []
        for text, language in zip(texts, languages, strict=True):
            flat += [
                found if (found := number.get(key)) is not None else add(key)
                for key in ((language, word) for word in words(text))
            ]
            ends.append(len(flat))
        rows = np.repeat(np.arange(len(texts)), np.diff([0, *ends])).astype(np.int64)
        tokens = np.array(flat, np.int64)
        stems = np.asarray(self._tokens.stem_of)[tokens]
        said = stems >= 0
        stem_rows, stems = rows[said], stems[said]
        together = stem_rows[1:] == stem_rows[:-1]
        pairs = (stems[:-1] << 32) + stems[1:]
        return [(stem_rows, stems), (stem_rows[1:][together], pairs[together]), self._pieces(rows, tokens)]

    def _pieces(self, rows: Ints, tokens: Ints) -> tuple[Ints, Ints]:
        starts = np.asarray(self._tokens.piece_start)
        pieces = np.asarray(self._tokens.piece_of)
        many = starts[tokens + 1] - starts[tokens]
        offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        return np.repeat(rows, many), pieces[np.repeat(starts[tokens], many) + offset]


def unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """Scale the rows to length 1; rows of zeros stay."""
    squares = np.add.reduceat(np.append(rows.data**2, 0), rows.indptr[:-1]) * (np.diff(rows.indptr) > 0)
    lengths = np.sqrt(squares)
    rows.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(rows.indptr)).astype(np.float32)
    return rows
