"""Tables whose small cells cannot be found, not even by subtracting what is published from the totals.

Primary and complementary cell suppression (Fischetti, Salazar: "Models and algorithms for the 2-dimensional cell
suppression problem in statistical disclosure control", Mathematical Programming 84, 1999), with a greedy choice of the
complementary cells and an exact check by linear programming of what a reader can conclude.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

Entry = tuple[int, int]
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be shown; None stands for a hidden number.

    Args:
        cells: row by row.
        rows, columns, total: the sums.
    """

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None


def suppress(counts: Sequence[Sequence[int]], *, minimum: int = 10) -> Published:
    """Return the table with its sums, hiding what could tell of fewer than `minimum` people.

    Every number under the minimum, 0 included, is hidden; then as many others as it takes that from all that is shown
    nobody can conclude of any hidden number that it is under the minimum. In particular the hidden cells of a row or
    column with a shown sum make up at least the minimum.

    Args:
        counts: numbers of people, from 0; all rows equally long, at least one row and one column.
        minimum: fewest people a number may stand for.
    """
    table = _with_sums(counts)
    height, width = table.shape
    hidden = {(i, j) for i in range(height) for j in range(width) if table[i, j] < minimum}
    while (exposed := _exposed(table, hidden, minimum)) is not None:
        hidden |= _complement(table, hidden, exposed, minimum)
    shown = [[None if (i, j) in hidden else int(table[i, j]) for j in range(width)] for i in range(height)]
    return Published(
        cells=tuple(tuple(row[:-1]) for row in shown[:-1]),
        rows=tuple(row[-1] for row in shown[:-1]),
        columns=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
    )


def _with_sums(counts: Sequence[Sequence[int]]) -> np.ndarray:
    inner = np.array(counts, dtype=np.int64)
    rows = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([rows, rows.sum(axis=0, keepdims=True)])


def _lines(table: np.ndarray) -> Iterator[list[Entry]]:
    """Yield the rows and columns, sums included; in each the last number is the sum of the others."""
    height, width = table.shape
    yield from ([(i, j) for j in range(width)] for i in range(height))
    yield from ([(i, j) for i in range(height)] for j in range(width))


def _exposed(table: np.ndarray, hidden: set[Entry], minimum: int) -> Entry | None:
    """Return a hidden number that is certainly under the minimum for whoever knows what is shown, if there is one."""
    names = sorted(hidden)
    column = {entry: place for place, entry in enumerate(names)}
    matrix, known = [], []
    for line in _lines(table):
        signs = [1] * (len(line) - 1) + [-1]
        if not hidden.isdisjoint(line):
            row = np.zeros(len(names))
            for entry, sign in zip(line, signs, strict=True):
                if entry in column:
                    row[column[entry]] = sign
            matrix.append(row)
            known.append(-sum(sign * table[e] for e, sign in zip(line, signs, strict=True) if e not in column))
    for entry in names:
        if table[entry] < minimum:
            aim = np.zeros(len(names))
            aim[column[entry]] = -1
            found = linprog(aim, A_eq=np.array(matrix), b_eq=np.array(known, dtype=float), bounds=(0, None))
            if found.status == 0 and -found.fun < minimum - SLACK:
                return entry
    return None


def _complement(table: np.ndarray, hidden: set[Entry], exposed: Entry, minimum: int) -> set[Entry]:
    """Return what to hide next so that the exposed number could be as large as the minimum.

    Two rows and two columns, sums included, make a circle of four numbers: one unit more in one of them is made good by
    the three others. Of the circles that reach the minimum before a number falls below 0, the one that hides
    fewest sums and then the smallest numbers. The circle through the sums of row, column and all never falls below.
    """
    height, width = table.shape
    i, j = exposed
    shown = {(a, b) for a in range(height) for b in range(width)} - hidden
    circles = []
    for other in ((a, b) for a in range(height) for b in range(width) if a != i and b != j):
        circle = {(i, other[1]), (other[0], j), other} & shown
        if circle and table[i, j] + _room(table, exposed, other) >= minimum:
            circles.append((_sums(table, circle), sum(table[entry] for entry in circle), other, circle))
    return min(circles)[-1]


def _sums(table: np.ndarray, entries: set[Entry]) -> int:
    """Return how many of the numbers are sums; the sum of all counts twice."""
    height, width = table.shape
    return sum((i == height - 1) + (j == width - 1) for i, j in entries)


def _room(table: np.ndarray, exposed: Entry, other: Entry) -> float:
    """Return how far the exposed number can rise along the circle before another falls below 0."""
    (i, j), (a, b) = exposed, other
    last_row, last_column = table.shape[0] - 1, table.shape[1] - 1
    along = 1 if (j == last_column) != (b == last_column) else -1  # a sum follows its part, another part makes it good
    down = 1 if (i == last_row) != (a == last_row) else -1
    moves = {(i, b): along, (a, j): down, (a, b): along * down}
    return min((float(table[entry]) for entry, move in moves.items() if move < 0), default=float("inf"))
