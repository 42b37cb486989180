"""Content in many languages: the fields, the 24 languages, and how plain values become texts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import translation
from i18nfield import fields, strings

LANGUAGES: dict[str, str] = {
    "bg": "български", "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "ελληνικά", "en": "English",
    "es": "español", "et": "eesti", "fi": "suomi", "fr": "français", "ga": "Gaeilge", "hr": "hrvatski",
    "hu": "magyar", "it": "italiano", "lt": "lietuvių", "lv": "latviešu", "mt": "Malti", "nl": "Nederlands",
    "pl": "polski", "pt": "português", "ro": "română", "sk": "slovenčina", "sl": "slovenščina", "sv": "svenska",
}  # fmt: skip
"""The 24 official languages of the European Union, each in its own words."""

__all__ = [
    "LANGUAGES", "I18nCharField", "I18nTextField", "LazyI18nString", "first_language", "speaking", "text",
    "translations",
]  # fmt: skip
_first: ContextVar[str] = ContextVar("first_language", default="")


class LazyI18nString(strings.LazyI18nString):
    """A text in many languages; where a translation is missing, the edition's first language is shown."""

    def localize(self, lng: str) -> str:
        """Return the text in a language, else in the edition's first one, else in any."""
        first = _first.get()
        if first and isinstance(self.data, dict) and not (self.data.get(lng) or self.data.get(lng[:2])):
            found = self.data.get(first)
            if found:
                return str(found)
        return str(super().localize(lng))


class _Texts:
    """Reads texts as ours; migrations keep the library's name."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> LazyI18nString:
        return LazyI18nString(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, LazyI18nString):
            return value
        return LazyI18nString(value.data if isinstance(value, strings.LazyI18nString) else value)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"i18nfield.fields.{type(self).__name__}", args, kwargs


class I18nCharField(_Texts, fields.I18nCharField):
    """One line in many languages."""


class I18nTextField(_Texts, fields.I18nTextField):
    """A text in many languages."""


@contextmanager
def first_language(code: str) -> Iterator[None]:
    """Show texts that miss a translation in this language."""
    before = _first.get()
    _first.set(code)
    try:
        yield
    finally:
        _first.set(before)  # not by token: a server of ours may leave in a copy of the context it entered in


def text(value: str | Mapping[str, str] | LazyI18nString) -> LazyI18nString:
    """Return a text in many languages from a plain sentence (English) or a mapping language → sentence."""
    if isinstance(value, LazyI18nString):
        return value
    return LazyI18nString({"en": value} if isinstance(value, str) else dict(value))


def translations(value: LazyI18nString) -> dict[str, str]:
    """Return language → sentence of a stored text, for answers that carry all of them; an empty one has none."""
    data = {"en": value.data} if isinstance(value.data, str) else dict(value.data or {})
    return {code: sentence for code, sentence in data.items() if sentence}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in a person's language, whatever the language of the request that caused it."""
    with translation.override(language or "en"):
        yield
