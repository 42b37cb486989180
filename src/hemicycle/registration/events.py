"""What happened to places."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceConfirmed:
    conference_id: int
    registration_id: int
    person_id: int


@dataclass(frozen=True)
class RegistrationCancelled:
    conference_id: int
    registration_id: int
    person_id: int


@dataclass(frozen=True)
class EditionForgotten:
    conference_id: int
