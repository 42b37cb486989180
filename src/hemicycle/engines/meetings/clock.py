"""How long a run may go on: seconds, or a number of moves so that the same seed gives the same result."""

from collections.abc import Callable
from time import monotonic

BLOCK = 256


class Clock:
    """Time, work and cancelling of one run.

    Args:
        seconds: wall time from now.
        iterations: moves in all, None to be led by time alone.
        cancel: asked now and then; True ends the run with the best so far.
    """

    def __init__(self, *, seconds: float, iterations: int | None, cancel: Callable[[], bool] | None) -> None:
        """Start the clock."""
        self.start = monotonic()
        self.seconds = seconds
        self.iterations = iterations
        self._cancel = cancel
        self.cancelled = False

    def elapsed(self) -> float:
        """Return the seconds since the start."""
        return monotonic() - self.start

    def left(self) -> float:
        """Return the seconds that remain, never below 0."""
        return max(0.0, self.seconds - self.elapsed())

    def over(self) -> bool:
        """Say whether time is up or the run was cancelled."""
        if not self.cancelled and self._cancel is not None and self._cancel():
            self.cancelled = True
        return self.cancelled or self.elapsed() >= self.seconds

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

    def done(self) -> float:
        """Count one block of moves and return how much of the share is used; 1 or more means stop."""
        if self.clock.over():
            return 1.0
        self.made += BLOCK
        if self.moves is not None:
            return self.made / self.moves if self.moves else 1.0
        return (monotonic() - self.start) / self.seconds if self.seconds > 0 else 1.0
