"""How long a run may go on: seconds, or an amount of work so that the same seed gives the same result."""

from collections.abc import Callable
from time import monotonic


class Clock:
    """Time, work and cancelling of one run.

    Args:
        seconds: wall time from now.
        iterations: units of work (what one is, the engine says), None to be led by time alone.
        cancel: asked now and then; True ends the run with the best so far.
    """

    def __init__(
        self, *, seconds: float, iterations: int | None = None, cancel: Callable[[], bool] | None = None
    ) -> None:
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
        """Return the seconds that remain, never below 0; none once the run was cancelled."""
        return 0.0 if self.over() else max(0.0, self.seconds - self.elapsed())

    def over(self) -> bool:
        """Say whether time is up or the run was cancelled."""
        if not self.cancelled and self._cancel is not None and self._cancel():
            self.cancelled = True
        return self.cancelled or self.elapsed() >= self.seconds
