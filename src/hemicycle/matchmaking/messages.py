"""The mails about meetings."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class MeetingRequested(Message):
    template: ClassVar[str] = "matchmaking/mail/requested"
    first_name: str
    partner: str
    organisation: str
    link: str


@dataclass(frozen=True, kw_only=True)
class MeetingAccepted(Message):
    template: ClassVar[str] = "matchmaking/mail/accepted"
    first_name: str
    partner: str
    link: str


@dataclass(frozen=True, kw_only=True)
class MeetingsScheduled(Message):
    template: ClassVar[str] = "matchmaking/mail/scheduled"
    first_name: str
    meetings: list[str]
    unplaced: int
    link: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Message):
    template: ClassVar[str] = "matchmaking/mail/cancelled"
    first_name: str
    partner: str
    when: str
    link: str
