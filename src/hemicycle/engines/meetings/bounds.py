"""How many meetings can be held at best, and when everything surely fits."""

from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.problem import Problem


def weight_bound(ix: Indexed) -> int:
    """Return the greatest weight that can be held: the LP of the degree-constrained subgraph, rounded down.

    Maximise Σ w·y with Σ over the meetings of p of y ≤ (what p can take), Σ y ≤ tables in all, 0 ≤ y ≤ 1 (Schrijver,
    Combinatorial Optimization, ch. 31). HiGHS solves it; it is not called when no row can bind.
    """
    possible = [m for m in range(ix.meetings) if ix.allowed[m]]
    seats = sum(min(count, ix.people // 2) for count in ix.tables)
    takes = [ix.most(p) for p in range(ix.people)]
    asked = [sum(1 for m in ix.of[p] if ix.allowed[m]) for p in range(ix.people)]
    if len(possible) <= seats and all(a <= t for a, t in zip(asked, takes, strict=True)):
        return sum(ix.weight[m] for m in possible)
    import numpy as np  # noqa: PLC0415  # costs a tenth of a second, and most problems fit
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    count = len(possible)
    columns = np.arange(count)
    rows = np.concatenate([[ix.left[m] for m in possible], [ix.right[m] for m in possible], np.full(count, ix.people)])
    matrix = csr_matrix((np.ones(3 * count), (rows, np.tile(columns, 3))), shape=(ix.people + 1, count))
    worth = np.array([ix.weight[m] for m in possible], dtype=float)
    found = linprog(-worth, A_ub=matrix, b_ub=[*takes, seats], bounds=(0, 1), method="highs")
    return int(-found.fun + 1e-6) if found.success else int(worth.sum())


def fits_by_vizing(problem: Problem) -> bool:
    """Say whether everything surely fits, whoever asked whom.

    Vizing: a graph of greatest degree D and multiplicity k has a proper edge colouring with D + k colours; McDiarmid
    (1972): then also one whose classes differ by at most one, so ceil(meetings / slots) tables suffice.
    False says nothing.
    """
    ix = Indexed(problem)
    every = (1 << ix.slots) - 1
    if not ix.slots or ix.ordered or any(mask != every for mask in ix.allowed):
        return False
    pairs: dict[tuple[int, int], int] = {}
    for a, b in zip(ix.left, ix.right, strict=True):
        key = (min(a, b), max(a, b))
        pairs[key] = pairs.get(key, 0) + 1
    degrees = [len(meetings) for meetings in ix.of]
    if any(degree > cap for degree, cap in zip(degrees, ix.cap, strict=True)):
        return False
    colours = max(degrees, default=0) + max(pairs.values(), default=0)
    return colours <= ix.slots and -(-ix.meetings // ix.slots) <= min(ix.tables)
