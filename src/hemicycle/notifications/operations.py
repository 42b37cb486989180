"""Every write of the outbox: a mail is written with the change and delivered after commit."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.kit.events import publish
from hemicycle.kit.tasks import later
from hemicycle.notifications import delivery
from hemicycle.notifications.enums import MailState
from hemicycle.notifications.events import MailBounced
from hemicycle.notifications.message import Message
from hemicycle.notifications.models import Mail


def send(
    message: Message,
    *,
    to: str,
    now: datetime,
    person: Any = None,
    language: str = "en",
    conference_id: int | None = None,
    calendar: bytes | None = None,
    calendar_method: str = "REQUEST",
) -> Mail:
    """Write a mail into the outbox; it leaves after commit, in the recipient's language, once."""
    mail = Mail.objects.create(
        conference_id=conference_id,
        person=person,
        to=to,
        language=language,
        kind=message.kind,
        payload=message.payload(),
        calendar=calendar,
        calendar_method=calendar_method,
        created_at=now,
    )
    later("hemicycle.notifications.tasks.deliver", queue="mail", mail_id=mail.pk)
    return mail


def deliver(*, mail_id: int, now: datetime) -> None:
    """Send one mail if it still waits.

    A permanent refusal (SMTP 5yz, RFC 5321 section 4.2.1) is noted as a bounce and not tried again;
    any other fault is raised, so that the ledger tries again later with the same Message-ID.
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=mail_id, state=MailState.WAITING).first()
        if mail is None:
            return
        try:
            delivery.post(mail)
        except delivery.Refused as error:
            mail.state, mail.error = MailState.BOUNCED, str(error)[:300]
            publish(MailBounced(mail_id=mail.pk, person_id=mail.person_id))
        else:
            mail.state, mail.sent_at, mail.error = MailState.SENT, now, ""
        mail.save(update_fields=["state", "sent_at", "error"])


def forget_person(*, person_id: int) -> int:
    """Delete every mail to a person, sent or not; return how many."""
    return Mail.objects.filter(person_id=person_id).delete()[0]
