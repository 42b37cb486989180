"""What the API says and hears about places; unknown fields are refused."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, Field

from hemicycle.kit.api import Strict


def _address(value: str) -> str:
    """Return an e-mail address in lower case."""
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError("not an email address") from error
    return value.lower()


Address = Annotated[str, AfterValidator(_address)]


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


class PersonOut(RegistrationOut):
    """A registration with its person, for the registration team; restricted answers are not part of it."""

    first_name: str
    last_name: str
    email: str
    job_title: str
    answers: dict[str, Any]


class Decision(Strict):
    """What is done with many registrations."""

    do: Literal["approve", "decline", "cancel", "again"]
    ids: list[int] = Field(min_length=1, max_length=1000)
    reason: str = Field(default="", max_length=1000)


class Done(Schema):
    """For how many it was done; the others stood in another state."""

    done: int


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
    quota: int | None
    needs_approval: bool
    invitation_only: bool


class TransferIn(Strict):
    """Who takes over one's place."""

    email: Address
    first_name: str = Field(min_length=1, max_length=100)
    last_name: str = Field(min_length=1, max_length=100)
