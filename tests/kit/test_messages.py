"""The interface speaks every language of the site, completely."""

import gettext
import re

import pytest
from babel.messages.pofile import read_po
from scripts import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def catalogue(language):
    with (messages.LOCALES / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(words):
    return [words] if isinstance(words, str) else list(words)


def placeholders(words):
    return {found for form in forms(words) for found in PLACEHOLDER.findall(form)}


def entries(language):
    return [message for message in catalogue(language) if message.id]


def ids(language):
    return {(message.context, message.id) for message in entries(language)}


@pytest.fixture(params=sorted(messages.PLURALS))
def language(request):
    return request.param


def test_the_languages_of_the_site_have_catalogues(settings):
    assert {code for code, _ in settings.LANGUAGES} == {"en", *messages.PLURALS}
    assert {path.parts[-3] for path in messages.catalogues()} == set(messages.PLURALS)


def test_all_catalogues_hold_the_same_strings(language):
    assert ids(language) == ids("fr")


def test_every_string_is_translated(language):
    missing = [message.id for message in entries(language) if message.fuzzy or not all(forms(message.string))]

    assert missing == []


def test_plurals_have_every_form_of_the_language(language):
    short = [message.id for message in entries(language) if len(forms(message.id)) != len(forms(message.string))]

    assert short == []


def test_placeholders_survive_translation(language):
    lost = [message.id for message in entries(language) if placeholders(message.id) != placeholders(message.string)]

    assert lost == []


def test_single_forms_keep_every_placeholder_as_often(language):
    changed = [
        message.id
        for message in entries(language)
        if isinstance(message.id, str)
        and sorted(PLACEHOLDER.findall(message.id)) != sorted(PLACEHOLDER.findall(message.string))
    ]

    assert changed == []


def test_french_keeps_its_spaces_and_apostrophes():
    loose = [form for message in entries("fr") for form in forms(message.string) if re.search(r" [:;!?»]|« |\w'", form)]

    assert loose == []


def test_compiled_catalogues_can_be_loaded(tmp_path, language):
    folder = tmp_path / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    original = messages.LOCALES / language / "LC_MESSAGES" / "django.po"
    (folder / "django.po").write_bytes(original.read_bytes())

    first = messages.compile_all(tmp_path)
    second = messages.compile_all(tmp_path)

    assert first == second == [folder / "django.mo"]
    spoken = gettext.translation("django", tmp_path, [language])
    assert spoken.gettext("waiting list") == catalogue(language)["waiting list"].string
    assert (
        spoken.ngettext("%(number)s change", "%(number)s changes", 5)
        == catalogue(language)["%(number)s change"].string[1]
    )
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]
