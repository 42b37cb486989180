"""What happened to an edition."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EditionChanged:
    conference_id: int
    fields: frozenset[str]
