"""Texts in all languages of an edition."""

import pytest
from django.utils import translation

from hemicycle.kit.i18n import LazyI18nString, first_language
from hemicycle.kit.translated import Translated, TranslatedForm


class Words(TranslatedForm):
    title = Translated(label="Title", max_length=20)
    body = Translated(label="Body", rows=3, required=False)


def form(data=None, languages=("en", "fr"), **initial):
    return Words(data, initial=initial, languages=languages)


def test_each_language_has_an_input_and_an_empty_one_says_what_is_read():
    page = str(form(title=LazyI18nString({"en": "Open"})))

    assert [word in page for word in ('name="title_en"', 'value="Open"', 'name="title_fr"', "<q>Open</q>")] == [
        True
    ] * 4


def test_a_plain_text_stands_in_the_first_language():
    assert 'name="title_fr" id="id_title_fr" value="Ouvert"' in str(form(languages=("fr", "en"), title="Ouvert"))


def test_the_answer_is_one_text():
    made = form({"title_en": " Open ", "title_fr": "", "body_en": "a\r\nb", "body_fr": "c"})

    assert made.is_valid()
    assert {name: value.data for name, value in made.values().items()} == {
        "title": {"en": "Open"},
        "body": {"en": "a\nb", "fr": "c"},
    }


@pytest.mark.parametrize(
    ("data", "sentence", "language"),
    [
        ({"title_fr": "Ouvert"}, "Write this in English", "en"),
        ({"title_en": "Open", "title_fr": "x" * 21}, "français: at most 20 characters, these are 21.", "fr"),
        ({"title_en": "Open\nwide"}, "on one line only", "en"),
    ],
)
def test_a_wrong_text_is_told_with_its_language_and_kept(data, sentence, language):
    made = form(data)

    assert made.is_valid() is False
    assert sentence in made.errors["title"][0]
    assert f'href="#id_title_{language}"' in str(made)
    assert [tab["code"] for tab in made.tabs if tab["wrong"]] == [language]


def test_tabs_count_what_is_missing():
    tabs = form(title=LazyI18nString({"en": "Open"})).tabs

    assert [(tab["code"], tab["missing"], tab["done"]) for tab in tabs] == [("en", 0, True), ("fr", 1, True)]
    assert form(languages=("en",)).tabs == []


def test_texts_in_a_language_that_was_removed_are_kept():
    made = form({"title_en": "Shut"}, languages=("en",), title=LazyI18nString({"en": "Open", "nl": "Open!"}))

    assert made.is_valid()
    assert made.values()["title"].data == {"en": "Shut", "nl": "Open!"}


def test_a_text_changed_or_not():
    field = Translated()
    field.speak(("en", "fr"))

    initial = LazyI18nString({"en": "Open"})
    assert [field.has_changed(initial, data) for data in ({"en": "Open", "fr": ""}, {"en": "Shut"})] == [False, True]


def test_the_first_language_stands_in_for_a_missing_one():
    words = LazyI18nString({"en": "Open", "fr": "Ouvert"})
    with translation.override("de"), first_language("fr"):
        assert str(words) == "Ouvert"
    with translation.override("de"):
        assert str(words) == "Open"
    with translation.override("en"), first_language("fr"):
        assert str(words) == "Open"
