"""The mails about organisations."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class ManagerInvitation(Message):
    template: ClassVar[str] = "directory/mail/invited"
    organisation: str
    conference: str
    link: str


@dataclass(frozen=True, kw_only=True)
class JoinAsked(Message):
    template: ClassVar[str] = "directory/mail/asked"
    organisation: str
    person: str
    link: str


@dataclass(frozen=True, kw_only=True)
class JoinAnswered(Message):
    template: ClassVar[str] = "directory/mail/answered"
    organisation: str
    yes: bool
    link: str


@dataclass(frozen=True, kw_only=True)
class LastManagerLeft(Message):
    template: ClassVar[str] = "directory/mail/left"
    organisation: str
    word: str
    link: str
