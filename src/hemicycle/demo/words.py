"""Small helpers for the demo's words: what was read once, and plain Latin letters for addresses and slugs."""

import unicodedata
from functools import cache
from typing import Any

from django.utils.text import slugify

from hemicycle.demo import content

_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
     "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H", "’": "", "'": ""}
)  # fmt: skip


@cache
def read(name: str) -> Any:
    """Return one file of the demo's content, read once; nobody changes what they get."""
    return content.read(name)


def plain(text: str) -> str:
    """Return a text in ASCII letters, as people write their own names in an address."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode()


def slug(text: str) -> str:
    """Return a text as a slug that keeps every letter."""
    return slugify(plain(text))


def split(words: str) -> list[str]:
    """Return the words of a pool; an underscore stands for a space."""
    return [word.replace("_", " ") for word in words.split()]
