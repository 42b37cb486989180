"""How many meetings can be held at best, and when everything surely fits."""

from collections.abc import Sequence

from hemicycle.engines.meetings.indexed import Indexed, bits
from hemicycle.engines.meetings.problem import Problem
from hemicycle.engines.meetings.verify import SLOT_CHANGE, TABLE_CHANGE

# Variables up to which the LP over slots is solved.
LARGEST = 10_000


def weight_bound(ix: Indexed) -> int:
    """Return the greatest weight that can be held: the LP of the degree-constrained subgraph, rounded down.

    Maximise Σ w·y with Σ over the meetings of p of y ≤ (what p can take), Σ y ≤ tables in all and in each class,
    0 ≤ y ≤ 1 (Schrijver, Combinatorial Optimization, ch. 31). HiGHS solves it; it is not called when no row can bind.
    """
    possible = [m for m in range(ix.meetings) if ix.allowed[m]]
    seats = sum(min(count, ix.people // 2) for count in ix.tables)
    takes = [ix.most(p) for p in range(ix.people)]
    asked = [sum(1 for m in ix.of[p] if ix.allowed[m]) for p in range(ix.people)]
    groups = [[c for c, m in enumerate(possible) if ix.kind[m] == k] for k in range(len(ix.seats))]
    limits = [sum(tables) for tables in ix.seats]
    roomy = len(possible) <= seats and all(len(g) <= limit for g, limit in zip(groups, limits, strict=True))
    if roomy and all(a <= t for a, t in zip(asked, takes, strict=True)):
        return sum(ix.weight[m] for m in possible)
    import numpy as np  # noqa: PLC0415  # costs a tenth of a second, and most problems fit
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    count = len(possible)
    rows = [ix.left[m] for m in possible] + [ix.right[m] for m in possible] + [ix.people] * count
    columns = [*range(count)] * 3
    for k, group in enumerate(groups):
        rows += [ix.people + 1 + k] * len(group)
        columns += group
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(ix.people + 1 + len(groups), count))
    worth = np.array([ix.weight[m] for m in possible], dtype=float)
    found = linprog(-worth, A_ub=matrix, b_ub=[*takes, seats, *limits], bounds=(0, 1), method="highs")
    return int(-found.fun + 1e-6) if found.success else int(worth.sum())


def slot_bound(ix: Indexed, worth: Sequence[int]) -> int | None:
    """Return the greatest worth that can be held, slot by slot; None when the problem is too large to ask.

    The LP over x(m,t) of all meetings and slots: each meeting once, each person once in a slot and up to their cap, each
    slot up to its tables and those of each class. Tighter than `weight_bound` when people or meetings miss slots.
    """
    pairs = [(m, t) for m in range(ix.meetings) for t in bits(ix.allowed[m])]
    if not 0 < len(pairs) <= LARGEST:
        return None
    import numpy as np  # noqa: PLC0415  # only when not everything is held
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    limits: dict[tuple[str, int, int], int] = {}
    rows, columns = [], []
    for column, (m, t) in enumerate(pairs):
        people = (ix.left[m], ix.right[m])
        here = {("once", m, 0): 1, ("tables", t, 0): ix.tables[t]}
        here |= {("slot", p, t): 1 for p in people} | {("cap", p, 0): ix.cap[p] for p in people}
        if ix.kind[m] >= 0:
            here["class", ix.kind[m], t] = ix.seats[ix.kind[m]][t]
        for key, limit in here.items():
            limits.setdefault(key, limit)
            rows.append(key)
            columns.append(column)
    number = {key: row for row, key in enumerate(limits)}
    places = ([number[key] for key in rows], columns)
    matrix = csr_matrix((np.ones(len(rows)), places), shape=(len(limits), len(pairs)))
    gain = np.array([worth[m] for m, _ in pairs], dtype=float)
    found = linprog(
        -gain, A_ub=matrix, b_ub=list(limits.values()), bounds=(0, 1), method="highs", options={"time_limit": 3}
    )
    return int(-found.fun + 1e-6) if found.success else None


def change_bounds(problem: Problem) -> dict[str, int]:
    """Return the least changes, and the least soon, of every schedule that holds all announced meetings.

    A meeting must move when its slot is not possible any more; of the others in a slot, as many as there are too few
    tables; and one that stays changes its table when that does not exist any more.
    """
    ix = Indexed(problem)
    staying: list[list[bool]] = [[] for _ in range(ix.slots)]
    least = [0] * ix.slots
    number = {meeting.id: m for m, meeting in enumerate(problem.meetings)}
    for placing in problem.announced:
        m = number[placing.meeting]
        if ix.allowed[m] >> placing.slot & 1:
            staying[placing.slot].append(not ix.gone[m])
        else:
            least[placing.slot] += SLOT_CHANGE
    for slot, kept in enumerate(staying):
        over = max(0, len(kept) - problem.tables[slot])
        least[slot] += SLOT_CHANGE * over + TABLE_CHANGE * max(0, kept.count(False) - over)
    return {"changes": sum(least), "soon": sum(cost * (ix.slots - 1 - slot) for slot, cost in enumerate(least))}


def run_bound(ix: Indexed) -> int:
    """Return the least meetings beyond the run limit when everything is held and nobody waits.

    Then a person's meetings are one stretch of their usable slots in each part of the day in which waiting counts.
    """
    known: dict[tuple[int, int], int] = {}
    total = 0
    for p, mine in enumerate(ix.of):
        key = ix.free[p], len(mine)
        if key not in known:
            known[key] = _least_excess(ix, p, len(mine))
        total += known[key]
    return total


def _least_excess(ix: Indexed, p: int, meetings: int) -> int:
    """Return by how much the longest run of a person passes the limit at least, with so many meetings and no gap."""
    least = {0: 0}
    for lane in ix.lanes[p]:
        after: dict[int, int] = {}
        for begin in range(len(lane)):
            for end in range(begin, len(lane) + 1):
                over = ix.excess(sum(1 << slot for slot in lane[begin:end]))
                for held, before in least.items():
                    together = held + end - begin
                    after[together] = min(max(before, over), after.get(together, ix.slots))
        least = after
    return least.get(meetings, 0)


def fits_by_vizing(problem: Problem) -> bool:
    """Say whether everything surely fits, whoever asked whom.

    Vizing: a graph of greatest degree D and multiplicity k has a proper edge colouring with D + k colours; McDiarmid
    (1972): then also one whose classes differ by at most one, so ceil(meetings / slots) tables suffice.
    False says nothing; it is also the answer when a meeting needs a class of tables.
    """
    ix = Indexed(problem)
    every = (1 << ix.slots) - 1
    if not ix.slots or ix.ordered or ix.classed or any(mask != every for mask in ix.allowed):
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
