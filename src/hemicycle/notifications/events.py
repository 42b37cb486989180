"""What happened to mail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MailBounced:
    mail_id: int
    person_id: int | None
