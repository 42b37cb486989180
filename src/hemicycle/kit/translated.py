"""A form field for a text in all languages of an edition: one input per language, the first is the fallback."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hemicycle.kit.forms import CONTROL, CONTROL_BUT_LINES
from hemicycle.kit.i18n import LANGUAGES, LazyI18nString

SHOWN = 160
"""Characters of the fallback that stand under an empty input."""


def spoken(value: object, languages: Sequence[str]) -> dict[str, str]:
    """Return language → text of whatever a form holds: a stored text, a plain one, or what was typed."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, Mapping):
        return {code: str(text) for code, text in data.items()}
    return {languages[0]: "" if data is None else str(data)}


class TranslatedWidget(forms.Widget):
    """One input or text area per language; without a script all are shown, with one the chosen language is."""

    template_name = "kit/forms/translated.html"
    use_fieldset = True
    languages: Sequence[str] = ("en",)

    def __init__(self, *, rows: int = 0, max_length: int | None = None) -> None:
        super().__init__()
        self.rows, self.max_length = rows, max_length
        self.invalid: frozenset[str] = frozenset()

    def id_for_label(self, id_: str) -> str:
        """Return the id of the first language's input, where a summary of errors leads."""
        first = next(iter(code for code in self.languages if code in self.invalid), self.languages[0])
        return f"{id_}_{first}" if id_ else id_

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:  # noqa: ARG002
        """Return language → what was typed."""
        return {code: data.get(f"{name}_{code}", "") for code in self.languages}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Say whether no language of this text was sent."""
        return all(f"{name}_{code}" not in data for code in self.languages)

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template one pane per language, with the words readers see until it is translated."""
        context = super().get_context(name, value, attrs)
        texts = spoken(value, self.languages)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        first = self.languages[0]
        fallback = texts.get(first) or next(filter(None, texts.values()), "")
        context["widget"] |= {"rows": self.rows, "max_length": self.max_length, "base": base}
        context["widget"]["panes"] = [
            {
                "code": code,
                "name": f"{name}_{code}",
                "id": f"{base}_{code}",
                "label": LANGUAGES.get(code, code),
                "value": texts.get(code, ""),
                "first": code == first,
                "invalid": code in self.invalid,
                "fallback": "" if texts.get(code) or code == first else fallback[:SHOWN],
            }
            for code in self.languages
        ]
        return context


class Translated(forms.Field):
    """A text in the languages of the edition; required means: in the first one."""

    widget: TranslatedWidget

    def __init__(self, *, rows: int = 0, max_length: int = 200, **kwargs: Any) -> None:
        self.rows, self.max_length = rows, max_length
        super().__init__(widget=TranslatedWidget(rows=rows, max_length=max_length), **kwargs)

    def speak(self, languages: Sequence[str]) -> None:
        """Ask for these languages, the first being the fallback."""
        self.widget.languages = tuple(languages) or ("en",)

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare the texts, whatever they are kept in."""
        codes = self.widget.languages
        return {c: t for c, t in spoken(initial, codes).items() if t} != {
            c: t for c, t in spoken(data, codes).items() if t
        }

    def clean(self, value: Mapping[str, str]) -> LazyI18nString:
        """Return the text in many languages, without control characters and without empty ones."""
        texts, faults = {}, {}
        for code in self.widget.languages:
            sentence = (value.get(code) or "").replace("\r\n", "\n").strip()
            if len(sentence) > self.max_length:
                faults[code] = _("%(language)s: at most %(limit)s characters, these are %(number)s.") % {
                    "language": LANGUAGES.get(code, code), "limit": self.max_length, "number": len(sentence),
                }  # fmt: skip
            elif not self.rows and CONTROL.search(sentence):
                faults[code] = _("Use letters, figures and signs on one line only.")
            texts[code] = CONTROL_BUT_LINES.sub("", sentence)
        first = self.widget.languages[0]
        if self.required and not texts[first]:
            faults[first] = _("Write this in %(language)s: it is shown wherever a translation is missing.") % {
                "language": LANGUAGES.get(first, first)
            }
        self.widget.invalid = frozenset(faults)
        if faults:
            raise ValidationError(list(faults.values()))
        return LazyI18nString({code: text for code, text in texts.items() if text})


class TranslatedForm(forms.Form):
    """A form whose translated fields speak the languages of an edition."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages) or ("en",)
        for field in self.fields.values():
            if isinstance(field, Translated):
                field.speak(self.languages)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The languages to choose from, with how many of their texts are still missing or wrong; none for one."""
        found = [bound for bound in self if isinstance(bound.field, Translated)]
        if len(self.languages) == 1 or not found:
            return []
        texts = [spoken(bound.value(), self.languages) for bound in found]
        started = [row for row in texts if any(row.values())]
        wrong = {code for bound in found for code in bound.field.widget.invalid}
        return [
            {
                "code": code,
                "label": LANGUAGES.get(code, code),
                "missing": sum(not row.get(code) for row in started),
                "wrong": code in wrong,
                "done": bool(started),
            }
            for code in self.languages
        ]

    def values(self, *leave_out: str) -> dict[str, Any]:
        """Return the answers; texts in languages the edition does not show at the moment are kept."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in leave_out}
        for name, value in found.items():
            before = self.initial.get(name)
            if isinstance(value, LazyI18nString) and isinstance(before, LazyI18nString):
                texts = before.data if isinstance(before.data, dict) else {}
                hidden = {code: words for code, words in texts.items() if code not in self.languages and words}
                found[name] = LazyI18nString(hidden | value.data)
        return found
