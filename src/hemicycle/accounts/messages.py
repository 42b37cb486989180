"""The mails about signing in."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class SignInCode(Message):
    template: ClassVar[str] = "accounts/mail/code"
    code: str


@dataclass(frozen=True, kw_only=True)
class AccountNotice(Message):
    template: ClassVar[str] = "accounts/mail/notice"
    headline: str
    body: str
