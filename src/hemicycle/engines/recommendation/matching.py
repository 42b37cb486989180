"""Stable mutual lists: the pairs of people best for both, nobody on more lists than the cap.

Both sides of a pair have the same score, so preferences have no cycles: sorting all pairs and taking one while both have
room gives the only stable b-matching (Gale, Shapley 1962; Abraham, Levavi, Manlove, O'Malley, "The stable roommates
problem with globally ranked pairs", 2008). Only the best CANDIDATES of each person are sorted at first. A pair in
neither's list can matter only if both would still take somebody below their list: such pairs are added until none is left.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.parts import Floats, Ints
from hemicycle.engines.recommendation.scoring import Scores

CANDIDATES = 128
NEAR = 0.9
AT_ONCE = 100_000
BLOCK_CELLS = 2_000_000
Partners = list[dict[int, float]]


@dataclass(slots=True)
class Candidates:
    """The best of each person, best first: rows (people × most), -1 where there are fewer, with their scores.

    `least` is the score of each person's last candidate, 0 when all possible ones are listed.
    """

    rows: NDArray[np.int32]
    scores: Floats
    least: Floats

    @classmethod
    def empty(cls, size: int, most: int) -> "Candidates":
        """Return room for the best `most` of everybody."""
        rows, scores = np.full((size, most), -1, np.int32), np.zeros((size, most), np.float32)
        return cls(rows, scores, np.zeros(size, np.float32))


def blocks(rows: Ints, size: int) -> list[Ints]:
    """Cut rows so that a block × everybody stays small."""
    height = max(1, BLOCK_CELLS // max(size, 1))
    return [rows[at : at + height] for at in range(0, len(rows), height)]


def candidates(scores: Scores, most: int, step: Callable[[int], bool]) -> tuple[Candidates, bool]:
    """Return the best of everybody; `step(done)` says whether to stop. The second value: all were looked at."""
    size = scores.size
    most = min(most, max(size - 1, 0))
    found = Candidates.empty(size, most)
    for block in blocks(np.arange(size), size):
        if step(int(block[0])):
            return found, False
        _best(scores.mutual(block), block, found)
    return found, True


def _best(values: Floats, block: Ints, found: Candidates) -> None:
    """Write the best of each row into `found`."""
    most = found.rows.shape[1]
    if not most:
        return
    at = np.argpartition(values, values.shape[1] - most, axis=1)[:, -most:]
    kept = np.take_along_axis(values, at, axis=1)
    order = np.lexsort((at, -kept), axis=1)
    at, kept = np.take_along_axis(at, order, axis=1), np.take_along_axis(kept, order, axis=1)
    found.rows[block] = np.where(kept > 0, at, -1)
    found.scores[block] = np.maximum(kept, 0)
    found.least[block] = np.maximum(kept[:, -1], 0)


def match(scores: Scores, found: Candidates, cap: int, *, complete: bool = True) -> Partners:
    """Return everybody's partners with the score of the pair; only among the candidates unless `complete`."""
    size = scores.size
    mine = np.repeat(np.arange(size), found.rows.shape[1])
    other, value = found.rows.ravel().astype(np.int64), found.scores.ravel()
    there = other >= 0
    keys = np.minimum(mine, other)[there] * size + np.maximum(mine, other)[there]
    keys, first = np.unique(keys, return_index=True)
    values = value[there][first]
    partners = greedy(keys, values, size, cap)
    while complete:
        low = np.array([min(mine.values()) if len(mine) >= cap else 0 for mine in partners], np.float32)
        more, more_values = _missing(scores, np.flatnonzero(low < found.least), low)
        known = len(keys)
        keys, first = np.unique(np.concatenate([keys, more]), return_index=True)
        if len(keys) == known:
            break
        values = np.concatenate([values, more_values])[first]
        partners = greedy(keys, values, size, cap)
    return partners


def _missing(scores: Scores, rows: Ints, low: Floats) -> tuple[Ints, Floats]:
    """Return pairs among these people, who would take somebody below their candidates, that both would take.

    `low` is the score above which somebody takes a person. If there are any, near misses come along: they may be next.
    """
    keys, values = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    blocking = False
    for block in blocks(rows, scores.size):
        cells = scores.mutual(block)[:, rows]
        level = np.maximum(low[block][:, None], low[rows])
        blocking = blocking or bool((cells > level).any())
        wanted = (cells > np.float32(NEAR) * level) & (cells > 0) & (block[:, None] < rows)
        keys.append((block[:, None] * scores.size + rows)[wanted])
        values.append(cells[wanted])
    return (np.concatenate(keys), np.concatenate(values)) if blocking else (keys[0], values[0])


def greedy(keys: Ints, values: Floats, size: int, cap: int) -> Partners:
    """Take pairs (row · size + other row) from the best on while both have room; equal ones in the order of rows."""
    order = np.lexsort((keys, -values))
    keys = keys[order]
    room = [cap] * size
    partners: Partners = [{} for _ in range(size)]
    values = values[order]
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        some = values[start : start + AT_ONCE].tolist()
        for a, b, value in zip((part // size).tolist(), (part % size).tolist(), some, strict=True):
            if room[a] and room[b]:
                room[a] -= 1
                room[b] -= 1
                partners[a][b] = partners[b][a] = value
    return partners


def one_way(scores: Scores, partners: Partners, cap: int, second_cap: int) -> Partners:
    """Return suggestions for those with fewer than `cap` partners; nobody is shown more than `second_cap` times."""
    short = np.array([row for row, mine in enumerate(partners) if len(mine) < cap], np.int64)
    shown = [len(mine) for mine in partners]
    given: Partners = [{} for _ in partners]
    best: list[tuple[float, int, int]] = []
    for block in blocks(short, scores.size):
        values = scores.mutual(block)
        for at, row in enumerate(block.tolist()):
            values[at, list(partners[row])] = -1
            likely = np.argsort(-values[at], kind="stable")[: 4 * second_cap]
            best += [(-float(values[at, other]), row, int(other)) for other in likely if values[at, other] > 0]
    for score, row, other in sorted(best):
        if len(partners[row]) + len(given[row]) < cap and shown[other] < second_cap:
            given[row][other] = -score
            shown[other] += 1
    return given
