"""The mails about a team."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class TeamInvitation(Message):
    template: ClassVar[str] = "conferences/mail/invited"
    conference: str
    role: str
    link: str
