"""What people write about organisations."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.conferences.queries import terms
from hemicycle.directory.enums import LANGUAGES, Check, FactKind, MemberType
from hemicycle.directory.models import Organisation as Row
from hemicycle.kit import countries
from hemicycle.kit.forms import Line, Mail, Text, lazy_choices
from hemicycle.kit.uploads import TableFile

TEAM_ONLY = ("name", "country", "domain", "listed")


def language_choices() -> list[tuple[str, str]]:
    """Return (code, name) of the official languages of the Union, by name in the reader's language."""
    spoken = Locale.parse(get_language() or "en", sep="-").languages
    return sorted(((code, spoken.get(code, code)) for code in LANGUAGES), key=lambda item: item[1].casefold())


def kind_choices() -> list[tuple[str, str]]:
    """Return (key, label) of the kinds of organisations."""
    return [(term.key, str(term)) for term in terms(kind=TermKind.STAKEHOLDER)]


class Day(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Organisation(forms.Form):
    """An organisation; name, country, mail domain and whether it has a public page are the team's."""

    name = Line(label=_("Name"))
    country = forms.ChoiceField(label=_("Country"), choices=lazy_choices(countries.choices, _("Choose a country")))
    kind: forms.ModelChoiceField[Term] = forms.ModelChoiceField(
        label=_("Kind of organisation"), required=False, empty_label=_("Select what fits best"),
        queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
    )  # fmt: skip
    about = Text(label=_("About"), required=False, rows=5)
    city = Line(label=_("City"), max_length=100, required=False)
    region = Line(label=_("Region"), max_length=5, required=False, help_text=_(
        "The code in NUTS 2024, Eurostat's list of regions, for example BE10 for Brussels or PT112 for Cávado."))  # fmt: skip
    ecosystems: forms.ModelMultipleChoiceField[Term] = forms.ModelMultipleChoiceField(
        label=_("Industrial ecosystems"), required=False, widget=forms.CheckboxSelectMultiple,
        queryset=Term.objects.filter(kind=TermKind.ECOSYSTEM),
    )  # fmt: skip
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=_("Languages of the website"), required=False, choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    members = forms.IntegerField(label=_("Number of members"), required=False, min_value=0, max_value=1_000_000)
    member_types = forms.MultipleChoiceField(
        label=_("Kinds of members"), required=False, choices=MemberType.choices, widget=forms.CheckboxSelectMultiple
    )
    staff = forms.DecimalField(
        label=_("Full-time posts for managing it"), required=False, min_value=0, max_value=10_000, decimal_places=2,
        help_text=_("Half a post is 0.5."),
    )  # fmt: skip
    domain = Line(label=_("Mail domain"), max_length=253, required=False, help_text=_(
        "What stands after the @ in your colleagues' addresses. Whoever has a confirmed address there may ask to join."))  # fmt: skip
    listed = forms.BooleanField(label=_("Has a public page"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if team else TEAM_ONLY:
            del self.fields[name]

    def clean_region(self) -> str:
        """Return the code in capitals."""
        return str(self.cleaned_data["region"]).upper()

    def clean_domain(self) -> str:
        """Return the domain in lower case, also when somebody wrote the sign before it."""
        return str(self.cleaned_data["domain"]).lower().removeprefix("@")

    def values(self) -> dict[str, Any]:
        """Return the answers without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def organisation_initial(row: Row | None) -> dict[str, Any]:
    """Return what an organisation's form shows at first."""
    if row is None:
        return {"version": 0, "listed": True}
    names = [name for name in Organisation.base_fields if name != "ecosystems"]
    return {**{name: getattr(row, name) for name in names}, "ecosystems": list(row.ecosystems.all())}


class Fact(forms.Form):
    """A dated fact."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FactKind.choices)
    title = Line(label=_("Name"), help_text=_("For example the title of the grant, or the level of the label."))
    valid_from = Day(label=_("From"))
    valid_until = Day(label=_("To"), required=False, help_text=_("The last day; empty while it has no end."))
    note = Text(label=_("Note"), required=False, rows=3, max_length=1000)
    source = Line(label=_("Source"), max_length=300, required=False, help_text=_(
        "Where this can be read: a web address or a document number."))  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for days in their order."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("valid_from"), found.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day is before the first."))
        return found

    def values(self) -> dict[str, Any]:
        """Return the answers without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class Invite(forms.Form):
    """Whom to ask."""

    email = Mail(label=_("Email address"))


class Leave(forms.Form):
    """A word to the organisers, needed of the last one."""

    word = Text(label=_("Your word to the organisers"), required=False, rows=3, max_length=1000)


class Waive(forms.Form):
    """Why a check is set aside."""

    check = forms.ChoiceField(label=_("Check"), choices=Check.choices)
    reason = Line(label=_("Reason"), max_length=300, required=False, help_text=_(
        "For example: recognised by a regional programme. Empty: the check counts again."))  # fmt: skip


class Search(forms.Form):
    """What was typed and chosen over a list."""

    search = Line(required=False, max_length=100)
    country = Line(required=False, max_length=2)
    kind = forms.SlugField(required=False)
    state = forms.SlugField(required=False)
    page = forms.IntegerField(required=False, min_value=1)


class Upload(forms.Form):
    """A file of organisations."""

    file = TableFile(label=_("CSV or XLSX file"), help_text=_("Nothing is entered yet; you see what was read first."))


class TakeIn(forms.Form):
    """The file that was read."""

    intake = forms.IntegerField(widget=forms.HiddenInput)


class Choose(forms.Form):
    """Two records by their addresses."""

    kept = forms.SlugField(label=_("Stays"), max_length=80)
    gone = forms.SlugField(label=_("Goes"), max_length=80)


class Merge(forms.Form):
    """Which versions of the two records were looked at."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)
