"""What the API says and hears about organisations; unknown fields are refused."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field

from hemicycle.audit.schemas import EntryOut
from hemicycle.directory.enums import LANGUAGES, FactKind, MemberType
from hemicycle.kit.api import Address, Line, Strict


class FactOut(Schema):
    """A confirmed dated fact."""

    kind: str
    title: str
    valid_from: date
    valid_until: date | None
    source: str


class OrganisationOut(Schema):
    """An organisation as its public page shows it."""

    slug: str
    name: str
    country: str
    kind: str
    region: str
    city: str
    website: str
    languages: list[str]
    ecosystems: list[str]
    members: int | None
    member_types: list[str]
    about: str
    version: int


class OrganisationFacts(OrganisationOut):
    """An organisation with the facts that are true on the day that was asked for."""

    facts: list[FactOut]


def _language(value: str) -> str:
    """Return the code of an official language of the Union."""
    if value not in LANGUAGES:
        raise ValueError("not an official language of the Union")
    return value


Language = Annotated[str, AfterValidator(_language)]


class OrganisationFields(Strict):
    """What may be written of an organisation; what is left out stays."""

    kind: str | None = None
    region: str | None = Field(default=None, max_length=5)
    city: Line | None = Field(default=None, max_length=100)
    website: str | None = Field(default=None, max_length=200)
    languages: list[Language] | None = None
    domain: str | None = Field(default=None, max_length=253)
    ecosystems: list[str] | None = None
    members: int | None = Field(default=None, ge=0, le=1_000_000)
    member_types: list[MemberType] | None = None
    staff: float | None = Field(default=None, ge=0, le=10_000)
    about: str | None = Field(default=None, max_length=4000)


class OrganisationIn(OrganisationFields):
    """A new organisation."""

    name: Line = Field(min_length=1, max_length=200)
    country: str = Field(pattern="^[A-Z]{2}$")
    listed: bool = True


class OrganisationChange(OrganisationFields):
    """A change, with the version that was read; another one in between is refused.

    Name, country, mail domain and whether there is a public page are the team's.
    """

    version: int
    name: Line | None = Field(default=None, min_length=1, max_length=200)
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    listed: bool | None = None


class FactIn(Strict):
    """A dated fact; a manager's waits for the team."""

    kind: FactKind
    title: Line = Field(min_length=1, max_length=200)
    valid_from: date
    valid_until: date | None = None
    note: str = Field(default="", max_length=1000)
    source: Line = Field(default="", max_length=300)


class FactChange(Strict):
    """A change of a fact, with the version that was read; what is left out stays."""

    version: int
    kind: FactKind | None = None
    title: Line | None = Field(default=None, min_length=1, max_length=200)
    valid_from: date | None = None
    valid_until: date | None = None
    note: str | None = Field(default=None, max_length=1000)
    source: Line | None = Field(default=None, max_length=300)


class FactWritten(Schema):
    """Whether a fact counts already."""

    id: int
    confirmed: bool
    version: int


class FactFull(FactOut):
    """A fact as those see it who look after the organisation, confirmed or not."""

    id: int
    note: str
    confirmed: bool
    version: int


class ManagerOut(Schema):
    """Somebody who looks after an organisation, is asked to, or asks to."""

    id: int
    name: str
    email: str
    since: datetime


class CheckOut(Schema):
    """One line of what is asked of an organisation: done, set aside with a reason, or missing."""

    key: str
    done: bool
    waiver: str


class WorkspaceOut(OrganisationOut):
    """An organisation as those see it who look after it."""

    domain: str
    staff: float | None
    listed: bool
    facts: list[FactFull]
    checks: list[CheckOut]
    complete: list[CheckOut]
    percent: int
    managers: list[ManagerOut]
    invitations: list[ManagerOut]
    join_requests: list[ManagerOut]
    history: list[EntryOut]


class ExportOut(Schema):
    """An organisation with all its fields and facts, as the desk's JSON file has it."""

    name: str
    country: str
    kind: str
    region: str
    city: str
    website: str
    languages: list[str]
    domain: str
    ecosystems: list[str]
    members: int | None
    member_types: list[str]
    staff: float | None
    about: str
    facts: list[dict[str, Any]]


class PairOut(Schema):
    """Two records that may be one organisation, and why."""

    one: str
    other: str
    reasons: list[str]


class MergeIn(Strict):
    """Which record stays and which goes, with the versions that were read."""

    kept: str = Field(max_length=80)
    gone: str = Field(max_length=80)
    kept_version: int
    gone_version: int


class MovesOut(Schema):
    """What would move: kinds of rows and how many."""

    moves: dict[str, int]
    kept_version: int
    gone_version: int


class WaiverIn(Strict):
    """Why a check is set aside."""

    reason: Line = Field(min_length=1, max_length=300)


class ManagerAskIn(Strict):
    """Whom to ask."""

    email: Address


class JoinAnswerIn(Strict):
    """Yes or no to somebody who asks to join."""

    say: Literal["yes", "no"]


class ManagerRemoveIn(Strict):
    """A word to the organisers, needed of the last one who leaves."""

    word: str = Field(default="", max_length=1000)


class MyOrganisations(Schema):
    """What one looks after, waits for, and may ask to join, by their short names."""

    managed: list[str]
    asked: list[str]
    joinable: list[str]


class OrganisationExportIn(Strict):
    """Which organisations, and as what kind of file."""

    form: Literal["csv", "xlsx", "json"] = "csv"
    search: str = Field("", max_length=100)
    country: str = Field("", max_length=2)
    kind: str = Field("", max_length=50)
    state: str = Field("", max_length=20)


class OrganisationListIn(Strict):
    """A CSV or XLSX file in Base64."""

    name: Annotated[Line, Field(max_length=120)]
    content: str = Field(max_length=3_400_000)


class OrganisationFaultOut(Schema):
    """A row that is wrong, and why; the head is row 1, `sheet` is empty for organisations and `facts` for facts."""

    sheet: str
    number: int
    faults: list[str]


class OrganisationListOut(Schema):
    """What a list holds; `list` is missing while it is read, or when something is wrong."""

    state: str
    said: str
    list: int | None
    new: int
    known: int
    facts: int
    faulty: Sequence[OrganisationFaultOut]


class OrganisationListEnterIn(Strict):
    """A list that was read."""

    list: int = Field(ge=1, le=2**62)
