from dataclasses import replace

import numpy as np
import pytest

from hemicycle.engines.recommendation import board, explain
from hemicycle.engines.recommendation.generate import generate
from tests.engines.recommendation.builders import ADA, BOB, EVE, Letters, event, person


@pytest.mark.parametrize("embedder", [None, Letters()])
def test_contributions_sum_to_the_score_in_both_directions(embedder):
    made = board(generate(people=20, seed=1, languages=("en", "de"), sessions=4), embedder=embedder)
    made.edit(replace(made.scores.people[3], needs="wind water waste", language="en"))
    for name, entries in made.solution.lists.items():
        for entry in entries[:2]:
            found = explain(made.scores, name, entry.id)
            there, back = made.scores.logits(np.array([made.scores.row[name]]))

            assert found.score == pytest.approx(entry.score, abs=2e-5)
            assert found.there.logit == pytest.approx(float(there[0, made.scores.row[entry.id]]), abs=1e-3)
            assert found.back.logit == pytest.approx(float(back[0, made.scores.row[entry.id]]), abs=1e-3)
            assert explain(made.scores, entry.id, name).score == pytest.approx(found.score)


def test_reasons_are_the_words_people_wrote():
    made = board(event(replace(ADA, needs="The Batteries, storage"), BOB, EVE))

    assert explain(made.scores, "ada", "bob").text() == (
        "You look for: Batteries, storage, Batteries storage",
        "You offer: solar panels, panels, solar",
    )


def test_what_both_have_in_common_is_named():
    a = replace(ADA, sessions=frozenset({"s"}), countries=frozenset({"it"}), kind="city")
    b = replace(BOB, sessions=frozenset({"s", "t"}), country="it", kinds=frozenset({"city"}))
    found = explain(board(event(a, b)).scores, "ada", "bob")

    assert found.common == (("Same session", "s"), ("Country wished for", "it"), ("Kind wished for", "city"))
    assert found.factor == pytest.approx(1.2)
    assert found.text()[-1] == "Kind wished for: city"


def test_across_languages_the_meaning_is_named():
    a = person("a", "xyz", "Miód. Pszczoły.", language="pl")
    b = person("b", "Miele! Acqua.", "xyz", language="it")
    c = person("c", "qqq", "kkk", language="it")
    found = explain(board(event(a, b, c), embedder=Letters()).scores, "a", "b")

    assert found.text()[0] == "You look for: similar in meaning, texts in Polish and Italian: “Miód.” – “Miele!”"


def test_in_one_language_the_meaning_has_its_sentences():
    people = person("a", "bb", "aa"), person("b", "aa", "bb"), person("c", "c", "d"), person("e")
    made = board(event(*people), embedder=Letters())

    assert "You look for: similar in meaning: “aa” – “aa”" in explain(made.scores, "a", "b").text()
    assert explain(made.scores, "a", "e").there.sentences is None


def test_an_unknown_person_is_refused():
    with pytest.raises(KeyError):
        explain(board(event(ADA)).scores, "ada", "zoe")
