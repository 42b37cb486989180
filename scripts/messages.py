"""The catalogues of the interface: `extract` gathers what is to be translated, `compile` writes what Django reads.

`extract` needs gettext and is for developers; `compile` needs only Babel and runs at set-up.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "src/hemicycle"
LOCALES = PACKAGE / "config/locale"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""
SORTED = ["--sort-output"]


def catalogues(locales: Path = LOCALES) -> Iterator[Path]:
    """Yield the catalogue of every language."""
    yield from sorted(locales.glob("*/LC_MESSAGES/django.po"))


def extract(locales: Path = LOCALES) -> None:
    """Bring the catalogues up to date with templates and Python; translations stay, nothing is guessed."""
    if not shutil.which("xgettext"):
        sys.exit("Extracting needs gettext: apt-get install gettext")
    with tempfile.TemporaryDirectory() as folder:
        # In a copy: makemessages leaves files beside the templates while it works.
        source = shutil.copytree(
            PACKAGE, Path(folder) / "hemicycle", ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
        )
        shutil.copytree(locales, source / "locale") if locales.exists() else (source / "locale").mkdir()
        _make_messages(source)
        for made in catalogues(source / "locale"):
            target = locales / made.relative_to(source / "locale")
            target.parent.mkdir(parents=True, exist_ok=True)
            # Django's header has dates and blanks to fill in; ours says only what gettext needs.
            _, _, entries = made.read_text("utf-8").partition("\n\n")
            language = target.parts[-3]
            header = HEADER.format(language=language, plurals=PLURALS[language])
            target.write_text(f"{header}\n{entries}", "utf-8")


def _make_messages(source: Path) -> None:
    """Run Django's makemessages in a folder that holds `locale`."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    class Sorted(Command):  # type: ignore[misc, unused-ignore]
        """Sorts by msgid, so that merges stay small, and leaves what is new empty."""

        msgmerge_options = [*Command.msgmerge_options, *SORTED, "--no-fuzzy-matching"]
        msguniq_options = [*Command.msguniq_options, *SORTED]
        msgattrib_options = [*Command.msgattrib_options, *SORTED]

    if not settings.configured:
        settings.configure(LOCALE_PATHS=[])
    before = Path.cwd()
    os.chdir(source)
    try:
        call_command(
            Sorted(),
            locale=list(PLURALS),
            extensions=["html,txt,py"],
            no_wrap=True,
            no_location=True,
            no_obsolete=True,
        )
    finally:
        os.chdir(before)


def compile_all(locales: Path = LOCALES) -> list[Path]:
    """Write the .mo file beside every catalogue and return them; each appears whole or not at all."""
    written = []
    for path in catalogues(locales):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        target = path.with_suffix(".mo")
        partial = target.with_suffix(f".{os.getpid()}.partial")
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(target)
        written.append(target)
    return written


def main(arguments: list[str]) -> None:
    """Extract or compile."""
    match arguments:
        case ["extract"]:
            extract()
        case ["compile"]:
            print(f"Compiled {len(compile_all())} catalogues.")
        case _:
            sys.exit("Say extract or compile.")


if __name__ == "__main__":
    main(sys.argv[1:])
