"""How forms look and which lines they take: one renderer, one line field, one status for a form that came back."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.i18n import LANGUAGES, LazyI18nString, text, translations

CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Renderer(TemplatesSetting):
    """Every form and field through kit's templates: label, help, error above the field, then the field."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"


def no_control_characters(value: str) -> None:
    """Refuse line breaks and invisible direction marks: names and subjects end up in mail headers and badges."""
    if CONTROL.search(value):
        raise ValidationError(_("Use letters, figures and signs on one line only."))


class Line(forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.validators.append(no_control_characters)


class Text(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the text without control characters."""
        return CONTROL_BUT_LINES.sub("", super().clean(value))


class Mail(forms.EmailField):
    """An e-mail address, kept in lower case."""

    default_error_messages = {"invalid": _("Write the full address, for example name@example.eu")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def clean(self, value: Any) -> str:
        """Return the address in lower case; one person has one address."""
        return str(super().clean(value)).lower()


class Translated:
    """One text in all languages of an edition: a field for each, the first one is the fallback and must be filled."""

    def __init__(
        self, name: str, label: Any, *, languages: Sequence[str], field: type[forms.CharField] = Line, **asks: Any
    ) -> None:
        self.name, self.label, self.field, self.asks = name, label, field, asks
        self.languages = list(languages) or ["en"]

    def add_to(self, form: forms.Form, value: Any) -> None:
        """Add the fields to a form, filled with a stored text."""
        texts = translations(value) if value else {}
        required = self.asks.get("required", True)
        for index, language in enumerate(self.languages):
            asks = {**self.asks, "required": required and index == 0}
            label = f"{self.label} ({LANGUAGES[language]})" if len(self.languages) > 1 else self.label
            key = f"{self.name}_{language}"
            form.fields[key] = self.field(label=label, **asks)
            form.fields[key].widget.attrs["lang"] = language
            form.initial.setdefault(key, texts.get(language, ""))

    def read(self, cleaned: Mapping[str, Any]) -> LazyI18nString:
        """Return the text of a clean form; languages left empty fall back."""
        texts = {language: cleaned.get(f"{self.name}_{language}", "") for language in self.languages}
        return text({language: words for language, words in texts.items() if words})


def status(form: forms.BaseForm) -> int:
    """Return 422 for a form that came back with errors, else 200."""
    return 422 if form.is_bound and form.errors else 200


def lazy_choices(source: Callable[[], list[tuple[str, str]]], empty: Any) -> Callable[[], list[tuple[str, Any]]]:
    """Return choices read at each use, in the reader's language, with a first empty one."""
    return lambda: [("", empty), *source()]


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an operation refused beside the field it is about, or at the top."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in found.items():
        form.add_error(name if name in form.fields else None, sentences)


def tell_stale(form: forms.BaseForm, *, version: int) -> None:
    """Say that somebody else saved; what was typed stays, and the next press is meant for the newer version."""
    form.add_error(
        None, _("Somebody else saved in the meantime. Your answers are still here; compare, then save again.")
    )
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(version)  # type: ignore[index]
