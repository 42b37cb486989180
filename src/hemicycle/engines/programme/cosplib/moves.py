"""The moves of the annealing over sessions and rooms as compiled code: more than a million a second.

The search is told in `anneal.py`. A move writes submissions and the cells they go to; the touched tracks and sessions, and
the pairs of each submission that went, are counted before and after. Positions within a room are left to `arrange`, and so
are terms that look at single time slots. All is in one file: compiled code is kept until that file changes.
"""

from typing import NamedTuple

import numpy as np

from hemicycle.engines.compiled import CHANCES, Numbers, compiled, draw, entry

# Places in `State.price`: a room more of a track, a parallel room, a track that is torn, a submission out of order.
ROOMS, PARALLEL, TORN, ORDER = range(4)
# Places in `State.total`: cost now, best cost met, whether the best one is the one at hand and not kept yet.
NOW, BEST, FRESH = range(3)
# Chances of each move in a hundred, added up: one submission, two of a track, two cells, a cell into another one of its
# track, a part of a track's room, two tracks; what is left: a track's room.
ONE, TWO, CELLS, JOIN, BLOCK, TRACKS = 40, 60, 85, 93, 95, 96


class State(NamedTuple):
    """A timetable and its costs as arrays, over submissions i, tracks t, sessions s and rooms r.

    Attributes:
        size, track, order: (i). slots: (s).
        members: (i) submissions track by track; begin: (t + 1) where those of each track begin.
        cells: (t, s, r) cost of a track in a cell. linear: (i, s), places: (i, r) cost of a submission there.
        alike: (t, t) cost of two tracks in one session.
        foes, tolls: (n) who must not be elsewhere in the same session, and the price; first: (i + 1) where each begins.
        price: see the constants.
        session, room: (i) the timetable. at: (s, r) track or -1. fill: (s, r) time slots used. held: (s, r) submissions.
        kept: (2, i) best sessions and rooms met. total: see the constants.
        who, mark: (i) submissions of the move at hand, and whether one is. there, back: (2, i) where they go and were.
        tracks, sessions: (t), (s) touched ones; seen_tracks, seen_sessions: whether one is among them.
        used: (r), turn: (i + 1) room for counting.
    """

    size: Numbers
    track: Numbers
    order: Numbers
    slots: Numbers
    members: Numbers
    begin: Numbers
    cells: Numbers
    linear: Numbers
    places: Numbers
    alike: Numbers
    foes: Numbers
    tolls: Numbers
    first: Numbers
    price: Numbers
    session: Numbers
    room: Numbers
    at: Numbers
    fill: Numbers
    held: Numbers
    kept: Numbers
    total: Numbers
    who: Numbers
    mark: Numbers
    there: Numbers
    back: Numbers
    tracks: Numbers
    sessions: Numbers
    seen_tracks: Numbers
    seen_sessions: Numbers
    used: Numbers
    turn: Numbers


@compiled
def order_cost(state: State, t: int) -> int:
    """Return the cost of a track's submissions out of order, the rooms taken one after the other.

    Ordered ones in rooms at once count once more: whether they overlap only their positions tell.
    """
    sessions, rooms = state.at.shape
    for place in range(state.begin[t + 1] - state.begin[t] + 1):
        state.turn[place] = -1
    place = wrong = 0
    for s in range(sessions):
        for r in range(rooms):
            if state.at[s, r] == t:
                for _ in range(state.held[s, r]):
                    place += 1
                    state.turn[place] = s * rooms + r
    for n in range(state.begin[t], state.begin[t + 1]):
        i = state.members[n]
        wished = state.order[i]
        if wished > 0:
            if wished <= place and state.turn[wished] == state.session[i] * rooms + state.room[i]:
                state.turn[wished] = -1
            else:
                wrong += 1
            for m in range(state.begin[t], n):
                j = state.members[m]
                wrong += state.order[j] > 0 and state.session[j] == state.session[i] and state.room[j] != state.room[i]
    return int(wrong * state.price[ORDER])


@compiled
def track_cost(state: State, t: int) -> int:
    """Return what a track costs by itself."""
    sessions, rooms = state.at.shape
    cost = held = parallel = used = 0
    begin = end = -1
    for r in range(rooms):
        state.used[r] = 0
    for s in range(sessions):
        here = 0
        for r in range(rooms):
            if state.at[s, r] == t:
                here += 1
                cost += state.cells[t, s, r]
                used += 1 - state.used[r]
                state.used[r] = 1
        if here:
            held, parallel = held + 1, parallel + here - 1
            begin, end = s if begin < 0 else begin, s
    cost += state.price[ROOMS] * (used - 1) + state.price[PARALLEL] * parallel
    if end - begin + 1 != held:
        cost += state.price[TORN]
    for n in range(state.begin[t], state.begin[t + 1]):
        i = state.members[n]
        cost += state.linear[i, state.session[i]] + state.places[i, state.room[i]]
    if state.price[ORDER] > 0:
        cost += order_cost(state, t)
    return int(cost)


@compiled
def session_cost(state: State, s: int) -> int:
    """Return what the tracks in parallel cost in a session."""
    cost = 0
    for r in range(state.at.shape[1]):
        a = state.at[s, r]
        for q in range(r):
            b = state.at[s, q]
            if a >= 0 and b >= 0 and b != a:
                cost += state.alike[a, b]
    return int(cost)


@compiled
def pairs_cost(state: State, i: int) -> int:
    """Return twice the cost of a submission's pairs; a pair within the move is counted by both, so once by each."""
    cost = 0
    for n in range(state.first[i], state.first[i + 1]):
        j = state.foes[n]
        if state.session[j] == state.session[i] and state.room[j] != state.room[i]:
            cost += state.tolls[n] * (1 if state.mark[j] else 2)
    return int(cost)


@compiled
def touched_cost(state: State, size: int, tracks: int, sessions: int) -> int:
    """Return twice the cost of all that a move of so many submissions, tracks and sessions may change."""
    twice = 0
    for n in range(size):
        twice += pairs_cost(state, state.who[n])
    for n in range(tracks):
        twice += 2 * track_cost(state, state.tracks[n])
    for n in range(sessions):
        twice += 2 * session_cost(state, state.sessions[n])
    return twice


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
    rooms, s, r = state.at.shape[1], state.session[i], state.room[i]
    u = draw(rng, state.at.shape[0]) if draw(rng, 3) else s
    q = r if u != s and draw(rng, 2) else draw(rng, rooms)
    if (u == s and q == r) or (u == s and state.at[u, q] == state.track[i]):
        return -1
    return exchange(state, 0, s * rooms + r, u * rooms + q)


@compiled
def join(state: State, rng: Numbers, i: int) -> int:
    """Write a move of all of a cell into another one of its track."""
    rooms, t = state.at.shape[1], state.track[i]
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
        here, there = s * rooms + r, (s + by) * rooms + q
        size = exchange(state, size, here, there) if q != r else carry(state, size, here, there)
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
