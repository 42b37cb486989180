"""What visitors write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.forms import Mail


class Subscribe(forms.Form):
    """Ask for news."""

    email = Mail(label=_("Email address"), help_text=_("We send one link to confirm it, and news only after that."))
