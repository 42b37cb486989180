from dataclasses import replace

import pytest

from hemicycle.engines.clock import Clock
from hemicycle.engines.programme import Appearance, Day, Person, Relation, Room, Rule, Status, Window, solve
from hemicycle.engines.programme.indexed import Indexed
from hemicycle.engines.programme.precheck import impossible, smallest_conflict
from tests.engines.programme.builders import agenda

ADA = (Appearance("ada"),)
SHORT = (Day(id="d1", blocks=((540, 600),)),)


@pytest.mark.parametrize(
    ("problem", "reasons"),
    [
        (
            agenda({"id": "a", "needs": frozenset({"booth"})}),
            ["No room has what session a needs: booth."],
        ),
        (
            agenda({"id": "a", "room": "r1", "needs": frozenset({"booth"}), "audience": 3}),
            ["Room r1 does not have what session a needs: booth, 3 places."],
        ),
        (
            agenda({"id": "a", "length": 150}),
            ["Session a takes 150 minutes; the longest block has 120."],
        ),
        (
            agenda({"id": "a", "people": ADA}, people=(Person(id="ada", windows=(Window(0, 0, 60),)),)),
            ["There is no time at which session a, its people and a room that suits are all available."],
        ),
        (agenda("a", "b", "c", rooms=1), []),
    ],
)
def test_what_one_session_lacks(problem, reasons):
    assert [one.text for one in impossible(Indexed(problem))] == reasons


def test_rooms_are_counted_by_class():
    problem = agenda("a", {"id": "b", "room": "r1"}, {"id": "c", "room": "r1", "length": 60})
    found = impossible(Indexed(replace(problem, days=SHORT)))

    assert [(one.text, one.sessions) for one in found] == [
        ("2 sessions need r1 and take 3 steps of the grid; there are 2.", ("b", "c")),
    ]


def test_people_are_counted():
    problem = agenda({"id": "a", "people": ADA}, {"id": "b", "people": ADA, "length": 60})
    found = impossible(Indexed(replace(problem, days=SHORT)))

    assert [(one.text, one.people) for one in found] == [
        ("ada appears in sessions of 3 steps of the grid and is available for 2.", ("ada",)),
    ]


def test_steps_are_counted():
    late = (Window(0, 750, 780),)
    problem = agenda(*({"id": name, "windows": late} for name in "abc"), days=1)
    texts = [one.text for one in impossible(Indexed(problem))]

    assert texts == [
        "3 sessions need r1, r2 and take 3 steps of the grid; there are 2.",
        "3 sessions can only run on d1 at 12:30; 2 rooms suit them.",
    ]


def test_the_smallest_conflict_names_only_what_does_not_go_together():
    problem = agenda(
        *"cdefg",
        {"id": "a", "people": ADA},
        {"id": "b", "people": ADA},
        relations=(Relation(Rule.BEFORE, "a", "b"), Relation(Rule.BEFORE, "b", "a")),
    )
    found = solve(problem, seconds=20, seed=0)

    assert found.status is Status.INFEASIBLE
    assert [(one.sessions, one.people) for one in found.reasons] == [(("a", "b"), ("ada",))]
    assert found.reasons[0].text == "These 2 sessions do not go together, whatever happens to the others: a, b."


def test_without_time_the_conflict_is_not_made_smaller():
    problem = agenda("a", "b", "c", relations=(Relation(Rule.BEFORE, "a", "b"), Relation(Rule.BEFORE, "b", "a")))
    clock = Clock(seconds=0.0, iterations=None, cancel=None)

    assert smallest_conflict(Indexed(problem), clock)[0].sessions == ("a", "b", "c")


def test_a_room_that_is_always_closed_is_no_room():
    problem = replace(agenda("a"), rooms=(Room(id="r1", windows=(Window(0, 0, 60),)),))

    assert len(impossible(Indexed(problem))) == 1
