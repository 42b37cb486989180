"""The moves of the annealing over sessions and rooms as compiled code: more than a million a second.

The search is told in `anneal.py`. A move writes submissions and the cells they go to; what it may change is counted
before and after: the touched tracks, the touched sessions, and the pairs of each submission that went.
"""

import numpy as np

from hemicycle.engines.compiled import CHANCES, Numbers, compiled, draw, entry
from hemicycle.engines.programme.cosplib.costs import State, touched_cost

# Places in `State.total`: cost now, best cost met, whether the best one is the one at hand and not kept yet.
NOW, BEST, FRESH = range(3)
# Chances of each move in a hundred, added up: one submission, two of a track, two cells, a cell into another one of its
# track, a part of a track's room, two tracks; what is left: a track's room.
ONE, TWO, CELLS, JOIN, BLOCK, TRACKS = 40, 60, 85, 93, 95, 96


@compiled
def lay(state: State, size: int, where: Numbers) -> None:
    """Take so many submissions from their cells and put them into the given ones."""
    for n in range(size):
        i = state.who[n]
        s, r = state.session[i], state.room[i]
        state.fill[s, r] -= state.size[i]
        state.held[s, r] -= 1
        if state.held[s, r] == 0:
            state.at[s, r] = -1
    for n in range(size):
        i = state.who[n]
        s, r = where[0, n], where[1, n]
        state.session[i], state.room[i] = s, r
        state.fill[s, r] += state.size[i]
        state.held[s, r] += 1
        state.at[s, r] = state.track[i]


@compiled
def touch(state: State, size: int) -> tuple[int, int]:
    """Note the tracks and sessions of a move and where it comes from; return how many."""
    tracks = sessions = 0
    for n in range(size):
        i = state.who[n]
        state.mark[i] = 1
        state.back[0, n], state.back[1, n] = state.session[i], state.room[i]
        if not state.seen_tracks[state.track[i]]:
            state.seen_tracks[state.track[i]] = 1
            state.tracks[tracks] = state.track[i]
            tracks += 1
        for s in (state.session[i], state.there[0, n]):
            if not state.seen_sessions[s]:
                state.seen_sessions[s] = 1
                state.sessions[sessions] = s
                sessions += 1
    return tracks, sessions


@compiled
def keep(state: State) -> None:
    """Keep the timetable at hand if it is the best one met."""
    if state.total[FRESH]:
        for i in range(state.size.size):
            state.kept[0, i], state.kept[1, i] = state.session[i], state.room[i]
        state.total[FRESH] = 0


@compiled
def attempt(state: State, rng: Numbers, size: int, heat: float) -> None:
    """Make a move, and take it back when it costs more than chance allows at this temperature."""
    tracks, sessions = touch(state, size)
    before = touched_cost(state, size, tracks, sessions)
    keep(state)
    lay(state, size, state.there)
    change = (touched_cost(state, size, tracks, sessions) - before) // 2
    if change > 0 and change > -heat * np.log((draw(rng, CHANCES) + 1) / CHANCES):
        lay(state, size, state.back)
    else:
        state.total[NOW] += change
        if state.total[NOW] < state.total[BEST]:
            state.total[BEST] = state.total[NOW]
            state.total[FRESH] = 1
    for n in range(size):
        state.mark[state.who[n]] = 0
    for n in range(tracks):
        state.seen_tracks[state.tracks[n]] = 0
    for n in range(sessions):
        state.seen_sessions[state.sessions[n]] = 0


