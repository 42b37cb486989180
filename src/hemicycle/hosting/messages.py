"""The mails about hosting."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class AskedToHost(Message):
    template: ClassVar[str] = "hosting/mail/asked"
    side_event: str
    conference: str
    link: str
