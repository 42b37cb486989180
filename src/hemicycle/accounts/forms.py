"""What people write about their account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.forms import Mail


class Erase(forms.Form):
    """The address once more, so that nobody erases an account by a slip."""

    email = Mail(label=_("Your email address, to be sure"))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = email

    def clean_email(self) -> str:
        """Return the address if it is the person's own."""
        given = str(self.cleaned_data["email"])
        if given != self.own.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return given
