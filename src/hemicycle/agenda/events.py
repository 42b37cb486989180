"""What happened to the agenda."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgendaReleased:
    conference_id: int
    number: int
    changed: tuple[str, ...]
