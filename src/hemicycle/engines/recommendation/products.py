"""Needs times offers, for tiles of people at once or for one person against everybody."""

import numpy as np
from scipy import sparse

from hemicycle.engines.recommendation.lexicon import Floats, Ints, ranges

COMMON = 0.08
TILE = 384
# A smaller share of a sum is what rounding left.
ROUNDING = 1e-12
Row = tuple[Ints, Floats]


class Sides:
    """Needs and offers (people × terms): dense columns for terms most people use, sparse ones for all others."""

    def __init__(self, needs: sparse.csr_matrix, offers: sparse.csr_matrix) -> None:
        """Split the columns where the product of both shares is above COMMON²."""
        self.whole = (needs, offers)
        size, width = needs.shape
        asked, given = (np.bincount(side.indices, minlength=width) for side in self.whole)
        common = np.flatnonzero(asked * given > (COMMON * size) ** 2)
        self.place = np.full(width, -1)
        self.place[common] = np.arange(len(common))
        parts = [self._split(side, len(common)) for side in self.whole]
        self.dense = [dense for dense, _ in parts]
        self.rare = [rare for _, rare in parts]
        self._columns: list[tuple[Floats, sparse.csr_matrix]] = []

    def row(self, side: int, at: int) -> Row:
        """Return the columns and values of one person: needs (side 0) or offers (1)."""
        whole = self.whole[side]
        start, end = whole.indptr[at], whole.indptr[at + 1]
        return whole.indices[start:end], whole.data[start:end]

    def against(self, row: Row, side: int) -> Floats:
        """Return the product of a single row with the needs (side 0) or the offers (1) of everybody."""
        if not self._columns:
            self._columns = [
                (np.ascontiguousarray(dense.T), rare.T.tocsr())
                for dense, rare in zip(self.dense, self.rare, strict=True)
            ]
        dense, rare = self._columns[side]
        columns, values = row
        place = self.place[columns]
        few = place < 0
        at, many = ranges(rare.indptr[columns[few]], rare.indptr[columns[few] + 1])
        weights = rare.data[at] * np.repeat(values[few], many)
        found: Floats = values[~few] @ dense[place[~few]]
        found += np.bincount(rare.indices[at], weights, minlength=dense.shape[1])
        return found

    def _split(self, side: sparse.csr_matrix, count: int) -> tuple[Floats, sparse.csr_matrix]:
        place = self.place[side.indices]
        few = place < 0
        dense = np.zeros((side.shape[0], count), np.float32)
        rows = np.repeat(np.arange(side.shape[0]), np.diff(side.indptr))
        dense[rows[~few], place[~few]] = side.data[~few]
        ends = np.concatenate([[0], np.cumsum(few)])[side.indptr].astype(np.int32)
        return dense, sparse.csr_matrix((side.data[few], side.indices[few], ends), shape=side.shape)


class Tiles:
    """Products among some people of two sides, a tile at a time."""

    def __init__(self, sides: Sides, rows: Ints | None) -> None:
        """Cut the people into bands; None for everybody."""
        self._dense = sides.dense if rows is None else [dense[rows] for dense in sides.dense]
        self._rare = sides.rare if rows is None else [rare[rows] for rare in sides.rare]
        size = len(self._dense[0])
        self.bands = [slice(at, min(at + TILE, size)) for at in range(0, size, TILE)]
        self._turned = [[rare[band].T.tocsr() for band in self.bands] for rare in self._rare]
        self._held: tuple[int, list[sparse.csr_matrix]] = (-1, [])

    def of(self, i: int, j: int) -> tuple[Floats, Floats]:
        """Return needs of band i × offers of band j, and offers of band i × needs of band j."""
        there = self.one_way(i, j, 0)
        return there, there.T.copy() if i == j else self.one_way(i, j, 1)

    def one_way(self, i: int, j: int, side: int) -> Floats:
        """Return needs (side 0) or offers (1) of band i × the other side of band j."""
        if self._held[0] != i:
            self._held = i, [rare[self.bands[i]] for rare in self._rare]
        found: Floats = self._dense[side][self.bands[i]] @ self._dense[1 - side][self.bands[j]].T
        found += (self._held[1][side] @ self._turned[1 - side][j]).toarray()
        return found


def square_sum(needs: sparse.csr_matrix, offers: sparse.csr_matrix) -> float:
    """Return the sum of the squares of all products of two different people."""
    size, width = needs.shape
    if width < size:
        return _square_sum_by_terms(needs.astype(np.float64), offers.astype(np.float64))
    tiles = Tiles(Sides(needs, offers), None)
    total = 0.0
    for i in range(len(tiles.bands)):
        for j in range(len(tiles.bands)):
            products = tiles.one_way(i, j, 0)
            if i == j:
                np.fill_diagonal(products, 0)
            total += float(np.vdot(products, products))
    return total


def _square_sum_by_terms(needs: sparse.csr_matrix, offers: sparse.csr_matrix) -> float:
    """Return the same from terms × terms: Σ (N Oᵀ)² = Σ NᵀN · OᵀO, less what people are to themselves."""
    whole = float((needs.T @ needs).multiply(offers.T @ offers).sum())
    own = np.asarray(needs.multiply(offers).sum(axis=1))
    found = whole - float((own**2).sum())
    return found if found > ROUNDING * whole else 0.0
