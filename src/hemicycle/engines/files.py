"""What all engines say about a file they cannot read."""


class BadFile(ValueError):
    """A file that cannot be read: `line` (from 1) and `reason`."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep the place."""
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason
