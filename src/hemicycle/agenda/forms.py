"""What a reader of the agenda chooses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.forms import Text


class Filters(forms.Form):
    """Chosen day, view and filters; unknown values choose nothing."""

    day = forms.DateField(required=False)
    view = forms.ChoiceField(required=False, choices=[("grid", "grid"), ("list", "list")])
    transition = forms.CharField(required=False, max_length=50)
    driver = forms.CharField(required=False, max_length=50)
    format = forms.CharField(required=False, max_length=20)
    room = forms.CharField(required=False, max_length=50)
    mine = forms.BooleanField(required=False)


class Release(forms.Form):
    """What is said about a release."""

    note = Text(label=_("What changed"), required=False, rows=3, max_length=600,
                help_text=_("Shown beside the agenda. Only people whose sessions changed get a mail."))  # fmt: skip
