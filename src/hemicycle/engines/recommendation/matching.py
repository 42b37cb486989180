"""Stable mutual lists: the pairs of people best for both, nobody on more lists than the cap.

Both sides of a pair have the same score, so preferences have no cycles: sorting all pairs and taking one while both have
room gives the only stable b-matching (Gale, Shapley 1962; Abraham, Levavi, Manlove, O'Malley, "The stable roommates
problem with globally ranked pairs", 2008). Pairs are sorted in layers, the best first: who is full takes no part in the
next layer, so most pairs are never sorted. Large events are scored again for each layer, smaller ones are held.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.filters import OUT
from hemicycle.engines.recommendation.lexicon import Floats, Ints
from hemicycle.engines.recommendation.scoring import PointTiles, Scores

# Pairs nearly as good as the worst partner are kept for repairs.
NEAR = 0.75
HELD = 16_000_000
GATHERED = 8_000_000
LAYER = 4096
SAMPLED, ROWS = 60_000, 64
FEW = 0.6
AT_ONCE = 65_536
BLOCK_CELLS = 2_000_000
BITS = 21
LAST = (1 << BITS) - 1
Partners = list[dict[int, int]]


def ranks(points: Floats | Ints, one: Ints, other: Ints) -> Ints:
    """Return numbers that order pairs: a higher one is the better pair; equal scores in the order of the rows."""
    first, second = np.minimum(one, other), np.maximum(one, other)
    found: Ints = (points.astype(np.int64) << 2 * BITS) | (LAST - first << BITS) | (LAST - second)
    return found


def ends(found: Ints) -> tuple[Ints, Ints]:
    """Return both rows of pairs given by their ranks, the lower one first."""
    return LAST - ((found >> BITS) & LAST), LAST - (found & LAST)


def other_of(rank: int, row: int) -> int:
    """Return who is the other in one pair of a person."""
    return 2 * LAST - ((rank >> BITS) & LAST) - (rank & LAST) - row


def blocks(rows: Ints, size: int) -> list[Ints]:
    """Cut rows so that a block × everybody stays small."""
    height = max(1, BLOCK_CELLS // max(size, 1))
    return [rows[at : at + height] for at in range(0, len(rows), height)]


@dataclass(slots=True, kw_only=True)
class Matching:
    """Partners, and what repairs start from.

    Args:
        partners: row → other row → rank of the pair.
        least: rank of the worst partner of each person, 0 for those with room.
        near: ranks of all pairs with at least `bottom` points for both, in ascending order.
        bottom: points; below those of the worst partner.
        whole: whether the search was finished.
    """

    partners: Partners
    least: list[int]
    near: Ints
    bottom: Floats
    whole: bool


class _Greedy:
    """Takes pairs from the best on while both have room."""

    def __init__(self, size: int, cap: int) -> None:
        self.room = [cap] * size
        self.least = [0] * size
        self.partners: Partners = [{} for _ in range(size)]
        self._near: list[Ints] = []

    def take(self, parts: list[Ints]) -> None:
        """Take pairs by rank, all of them below those of earlier calls."""
        found = np.sort(np.concatenate([np.zeros(0, np.int64), *parts]))
        for end in range(len(found), 0, -AT_ONCE):
            part = found[max(end - AT_ONCE, 0) : end][::-1]
            room = np.array(self.room)
            one, other = ends(part)
            both = (room[one] > 0) & (room[other] > 0)
            self._accept(part[both].tolist(), one[both].tolist(), other[both].tolist())
        self._near.append(self._pruned(found))

    def near(self) -> Ints:
        """Return the ranks of all pairs with at least the bottom of both, in ascending order."""
        return self._pruned(np.concatenate([np.zeros(0, np.int64), *self._near[::-1]]))

    def bottom(self) -> Floats:
        """Return the points below which nothing about a person matters."""
        points = (np.array(self.least, np.int64) >> 2 * BITS).astype(np.float32)
        return np.asarray(np.floor(np.float32(NEAR) * points), np.float32)

    def _accept(self, found: list[int], one: list[int], other: list[int]) -> None:
        room, least, partners = self.room, self.least, self.partners
        for rank, a, b in zip(found, one, other, strict=True):
            if room[a] and room[b]:
                partners[a][b] = partners[b][a] = rank
                room[a] -= 1
                room[b] -= 1
                if not room[a]:
                    least[a] = rank
                if not room[b]:
                    least[b] = rank

    def _pruned(self, found: Ints) -> Ints:
        bottom = self.bottom()
        one, other = ends(found)
        return found[found >> 2 * BITS >= np.maximum(bottom[one], bottom[other])]


@dataclass(slots=True)
class _Cells:
    """Scores of some people (rows) with others (columns), in millionths; those taken out are negative."""

    rows: Ints
    columns: Ints
    points: Floats

    def take(self, level: float) -> Ints:
        """Take out the ranks of all pairs with at least so many points."""
        flat = self.points.ravel()
        at = np.flatnonzero(flat >= level)
        i, j = np.divmod(at, max(len(self.columns), 1))
        found = ranks(flat[at], self.rows[i], self.columns[j])
        flat[at] = OUT
        return found

    def keep(self, wanted: NDArray[np.bool_]) -> "_Cells":
        """Return the cells of those wanted, or all when hardly any are not."""
        i, j = np.flatnonzero(wanted[self.rows]), np.flatnonzero(wanted[self.columns])
        if len(i) * len(j) > FEW * self.points.size:
            return self
        return _Cells(self.rows[i], self.columns[j], np.ascontiguousarray(self.points[np.ix_(i, j)]))


class _Until:
    """Asks whether to stop, and remembers the answer."""

    def __init__(self, step: Callable[[int], bool]) -> None:
        self._step = step
        self.stopped = False

    def __call__(self, done: int) -> bool:
        self.stopped = self._step(done)
        return self.stopped


def match(scores: Scores, cap: int, step: Callable[[int], bool]) -> Matching:
    """Return everybody's partners; `step(done)` says whether to stop with the pairs scored so far."""
    greedy, until = _Greedy(scores.size, cap), _Until(step)
    tiles, top = scores.tiles(None), float(LAST)
    while top > 1 and not until.stopped and len(tiles.rows) ** 2 > 2 * HELD:
        level = _level_of_some(scores, tiles.rows, top)
        greedy.take([cells.take(level) for cells in _scored(tiles, top, until)])
        top = level
        tiles = scores.tiles(np.flatnonzero(greedy.bottom() < top))
    if top > 1 and not until.stopped:
        _match_held(list(_scored(tiles, top, until)), greedy)
    return Matching(
        partners=greedy.partners,
        least=greedy.least,
        near=greedy.near(),
        bottom=greedy.bottom() * np.float32(not until.stopped),
        whole=not until.stopped,
    )


