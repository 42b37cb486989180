"""Places in an edition, what is asked about them, and seats at side events."""

from hemicycle.registration.models.answers import Answer, AnswerFile, Draft, Question, Transfer
from hemicycle.registration.models.places import (
    Category,
    Consent,
    Group,
    Intake,
    Invitation,
    Registration,
    SavedView,
    Tally,
    new_code,
    new_feed_key,
)
from hemicycle.registration.models.side_events import Seat, SeatInvitation, SideEvent

__all__ = [
    "Answer",
    "AnswerFile",
    "Category",
    "Consent",
    "Draft",
    "Group",
    "Intake",
    "Invitation",
    "Question",
    "Registration",
    "SavedView",
    "Seat",
    "SeatInvitation",
    "SideEvent",
    "Tally",
    "Transfer",
    "new_code",
    "new_feed_key",
]
