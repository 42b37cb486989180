"""The pieces everything stands on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from hemicycle.kit import countries, forms, i18n, rich, tokens
from hemicycle.kit.ratelimit import address_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold**", "<p><strong>bold</strong></p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://evil.example/p.png)", "<p></p>\n"),
    ],
)
def test_rich_text_is_small_and_safe(source, html):
    assert rich.html(source) == html


@pytest.mark.parametrize("value", ["a\nb", "a\x00b", "a\u202eb", "a\u2028b"])
def test_a_line_is_one_line(value):
    with pytest.raises(ValidationError):
        forms.no_control_characters(value)


def test_a_text_keeps_its_lines_and_loses_control_characters():
    assert forms.Text().clean("a\nb\x07\u202ec") == "a\nbc"


CLAIM = tokens.Claim(conference_id=1, subject=2, version=3)


def test_a_token_is_read_by_its_purpose_only_and_in_time():
    token = tokens.issue(purpose="a", claim=CLAIM)
    assert tokens.read(purpose="a", token=token, max_age=None) == CLAIM
    for purpose, text, age in (
        ("b", token, None),
        ("a", token + "x", None),
        ("a", token, timedelta(0) - timedelta(seconds=1)),
    ):
        with pytest.raises(tokens.BadToken):
            tokens.read(purpose=purpose, token=text, max_age=age)


def test_countries_in_the_readers_language():
    from django.utils import translation

    with translation.override("de"):
        assert (countries.name("BE"), countries.choices()[0][1], countries.name("??")) == ("Belgien", "Ägypten", "??")


def test_the_24_languages_and_texts():
    assert len(i18n.LANGUAGES) == 24
    assert i18n.translations(i18n.text("plain")) == {"en": "plain"}
    assert i18n.translations(i18n.text({"en": "a", "mt": "b"})) == {"en": "a", "mt": "b"}


def test_forwarded_addresses_count_behind_known_proxies_only(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 7.7.7.7"})
    assert address_of(request) == "127.0.0.1"
    settings.HEMICYCLE_TRUSTED_PROXIES = 1
    assert address_of(request) == "7.7.7.7"


def test_dates_as_each_language_writes_them():
    from datetime import date

    from django.utils import formats, translation

    found = {}
    for language in ("en", "fr", "nl", "de"):
        with translation.override(language):
            found[language] = formats.date_format(date(2030, 5, 7), "DATE_FORMAT")

    assert found == {"en": "7 May 2030", "fr": "7 mai 2030", "nl": "7 mei 2030", "de": "7. Mai 2030"}
