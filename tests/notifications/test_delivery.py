"""Mail over real SMTP: in the recipient's language, once, with the same Message-ID, refusals noted."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from hemicycle.accounts.messages import AccountNotice, SignInCode
from hemicycle.notifications import delivery, operations
from hemicycle.notifications.enums import MailState
from hemicycle.notifications.models import Mail
from hemicycle.notifications.tasks import deliver, forget
from tests.factories import NOON, confirmed, person

pytestmark = pytest.mark.django_db


class Post:
    """A mail server that keeps what it takes and refuses what it is told to."""

    def __init__(self):
        self.taken, self.refuse = [], {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def post(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(Post(), hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield server.handler
    server.stop()


def notice(to="a@example.eu", **values):
    return operations.send(AccountNotice(headline="Hello", body="A line."), to=to, now=NOON, **values)


def test_a_mail_leaves_after_commit_and_once(post, work):
    with work():
        mail = notice()
        assert post.taken == []
    deliver(mail_id=mail.pk)
    deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, [letter["Subject"] for letter in post.taken]) == (MailState.SENT, ["Hello"])
    assert post.taken[0]["Message-ID"] == f"<{mail.uuid}@127.0.0.1>"
    assert post.taken[0]["Auto-Submitted"] == "auto-generated"


def test_nothing_leaves_when_the_change_is_rolled_back(post, work):
    from django.db import transaction

    with work(), transaction.atomic():
        notice()
        transaction.set_rollback(True)

    assert (post.taken, Mail.objects.count()) == ([], 0)


def test_a_permanent_refusal_is_a_bounce(post):
    post.refuse["gone@example.eu"] = "550 no such user"
    mail = notice(to="gone@example.eu")

    deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.BOUNCED, "550 no such user")


def test_a_passing_fault_is_tried_again_with_the_same_message_id(post):
    post.refuse["slow@example.eu"] = "451 try later"
    mail = notice(to="slow@example.eu")
    with pytest.raises(Exception, match="451"):
        deliver(mail_id=mail.pk)
    post.refuse.clear()

    deliver(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, post.taken[0]["Message-ID"]) == (MailState.SENT, f"<{mail.uuid}@127.0.0.1>")


def test_a_mail_speaks_the_language_of_its_reader(post):
    mail = operations.send(SignInCode(code="AB-12"), to="a@example.eu", language="de", now=NOON)

    letter = delivery.render(mail)

    assert "AB-12" in letter.text
    assert '<html lang="de">' in letter.html


def test_the_confirmation_carries_ticket_and_calendar(post, edition):
    row = confirmed(edition)
    mail = Mail.objects.get(kind="PlaceConfirmed")

    deliver(mail_id=mail.pk)

    kinds = [part.get_content_type() for part in post.taken[-1].walk()]
    assert kinds.count("image/png") == 1
    assert kinds.count("text/calendar") == 2
    assert post.taken[-1]["To"] == row.person.email


def test_names_become_no_links_and_no_headers(post):
    someone = person(first_name="<b>https://evil.example</b>\r\nBcc: x@example.eu")
    mail = operations.send(AccountNotice(headline=someone.first_name, body="x"), to="a@example.eu", now=NOON)

    deliver(mail_id=mail.pk)

    letter = post.taken[0]
    assert letter["Bcc"] is None
    assert "<b>" not in delivery.render(mail).html


def test_old_mails_are_forgotten():
    mail = notice()
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at="2020-01-01T00:00:00Z")

    forget()
    forget()

    assert Mail.objects.count() == 0
