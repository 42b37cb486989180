"""What happened to a person's account."""

from dataclasses import dataclass


class MayNotErase(Exception):
    """A subscriber says that a person cannot be erased yet; the message is the sentence a person reads."""


@dataclass(frozen=True)
class PersonErased:
    person_id: int


@dataclass(frozen=True)
class PersonSignedIn:
    person_id: int
