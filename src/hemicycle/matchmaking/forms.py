"""What people write about what they offer and look for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.kit.forms import Line, Text
from hemicycle.matchmaking.rules import ENTRIES


class WriteProfile(forms.Form):
    """A profile: a few sentences, up to five offers and five things looked for."""

    about = Text(label=_("About you and your organisation"), rows=4, max_length=1200, required=False,
                 help_text=_("Two or three sentences that make somebody want to meet you."))  # fmt: skip
    ecosystems = forms.ModelMultipleChoiceField(
        label=_("Industrial ecosystems"),
        queryset=Term.objects.filter(kind=TermKind.ECOSYSTEM),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    visible = forms.BooleanField(label=_("Show my profile to participants"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in (("offer", _("I offer")), ("need", _("I look for"))):
            for number in range(1, ENTRIES + 1):
                self.fields[f"{kind}_{number}"] = Line(label=f"{label} ({number})", required=False, max_length=240)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one line, so that partners find something to answer to."""
        cleaned = super().clean() or {}
        if not any(self.lines("offer")) and not any(self.lines("need")) and not self.errors:
            self.add_error("offer_1", _("Write at least one thing you offer or look for."))
        return cleaned

    def lines(self, kind: str) -> list[str]:
        """Return the lines of one kind in order."""
        return [self.cleaned_data.get(f"{kind}_{number}", "") for number in range(1, ENTRIES + 1)]

    def rows(self, kind: str) -> list[Any]:
        """Return the bound fields of one kind."""
        return [self[f"{kind}_{number}"] for number in range(1, ENTRIES + 1)]

    def offer_rows(self) -> list[Any]:
        """The fields of what is offered."""
        return self.rows("offer")

    def need_rows(self) -> list[Any]:
        """The fields of what is looked for."""
        return self.rows("need")


class Ask(forms.Form):
    """A meeting request."""

    message = Text(label=_("Why meet?"), rows=3, max_length=600, required=False,
                   help_text=_("One concrete sentence gets more answers than a long text."))  # fmt: skip


class Find(forms.Form):
    """The people list: what is typed and chosen."""

    search = Line(required=False, max_length=100)
    country = forms.CharField(required=False, max_length=2)
    ecosystem = forms.CharField(required=False, max_length=50)
    kind = forms.CharField(required=False, max_length=50)
    page = forms.IntegerField(required=False, min_value=1)


class Schedule(forms.Form):
    """How long the scheduler may think."""

    seconds = forms.FloatField(label=_("Seconds of computing"), min_value=0.5, max_value=120, initial=2)
