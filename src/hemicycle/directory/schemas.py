"""What the API says and hears about organisations; unknown fields are refused."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field

from hemicycle.directory.enums import LANGUAGES, FactKind, MemberType
from hemicycle.kit.api import Strict


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


class Fields(Strict):
    """What may be written of an organisation; what is left out stays."""

    kind: str | None = None
    region: str | None = Field(default=None, max_length=5)
    city: str | None = Field(default=None, max_length=100)
    website: str | None = Field(default=None, max_length=200)
    languages: list[Language] | None = None
    domain: str | None = Field(default=None, max_length=253)
    ecosystems: list[str] | None = None
    members: int | None = Field(default=None, ge=0, le=1_000_000)
    member_types: list[MemberType] | None = None
    staff: float | None = Field(default=None, ge=0, le=10_000)
    about: str | None = Field(default=None, max_length=4000)


class OrganisationIn(Fields):
    """A new organisation."""

    name: str = Field(min_length=1, max_length=200)
    country: str = Field(pattern="^[A-Z]{2}$")
    listed: bool = True


class Change(Fields):
    """A change, with the version that was read; another one in between is refused."""

    version: int


class FactIn(Strict):
    """A dated fact; a manager's waits for the team."""

    kind: FactKind
    title: str = Field(min_length=1, max_length=200)
    valid_from: date
    valid_until: date | None = None
    note: str = Field(default="", max_length=1000)
    source: str = Field(default="", max_length=300)


class FactWritten(Schema):
    """Whether a fact counts already."""

    id: int
    confirmed: bool
