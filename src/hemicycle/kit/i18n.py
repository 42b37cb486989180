"""Content in many languages: the fields, the 24 languages, and how plain values become texts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils import translation
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

LANGUAGES: dict[str, str] = {
    "bg": "български", "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "ελληνικά", "en": "English",
    "es": "español", "et": "eesti", "fi": "suomi", "fr": "français", "ga": "Gaeilge", "hr": "hrvatski",
    "hu": "magyar", "it": "italiano", "lt": "lietuvių", "lv": "latviešu", "mt": "Malti", "nl": "Nederlands",
    "pl": "polski", "pt": "português", "ro": "română", "sk": "slovenčina", "sl": "slovenščina", "sv": "svenska",
}  # fmt: skip
"""The 24 official languages of the European Union, each in its own words."""

__all__ = ["LANGUAGES", "I18nCharField", "I18nTextField", "LazyI18nString", "speaking", "text", "translations"]


def text(value: str | Mapping[str, str] | LazyI18nString) -> LazyI18nString:
    """Return a text in many languages from a plain sentence (English) or a mapping language → sentence."""
    if isinstance(value, LazyI18nString):
        return value
    return LazyI18nString({"en": value} if isinstance(value, str) else dict(value))


def translations(value: LazyI18nString) -> dict[str, str]:
    """Return language → sentence of a stored text, for answers that carry all of them."""
    data = value.data
    return {"en": data} if isinstance(data, str) else dict(data or {})


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in a person's language, whatever the language of the request that caused it."""
    with translation.override(language or "en"):
        yield
