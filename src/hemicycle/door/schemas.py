"""What devices say and hear."""

from datetime import datetime
from typing import Any

from ninja import Schema

from hemicycle.kit.api import Strict


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


class PersonOut(Schema):
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
    person: PersonOut | None = None
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
