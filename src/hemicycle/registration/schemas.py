"""What the API says and hears about places; unknown fields are refused."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from hemicycle.kit.api import Address, Line, Strict, Texts
from hemicycle.registration.enums import ConsentKind, Mode, QuestionKind

Name = Annotated[Line, Field(min_length=1, max_length=100)]
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=60)]
Number = Annotated[int, Field(ge=1, lt=2**63)]


class RegistrationOut(Schema):
    """A registration as its own person or the registration team sees it."""

    id: int
    code: str
    status: str
    mode: str
    stakeholder: str
    category: str
    country: str
    organisation: str
    submitted_at: datetime
    confirmed_at: datetime | None


class MeOut(RegistrationOut):
    """One's own registration; files one answered with are named, not shown."""

    first_name: str
    last_name: str
    email: str
    job_title: str
    needs: str
    answers: dict[str, Any]


class ConsentOut(Schema):
    """One agreement with its dates."""

    kind: str
    given_at: datetime
    withdrawn_at: datetime | None


class SeatOut(Schema):
    """A seat or a turn at a side event."""

    side_event: str
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    room: str
    status: str


class PersonOut(RegistrationOut):
    """A registration with its person, for the registration team; restricted answers are not part of it."""

    first_name: str
    last_name: str
    email: str
    job_title: str
    needs: str
    answers: dict[str, Any]
    consents: list[ConsentOut]
    seats: list[SeatOut]


class GuardOut(Schema):
    """One person of the guard's list, restricted answers included."""

    id: int
    status: str
    first_name: str
    last_name: str
    organisation: str
    answers: dict[str, Any]


class RegisterIn(Strict):
    """The registration form with the answers to the organiser's questions by their keys.

    `stakeholder` and `category` are keys as the lists of the API give them. An answer that is a file is an object with
    `name` and `content` (Base64). `notice` says that the person read the data protection notice.
    """

    email: Address
    first_name: Name
    last_name: Name
    country: str = Field(max_length=2)
    stakeholder: str = Field(max_length=50)
    notice: bool
    organisation: Line = Field(default="", max_length=200)
    job_title: Line = Field(default="", max_length=150)
    mode: Mode = Mode.ON_SITE
    needs: str = Field(default="", max_length=1000)
    category: str = Field(default="", max_length=60)
    code: Line = Field(default="", max_length=40)
    consents: list[Literal["list", "matchmaking", "newsletter"]] = Field(default_factory=list, max_length=3)
    answers: dict[str, Any] = Field(default_factory=dict)


class RegisteredOut(Schema):
    """The answer to everybody, registered before or not: a mail says how it goes on."""

    email: str
    title: str


class MeChange(Strict):
    """What somebody changes about themselves; what is left out stays."""

    first_name: Name | None = None
    last_name: Name | None = None
    organisation: Line | None = Field(default=None, max_length=200)
    job_title: Line | None = Field(default=None, max_length=150)
    country: str | None = Field(default=None, max_length=2)
    needs: str | None = Field(default=None, max_length=1000)
    answers: dict[str, Any] = Field(default_factory=dict)


class ConsentsIn(Strict):
    """Every agreement with yes or no."""

    list: bool
    images: bool
    newsletter: bool
    matchmaking: bool


class ConsentsOut(Schema):
    """What one agrees to now, with the day each yes was given."""

    given: dict[ConsentKind, datetime]


class ColleagueIn(Strict):
    """Somebody who is brought along."""

    email: Address
    first_name: Name
    last_name: Name


class ColleaguesIn(Strict):
    """People who get places together or wait together."""

    people: list[ColleagueIn] = Field(max_length=100)


class DelegationIn(ColleaguesIn):
    """People of an organisation; `category` is needed where there are ways of coming, `stakeholder` is the organisation's."""

    category: str = Field(default="", max_length=60)
    stakeholder: str = Field(default="", max_length=50)
    mode: Mode = Mode.ON_SITE


class BroughtOut(Schema):
    """Somebody one registered, and where their registration stands."""

    first_name: str
    last_name: str
    email: str
    status: str


class Decision(Strict):
    """What is done with many registrations."""

    do: Literal["approve", "decline", "cancel", "again"]
    ids: list[Number] = Field(min_length=1, max_length=1000)
    reason: str = Field(default="", max_length=1000)


class Done(Schema):
    """For how many it was done; the others stood in another state."""

    done: int


class DayOut(Schema):
    """Arrivals of a day in the edition's zone, and how many by then."""

    day: date
    number: int
    total: int


class StatisticsOut(Schema):
    """Who comes: by state; with a place by country and kind; by day; and how far those who began came."""

    capacity: int
    left: int
    statuses: dict[str, int]
    countries: dict[str, int]
    kinds: dict[str, int]
    days: list[DayOut]
    funnel: dict[str, int]


