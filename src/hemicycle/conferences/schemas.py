"""What the API says about editions."""

from datetime import date, datetime

from ninja import Schema


class FigureOut(Schema):
    """A figure with its definition."""

    label: dict[str, str]
    value: int
    qualifier: dict[str, str]
    definition: dict[str, str]
    source: str
    certainty: str


class EditionOut(Schema):
    """An edition."""

    slug: str
    number: int
    year: int
    name: dict[str, str]
    theme: dict[str, str]
    starts_on: date | None
    ends_on: date | None
    timezone: str
    city: str
    country: str
    figures: list[FigureOut]


class RunOut(Schema):
    """Long work that the desk asked for; `total` is 0 while nothing is counted."""

    id: int
    kind: str
    state: str
    done: int
    total: int
    said: str
    name: str
    asked_at: datetime
    finished_at: datetime | None
