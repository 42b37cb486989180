"""The moves of the annealing as compiled code: tens of millions a second where Python makes a hundred thousand.

The same search as told in `anneal.py`. Numba compiles it at the first call on a machine and keeps the code; the functions
are plain Python over arrays, so they run without compilation as well, slowly.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]

# Chains looked at when a full slot needs one meeting to leave.
BACK = 8
# Places in `State.total`: cost now, best cost met, whether the best one is the one at hand and not kept yet.
NOW, BEST, FRESH = range(3)
# Places in `State.scale`: worth of a gap, gaps that are fair, factor for others, worth of a run, run limit, patience.
GAP, FAIR, UNFAIR, RUN, LIMIT, PATIENCE = range(6)


class State(NamedTuple):
    """A timetable and its costs as arrays, over people p, meetings m, slots t and classes of tables k.

    Attributes:
        left, right: (m) people of each meeting. allowed: (m, t) whether a meeting may be held in a slot.
        lane: (p, t) number of the stretch of slots between which the person's waiting counts, -1 in none.
        half: (t) half-day. tables: (t). kind: (m) class of tables or -1. seats: (k, t). early, late: (n) order n says
            that early[n] comes before late[n]; begin: (m + 1) with `orders`, the numbers of the orders of each meeting.
        before, toll: (m) announced slot or -1, and what moving costs. scale: see the constants.
        slot: (m) -1 when not held. at: (p, t) meeting or -1. count: (t). sitting: (k, t) meetings that need the class.
        cost: (p). member: (t, n) meetings of a slot in any order; place: (m) position there. kept: (m) best slots met.
        total: see the constants. path: (2 m) room for two chains. side: (n) meeting times two, plus one for its right.
    """

    left: Small
    right: Small
    allowed: NDArray[np.bool_]
    lane: Small
    half: Small
    tables: Numbers
    kind: Small
    seats: Numbers
    early: Small
    late: Small
    begin: Small
    orders: Small
    before: Small
    toll: Numbers
    scale: Numbers
    slot: Small
    at: Small
    count: Numbers
    sitting: Numbers
    cost: Numbers
    member: Small
    place: Small
    kept: Small
    total: Numbers
    path: Small
    side: Small


def compiled(function: F) -> F:
    """Return the function to be compiled when it is first called; other threads run meanwhile."""
    return cast("F", njit(cache=True, nogil=True)(function))


@compiled
def person_cost(state: State, p: int, s: int, t: int) -> int:
    """Return the cost of a person whose meetings in the slots s and t change places (s = t: as they are)."""
    gaps = longest = length = 0
    lane = half = -1
    seen = waiting = False
    run = state.scale[RUN]
    for u in range(state.half.size):
        busy = state.at[p, t if u == s else (s if u == t else u)] >= 0
        here = state.lane[p, u]
        if here >= 0:
            if here != lane:
                lane = here
                seen = waiting = False
            if busy:
                gaps += seen and waiting
                seen = True
            waiting = not busy
        if run:
            if state.half[u] != half:
                half = state.half[u]
                length = 0
            length = length + 1 if busy else 0
            longest = max(longest, length)
    over = gaps - state.scale[FAIR]
    cost = state.scale[GAP] * (gaps + state.scale[UNFAIR] * max(0, over))
    return cost + run * max(0, longest - state.scale[LIMIT])


@compiled
def chain(state: State, p: int, s: int, t: int, first: int) -> tuple[int, int]:
    """Write the chain of a person busy in s and free in t to `path` from a place on; return its end there and the last person.

    The end is -1 when a meeting of it may not move to the other slot.
    """
    size = first
    m = state.at[p, s]
    while m >= 0:
        if not state.allowed[m, t]:
            return -1, p
        state.path[size] = m
        size += 1
        p = state.left[m] + state.right[m] - p
        s, t = t, s
        m = state.at[p, s]
    return size, p


@compiled
def told(state: State, first: int, end: int, total: int) -> int:
    """Return what swapping a part of `path` adds to the changes; `total` is the sum of the two slots."""
    added = 0
    for place in range(first, end):
        m = state.path[place]
        before = state.before[m]
        if before >= 0:
            added += state.toll[m] * (int(total - state.slot[m] != before) - int(state.slot[m] != before))
    return added


@compiled
def seated(state: State, end: int, s: int, t: int) -> bool:
    """Say whether each class has enough tables in both slots after swapping the first part of `path`."""
    for k in range(state.seats.shape[0]):
        rise = 0
        for place in range(end):
            m = state.path[place]
            if state.kind[m] == k:
                rise += 1 if state.slot[m] == s else -1
        if rise > 0 and state.sitting[k, t] + rise > state.seats[k, t]:
            return False
        if rise < 0 and state.sitting[k, s] - rise > state.seats[k, s]:
            return False
    return True


@compiled
def ordered(state: State, end: int, total: int) -> bool:
    """Say whether every order is kept after swapping the first part of `path`; `total` is the sum of the two slots."""
    for place in range(end):
        state.slot[state.path[place]] = total - state.slot[state.path[place]]
    kept = True
    for place in range(end):
        m = state.path[place]
        for n in range(state.begin[m], state.begin[m + 1]):
            early = state.slot[state.early[state.orders[n]]]
            late = state.slot[state.late[state.orders[n]]]
            if early >= 0 and 0 <= late <= early:
                kept = False
    for place in range(end):
        state.slot[state.path[place]] = total - state.slot[state.path[place]]
    return kept


@compiled
def swap(state: State, end: int, total: int) -> None:
    """Swap the two slots of the meetings in the first part of `path`; the caller has made sure that it may be."""
    for place in range(end):
        m = state.path[place]
        now = state.slot[m]
        state.at[state.left[m], now] = state.at[state.right[m], now] = -1
        if state.kind[m] >= 0:
            state.sitting[state.kind[m], now] -= 1
        state.count[now] -= 1
        last = state.member[now, state.count[now]]
        state.member[now, state.place[m]] = last
        state.place[last] = state.place[m]
    for place in range(end):
        m = state.path[place]
        now = total - state.slot[m]
        state.slot[m] = now
        state.at[state.left[m], now] = state.at[state.right[m], now] = m
        if state.kind[m] >= 0:
            state.sitting[state.kind[m], now] += 1
        state.member[now, state.count[now]] = m
        state.place[m] = state.count[now]
        state.count[now] += 1


@compiled
def bring_back(
    state: State, rng: np.random.Generator, s: int, t: int, size: int, end: int, odd: bool, most: float
) -> tuple[int, int]:
    """Add a second chain to `path` that takes back from t to s what is too many there; return the new end and its cost.

    The end is -1 when none was found that costs at most `most`. `odd`: tables are missing, not only those of a class.
    """
    if state.count[t] == 0:
        return -1, 0
    for _ in range(BACK):
        m = state.member[t, int(rng.random() * state.count[t])]
        p = state.left[m] if rng.random() < 0.5 else state.right[m]
        if state.at[p, s] >= 0 or p == end:
            continue
        change = person_cost(state, p, s, t) - state.cost[p]
        if change > most + state.scale[PATIENCE]:
            continue
        size_now, other = chain(state, p, t, s, size)
        if size_now < 0 or (odd and (size_now - size) % 2 == 0):
            continue
        change += person_cost(state, other, s, t) - state.cost[other] + told(state, size, size_now, s + t)
        if change <= most and seated(state, size_now, s, t):
            return size_now, change
    return -1, 0


@compiled
def attempt(state: State, rng: np.random.Generator, p: int, s: int, t: int, change: int, most: float) -> bool:
    """Move a person's meeting from s to t along its chain, if that costs no more than `most`."""
    size, end = chain(state, p, s, t, 0)
    if size < 0:
        return False
    change += person_cost(state, end, s, t) - state.cost[end] + told(state, 0, size, s + t)
    odd = size % 2 == 1 and state.count[t] >= state.tables[t]
    if odd or not seated(state, size, s, t):
        size, more = bring_back(state, rng, s, t, size, end, odd, most - change)
        if size < 0:
            return False
        change += more
    if change > most or not ordered(state, size, s + t):
        return False
    if change > 0 and state.total[FRESH]:
        state.kept[:] = state.slot
        state.total[FRESH] = 0
    swap(state, size, s + t)
    for place in range(size):
        m = state.path[place]
        state.cost[state.left[m]] = person_cost(state, state.left[m], 0, 0)
        state.cost[state.right[m]] = person_cost(state, state.right[m], 0, 0)
    state.total[NOW] += change
    if state.total[NOW] < state.total[BEST]:
        state.total[BEST] = state.total[NOW]
        state.total[FRESH] = 1
    return True


@compiled
def anneal(state: State, rng: np.random.Generator, moves: int, heat: float, goal: int) -> None:
    """Try so many moves at one temperature; end at the goal.

    A move takes a person's meeting to a slot in which they are free, and its chain with it. Most moves are refused for
    the cost of this one person, before the chain is followed.
    """
    slots = state.half.size
    for _ in range(moves):
        side = state.side[int(rng.random() * state.side.size)]
        m = side >> 1
        p = state.right[m] if side & 1 else state.left[m]
        t = int(rng.random() * slots)
        if state.at[p, t] >= 0 or not state.allowed[m, t]:
            continue
        s = state.slot[m]
        most = -heat * np.log(1.0 - rng.random())
        change = person_cost(state, p, s, t) - state.cost[p]
        if change > most + state.scale[PATIENCE]:
            continue
        attempt(state, rng, p, s, t, change, most)
        if state.total[BEST] <= goal:
            break
    if state.total[FRESH]:
        state.kept[:] = state.slot
        state.total[FRESH] = 0
