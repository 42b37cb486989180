"""A first valid agenda: keep what was told or drafted where it still fits, then the most constrained sessions first."""

from collections.abc import Iterable
from random import Random

from hemicycle.engines.programme.indexed import Indexed, Place
from hemicycle.engines.programme.problem import Placement
from hemicycle.engines.programme.state import CHANGES, State, Worth

TRIES = 12
CANDIDATES = 60


def construct(ix: Indexed, rng: Random, near: Iterable[Placement] = ()) -> list[Place] | None:
    """Return step and room of each session, or None when a few attempts were in vain.

    Args:
        ix: the problem. rng: draws the order among equals.
        near: where sessions stay if they can.
    """
    urgent: list[int] = []
    for _ in range(TRIES):
        state = State(ix)
        for one in near:
            i, t = ix.number[one.session], ix.slot_of.get((one.day, one.start), -1)
            if i not in urgent and state.fits(i, t, ix.room_number[one.room]):
                state.put(i, t, ix.room_number[one.room])
        left = [i for i in range(len(ix.names)) if state.slot[i] < 0]
        rng.shuffle(left)
        left.sort(key=lambda i: (i not in urgent, len(ix.starts[i]) * len(ix.rooms[i]), -ix.n[i]))
        stuck = next((i for i in left if not _insert(state, i, rng)), None)
        if stuck is None and state.upper < CHANGES * 10**4:
            return state.places()
        if stuck is not None:
            urgent.insert(0, stuck)
    return None


def _insert(state: State, i: int, rng: Random) -> bool:
    """Put a session where it costs least among some places that are free; say whether there is one."""
    ix = state.ix
    places = [(t, m) for t in ix.starts[i] for m in ix.rooms[i] if state.fits(i, t, m)]
    if not places:
        return False

    def worth(place: Place) -> Worth:
        state.put(i, *place)
        found: Worth = (state.upper, state.lower)
        state.take(i)
        return found

    state.put(i, *min(rng.sample(places, min(CANDIDATES, len(places))), key=worth))
    return True
