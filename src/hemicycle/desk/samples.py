"""The form of the style page: every kind of field, fresh and with errors."""

from django import forms

from hemicycle.kit.forms import Line, Mail, Text
from hemicycle.kit.moments import Moment
from hemicycle.kit.translated import Translated, TranslatedForm

LANGUAGES = ("en", "fr", "el")


class Sample(TranslatedForm):
    """Every kind of field the pages use; its words are the same in all languages."""

    title = Translated(label="Title")
    name = Line(label="Name", help_text="As on the badge.")
    email = Mail(label="Email address")
    about = Text(label="About", required=False)
    country = forms.ChoiceField(label="Country", choices=[("be", "Belgium"), ("hr", "Croatia")])
    starts_at = Moment(label="Starts")
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    colour = forms.CharField(label="Colour", widget=forms.TextInput(attrs={"type": "color"}), initial="#1f49d6")
    law = forms.ChoiceField(label="Law", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        label="Tags", required=False, choices=[("g", "Green"), ("d", "Digital")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I have read it", help_text="One box, one meaning.")


def fresh(prefix: str) -> Sample:
    """Return the form as it is first seen."""
    return Sample(prefix=prefix, languages=LANGUAGES, initial={"title": "A text in one language"})


def bound(prefix: str) -> Sample:
    """Return the form as it comes back with errors."""
    form = Sample({f"{prefix}-email": "nobody", f"{prefix}-colour": "#1f49d6"}, prefix=prefix, languages=LANGUAGES)
    form.is_valid()
    return form
