"""The mails about places."""

from dataclasses import dataclass
from typing import ClassVar

from hemicycle.notifications.message import Message


@dataclass(frozen=True, kw_only=True)
class ConfirmYourAddress(Message):
    template: ClassVar[str] = "registration/mail/confirm"
    first_name: str
    conference: str
    link: str
    held_until: str
    waiting: bool


@dataclass(frozen=True, kw_only=True)
class AlreadyRegistered(Message):
    template: ClassVar[str] = "registration/mail/already"
    first_name: str
    conference: str
    link: str


@dataclass(frozen=True, kw_only=True)
class PlaceConfirmed(Message):
    template: ClassVar[str] = "registration/mail/confirmed"
    qr_field: ClassVar[str] = "ticket"
    ticket: str
    first_name: str
    conference: str
    dates: str
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class OnWaitingList(Message):
    template: ClassVar[str] = "registration/mail/waiting"
    first_name: str
    conference: str
    position: int
    link: str


@dataclass(frozen=True, kw_only=True)
class PendingApproval(Message):
    template: ClassVar[str] = "registration/mail/pending"
    first_name: str
    conference: str
    decision_on: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Declined(Message):
    template: ClassVar[str] = "registration/mail/declined"
    first_name: str
    conference: str
    reason: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class BroughtAlong(Message):
    template: ClassVar[str] = "registration/mail/brought_along"
    first_name: str
    conference: str
    by: str
    link: str
    held_until: str
    waiting: bool


@dataclass(frozen=True, kw_only=True)
class Invited(Message):
    template: ClassVar[str] = "registration/mail/invited"
    conference: str
    dates: str
    place: str
    link: str
    until: str


@dataclass(frozen=True, kw_only=True)
class DraftSaved(Message):
    template: ClassVar[str] = "registration/mail/draft"
    conference: str
    link: str
    kept_until: str


@dataclass(frozen=True, kw_only=True)
class TransferOffered(Message):
    template: ClassVar[str] = "registration/mail/transfer"
    first_name: str
    by: str
    conference: str
    dates: str
    ends_at: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Transferred(Message):
    template: ClassVar[str] = "registration/mail/transferred"
    first_name: str
    to: str
    conference: str


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(Message):
    template: ClassVar[str] = "registration/mail/offered"
    first_name: str
    conference: str
    held_until: str
    link: str


@dataclass(frozen=True, kw_only=True)
class HoldEnded(Message):
    template: ClassVar[str] = "registration/mail/hold_ended"
    first_name: str
    conference: str
    link: str


@dataclass(frozen=True, kw_only=True)
class NotSeen(Message):
    template: ClassVar[str] = "registration/mail/not_seen"
    first_name: str
    conference: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class PlaceGivenBack(Message):
    template: ClassVar[str] = "registration/mail/given_back"
    first_name: str
    conference: str
    link: str


@dataclass(frozen=True, kw_only=True)
class SeeYouTomorrow(Message):
    template: ClassVar[str] = "registration/mail/tomorrow"
    qr_field: ClassVar[str] = "ticket"
    ticket: str
    first_name: str
    conference: str
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class SeatConfirmed(Message):
    template: ClassVar[str] = "registration/mail/seat"
    first_name: str
    side_event: str
    when: str
    where: str
    waiting: bool
    pending: bool
    link: str


@dataclass(frozen=True, kw_only=True)
class SeatDeclined(Message):
    template: ClassVar[str] = "registration/mail/seat_declined"
    first_name: str
    side_event: str
    reason: str
    link: str


@dataclass(frozen=True, kw_only=True)
class SeatMoved(Message):
    template: ClassVar[str] = "registration/mail/seat_moved"
    first_name: str
    side_event: str
    when: str
    where: str
    link: str


@dataclass(frozen=True, kw_only=True)
class SeatInvited(Message):
    template: ClassVar[str] = "registration/mail/seat_invited"
    side_event: str
    host: str
    when: str
    conference: str
    link: str


@dataclass(frozen=True, kw_only=True)
class HostWrites(Message):
    template: ClassVar[str] = "registration/mail/host_writes"
    first_name: str
    side_event: str
    subject: str
    words: str
    link: str