def _scored(tiles: PointTiles, top: float, until: _Until) -> Iterator[_Cells]:
    """Yield all pairs below `top`, each once, in tiles, until stopped."""
    for i, band in enumerate(tiles.bands):
        if until(band.start):
            return
        for j in range(i, len(tiles.bands)):
            points = tiles.of(i, j)
            points[points >= top] = OUT
            yield _Cells(tiles.rows[band], tiles.rows[tiles.bands[j]], points)


def _match_held(held: list[_Cells], greedy: _Greedy) -> None:
    """Match layer by layer: as many pairs at a time as there may be partners left, twice."""
    level = 2.0
    while level > 1:
        size = sum(cells.points.size for cells in held)
        every = 1 + size // SAMPLED | 1
        some = np.concatenate([np.zeros(1, np.float32), *(cells.points.ravel()[::every] for cells in held)])
        level = _nth(some, max(LAYER, sum(greedy.room)) // every + 16)
        greedy.take([cells.take(level) for cells in held])
        wanted = greedy.bottom() < level
        held = [cells.keep(wanted) for cells in held]


def _level_of_some(scores: Scores, rows: Ints, top: float) -> float:
    """Return the points that about GATHERED pairs of these people below `top` have, judged by some of them."""
    some = rows[np.linspace(0, len(rows) - 1, ROWS).astype(np.int64)]
    points = scores.points(some)[:, rows].ravel()
    return _nth(points[points < top], int(len(points) * 2 * GATHERED / len(rows) ** 2))


def _nth(points: Floats, place: int) -> float:
    """Return the score at this place, the best first; 1 when there are not as many."""
    points = points[points > 0]
    if place >= len(points):
        return 1.0
    return float(np.partition(points, len(points) - 1 - place)[len(points) - 1 - place])


def one_way(scores: Scores, partners: Partners, cap: int, second_cap: int) -> tuple[Partners, dict[int, Ints]]:
    """Return suggestions for those with fewer than `cap` partners; nobody is shown more than `second_cap` times.

    The second value has the ranks of their best pairs, best first.
    """
    short = np.array([row for row, mine in enumerate(partners) if len(mine) < cap], np.int64)
    shown = [len(mine) for mine in partners]
    given: Partners = [{} for _ in partners]
    likely: dict[int, Ints] = {}
    best: list[tuple[int, int, int, int]] = []
    for block in blocks(short, scores.size):
        for row, points in zip(block.tolist(), scores.points(block), strict=True):
            likely[row] = found = best_of(points, row, cap + 4 * second_cap)
            others = others_of(found, row)
            pairs = zip(found.tolist(), others.tolist(), strict=True)
            best += [(-(rank >> 2 * BITS), row, other, rank) for rank, other in pairs if other not in partners[row]]
    for _, row, other, rank in sorted(best):
        if len(partners[row]) + len(given[row]) < cap and shown[other] < second_cap:
            given[row][other] = rank
            shown[other] += 1
    return given, likely


def best_of(points: Floats, row: int, most: int) -> Ints:
    """Return the ranks of the best pairs of one person, best first."""
    at = np.flatnonzero(points >= _nth(points, most))
    return np.sort(ranks(points[at], at, np.full(len(at), row)))[::-1][:most]


def others_of(found: Ints, row: int) -> Ints:
    """Return who is the other in pairs of one person."""
    one, other = ends(found)
    return one + other - row
