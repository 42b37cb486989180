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
class NewsIsOut(Message):
    template: ClassVar[str] = "website/mail/news"
    leave_field: ClassVar[str] = "leave"
    conference: str
    title: str
    summary: str
    link: str
    leave: str


@dataclass(frozen=True, kw_only=True)
class Subscribed(Message):
    template: ClassVar[str] = "website/mail/subscribed"
    conference: str
    link: str