class ViewIn(Strict):
    """A filter of the list under a name, as the part of an address after the question mark."""

    name: Line = Field(min_length=1, max_length=60)
    query: str = Field(max_length=500)


class ViewOut(Schema):
    """A kept filter."""

    id: int
    name: str
    query: str


class InvitationIn(Strict):
    """Addresses that get a code each, or a number of people for one code."""

    emails: list[Address] = Field(default_factory=list, max_length=500)
    uses: int = Field(default=1, ge=1, le=100_000)
    category: str = ""
    skips_approval: bool = True
    expires_at: datetime | None = None


class InvitationOut(Schema):
    """An invitation or code."""

    code: str
    email: str
    category: str
    uses: int
    used: int
    expires_at: datetime | None


class CategoryOut(Schema):
    """A way of coming."""

    slug: str
    name: dict[str, str]
    note: dict[str, str]
    stakeholders: list[str]
    quota: int | None
    needs_approval: bool
    decision_on: date | None
    invitation_only: bool
    order: int
    version: int


class CategoryFields(Strict):
    """What may be written of a way of coming; what is left out stays."""

    name: Texts | None = None
    note: Texts | None = None
    stakeholders: list[str] | None = Field(default=None, max_length=50)
    quota: int | None = Field(default=None, ge=0, le=100_000)
    needs_approval: bool | None = None
    decision_on: date | None = None
    invitation_only: bool | None = None
    order: int | None = Field(default=None, ge=0, le=999)


class CategoryIn(CategoryFields):
    """A new way of coming."""

    slug: Slug
    name: Texts


class CategoryChange(CategoryFields):
    """A change, with the version that was read."""

    slug: Slug | None = None
    version: int


class OptionIn(Strict):
    """A choice: its key, and its words by language."""

    key: str = Field(pattern=r"^[-\w]{1,60}$")
    label: dict[str, Annotated[str, Field(pattern=r"^[^|\r\n]+$", max_length=200)]] = Field(min_length=1)


class QuestionOut(Schema):
    """A question of the organiser's own; `depends_on` and `values` say after which answers it is asked."""

    id: int
    key: str
    label: dict[str, str]
    help: dict[str, str]
    kind: str
    options: list[dict[str, Any]]
    required: bool
    restricted: bool
    categories: list[str]
    depends_on: str
    values: list[str]
    order: int
    version: int


class QuestionFields(Strict):
    """What may be written of a question; what is left out stays."""

    help: Texts | None = None
    options: list[OptionIn] | None = Field(default=None, max_length=200)
    required: bool | None = None
    depends_on: str | None = Field(default=None, max_length=40)
    values: list[Annotated[str, Field(pattern="^[^,]+$", max_length=60)]] | None = Field(default=None, max_length=50)
    order: int | None = Field(default=None, ge=0, le=999)


class EditionQuestionFields(QuestionFields):
    """What the registration form's questions have besides: protection, and for whom they are."""

    restricted: bool | None = None
    categories: list[str] | None = Field(default=None, max_length=100)


class QuestionIn(EditionQuestionFields):
    """A new question."""

    key: Slug = Field(max_length=40)
    kind: QuestionKind
    label: Texts


class QuestionChange(EditionQuestionFields):
    """A change, with the version that was read."""

    key: Slug | None = Field(default=None, max_length=40)
    kind: QuestionKind | None = None
    label: Texts | None = None
    version: int


class TransferIn(Strict):
    """Who takes over one's place."""

    email: Address
    first_name: Name
    last_name: Name


class ExportIn(Strict):
    """Which registrations, and as what kind of file."""

    form: Literal["csv", "xlsx", "json"] = "csv"
    search: str = Field("", max_length=100)
    status: str = Field("", max_length=12)
    kind: str = Field("", max_length=50)
    country: str = Field("", max_length=2)
    category: str = Field("", max_length=60)
    mode: str = Field("", max_length=10)


class IntakeIn(Strict):
    """A CSV or XLSX file in Base64."""

    name: Annotated[Line, Field(max_length=120)]
    content: str = Field(max_length=3_400_000)
    country: str = Field("", pattern="^([A-Z]{2})?$")


class FaultyRowOut(Schema):
    """A row of a list that is wrong, and why; the head is row 1."""

    number: int
    faults: list[str]


class IntakeOut(Schema):
    """What a list holds; `list` is missing while it is read, or when something is wrong."""

    state: str
    said: str
    list: int | None
    source: str
    rows: int
    faulty: Sequence[FaultyRowOut]


class IntakeEnterIn(Strict):
    """A list that was read, and as what its people come."""

    list: int = Field(ge=1, le=2**62)
    stakeholder: str = Field(max_length=50)
    category: str = Field("", max_length=60)
