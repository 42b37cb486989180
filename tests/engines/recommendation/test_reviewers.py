import numpy as np
import pytest

from hemicycle.engines.recommendation import fit
from hemicycle.engines.recommendation.generate import generate
from tests.engines.recommendation.builders import Letters

BEES, SUN = "Honey bees pollinate the orchards", "Solar panels charge the batteries"


def test_people_fit_texts_like_their_own():
    found = fit([[BEES], [SUN, "Electric batteries"], []], ["Bees and their honey", "Batteries for solar panels"])

    assert found.shape == (3, 2)
    assert found[0, 0] > found[0, 1]
    assert found[1, 1] > found[1, 0]
    assert found[2].tolist() == [0, 0]


def test_the_order_of_people_and_texts_plays_no_part():
    found = fit([[BEES, SUN], [SUN]], [BEES, SUN])
    turned = fit([[SUN], [SUN, BEES]], [SUN, BEES])

    assert np.allclose(found, turned[::-1, ::-1], rtol=1e-5)


def test_a_text_near_to_everybody_says_little_about_one():
    texts = ["Honey bees and solar panels", "Wild orchards of apples"]
    people = [[BEES], [SUN], ["Honey for sale"], ["Electric panels"]]
    general, special = fit(people[:1], texts)[0]

    assert general > special > 0

    general, special = fit(people, texts)[0]

    assert special > general > 0


@pytest.mark.parametrize("embedder", [None, Letters()])
def test_the_same_people_again_and_people_without_texts_change_nothing(embedder):
    people, texts = [[BEES], [SUN, "Bees"]], ["Honey bees", "Electric panels", "Orchards"]

    once = fit(people, texts, embedder=embedder)
    again = fit([*people, [], *people], texts, embedder=embedder)

    assert np.allclose(again, [*once, [0, 0, 0], *once])


def test_the_mean_of_ones_own_texts_counts():
    twice, once = fit([[BEES, SUN, SUN], [BEES, SUN]], [SUN])

    assert twice[0] > once[0] > 0
    assert np.allclose(fit([[BEES, BEES, SUN, SUN], [SUN]], [BEES, SUN]), fit([[BEES, SUN], [SUN]], [BEES, SUN]))


def test_nothing_to_compare():
    assert fit([], []).shape == (0, 0)
    assert fit([[]], ["a"]).tolist() == [[0]]
    assert fit([["a"]], []).shape == (1, 0)
    assert fit([[""]], [""]).tolist() == [[0]]


def test_vectors_take_part():
    found = fit([["aaa"]], ["aaab", "zzz"], embedder=Letters())

    assert found[0, 0] > found[0, 1] >= 0
    assert fit([["aaa"], []], ["aaab", "zzz"], embedder=Letters())[1].tolist() == [0, 0]
    assert fit([["aaa"]], ["zzz"], embedder=Letters()).tolist() == [[0]]


def test_made_up_events_are_equal_for_equal_seeds():
    assert generate(people=9, seed=1) == generate(people=9, seed=1)
    assert generate(people=9, seed=1) != generate(people=9, seed=2)
