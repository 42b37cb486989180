"""What people were told is changed as little as possible, and what is soon last of all."""

from dataclasses import replace

import pytest

from hemicycle.engines.meetings import Person, Placing, Problem, Status, TableClass, solve, verify
from hemicycle.engines.meetings.bounds import change_bounds
from hemicycle.engines.meetings.generate import generate
from tests.engines.meetings.builders import meetings, people, triangle


def values(solution):
    return {level.name: level.value for level in solution.levels}


def told(problem, **changes):
    """The problem after its schedule was announced."""
    first = solve(problem, seconds=30, seed=1, iterations=2500)
    assert first.placed == first.requested
    return replace(problem, announced=first.schedule, keep_announced=True, **changes)


def without(problem, person):
    """The problem after a person dropped out."""
    kept = tuple(meeting for meeting in problem.meetings if person not in (meeting.a, meeting.b))
    names = {meeting.id for meeting in kept}
    return replace(
        problem,
        people=tuple(other for other in problem.people if other.id != person),
        meetings=kept,
        announced=tuple(placing for placing in problem.announced if placing.meeting in names),
    )


@pytest.fixture(scope="module")
def announced():
    return told(
        generate(people=40, requests=100, slots=9, tables=18, seed=2, load=0.7, classes={"screen": 3}, classed=0.1)
    )


def moved(problem, solution):
    now = {placing.meeting: placing.slot for placing in solution.schedule}
    return sum(now[placing.meeting] != placing.slot for placing in problem.announced)


def test_a_person_drops_out_and_nobody_else_notices(announced):
    problem = without(announced, announced.meetings[0].a)
    solution = solve(problem, seconds=30, seed=2, iterations=8000)

    assert solution.schedule == problem.announced
    assert verify(problem, solution).ok


def test_a_room_closes_and_only_its_meetings_move(announced):
    used = [placing.slot for placing in announced.announced]
    slot = max(range(9), key=used.count)
    tables = tuple(used.count(slot) - 2 if t == slot else count for t, count in enumerate(announced.tables))
    problem = replace(announced, tables=tables)
    solution = solve(problem, seconds=30, seed=2, iterations=8000)

    assert 2 <= moved(problem, solution) <= 3
    assert values(solution)["announced"] == 0
    assert verify(problem, solution).ok


def test_a_person_who_comes_later_moves_only_what_must_move(announced):
    person = announced.meetings[0].a
    first = announced.announced[0].slot
    crowd = tuple(
        replace(other, unavailable=other.unavailable | {first}) if other.id == person else other
        for other in announced.people
    )
    problem = replace(announced, people=crowd)
    solution = solve(problem, seconds=30, seed=2, iterations=8000)

    assert change_bounds(problem)["changes"] == 4
    assert moved(problem, solution) >= 1
    assert values(solution)["changes"] == next(level.bound for level in solution.levels if level.name == "changes")


def test_frozen_meetings_never_move(announced):
    frozen = {placing.meeting: placing.slot for placing in announced.announced[::3]}
    asked = tuple(replace(meeting, fixed=frozen.get(meeting.id)) for meeting in announced.meetings)
    crowd = tuple(replace(person, cap=5) for person in announced.people)
    closed = tuple(count - 8 for count in announced.tables)
    problem = replace(announced, people=crowd, meetings=asked, tables=closed)
    busiest = max(sum(1 for m in asked if m.fixed is not None and p.id in (m.a, m.b)) for p in crowd)
    solution = solve(problem, seconds=30, seed=2, iterations=800)
    now = {placing.meeting: placing.slot for placing in solution.schedule}

    assert busiest <= 5
    assert {name: now[name] for name in frozen} == frozen


@pytest.mark.parametrize("keep", [True, False])
def test_what_is_late_moves_before_what_is_soon(keep):
    asked = meetings("ab", "ac", ab={"after": frozenset({"ac"})})
    problem = Problem(
        people=people("abc"),
        meetings=asked,
        tables=(1, 1, 1, 1),
        announced=(Placing("ab", 1, 0), Placing("ac", 2, 0)),
        keep_announced=keep,
        gaps_over_halves=True,
        halves=(0, 0, 1, 1),
    )
    solution = solve(problem, seconds=20, seed=1, iterations=2000)

    assert solution.schedule == (Placing("ab", 1, 0), Placing("ac", 0, 0))
    assert (values(solution)["changes"], values(solution)["soon"]) == (4, 4)
    assert solution.status is Status.OPTIMAL


def test_large_events_move_as_few_as_tables_are_missing():
    problem = told(generate(people=160, requests=340, slots=8, tables=55, seed=5, load=0.8))
    used = [placing.slot for placing in problem.announced]
    closed = replace(problem, tables=(used.count(0) - 3, *problem.tables[1:]))
    solution = solve(closed, seconds=30, seed=2, iterations=20000)

    assert moved(closed, solution) == 3
    assert 12 <= values(solution)["changes"] <= 16
    assert next(level.bound for level in solution.levels if level.name == "changes") == 12


def test_least_changes_count_slots_that_are_gone_missing_tables_and_tables_that_do_not_exist():
    asked = meetings("ab", "cd", "ef", "ac")
    before = (Placing("ab", 0, 0), Placing("cd", 0, 4), Placing("ef", 0, 3), Placing("ac", 1, 0))
    crowd = people("abcdef", c={"unavailable": frozenset({1})})
    problem = Problem(people=crowd, meetings=asked, tables=(2, 2), announced=before)

    assert change_bounds(problem) == {"changes": 4 + 2 + 4, "soon": 6}
    assert change_bounds(triangle()) == {"changes": 0, "soon": 0}


def test_a_changed_table_is_known_but_not_to_the_proof():
    problem = triangle(tables=(2, 1, 1), announced=(Placing("ab", 0, 5),), keep_announced=True)
    solution = solve(problem, seconds=20, seed=1, iterations=2000)
    found = {level.name: (level.value, level.bound) for level in solution.levels}

    assert found["changes"] == (2, 2)
    assert found["soon"] == (4, 4)


def test_an_announced_meeting_of_a_class_keeps_its_table_only_at_the_class():
    crowd = (Person(id="a"), Person(id="b"))
    asked = meetings("ab", ab={"table_class": "screen"})
    classes = (TableClass(name="screen", tables=(1, 1)),)
    told_wrong = Problem(people=crowd, meetings=asked, tables=(2, 2), classes=classes, announced=(Placing("ab", 1, 1),))
    solution = solve(told_wrong, seconds=20, seed=1, iterations=2000)

    assert solution.schedule == (Placing("ab", 1, 0),)
