"""What the API says about places."""

from datetime import datetime

from ninja import Schema


class RegistrationOut(Schema):
    """A registration as its own person or the registration team sees it."""

    code: str
    status: str
    mode: str
    stakeholder: str
    country: str
    organisation: str
    submitted_at: datetime
    confirmed_at: datetime | None
