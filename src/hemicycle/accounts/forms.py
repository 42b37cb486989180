"""What people write about their account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.forms import Line, Mail


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


class NewKey(forms.Form):
    """A key for programs."""

    name = Line(label=_("Name"), max_length=60, help_text=_("What it is for, for example Badge printer."))
    days = forms.TypedChoiceField(
        label=_("Works for"), coerce=int, initial=90,
        choices=[(7, _("a week")), (30, _("thirty days")), (90, _("ninety days")), (365, _("a year"))],
    )  # fmt: skip
    read_only = forms.BooleanField(label=_("May only read"), required=False)
