import pytest

from hemicycle.engines.recommendation import BadProblem, Decision, Weights
from tests.engines.recommendation.builders import ADA, BOB, event, person


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (lambda: event(ADA, ADA), "person ada: the id is there 2 times"),
        (lambda: event(person("x", blocked=frozenset({"y"}))), "person x: blocked: person y is not known"),
        (lambda: event(person("x", free=frozenset({-1}))), "person x: free: below 0"),
        (lambda: event(ADA, known=(("ada", "zoe"),)), "known: person zoe is not known"),
        (lambda: event(ADA, decisions=(Decision("ada", "zoe", yes=True),)), "decisions: person zoe is not known"),
        (lambda: event(cap=0), "cap: below 1"),
        (lambda: event(cap=3, second_cap=2), "second_cap: below cap"),
        (lambda: event(weights=Weights(lex=-1)), "weights: below 0"),
        (lambda: event(weights=Weights(lex=0, tag=0)), "weights: words and tags weigh nothing"),
        (lambda: event(weights=Weights(slope=0)), "weights: the slope is not above 0"),
    ],
)
def test_a_contradiction_is_refused(build, sentence):
    with pytest.raises(BadProblem) as refused:
        build()

    assert str(refused.value) == sentence


def test_about_counts_as_offered_and_as_needed_where_nothing_else_is():
    full = person("x", "a", "b", about="c")

    assert (full.offered, full.needed) == ("a\nc", "b")
    assert person("y", about="c").needed == "c"
    assert event(ADA, BOB).cap == 20
