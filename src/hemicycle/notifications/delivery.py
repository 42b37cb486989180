"""From an outbox row to an e-mail (RFC 5322, calendar parts by RFC 6047) and onto the wire."""

import io
import smtplib
from dataclasses import dataclass
from email.mime.image import MIMEImage

import segno
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from hemicycle.kit.i18n import speaking
from hemicycle.notifications.message import REGISTRY
from hemicycle.notifications.models import Mail


class Refused(Exception):
    """The recipient's server said no for good."""


@dataclass(frozen=True)
class Letter:
    """A rendered mail: subject, plain text, HTML."""

    subject: str
    text: str
    html: str


def render(mail: Mail) -> Letter:
    """Render a mail in its recipient's language; the template's first line is the subject."""
    message = REGISTRY[mail.kind]
    with speaking(mail.language):
        context = {**mail.payload, "base_url": settings.BASE_URL, "mail": mail}
        whole = render_to_string(f"{message.template}.txt", context).strip()
        subject, _, text = whole.partition("\n")
        paragraphs = [part.strip().splitlines() for part in text.strip().split("\n\n") if part.strip()]
        context |= {"subject": subject, "paragraphs": paragraphs, "qr": bool(message.qr_field)}
        html = render_to_string("notifications/letter.html", context)
    return Letter(subject=" ".join(subject.split()), text=text.strip() + "\n", html=html)


def qr_png(mail: Mail) -> bytes | None:
    """Return the mail's QR code as PNG, if its message has one."""
    field = REGISTRY[mail.kind].qr_field
    if not field:
        return None
    picture = io.BytesIO()
    segno.make(mail.payload[field], error="m").save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def compose(mail: Mail) -> EmailMultiAlternatives:
    """Return the message with a Message-ID that stays the same however often it is tried."""
    letter = render(mail)
    host = settings.BASE_URL.split("//", 1)[-1].split(":", 1)[0]
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        headers={"Message-ID": f"<{mail.uuid}@{host}>", "Auto-Submitted": "auto-generated"} | _leaving(mail),
    )
    message.attach_alternative(letter.html, "text/html")
    if (picture := qr_png(mail)) is not None:
        part = MIMEImage(picture, "png")
        part.add_header("Content-ID", "<ticket>")
        part.add_header("Content-Disposition", "inline", filename="ticket.png")
        message.attach(part)
    if mail.calendar is not None:
        content = bytes(mail.calendar).decode()
        message.attach_alternative(content, f"text/calendar; method={mail.calendar_method}")
        message.attach("invitation.ics", content, "text/calendar")
    return message


def _leaving(mail: Mail) -> dict[str, str]:
    field = REGISTRY[mail.kind].leave_field
    if not field:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.payload[field]}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }


def post(mail: Mail) -> None:
    """Send one mail now.

    Raises:
        Refused: a permanent refusal (5yz) of this recipient or content.
        OSError, smtplib.SMTPException: anything that may go away.
    """
    try:
        compose(mail).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        if code >= 500:  # noqa: PLR2004 - RFC 5321: 5yz is permanent
            raise Refused(f"{code} {reason.decode(errors='replace')}") from error
        raise
    except smtplib.SMTPResponseException as error:
        if error.smtp_code >= 500:  # noqa: PLR2004
            raise Refused(f"{error.smtp_code} {error.smtp_error!r}") from error
        raise
