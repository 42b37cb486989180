"""What the API says and hears about profiles, requests, meetings and schedules; unknown fields are refused."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from hemicycle.kit.api import Line, Strict


class ProfileIn(Strict):
    """What one offers and looks for; it is written whole."""

    about: str = Field(default="", max_length=1200)
    offers: list[Line] = Field(default_factory=list, max_length=5)
    needs: list[Line] = Field(default_factory=list, max_length=5)
    ecosystems: list[str] = Field(default_factory=list, max_length=50)
    visible: bool = True


class PartnerOut(Schema):
    """Somebody one can meet."""

    id: int
    name: str
    organisation: str
    country: str
    stakeholder: str
    about: str
    offers: list[str]
    needs: list[str]
    ecosystems: list[str]


class ProfileOut(PartnerOut):
    """One's own profile."""

    visible: bool


class FacetsOut(Schema):
    """How many profiles each choice of the filters holds, most first."""

    countries: dict[str, int]
    ecosystems: dict[str, int]
    kinds: dict[str, int]


class MeetingAskIn(Strict):
    """A wish to meet."""

    message: str = Field(default="", max_length=600)


class MeetingAnswerIn(Strict):
    """What is done with a request: accepted or declined by who got it, taken back by either."""

    do: Literal["accept", "decline", "withdraw"]


class RequestOut(Schema):
    """A request, seen by one of the two; `why` says why an accepted one found no place in the schedule."""

    id: int
    sent: bool
    partner: int
    name: str
    organisation: str
    status: str
    message: str
    sent_at: datetime
    why: str


class MeetingOut(Schema):
    """A meeting of the published schedule, seen by one of the two."""

    request: int
    partner: int
    name: str
    organisation: str
    starts_at: datetime
    ends_at: datetime
    table: int


class SlotOut(Schema):
    """A time at which meetings take place."""

    starts_at: datetime
    ends_at: datetime
    tables: int
    block: int


class OverviewOut(Schema):
    """Figures and slots."""

    counts: dict[str, int]
    slots: list[SlotOut]


class ScheduleIn(Strict):
    """How long the scheduler may think."""

    seconds: float = 2.0


class PlanOut(Schema):
    """A run of the scheduler."""

    id: int
    state: str
    stage: str
    progress: int
    seconds: float
    requested_at: datetime
    finished_at: datetime | None
    published_at: datetime | None


class PlacedOut(Schema):
    """A meeting of a schedule: the request, the slot's beginning and the table."""

    request: int
    starts_at: datetime
    table: int


class LeftOutOut(Schema):
    """An accepted request without a place, and why."""

    request: int
    people: list[str]
    why: str


class ResultOut(PlanOut):
    """A run with what it found: figures, meetings, and what found no place."""

    found: dict[str, Any]
    schedule: list[PlacedOut]
    unplaced: list[LeftOutOut]


class PublishedOut(Schema):
    """How many meetings are published."""

    meetings: int
