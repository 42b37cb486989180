"""What the desk, the door and participants write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.door.enums import RunKind
from hemicycle.door.models import CheckList
from hemicycle.kit import countries
from hemicycle.kit.forms import Line, Mail, Text, lazy_choices


class NewDevice(forms.Form):
    """A phone at a door, before it is enrolled."""

    name = Line(label=_("Name of the door"), max_length=60, help_text=_("For example Main entrance, left."))
    lists = forms.ModelMultipleChoiceField(
        label=_("Lists it may serve"),
        queryset=CheckList._base_manager.none(),  # noqa: SLF001 - the edition's own are set below
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one list")},
    )
    walk_ins = forms.BooleanField(label=_("May register people who come without a place"), required=False)

    def __init__(self, *args: Any, lists: list[CheckList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lists"]
        field.queryset = CheckList.objects.filter(pk__in=[row.pk for row in lists])


class WalkIn(forms.Form):
    """Somebody without a place stands at the door."""

    first_name = Line(label=_("First name"), max_length=100)
    last_name = Line(label=_("Last name"), max_length=100)
    email = Mail(label=_("Email address"))
    organisation = Line(label=_("Organisation"), required=False)
    country = forms.ChoiceField(label=_("Country"), choices=lazy_choices(countries.choices, _("Select a country")))
    stakeholder = forms.ModelChoiceField(
        label=_("Comes as"),
        queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
        to_field_name="key",
        empty_label=_("Select what fits best"),
    )


class Search(forms.Form):
    """The desk's look into a list."""

    search = Line(required=False, max_length=100)
    inside = forms.ChoiceField(required=False, choices=[("", ""), ("yes", "yes"), ("no", "no")])
    page = forms.IntegerField(required=False, min_value=1)


class Correction(forms.Form):
    """The desk checks somebody in or takes them out."""

    registration = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    do = forms.ChoiceField(choices=[("in", "in"), ("out", "out")])


class Papers(forms.Form):
    """Which papers for everybody."""

    kind = forms.ChoiceField(label=_("Papers"), choices=RunKind.choices)


class Invitation(forms.Form):
    """What a consulate wants to read; it is printed and not kept."""

    nationality = forms.ChoiceField(
        label=_("Nationality"), choices=lazy_choices(countries.choices, _("Select a country"))
    )
    born_on = forms.DateField(
        label=_("Date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"})
    )
    passport = Line(label=_("Passport number"), max_length=30, required=False)
    address = Text(label=_("Consulate or embassy"), rows=3, max_length=300, required=False)
