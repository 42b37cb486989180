"""The time of a run in shares: each phase has its part of the seconds, or of the moves."""

from time import monotonic

from hemicycle.engines import clock

BLOCK = 256


class Clock(clock.Clock):
    """A clock that gives phases their share; `iterations` are moves in all."""

    def share(self, *, seconds: float, part: float) -> "Share":
        """Give a phase its share: so many seconds from now, or this part of the moves."""
        moves = None if self.iterations is None else int(self.iterations * part)
        return Share(self, seconds=min(seconds, self.left()), moves=moves)


class Share:
    """The part of a run that one phase may use; `done` goes from 0 to 1 in steps of a block of moves."""

    def __init__(self, clock: Clock, *, seconds: float, moves: int | None) -> None:
        """Begin the phase now."""
        self.clock = clock
        self.start = monotonic()
        self.seconds = seconds
        self.moves = moves
        self.made = 0

    def block(self, most: int) -> int:
        """Return how many moves to make between two looks at the clock: at most these, and not more than the share."""
        return most if self.moves is None else max(1, min(most, self.moves))

    def done(self, moves: int = BLOCK) -> float:
        """Count one block of so many moves and return how much of the share is used; 1 or more means stop."""
        if self.clock.over():
            return 1.0
        self.made += moves
        if self.moves is not None:
            return self.made / self.moves if self.moves else 1.0
        return (monotonic() - self.start) / self.seconds if self.seconds > 0 else 1.0
