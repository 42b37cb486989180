import pytest

from hemicycle.engines.recommendation import languages
from hemicycle.engines.recommendation.languages import assign, detect, normal, plain, root, sentences, spoken, words
from hemicycle.engines.recommendation.lexicon import Lexicon
from hemicycle.engines.recommendation.tags import propose


def test_there_are_24_languages():
    assert len(languages.LANGUAGES) == 24


@pytest.mark.parametrize(
    ("name", "found"), [("EN", "en"), ("pt-BR", "pt"), ("sk_SK", "sk"), ("xx", None), (None, None)]
)
def test_a_language_is_known_by_two_letters(name, found):
    assert normal(name) == found


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("batteries", "battery", "en"),
        ("Häuser", "Haus", "de"),
        ("градове", "град", "bg"),
        ("gradovi", "grad", "hr"),
        ("dar", "dar", "mt"),
        ("word", "word", "und"),
    ],
)
def test_forms_of_a_word_have_one_root(one, other, language):
    assert root(words(one)[0], language) == root(words(other)[0], language)


def test_a_word_without_a_topic_has_no_root():
    assert (root("the", "en"), root("und", "de")) == ("", "")


def test_the_memory_of_roots_is_limited(monkeypatch):
    monkeypatch.setattr(languages, "REMEMBERED", 1)
    for word in ("one", "two", "three", "four"):
        root(f"{word}abc", "en")

    assert len(languages.ROOTS) <= 2


def test_accents_are_left_out():
    assert (plain("žluťoučký"), plain("plain")) == ("zlutoucky", "plain")


def test_words_and_sentences():
    assert words("The Big-data, a 5G plan!") == ["the", "big", "data", "5g", "plan"]
    assert spoken("Big A") == [("Big", "big")]
    assert sentences("One thing. Two things!\n Three ") == ["One thing.", "Two things!", "Three"]


def test_languages_are_detected():
    assert detect("Wir suchen Partner für ein Projekt über erneuerbare Energien in der Stadt") == "de"
    assert detect("Szukamy partnerów do projektu dotyczącego energii odnawialnej w mieście") == "pl"
    assert (detect("..."), detect("")) == (None, None)


def test_an_unsure_text_takes_the_usual_language():
    assert assign(["", "x", ""], ["fr", "fr", None]) == ["fr", "fr", "fr"]
    assert assign(["", ""], [None, None]) == ["und", "und"]


def test_a_text_is_most_like_itself_and_unlike_other_languages():
    texts = ["solar panels on roofs", "solar panels on roofs", "bees and honey", "solar panels on roofs"]
    lexicon = Lexicon(texts, ["en", "en", "en", "fr"])
    likeness = (lexicon.matrix @ lexicon.matrix.T).toarray()

    assert likeness[0, 1] == pytest.approx(1, abs=1e-5)
    assert (likeness[0, 2], likeness[0, 3]) == (0, 0)
    ((columns, values),) = lexicon.rows(["solar panels on roofs"], ["en"])
    assert columns.tolist() == lexicon.matrix[:1].indices.tolist()
    assert values == pytest.approx(lexicon.matrix[:1].data)
    assert lexicon.rows(["quite unheard"], ["de"])[0][0].tolist() == []


def test_known_words_of_a_new_text_count():
    lexicon = Lexicon(["solar panels on roofs", "bees and honey"], ["en", "en"])
    ((columns, values),) = lexicon.rows(["new panels, roofs, bees and panels"], ["en"])
    labels = lexicon.labels(columns.tolist(), "new panels, roofs, bees and panels", "en")

    assert [label for label in labels if label[0] != "letters"] == [
        ("word", "panels"),
        ("word", "roofs"),
        ("word", "bees"),
        ("phrase", "panels roofs"),
    ]
    assert values[0] > values[1]


def test_nothing_has_no_terms():
    assert Lexicon([], []).matrix.shape == (0, 0)
    assert Lexicon(["", ""], ["en", "en"]).matrix.shape == (2, 0)
    assert Lexicon([""], ["en"]).rows(["word"], ["en"])[0][0].tolist() == []


def test_compounds_share_pieces():
    lexicon = Lexicon(["Wasserstoff", "Wasserstoffspeicher", "Brot"], ["de"] * 3)
    likeness = (lexicon.matrix @ lexicon.matrix.T).toarray()

    assert likeness[0, 1] > 0
    assert likeness[0, 2] == 0


def test_a_label_found_in_a_text_proposes_its_tag():
    labels = {"bees": {"en": "bees", "pl": "pszczoły"}, "sun": {"en": "solar panel"}, "none": {"en": "the"}}

    assert propose("We keep many bees and sell solar panels", "en", labels) == ["bees", "sun"]
    assert propose("Hodujemy pszczoły", "pl", labels) == ["bees"]
    assert propose("the solar roof panel", "en", labels) == []
