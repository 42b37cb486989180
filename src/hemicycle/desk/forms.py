"""What organisers write about their edition."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import ActionKind, BodyRole, Certainty, Regime, Role, Stage
from hemicycle.kit import countries
from hemicycle.kit.forms import Line, Mail, lazy_choices
from hemicycle.kit.moments import Moment
from hemicycle.kit.translated import Translated, TranslatedForm


def zones() -> list[tuple[str, str]]:
    """Return the IANA zones with a place in their name, by name."""
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name]


class Day(forms.DateField):
    """A day, chosen in the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Colour(forms.RegexField):
    """A colour as #rrggbb."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^#[0-9a-fA-F]{6}$", widget=forms.TextInput(attrs={"type": "color"}), **kwargs)


class Invite(forms.Form):
    """Whom to ask, and for what."""

    email = Mail(label=_("Email address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class Section(TranslatedForm):
    """One page of the edition's settings, with the version its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Edition(Section):
    """What the edition is called, when and where it is."""

    name = Translated(label=_("Name"))
    short_name = Line(label=_("Short name"), max_length=40, help_text=_("Stands in the header and in calendars."))
    theme = Translated(label=_("Theme"), max_length=300, required=False)
    lead = Translated(label=_("Lead"), rows=3, max_length=600, required=False,
                      help_text=_("One or two sentences under the name on the home page."))  # fmt: skip
    about = Translated(label=_("About"), rows=6, max_length=6000, required=False)
    starts_on = Day(label=_("First day"), required=False)
    ends_on = Day(label=_("Last day"), required=False)
    date_note = Line(label=_("Words for the date"), required=False,
                     help_text=_("Shown while the days are not known, for example: spring 2027."))  # fmt: skip
    city = Line(label=_("City"), max_length=100, required=False)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lazy_choices(countries.choices, _("Choose a country"))
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_(
        "Every time is shown in this zone. Changing it moves the clock times shown, not the instants."))  # fmt: skip
    online = forms.BooleanField(label=_("People can take part online"), required=False)
    hashtag = Line(label=_("Hashtag"), max_length=40, required=False)
    fee_note = Translated(label=_("Words about the fee"), required=False)
    contact_email = Mail(label=_("Contact address"))
    stage = forms.ChoiceField(label=_("Who sees it"), choices=Stage.choices, help_text=_(
        "In preparation: the team only. Public: everybody. Past: everybody, in the archive."))  # fmt: skip
    sample_note = Translated(label=_("Notice in the footer"), rows=3, max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for both days or none, in their order."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if bool(first) != bool(last) and not {"starts_on", "ends_on"} & set(self.errors):
            self.add_error("ends_on" if first else "starts_on", _("Give both days, or none while they are not known."))
        elif first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return found


class Languages(forms.Form):
    """What happens to the list of languages: `do` is "add fr", "up fr", "down fr" or "remove fr"."""

    do = forms.RegexField(r"^(add|up|down|remove)( [a-z]{2})?$")
    language = forms.CharField(required=False, max_length=2)
    version = forms.IntegerField()


WINDOWS = (("registration_opens_at", "registration_closes_at"), ("call_opens_at", "call_closes_at"),
           ("matchmaking_opens_at", "matchmaking_closes_at"))  # fmt: skip


class Windows(Section):
    """From when to when things are open, and how many places there are."""

    capacity = forms.IntegerField(label=_("Places on site"), min_value=0, max_value=100_000)
    changes_close_at = Moment(label=_("Last changes by participants"), required=False)
    registration_opens_at = Moment(label=_("Registration opens"), required=False)
    registration_closes_at = Moment(label=_("Registration closes"), required=False)
    call_opens_at = Moment(label=_("Call for contributions opens"), required=False)
    call_closes_at = Moment(label=_("Call for contributions closes"), required=False)
    matchmaking_opens_at = Moment(label=_("Matchmaking opens"), required=False)
    matchmaking_closes_at = Moment(label=_("Matchmaking closes"), required=False)

    def clean(self) -> dict[str, Any]:
        """Each window closes after it opens."""
        found: dict[str, Any] = super().clean() or {}
        for opens, closes in WINDOWS:
            start, end = found.get(opens), found.get(closes)
            if start and end and end <= start:
                self.add_error(closes, _("This is before it opens."))
        return found


class Look(Section):
    """Two colours; every other one is derived."""

    brand = Colour(label=_("Brand colour"))
    accent = Colour(label=_("Accent colour"))


class Legal(Section):
    """Under which law the edition works and whom to ask about data."""

    regime = forms.ChoiceField(label=_("Data protection law"), choices=Regime.choices, widget=forms.RadioSelect)
    controller = Line(label=_("Data controller"), max_length=200)
    controller_contact = Mail(label=_("Data protection contact"))
    record_number = Line(label=_("Record number"), required=False, max_length=60)
    retention_months = forms.IntegerField(label=_("Months that data is kept"), min_value=1, max_value=120)
    privacy_text = Translated(label=_("Data protection notice"), rows=8, max_length=10_000, required=False,
                              help_text=_("Markdown. Stands on the data protection page."))  # fmt: skip


class Venue(Section):
    """The house the edition meets in."""

    name = Line(label=_("Name of the house"))
    address = Line(label=_("Address"), max_length=300, required=False)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    directions = Translated(label=_("How to get there"), rows=5, max_length=4000, required=False,
                            help_text=_("Markdown."))  # fmt: skip
    accessibility = Translated(label=_("Accessibility"), rows=5, max_length=4000, required=False)
    nearby = Translated(label=_("Around the house"), rows=5, max_length=4000, required=False)


class Room(Section):
    """A hall or room."""

    name = Translated(label=_("Name"), max_length=100)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000)
    equipment = Translated(label=_("Equipment"), max_length=300, required=False)
    step_free = forms.BooleanField(label=_("Reached without steps"), required=False)


class Body(Section):
    """Who stands behind the edition."""

    role = forms.ChoiceField(label=_("Stands as"), choices=BodyRole.choices)
    name = Translated(label=_("Name"))
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")


class Figure(Section):
    """A published number; without its definition nobody can tell what it counts."""

    label = Translated(label=_("What is counted"), max_length=120)
    value = forms.IntegerField(label=_("Number"), min_value=0, max_value=2_000_000_000)
    qualifier = Translated(label=_("Word before the number"), max_length=60, required=False,
                           help_text=_("For example: around, more than."))  # fmt: skip
    definition = Translated(label=_("Definition"), rows=3, max_length=1000,
                            help_text=_("What counts and what does not; published beside the number."))  # fmt: skip
    source = Line(label=_("Source"), max_length=300, required=False)
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    certainty = forms.ChoiceField(label=_("How sure it is"), choices=Certainty.choices)
    on_home = forms.BooleanField(label=_("Show it on the home page"), required=False)


class Policy(Section):
    """A policy action or initiative of the year."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)
    title = Translated(label=_("Title"))
    summary = Translated(label=_("Summary"), rows=4, max_length=1000, required=False)
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
