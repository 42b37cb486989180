"""How long a search may still take."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds of wall time from now on, and a question that ends them early."""

    seconds: float
    cancel: Callable[[], bool] | None = None
    begin: float = field(default_factory=monotonic)

    @property
    def elapsed(self) -> float:
        """Return the seconds since the beginning."""
        return monotonic() - self.begin

    def left(self) -> float:
        """Return the seconds that remain; 0 once somebody cancels."""
        cancelled = self.cancel is not None and self.cancel()
        return 0.0 if cancelled else max(0.0, self.seconds - self.elapsed)

    def stop(self) -> bool:
        """Say whether nothing remains."""
        return self.left() == 0
