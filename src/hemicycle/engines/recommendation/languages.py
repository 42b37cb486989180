"""Which of the 24 official languages a text is in, and what the words of each are reduced to."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from hemicycle.engines.recommendation.stopwords import STOPWORDS

LANGUAGES = tuple(sorted(STOPWORDS))
UNKNOWN = "und"
# Stemmers of Snowball (M. Porter, R. Boulton); the others have a dictionary of lemmas, Maltese has neither.
STEMMERS = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
LEMMATA = {"bg": "bg", "hr": "hbs", "lv": "lv", "sk": "sk", "sl": "sl"}
# Languages that write compounds as one word or inflect most: pieces of words count more there.
COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "mt", "nl", "sv"})
WORD = re.compile(r"[^\W_]+")
LONG = re.compile(r"[^\W_]{2,}")
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
SURE = 0.5
READ = 300
REMEMBERED = 500_000


@lru_cache(1000)
def normal(name: str | None) -> str | None:
    """Return the two letters of one of the 24 languages ("EN", "pt-BR", "sk_SK"), None for anything else."""
    letters = re.split(r"[-_]", (name or "").strip().lower())[0]
    return letters if letters in STOPWORDS else None


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order: letters and digits, at least two of them."""
    return LONG.findall(unicodedata.normalize("NFKC", text).lower())


def spoken(text: str) -> list[tuple[str, str]]:
    """Return (as it was written, as `words` gives it) for each word of a text."""
    found = WORD.findall(unicodedata.normalize("NFKC", text))
    return [(word, low) for word in found for low in words(word)]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, roughly: it is cut after marks that end one, and at ends of lines."""
    return [part.strip() for part in SENTENCE.split(text) if part.strip()]


class _Roots(dict[tuple[str, str], str]):
    """What (language, word) is reduced to; "" for a word without a topic. Remembers, up to a limit."""

    def __missing__(self, key: tuple[str, str]) -> str:
        language, word = key
        if len(self) > REMEMBERED:
            self.clear()
        found = "" if word in STOPWORDS.get(language, ()) else plain(_reducer(language)(word))
        self[key] = found
        return found


ROOTS = _Roots()


def root(word: str, language: str) -> str:
    """Return the stem or lemma of a word of `words`, without accents; "" if the word says nothing about a topic."""
    return ROOTS[language, word]


def plain(word: str) -> str:
    """Return a word without accents: people leave them out, and capitals lose them."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@cache
def _reducer(language: str) -> Callable[[str], str]:
    if language in STEMMERS:
        import snowballstemmer  # noqa: PLC0415  # loaded when a text asks for it

        stem: Callable[[str], str] = snowballstemmer.stemmer(STEMMERS[language]).stemWord
        return stem
    if language in LEMMATA:
        from simplemma import lemmatize  # noqa: PLC0415  # its dictionaries are large

        return lambda word: str(lemmatize(word, lang=LEMMATA[language])).lower()
    return str


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # takes seconds and 100 MB

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def detect(text: str) -> str | None:
    """Return the language of a text, None when it is too short to be sure of."""
    if not words(text):
        return None
    language, confidence = _identifier().classify(text[:READ])
    return str(language) if confidence >= SURE else None


def assign(texts: Sequence[str], declared: Iterable[str | None]) -> list[str]:
    """Return a language for each text: as declared, else as detected, else the one most texts are in, else "und"."""
    found = [given or detect(text) for text, given in zip(texts, declared, strict=True)]
    counts = Counter(language for language in found if language)
    usual = min(counts, key=lambda language: (-counts[language], language), default=UNKNOWN)
    return [language or usual for language in found]
