import pytest

from hemicycle.engines.meetings import BadProblem, Meeting, Person, Placing, Problem
from tests.engines.meetings.builders import meetings, people, triangle

NOT = frozenset({9})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tables": (1, -1, 1)}, "tables: a count is below 0"),
        ({"halves": (0, 1)}, "halves: one half-day per slot is needed"),
        ({"halves": (1, 0, 1)}, "halves: the half-days must not decrease"),
        ({"spread": -1}, "spread: below 0"),
        ({"run_limit": 0}, "run_limit: below 1"),
        ({"people": people("abca")}, "person a: the id is there 2 times"),
        ({"people": people("abc", b={"unavailable": NOT})}, "person b: an unavailable slot is not known"),
        ({"people": people("abc", b={"cap": -1})}, "person b: the cap is below 0"),
        ({"people": people("abc", b={"floor": -1})}, "person b: the floor is below 0"),
        ({"meetings": meetings("ab", "ab")}, "meeting ab: the id is there 2 times"),
        ({"meetings": meetings("ax")}, "meeting ax: person x is not known"),
        ({"meetings": meetings("aa")}, "meeting aa: both sides are the same person"),
        ({"meetings": meetings("ab", ab={"weight": 0})}, "meeting ab: the weight is below 1"),
        ({"meetings": meetings("ab", ab={"fixed": 3})}, "meeting ab: the fixed slot is not known"),
        ({"meetings": meetings("ab", ab={"halves": frozenset({-1})})}, "meeting ab: a half-day is below 0"),
        ({"meetings": meetings("ab", ab={"after": frozenset({"ab"})})}, "meeting ab: an earlier meeting is not known"),
        ({"announced": (Placing("zz", 0, 0),)}, "announced meeting zz: not known"),
        ({"announced": (Placing("ab", 7, 0),)}, "announced meeting ab: the slot is not known"),
        ({"announced": (Placing("ab", 0, -1),)}, "announced meeting ab: the table is below 0"),
    ],
)
def test_a_contradiction_is_named(changes, sentence):
    with pytest.raises(BadProblem) as caught:
        triangle(**changes)

    assert str(caught.value) == sentence


def test_slots_without_half_days_are_one_half_day():
    problem = Problem(people=(Person(id="a"), Person(id="b")), meetings=(Meeting(id="m", a="a", b="b"),), tables=(1, 1))

    assert (problem.slots, problem.half_of(1)) == (2, 0)
