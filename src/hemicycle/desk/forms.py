"""What organisers write about their edition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.forms import Line, Mail


class Settings(forms.Form):
    """The settings an owner changes most: look, capacity, legal notice."""

    brand = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$", label=_("Brand colour"), widget=forms.TextInput(attrs={"type": "color"})
    )
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$", label=_("Accent colour"), widget=forms.TextInput(attrs={"type": "color"})
    )
    capacity = forms.IntegerField(label=_("Places on site"), min_value=0, max_value=100_000)
    contact_email = Mail(label=_("Contact address"))
    controller = Line(label=_("Data controller"), max_length=200)
    controller_contact = Mail(label=_("Data protection contact"))
    record_number = Line(label=_("Record number"), required=False, max_length=60)
    retention_months = forms.IntegerField(label=_("Months that data is kept"), min_value=1, max_value=120)
    version = forms.IntegerField(widget=forms.HiddenInput)
