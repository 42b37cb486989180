"""What the API of side events takes and gives; unknown fields are refused."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from hemicycle.kit.api import Address, Line, Strict, Texts
from hemicycle.registration.enums import QuestionKind, SeatStatus, SideKind
from hemicycle.registration.schemas import Number, QuestionFields, Slug

DEEPEST = 6
Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC))]


def _rule(rule: Any, depth: int = 0) -> Any:
    """Return an audience rule if it is built of its words only."""
    if rule == {} and depth == 0:
        return rule
    if depth > DEEPEST or not isinstance(rule, dict) or len(rule) != 1:
        raise ValueError("a rule is an object with one word: any, all, none, fact or stakeholder")
    ((word, value),) = rule.items()
    if word in ("fact", "stakeholder") and isinstance(value, str) and value:
        return rule
    if word not in ("any", "all", "none") or not isinstance(value, list) or not value:
        raise ValueError(f"what stands after {str(word)[:20]} cannot be read")
    for part in value:
        _rule(part, depth + 1)
    return rule


class SideEventOut(Schema):
    """A side event or workshop."""

    slug: str
    kind: str
    session: str
    title: dict[str, str]
    about: dict[str, str]
    host: dict[str, str]
    audience: dict[str, str]
    how_to_become: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime | None
    room: str
    capacity: int
    left: int
    needs_approval: bool
    invitation_only: bool
    version: int


class SetUpOut(Schema):
    """What a host and the team see besides: the audience rule, how many with a place fit it, and seats by state."""

    slug: str
    rule: dict[str, Any]
    fits: int
    people: int
    seats: dict[str, int]
    version: int


class AudienceIn(Strict):
    """Conditions such as `fact:label` or `stakeholder:sme`: one of the first, one of the second too, none of the third."""

    one_of: list[str] = Field(default_factory=list, max_length=50)
    also_one_of: list[str] = Field(default_factory=list, max_length=50)
    none_of: list[str] = Field(default_factory=list, max_length=50)


class Words(Strict):
    """What a host may write; what is left out stays."""

    about: Texts | None = None
    audience_words: Texts | None = None
    how_to_become: Texts | None = None
    needs_approval: bool | None = None
    closes_at: Instant | None = None


class SideEventFields(Words):
    """What the team may write. `audience` is the page's boxes; `rule` any audience rule, for what boxes cannot say."""

    kind: SideKind | None = None
    session_slug: str | None = Field(default=None, max_length=80)
    room: str | None = Field(default=None, max_length=60)
    invitation_only: bool | None = None
    audience: AudienceIn | None = None
    rule: Annotated[dict[str, Any], AfterValidator(_rule)] | None = None


class SideEventIn(SideEventFields):
    """A new side event or workshop; its address is made of its title."""

    title: Texts
    host: Texts
    kind: SideKind = SideKind.SIDE_EVENT
    starts_at: Instant
    ends_at: Instant
    capacity: int = Field(ge=0, le=100_000)


class SideEventChange(SideEventFields):
    """A change, with the version that was read."""

    version: int
    title: Texts | None = None
    host: Texts | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    capacity: int | None = Field(default=None, ge=0, le=100_000)


class SeatIn(Strict):
    """A wish for a seat."""

    swap: bool = False
    answers: dict[str, Any] = Field(default_factory=dict)


class SeatStandsOut(Schema):
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

    ids: list[Number] = Field(max_length=1000)
    do: Literal["approve", "decline", "came", "not_came"]
    reason: str = Field("", max_length=1000)


class DoneOut(Schema):
    """How many it was done for."""

    done: int


class HostOut(Schema):
    """Somebody who hosts, or was asked to and did not answer yet."""

    id: int
    email: str
    name: str
    since: datetime


class HostsOut(Schema):
    """The host team and who is asked to join it."""

    hosts: list[HostOut]
    invitations: list[HostOut]


class HostAskIn(Strict):
    """Who is asked to host."""

    email: Address


class SeatInviteIn(Strict):
    """Who is invited to come."""

    emails: list[Address] = Field(min_length=1, max_length=500)


class SeatInvitationOut(Schema):
    """Somebody who is invited to come."""

    id: int
    email: str
    invited_at: datetime


class WriteIn(Strict):
    """A mail to the people of a side event whose seats stand so."""

    to: list[Literal[SeatStatus.CONFIRMED, SeatStatus.WAITING, SeatStatus.PENDING]] = Field(min_length=1, max_length=3)
    subject: Line = Field(min_length=1, max_length=150)
    words: str = Field(min_length=1, max_length=8000)


class HostQuestionIn(QuestionFields):
    """A new question of the host's."""

    key: Slug = Field(max_length=40)
    kind: QuestionKind
    label: Texts


class HostQuestionChange(QuestionFields):
    """A change, with the version that was read."""

    key: Slug | None = Field(default=None, max_length=40)
    kind: QuestionKind | None = None
    label: Texts | None = None
    version: int


class PaperIn(Strict):
    """A paper (PDF) with its content in Base64."""

    title: Line = Field(min_length=1, max_length=200)
    name: Line = Field(default="paper.pdf", max_length=100)
    content: str = Field(min_length=1)
    shown: bool = False


class PaperChange(Strict):
    """Whether everybody sees it."""

    shown: bool


class PaperOut(Schema):
    """A paper; its file is at `papers/{id}`."""

    id: int
    title: str
    name: str
    size: int
    shown: bool
