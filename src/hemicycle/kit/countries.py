"""ISO 3166-1 alpha-2 codes of the countries a conference of this kind meets, named by Unicode CLDR through Babel."""

from functools import cache
from unicodedata import combining, normalize

from babel import Locale
from django.utils.translation import get_language

CODES = (  # noqa: SIM905
    "AL AD AM AT AZ BE BA BG BR CA CH CL CN CO CY CZ DE DK DZ EE EG ES FI FR "
    "GB GE GR HR HU IE IL IN IS IT JO JP KE KR LB LI LT LU LV LY MA MC MD ME "
    "MK MT MX NG NL NO PL PS PT RO RS SE SG SI SK SM SN TN TR TW UA US VA XK "
    "ZA "
).split()


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    return {code: territories.get(code, code) for code in CODES}


def name(code: str) -> str:
    """Return the country's name in the active language; an unknown code is its own name."""
    return _names(get_language() or "en").get(code, code)


def _alphabet(name: str) -> str:
    """Return what a name is sorted by: its letters without accents (Ägypten stands before Albanien)."""
    return "".join(letter for letter in normalize("NFKD", name) if not combining(letter)).casefold()


def choices() -> list[tuple[str, str]]:
    """Return (code, name) of every country, by name in the active language."""
    return sorted(_names(get_language() or "en").items(), key=lambda item: _alphabet(item[1]))
