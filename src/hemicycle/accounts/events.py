"""What happened to a person's account."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonErased:
    person_id: int


@dataclass(frozen=True)
class PersonSignedIn:
    person_id: int
