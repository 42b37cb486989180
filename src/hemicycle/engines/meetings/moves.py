"""The moves of the annealing as compiled code: millions a second where Python makes a hundred thousand.

The search is told in `anneal.py`. Numba compiles these functions at the first call on a machine, which takes some seconds,
and keeps the code beside this file or in the user's cache. They are plain Python over arrays and mean the same without it.
Import this module only to search: loading Numba takes a third of a second and a hundred megabytes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.compiled import CHANCES, Numbers, compiled, draw, entry

# Chains looked at when a full slot needs one meeting to leave.
BACK = 4
# People who cost nothing now are tried so many times less often than others.
SELDOM = 8
# Slots that a bitmask can hold.
WORD = 62
# Places in `State.total`: cost now, best cost met, whether the best one is the one at hand and not kept yet.
NOW, BEST, FRESH = range(3)
# Places in `State.scale`: worth of a gap, gaps that are fair, factor for others, worth of a run, run limit, patience.
GAP, FAIR, UNFAIR, RUN, LIMIT, PATIENCE = range(6)


class State(NamedTuple):
    """A timetable and its costs as arrays, over people p, meetings m, slots t and classes of tables k.

    Attributes:
        left, right: (m) people of each meeting. allowed: (m, t) whether a meeting may be held in a slot.
        lane: (p, t) number of the stretch of slots between which the person's waiting counts, -1 in none.
        half: (t) half-day.
        lanes: (p, n) the same stretches as bitmasks; away: (p, n) slots between theirs in which waiting does not count;
            halves: (n) half-days as bitmasks. They have no columns when there are more slots than WORD.
        tables: (t). kind: (m) class of tables or -1. seats: (k, t).
        early, late: (n) order n says that early[n] comes before late[n]. begin: (m + 1) where the numbers of the orders
            of each meeting begin in `orders`.
        before, toll: (m) announced slot or -1, and what moving costs. scale: see the constants.
        slot: (m) -1 when not held. at: (p, t) meeting or -1. held: (t) meetings. sitting: (k, t) those of the class.
        busy: (p) bitmask of busy slots, 0 when there are more slots than WORD. cost: (p).
        member: (t, n) meetings of a slot in any order. place: (m) position there. kept: (m) best slots met.
        total: see the constants. path: (2 m) room for two chains. side: (n) meeting times two, plus one for its right.
    """

    left: Numbers
    right: Numbers
    allowed: NDArray[np.bool_]
    lane: Numbers
    half: Numbers
    lanes: Numbers
    away: Numbers
    halves: Numbers
    tables: Numbers
    kind: Numbers
    seats: Numbers
    early: Numbers
    late: Numbers
    begin: Numbers
    orders: Numbers
    before: Numbers
    toll: Numbers
    scale: Numbers
    slot: Numbers
    at: Numbers
    held: Numbers
    sitting: Numbers
    busy: Numbers
    cost: Numbers
    member: Numbers
    place: Numbers
    kept: Numbers
    total: Numbers
    path: Numbers
    side: Numbers


@compiled
def person_cost(state: State, p: int, s: int, t: int) -> int:
    """Return the cost of a person whose meetings in the slots s and t change places (s = t: as they are)."""
    if state.half.size > WORD:
        gaps, longest = look(state, p, s, t)
    else:
        mask = state.busy[p]
        if (mask >> s & 1) != (mask >> t & 1):
            mask ^= 1 << s | 1 << t
        gaps, longest = look_fast(state, p, mask)
    cost = state.scale[GAP] * (gaps + state.scale[UNFAIR] * max(0, gaps - state.scale[FAIR]))
    return int(cost + state.scale[RUN] * max(0, longest - state.scale[LIMIT]))


@compiled
def look_fast(state: State, p: int, busy: int) -> tuple[int, int]:
    """Return the gaps of a person with these busy slots, and the longest run (0 when runs do not count)."""
    gaps = longest = 0
    for n in range(state.lanes.shape[1]):
        mine = busy & state.lanes[p, n]
        if mine:
            # A meeting follows another one when the slot before is busy; adding carries over the slots away between.
            follows = mine << 1
            away = state.away[p, n]
            follows |= (away + (follows & away)) ^ away
            starts = mine & ~follows
            starts &= starts - 1
            while starts:
                gaps += 1
                starts &= starts - 1
    if state.scale[RUN]:
        for n in range(state.halves.size):
            run = busy & state.halves[n]
            length = 0
            while run:
                run &= run << 1
                length += 1
            longest = max(longest, length)
    return gaps, longest


@compiled
def look(state: State, p: int, s: int, t: int) -> tuple[int, int]:
    """Return the gaps and the longest run of a person with s and t exchanged, slot by slot, for any number of slots."""
    gaps = longest = length = 0
    lane = half = -1
    seen = waiting = False
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
        if state.half[u] != half:
            half = state.half[u]
            length = 0
        length = length + 1 if busy else 0
        longest = max(longest, length)
    return gaps, longest


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
    if not state.early.size:
        return True
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
        state.held[now] -= 1
        last = state.member[now, state.held[now]]
        state.member[now, state.place[m]] = last
        state.place[last] = state.place[m]
    for place in range(end):
        m = state.path[place]
        now = total - state.slot[m]
        state.slot[m] = now
        state.at[state.left[m], now] = state.at[state.right[m], now] = m
        if state.kind[m] >= 0:
            state.sitting[state.kind[m], now] += 1
        state.member[now, state.held[now]] = m
        state.place[m] = state.held[now]
        state.held[now] += 1
    for place in range(end):
        m = state.path[place]
        renew(state, state.left[m], state.slot[m], total - state.slot[m])
        renew(state, state.right[m], state.slot[m], total - state.slot[m])


@compiled
def renew(state: State, p: int, s: int, t: int) -> None:
    """Note the busy slots and the cost of a person for whom s and t have changed."""
    if state.half.size <= WORD:
        mask = state.busy[p] & ~(1 << s | 1 << t)
        mask |= int(state.at[p, s] >= 0) << s | int(state.at[p, t] >= 0) << t
        if mask == state.busy[p]:
            return
        state.busy[p] = mask
    state.cost[p] = person_cost(state, p, s, s)


@compiled
def bring_back(state: State, rng: Numbers, s: int, t: int, size: int, end: int, most: float) -> tuple[int, int]:
    """Add a second chain to `path` that takes back from t to s what is too many there; return the new end and its cost.

    The end is -1 when none was found that costs at most `most`.
    """
    if state.held[t] == 0:
        return -1, 0
    odd = size % 2 == 1 and state.held[t] >= state.tables[t]
    for _ in range(BACK):
        m = state.member[t, draw(rng, state.held[t])]
        p = state.left[m] if draw(rng, 2) else state.right[m]
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
def keep(state: State) -> None:
    """Keep the timetable at hand if it is the best one met."""
    if state.total[FRESH]:
        for m in range(state.slot.size):
            state.kept[m] = state.slot[m]
        state.total[FRESH] = 0


@compiled
def attempt(state: State, rng: Numbers, p: int, s: int, t: int, change: int, most: float) -> bool:
    """Move a person's meeting from s to t along its chain, if that costs no more than `most`."""
    size, end = chain(state, p, s, t, 0)
    if size < 0:
        return False
    change += person_cost(state, end, s, t) - state.cost[end] + told(state, 0, size, s + t)
    odd = size % 2 == 1 and state.held[t] >= state.tables[t]
    if odd or not seated(state, size, s, t):
        size, more = bring_back(state, rng, s, t, size, end, most - change)
        if size < 0:
            return False
        change += more
    if change > most or not ordered(state, size, s + t):
        return False
    if change > 0:
        keep(state)
    swap(state, size, s + t)
    state.total[NOW] += change
    if state.total[NOW] < state.total[BEST]:
        state.total[BEST] = state.total[NOW]
        state.total[FRESH] = 1
    return True


@entry
def anneal(state: State, rng: Numbers, moves: int, heat: float, goal: int) -> None:
    """Try so many moves at one temperature; end at the goal.

    A move takes a person's meeting to a slot in which they are free, and its chain with it. Most moves are refused for
    the cost of this one person, before the chain is followed. Few people cost anything, and there is most to be gained
    with them, so they come up more often.
    """
    slots = state.half.size
    for _ in range(moves):
        side = state.side[draw(rng, state.side.size)]
        m = side >> 1
        p = state.right[m] if side & 1 else state.left[m]
        if state.cost[p] == 0 and draw(rng, SELDOM):
            continue
        t = draw(rng, slots)
        if state.at[p, t] >= 0 or not state.allowed[m, t]:
            continue
        s = state.slot[m]
        most = -heat * np.log((draw(rng, CHANCES) + 1) / CHANCES)
        change = person_cost(state, p, s, t) - state.cost[p]
        if change > most + state.scale[PATIENCE]:
            continue
        attempt(state, rng, p, s, t, change, most)
        if state.total[BEST] <= goal:
            break
    keep(state)
