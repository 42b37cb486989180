"""allauth's mails go through our outbox; its answers never say whether an address is known."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hemicycle.accounts.messages import AccountNotice, SignInCode
from hemicycle.kit import clock
from hemicycle.notifications import operations as notifications


class Adapter(DefaultAccountAdapter):
    """The joint between allauth and the product."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """An account comes with a registration; there is no other way to open one."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail into the outbox instead of sending it inside the request."""
        code = context.get("code")
        if code:
            message: SignInCode | AccountNotice = SignInCode(code=str(code))
        else:
            subject = render_to_string(f"{template_prefix}_subject.txt", context)
            body = render_to_string(f"{template_prefix}_message.txt", context)
            message = AccountNotice(headline=" ".join(subject.split()), body=body.strip())
        notifications.send(
            message, to=email, person=context.get("user"), language=get_language() or "en", now=clock.now()
        )
