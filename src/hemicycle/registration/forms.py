"""What people write about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.kit import countries
from hemicycle.kit.forms import Line, Mail, Text, lazy_choices
from hemicycle.registration.enums import ConsentKind, Mode


class Register(forms.Form):
    """The registration form: one page, asked once, used everywhere."""

    first_name = Line(label=_("First name"), max_length=100)
    last_name = Line(label=_("Last name"), max_length=100)
    email = Mail(label=_("Email address"), help_text=_("Your ticket and agenda go to this address."))
    organisation = Line(label=_("Organisation"), required=False)
    job_title = Line(label=_("Function"), required=False, max_length=150)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lazy_choices(countries.choices, _("Select a country")),
        error_messages={"required": _("Choose the country of your organisation")},
    )
    stakeholder = forms.ModelChoiceField(
        label=_("You come as"),
        queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
        empty_label=_("Select what fits best"),
        error_messages={"required": _("Choose what fits best")},
    )
    mode = forms.ChoiceField(
        label=_("How will you take part?"), choices=Mode.choices, initial=Mode.ON_SITE, widget=forms.RadioSelect
    )
    needs = Text(
        label=_("Accessibility needs"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("For example step-free access, sign language, captions. Only the registration team reads this."),
    )
    consent_list = forms.BooleanField(
        label=_("Show my name on the participants' list"),
        required=False,
        help_text=_("You can change this at any time."),
    )
    consent_matchmaking = forms.BooleanField(
        label=_("I want to meet partners: let participants find my matchmaking profile"), required=False
    )
    consent_newsletter = forms.BooleanField(label=_("Tell me about later editions"), required=False)
    notice = forms.BooleanField(
        label=_("I have read the data protection notice."),
        error_messages={"required": _("Tick the box to go on")},
    )

    def __init__(self, *args: Any, online: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("organisation", "organization"),
            ("job_title", "organization-title"),
            ("country", "country"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = token
        if not online:
            del self.fields["mode"]

    def clean(self) -> dict[str, Any]:
        """Fill in what an edition without online part does not ask."""
        cleaned = super().clean() or {}
        cleaned.setdefault("mode", Mode.ON_SITE)
        return cleaned


class Cancel(forms.Form):
    """Give the place back: nothing to write, one button."""

    sure = forms.BooleanField(widget=forms.HiddenInput, required=False)


class Consents(forms.Form):
    """The consents, each on its own."""

    list = forms.BooleanField(label=ConsentKind.LIST.label, required=False)
    images = forms.BooleanField(label=ConsentKind.IMAGES.label, required=False)
    newsletter = forms.BooleanField(label=ConsentKind.NEWSLETTER.label, required=False)
    matchmaking = forms.BooleanField(label=ConsentKind.MATCHMAKING.label, required=False)


class Filter(forms.Form):
    """The organiser's list: what is typed and chosen."""

    search = Line(required=False, max_length=100)
    status = forms.CharField(required=False, max_length=12)
    kind = forms.CharField(required=False, max_length=50)
    country = forms.CharField(required=False, max_length=2)
    page = forms.IntegerField(required=False, min_value=1)
