"""Kemeny's order: the fewest disagreements with the ballots, by integer programming.

Conitzer, Davenport, Kalagnanam: "Improved Bounds for Computing Kemeny Rankings" (AAAI 2006): x_ij = 1 when i is above
j, x_ij + x_ji = 1, and no circles of three: x_ij + x_jk + x_ki ≤ 2; these suffice for an order. Circles are added only
when they occur. Before that, items fall into groups that beat one another without exception; every Kemeny order keeps
these apart (Truchon 1998), so each group is ordered by itself. HiGHS (Huangfu, Hall 2018) through SciPy.
"""

from collections.abc import Callable
from itertools import combinations
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Ints = NDArray[np.int64]
SLACK = 1e-6
MOST_CUTS = 1000
# Circles of more items than these do not fit into memory; such groups keep the bound from pairs.
MOST_ITEMS = 300


def kemeny(above: Ints, start: list[int], *, left: Callable[[], float]) -> tuple[list[int], int, int]:
    """Return the best order found, its disagreements and a bound that no order can beat.

    Args:
        above: ballots that put i above j, shape (items, items).
        start: an order to begin with.
        left: seconds that remain; at 0 the best so far is given.
    """
    order: list[int] = []
    within = bound = 0
    for group in _groups(above, start):
        found, least = _order(above[np.ix_(group, group)], left)
        ordered = [group[i] for i in found]
        within += disagreements(above, ordered)
        bound += least
        order += ordered
    value = disagreements(above, order)
    return order, value, bound + value - within


def disagreements(above: Ints, order: list[int]) -> int:
    """Return how often ballots put a pair of these items the other way round."""
    return int(sum(above[low, high] for high, low in combinations(order, 2)))


def _groups(above: Ints, start: list[int]) -> list[list[int]]:
    """Return the items in groups, best first, so that every item beats everybody in a later group.

    These are the strong components of "at least as many ballots put i above j": sorted by how many items each reaches.
    """
    reach = above >= above.T
    for middle in range(len(above)):
        reach |= reach[:, [middle]] & reach[[middle], :]
    size = reach.sum(axis=1)
    groups: dict[int, list[int]] = {}
    for item in start:
        groups.setdefault(int(size[item]), []).append(item)
    return [groups[key] for key in sorted(groups, reverse=True)]


def _order(above: Ints, left: Callable[[], float]) -> tuple[list[int], int]:
    """Return an order of one group and a bound; they meet unless time runs out."""
    best = _insertion(above, list(range(len(above))))
    value = disagreements(above, best)
    pairs = np.minimum(above, above.T)
    bound = int(np.triu(pairs, 1).sum())
    if len(above) > MOST_ITEMS:
        return best, bound
    model, whole = _Model(above), False
    while bound < value and left() > 0:
        x, least = model.solve(whole=whole, seconds=left())
        bound = max(bound, ceil(least - SLACK))
        if x is None:
            break
        rounded = _insertion(above, [int(i) for i in np.argsort(-x.sum(axis=1), kind="stable")])
        if disagreements(above, rounded) < value:
            best, value = rounded, disagreements(above, rounded)
        whole = not model.cut(x) or whole
    return best, min(bound, value)


def _insertion(above: Ints, order: list[int]) -> list[int]:
    """Move single items to their best places until no move helps."""
    gain = True
    while gain:
        gain = False
        for item in order:
            place = order.index(item)
            rest = np.array(order[:place] + order[place + 1 :], dtype=np.intp)
            # cost of standing before position p: everybody ahead of p should be below, everybody from p on above
            ahead = np.concatenate(([0], np.cumsum(above[item, rest])))
            behind = np.concatenate((np.cumsum(above[rest, item][::-1])[::-1], [0]))
            costs = ahead + behind
            target = int(costs.argmin())
            if costs[target] < costs[place]:
                order = [*rest[:target].tolist(), item, *rest[target:].tolist()]
                gain = True
    return order


class _Model:
    """The integer program of one group, with the circles met so far."""

    def __init__(self, above: Ints) -> None:
        self.items = len(above)
        self.high, self.low = np.triu_indices(self.items, 1)
        self.column = np.zeros((self.items, self.items), dtype=np.intp)
        self.column[self.high, self.low] = self.column[self.low, self.high] = np.arange(len(self.high))
        self.weight = (above[self.low, self.high] - above[self.high, self.low]).astype(float)
        self.constant = float(above[self.high, self.low].sum())
        self.circles: list[tuple[int, int, int]] = []

    def solve(self, *, whole: bool, seconds: float) -> tuple[NDArray[np.float64] | None, float]:
        """Return x, shape (items, items), and a bound; None when HiGHS stopped without a point."""
        found = milp(
            self.weight,
            integrality=np.full(len(self.weight), int(whole)),
            bounds=Bounds(0, 1),
            constraints=self._constraints(),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )
        dual = found.fun if found.status == 0 and not whole else found.mip_dual_bound
        least = self.constant + dual if dual is not None and np.isfinite(dual) else 0.0
        if found.x is None:
            return None, least
        x = np.zeros((self.items, self.items))
        x[self.high, self.low], x[self.low, self.high] = found.x, 1 - found.x
        return x, least

    def cut(self, x: NDArray[np.float64]) -> bool:
        """Add the circles that x breaks most; say whether there are any."""
        turn = x[:, :, None] + x[None, :, :] + x.T[:, None, :]  # x_ij + x_jk + x_ki
        i, j, k = np.nonzero(turn > 2 + SLACK)
        first = (i < j) & (i < k)
        i, j, k = i[first], j[first], k[first]
        worst = np.argsort(-turn[i, j, k], kind="stable")[:MOST_CUTS]
        self.circles += zip(i[worst].tolist(), j[worst].tolist(), k[worst].tolist(), strict=True)
        return len(worst) > 0

    def _constraints(self) -> list[LinearConstraint]:
        if not self.circles:
            return []
        circles = np.array(self.circles)
        pairs = np.stack([circles, np.roll(circles, -1, axis=1)], axis=2)  # (i, j), (j, k), (k, i)
        up = pairs[:, :, 0] < pairs[:, :, 1]
        rows = np.repeat(np.arange(len(circles)), 3)
        columns = self.column[pairs[:, :, 0], pairs[:, :, 1]].ravel()
        # x_ji = 1 − x_ij turns the right-hand side down by one for each pair that stands the other way round
        matrix = csr_array((np.where(up, 1.0, -1.0).ravel(), (rows, columns)), shape=(len(circles), len(self.weight)))
        return [LinearConstraint(matrix, -np.inf, 2.0 - (~up).sum(axis=1))]
