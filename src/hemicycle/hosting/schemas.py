"""What the API of side events takes and gives."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from hemicycle.kit.api import Strict


class SideEventOut(Schema):
    """A side event or workshop."""

    slug: str
    kind: str
    session: str
    title: dict[str, str]
    host: dict[str, str]
    audience: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    room: str
    capacity: int
    left: int
    needs_approval: bool
    invitation_only: bool


class SeatIn(Strict):
    """A wish for a seat."""

    swap: bool = False
    answers: dict[str, Any] = Field(default_factory=dict)


class SeatOut(Schema):
    """Where a seat stands."""

    side_event: str
    status: str


class GuestOut(Schema):
    """One person of a host's list."""

    id: int
    status: str
    first_name: str
    last_name: str
    email: str
    organisation: str
    asked_at: datetime
    came_at: datetime | None
    answers: dict[str, Any]


class DecisionIn(Strict):
    """What is done with seats."""

    ids: list[int] = Field(max_length=1000)
    do: Literal["approve", "decline", "came", "not_came"]
    reason: str = Field("", max_length=1000)


class DoneOut(Schema):
    """How many it was done for."""

    done: int
