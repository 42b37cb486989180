from dataclasses import replace

import pytest

from hemicycle.engines.recommendation import Suggestion, solve, verify
from hemicycle.engines.recommendation.generate import generate
from tests.engines.recommendation.builders import ADA, BOB, EVE, event

PROBLEM = event(ADA, BOB, EVE)
SOLUTION = solve(PROBLEM)
SCORE = SOLUTION.lists["ada"][0].score


def broken(lists, problem=PROBLEM, **more):
    return [(found.what, found.people) for found in verify(problem, replace(SOLUTION, lists=lists, **more))]


def entry(name, score=SCORE, *, mutual=True):
    return Suggestion(name, score, mutual)


def test_right_lists_break_nothing():
    assert broken(SOLUTION.lists) == []


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({"ada": (), "bob": ()}, [("no list", ("eve",))]),
        (SOLUTION.lists | {"zoe": ()}, [("a list of nobody", ("zoe",))]),
        ({"ada": (entry("zoe"),), "bob": (), "eve": ()}, [("unknown person", ("ada", "zoe"))]),
        ({"ada": (entry("ada"),), "bob": (), "eve": ()}, [("unknown person", ("ada", "ada"))]),
        ({"ada": (entry("bob"), entry("bob")), "bob": (), "eve": ()}, [("shown twice", ("ada", "bob"))]),
        ({"ada": (entry("bob"),), "bob": (), "eve": ()}, [("not mutual", ("ada", "bob"))]),
        (
            {"ada": (entry("bob"),), "bob": (entry("ada", mutual=False),), "eve": ()},
            [("not mutual", ("ada", "bob"))],
        ),
        (
            {"ada": (entry("bob", 0.3),), "bob": (entry("ada", 0.4),), "eve": ()},
            [("two scores of a pair", ("ada", "bob")), ("two scores of a pair", ("bob", "ada"))],
        ),
        ({"ada": (), "bob": (), "eve": ()}, [("both would swap", ("ada", "bob"))]),
    ],
)
def test_a_broken_rule_is_found(lists, expected):
    assert broken(lists) == expected


def test_wrong_scores_and_units_are_found():
    lists = {"ada": (entry("bob", 0.9),), "bob": (entry("ada", 0.9),), "eve": (entry("ada", 0.5, mutual=False),)}

    assert broken(lists) == [
        (f"the score is {SCORE:.6f}", ("ada", "bob")),
        (f"the score is {SCORE:.6f}", ("bob", "ada")),
        ("the score is 0.000000", ("eve", "ada")),
    ]
    assert broken(SOLUTION.lists, scales={"lex": 9.0, "tag": 1.0})[0][0].startswith("the unit of lex is ")


def test_caps_are_checked():
    problem = generate(people=8, seed=1)
    lists = solve(problem).lists
    found = verify(replace(problem, cap=1, second_cap=1), replace(SOLUTION, lists=lists))

    assert {violation.what for violation in found} == {
        "a list over the cap",
        "on more mutual lists than the cap",
        "shown over the second cap",
    }
