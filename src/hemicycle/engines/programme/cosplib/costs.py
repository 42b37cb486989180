"""A timetable over sessions and rooms as arrays, and what it costs: compiled code for the search (see `moves.py`).

Positions within a room are left to `arrange`, and so are the terms that look at single time slots.
"""

from typing import NamedTuple

from hemicycle.engines.compiled import Numbers, compiled

# Places in `State.price`: a room more of a track, a parallel room, a track that is torn, a submission out of order.
ROOMS, PARALLEL, TORN, ORDER = range(4)


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
        kept: (2, i) best sessions and rooms met. total: see `moves.py`.
        who, mark: (i) submissions of the move at hand, and whether one is among them; there: (2, i) where they go to,
            back: (2, i) where they come from.
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

    Rooms at once that both hold ordered ones count once more: whether these overlap only their positions tell.
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
            held += 1
            parallel += here - 1
            begin = s if begin < 0 else begin
            end = s
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
