"""What the API says about whoever calls."""

from datetime import datetime

from ninja import Schema


class KeyOut(Schema):
    """The key the call was made with; its secret is told once, when it is made."""

    name: str
    prefix: str
    read_only: bool
    second_factor: bool
    expires_at: datetime


class AccountOut(Schema):
    """The person who calls."""

    email: str
    first_name: str
    last_name: str
    language: str
    key: KeyOut | None
