"""What devices say and hear."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from hemicycle.kit.api import Line, Strict


class EnrolIn(Strict):
    """A device's enrolment code."""

    code: str


class EnrolOut(Schema):
    """The device's secret, told once."""

    secret: str
    name: str


class ScansIn(Strict):
    """A batch of scans in the order they were made; `sent_at` is the device's own clock at sending.

    Each scan is an object with `id` (UUID), `list`, `at` (ISO 8601 with offset), `kind` ("in" or "undo"), `method`, and
    `ticket` (what was read), `person` (found by name) or `undoes` (the UUID of an own scan). What cannot be read is
    answered as "garbage", the rest is taken.
    """

    sent_at: str = ""
    after: int = 0
    scans: list[Any] = []


class DoorPersonOut(Schema):
    """What a door shows of a person."""

    id: int
    name: str
    organisation: str
    kind: str
    tone: int


class AnswerOut(Schema):
    """The answer to one scan; for a double with the time and door of the scan that stands."""

    id: str
    result: str
    sentence: str
    person: DoorPersonOut | None = None
    first_at: datetime | None = None
    first_door: str = ""


class DoubleOut(Schema):
    """Two scans of one person at one list."""

    id: int
    list: int
    name: str
    first_at: datetime
    first_door: str
    second_at: datetime
    second_door: str
    second: str


class ScansOut(Schema):
    """Answers in the order of the scans, doubles the device was not told of yet, how many are in, and the server's time."""

    time: datetime
    answers: list[AnswerOut]
    doubles: list[DoubleOut]
    after: int
    inside: dict[int, int]


class ListOut(Schema):
    """One check-in list of the device."""

    id: int
    kind: str
    title: str
    starts_at: datetime | None
    inside: int


class DoorOut(Schema):
    """What a device needs to work without network: its lists, the key, and one list's people.

    `people` holds [id, digest of the code, name, organisation, kind, tone, instant of check-in or null]; `gone` the
    digests of places that were given back, without names.
    """

    device: str
    walk_ins: bool
    edition: int
    slug: str
    key: str
    lists: list[ListOut]
    chosen: int
    people: list[tuple[int, str, str, str, int, int, str | None]]
    kinds: dict[int, str]
    gone: list[str]


class WalkInIn(Strict):
    """Somebody registers at the door."""

    list: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    organisation: str = ""
    country: str = ""
    stakeholder: str = ""


class FaultOut(Schema):
    """A refusal in a sentence, with one for each field."""

    title: str
    fields: dict[str, str] = {}


class CountedOut(Schema):
    """A check-in list with how many are in and how many are expected."""

    id: int
    kind: str
    title: dict[str, str]
    starts_at: datetime | None
    inside: int
    expected: int


class MadeOut(Schema):
    """How many lists were made."""

    made: int


class ExpectedOut(DoorPersonOut):
    """Somebody a list expects, with when and at which door they came in."""

    came_at: datetime | None
    door: str


class CheckInIn(Strict):
    """Who is checked in by hand."""

    registration: int = Field(ge=1, lt=2**63)


class ScanOut(Schema):
    """One of the latest scans."""

    list: int
    registration: int | None
    name: str
    kind: str
    method: str
    result: str
    door: str
    scanned_at: datetime


class DeviceIn(Strict):
    """A phone at a door, before it is enrolled."""

    name: Line = Field(min_length=1, max_length=60)
    lists: list[int] = Field(min_length=1, max_length=500)
    walk_ins: bool = False


class DeviceOut(Schema):
    """A device; its secret is told to it alone."""

    id: int
    name: str
    lists: list[int]
    walk_ins: bool
    enrolled_at: datetime | None
    seen_at: datetime | None
    revoked_at: datetime | None


class CodeOut(Schema):
    """An enrolment code: works once, until then; `address` is what the device opens."""

    code: str
    until: datetime
    address: str


class AttendanceOut(Schema):
    """How many people of an organisation had places and came in a calendar year."""

    year: int
    organisation: str
    country: str
    registered: int
    came: int


class PapersIn(Strict):
    """Which papers for everybody."""

    kind: Literal["badges_a6", "badges_a5", "booklet"]


class InvitationLetterIn(Strict):
    """What a consulate wants to read; it is printed and not kept."""

    nationality: str = Field(pattern="^[A-Z]{2}$")
    born_on: date | None = None
    passport: Line = Field("", max_length=30)
    address: str = Field("", max_length=300)


class MyCertificateOut(Schema):
    """One's own certificate of attendance; `address` is where anybody can check it."""

    code: str
    issued_at: datetime
    address: str


class MyPapersOut(Schema):
    """What one's ticket says (as its QR code), and the certificate once it was issued."""

    ticket: str
    certificate: MyCertificateOut | None


class CertificateOut(Schema):
    """Whose a genuine certificate is."""

    name: str
    organisation: str
    issued_at: datetime
