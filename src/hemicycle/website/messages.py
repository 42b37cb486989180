"""The mails of the public site."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class ConfirmSubscription(Message):
    template: ClassVar[str] = "website/mail/subscribe"
    conference: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Subscribed(Message):
    template: ClassVar[str] = "website/mail/subscribed"
    conference: str
    link: str
