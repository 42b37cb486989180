"""A first valid timetable at once: what is fixed, what was announced, then the tightest requests first."""

from random import Random

from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable


def construct(ix: Indexed, rng: Random) -> tuple[Timetable, list[int]]:
    """Return a valid timetable and the meetings it does not hold, in time about linear in meetings times slots.

    Fixed meetings that contradict each other are left out; `bounds.impossible` names them.
    """
    table = Timetable(ix)
    kept = [m for m in range(ix.meetings) if ix.fixed[m]]
    kept += [m for m in range(ix.meetings) if ix.announced[m] >= 0 and not ix.fixed[m]]
    for m in kept:
        wanted = ix.announced[m] if not ix.fixed[m] else ix.allowed[m].bit_length() - 1
        if wanted in table.with_table(table.common(m), m) and not table.capped(m):
            table.place(m, wanted)
    rest = by_need(ix, [m for m in range(ix.meetings) if table.slot[m] < 0], rng)
    left = [m for m in rest if table.capped(m) or not _place(table, m)]
    return table, [m for m in left if not table.insert(m)]


def by_need(ix: Indexed, meetings: list[int], rng: Random) -> list[int]:
    """Order meetings: the announced, those towards a floor, the most constrained by slots, then at random."""
    load = [len(ix.of[p]) / max(1, ix.most(p)) for p in range(ix.people)]
    dear = max(ix.weight, default=1)
    over = max(load, default=0) > 1
    asked = [sum(1 for m in meetings if ix.kind[m] == k) for k in range(len(ix.seats))]
    rare = [wanted / max(1, sum(seats)) for wanted, seats in zip(asked, ix.seats, strict=True)]

    def need(m: int) -> tuple[bool, bool, float, float]:
        a, b = ix.left[m], ix.right[m]
        floored = bool(ix.floor[a] or ix.floor[b])
        scarce = rare[ix.kind[m]] if ix.kind[m] >= 0 else 0.0
        tight = (load[a] + load[b] + scarce) / max(1, ix.allowed[m].bit_count())
        worth = ix.weight[m] / dear / (load[a] + load[b]) if over else 0.0
        return ix.announced[m] < 0, not floored, -worth - tight, rng.random()

    return sorted(meetings, key=need)


def _place(table: Timetable, m: int) -> bool:
    """Place a meeting in the emptiest common slot, beside another meeting of the same people if possible."""
    ix = table.ix
    mask = table.common(m)
    if not mask:
        return False
    near = table.busy[ix.left[m]] | table.busy[ix.right[m]]
    near = near << 1 | near >> 1
    best, chosen = 0.0, -1
    for t in table.with_table(mask, m):
        room = 1 - table.count[t] / ix.tables[t] + (0.3 if near >> t & 1 else 0)
        if room > best:
            best, chosen = room, t
    if chosen >= 0:
        table.place(m, chosen)
    return chosen >= 0