@compiled
def carry(state: State, size: int, here: int, there: int) -> int:
    """Add the submissions of a cell to a move and return its size; -1 when they do not fit or the move is given up."""
    rooms = state.at.shape[1]
    s, r = here // rooms, here % rooms
    if size < 0 or state.fill[s, r] > state.slots[there // rooms]:
        return -1
    t = state.at[s, r]
    if t >= 0:
        for n in range(state.begin[t], state.begin[t + 1]):
            i = state.members[n]
            if state.session[i] == s and state.room[i] == r:
                state.who[size] = i
                state.there[0, size], state.there[1, size] = there // rooms, there % rooms
                size += 1
    return size


@compiled
def exchange(state: State, size: int, here: int, there: int) -> int:
    """Add that two cells change places to a move and return its size, or -1."""
    return carry(state, carry(state, size, here, there), there, here)


@compiled
def one(state: State, rng: Numbers, i: int) -> int:
    """Write a move of one submission, mostly to another cell of its track."""
    t = state.track[i]
    if draw(rng, 4):
        j = state.members[state.begin[t] + draw(rng, state.begin[t + 1] - state.begin[t])]
        s, r = state.session[j], state.room[j]
    else:
        s, r = draw(rng, state.at.shape[0]), draw(rng, state.at.shape[1])
    here = s == state.session[i] and r == state.room[i]
    if here or state.at[s, r] not in (-1, t) or state.fill[s, r] + state.size[i] > state.slots[s]:
        return -1
    state.who[0], state.there[0, 0], state.there[1, 0] = i, s, r
    return 1


@compiled
def two(state: State, rng: Numbers, i: int) -> int:
    """Write a move of two submissions of a track that change places."""
    t = state.track[i]
    j = state.members[state.begin[t] + draw(rng, state.begin[t + 1] - state.begin[t])]
    s, r, u, q = state.session[i], state.room[i], state.session[j], state.room[j]
    more = state.size[i] - state.size[j]
    if (s == u and r == q) or state.fill[u, q] + more > state.slots[u] or state.fill[s, r] - more > state.slots[s]:
        return -1
    state.who[0], state.there[0, 0], state.there[1, 0] = i, u, q
    state.who[1], state.there[0, 1], state.there[1, 1] = j, s, r
    return 2


@compiled
def cells(state: State, rng: Numbers, i: int) -> int:
    """Write a move of a cell that changes places with another one, often of the same session or the same room."""
    sessions, rooms = state.at.shape
    s, r = state.session[i], state.room[i]
    u = draw(rng, sessions) if draw(rng, 3) else s
    q = r if u != s and draw(rng, 2) else draw(rng, rooms)
    if (u == s and q == r) or (u == s and state.at[u, q] == state.track[i]):
        return -1
    return exchange(state, 0, s * rooms + r, u * rooms + q)


@compiled
def join(state: State, rng: Numbers, i: int) -> int:
    """Write a move of all of a cell into another one of its track."""
    rooms = state.at.shape[1]
    t = state.track[i]
    j = state.members[state.begin[t] + draw(rng, state.begin[t + 1] - state.begin[t])]
    s, r, u, q = state.session[i], state.room[i], state.session[j], state.room[j]
    if (s == u and r == q) or state.fill[s, r] + state.fill[u, q] > state.slots[u]:
        return -1
    return carry(state, 0, s * rooms + r, u * rooms + q)


@compiled
def block(state: State, rng: Numbers, i: int) -> int:
    """Write a move of all that is between the first and the last cell of a track in a room, to other sessions.

    In another room it changes places with what is there; in the same room what it jumps over moves back.
    """
    sessions, rooms = state.at.shape
    r, q = state.room[i], draw(rng, rooms)
    by = draw(rng, 2 * sessions - 1) - sessions + 1
    begin = end = state.session[i]
    for s in range(sessions):
        if state.at[s, r] == state.track[i]:
            begin, end = min(begin, s), max(end, s)
    if by == 0 or begin + by < 0 or end + by >= sessions:
        return -1
    size = 0
    for s in range(begin, end + 1):
        if q != r:
            size = exchange(state, size, s * rooms + r, (s + by) * rooms + q)
        else:
            size = carry(state, size, s * rooms + r, (s + by) * rooms + r)
    if q == r:
        length = end - begin + 1
        for s in range(end + 1, end + by + 1):
            size = carry(state, size, s * rooms + r, (s - length) * rooms + r)
        for s in range(begin + by, begin):
            size = carry(state, size, s * rooms + r, (s + length) * rooms + r)
    return size


@compiled
def tracks(state: State, rng: Numbers, i: int) -> int:
    """Write a move of two tracks that change places, cell by cell; they need the same number of them."""
    sessions, rooms = state.at.shape
    t, u = state.track[i], state.track[draw(rng, state.size.size)]
    size, other = 0, 0
    for here in range(sessions * rooms if t != u else 0):
        if state.at[here // rooms, here % rooms] == t:
            while other < sessions * rooms and state.at[other // rooms, other % rooms] != u:
                other += 1
            if other == sessions * rooms:
                return -1
            size = exchange(state, size, here, other)
            other += 1
    while other < sessions * rooms and state.at[other // rooms, other % rooms] != u:
        other += 1
    return size if other == sessions * rooms else -1


@compiled
def whole(state: State, rng: Numbers, i: int) -> int:
    """Write a move of a track from one room to another in all its sessions; what is there changes places with it."""
    sessions, rooms = state.at.shape
    t, r, q = state.track[i], state.room[i], draw(rng, rooms)
    size = 0
    for s in range(sessions if r != q else 0):
        if state.at[s, r] == t or state.at[s, q] == t:
            size = exchange(state, size, s * rooms + r, s * rooms + q)
    return size


@compiled
def proposed(state: State, rng: Numbers) -> int:
    """Write a move drawn at random; return how many submissions it has, none or -1 when it is none."""
    kind, i = draw(rng, 100), draw(rng, state.size.size)
    if kind < ONE:
        return one(state, rng, i)
    if kind < TWO:
        return two(state, rng, i)
    if kind < CELLS:
        return cells(state, rng, i)
    if kind < JOIN:
        return join(state, rng, i)
    if kind < BLOCK:
        return block(state, rng, i)
    return tracks(state, rng, i) if kind < TRACKS else whole(state, rng, i)


@entry
def anneal(state: State, rng: Numbers, moves: int, heat: float) -> None:
    """Try so many moves at one temperature."""
    for _ in range(moves):
        size = proposed(state, rng)
        if size > 0:
            attempt(state, rng, size, heat)
    keep(state)
