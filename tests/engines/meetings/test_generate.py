import pytest

from hemicycle.engines.meetings import BadProblem
from hemicycle.engines.meetings.generate import generate

SIZE = {"people": 20, "requests": 40, "slots": 8, "tables": 6}


def test_equal_seeds_give_equal_problems():
    assert generate(**SIZE, seed=1) == generate(**SIZE, seed=1)
    assert generate(**SIZE, seed=1) != generate(**SIZE, seed=2)


def test_numbers_are_as_asked():
    problem = generate(**SIZE, seed=1, floor=2)

    assert (len(problem.people), len(problem.meetings), problem.tables) == (20, 40, (6,) * 8)
    assert {person.floor for person in problem.people} == {2}


def test_more_pairs_than_there_are_is_refused():
    with pytest.raises(BadProblem):
        generate(people=3, requests=4, slots=8, tables=6, seed=1)
