from dataclasses import replace

import pytest

from hemicycle.engines.meetings import Placing, Status, solve, verify
from hemicycle.engines.meetings.verify import gaps, longest_run, measure
from tests.engines.meetings.builders import literature, meetings, people, placed, triangle


@pytest.fixture(scope="module")
def solved():
    problem = literature()
    return problem, solve(problem, seconds=5, seed=1)


def test_a_right_solution_is_ok(solved):
    assert verify(*solved).ok


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"requested": 4}, ("requested is 3, not 4",)),
        ({"placed": 2}, ("placed is 3, not 2",)),
        ({"weight": 2}, ("weight is 3, not 2",)),
        ({"value": 0, "bound": 0}, ("value is 1, not 0",)),
        ({"bound": 2}, ("a bound is beaten",)),
        ({"value": None}, ("the value is missing",)),
    ],
)
def test_a_wrong_figure_is_named(solved, changes, wrong):
    problem, solution = solved

    assert verify(problem, replace(solution, **changes)).wrong == wrong


def test_a_broken_schedule_is_not_ok(solved):
    problem, solution = solved
    verdict = verify(problem, replace(solution, schedule=(Placing("ab", 9, 0), *solution.schedule[1:])))

    assert [violation.what for violation in verdict.violations] == ["no such slot"]
    assert not verdict.ok


def test_an_unknown_solution_promises_nothing(solved):
    problem, solution = solved
    unknown = replace(solution, status=Status.UNKNOWN, value=None, schedule=(), placed=0, weight=0)

    assert verify(problem, unknown).ok


def test_waiting_counts_every_slot_only_in_the_literature():
    blocked = people("abc", a={"unavailable": frozenset({1})})

    assert gaps(literature(people=blocked), blocked[0], {0, 2}) == 1
    assert gaps(triangle(people=blocked), blocked[0], {0, 2}) == 0


def test_the_pause_between_half_days_counts_only_when_wished():
    problem = triangle(tables=(1, 1, 1, 1), halves=(0, 0, 1, 1))
    person = problem.people[0]

    assert gaps(problem, person, {0, 3}) == 0
    assert gaps(replace(problem, gaps_over_halves=True), person, {0, 3}) == 1


def test_a_run_ends_with_the_half_day():
    problem = triangle(tables=(1, 1, 1, 1), halves=(0, 0, 1, 1))

    assert longest_run(problem, {0, 1, 2}) == 2
    assert longest_run(replace(problem, halves=()), {0, 1, 2}) == 3


def test_every_level_is_measured():
    problem = triangle(
        people=people("abc", c={"floor": 3}),
        meetings=meetings("ab", "ac", "bc", ab={"weight": 5}),
        tables=(2, 2, 2),
        run_limit=1,
        announced=(Placing("ab", 1, 0), Placing("ac", 0, 1), Placing("bc", 2, 0)),
    )

    assert measure(problem, placed(ab=0, ac=2)) == {
        "announced": 1,
        "floor": 2,
        "weight": 6,
        "gaps": 1,
        "runs": 0,
        "changes": 8,
        "soon": 12,
    }
    assert measure(problem, (Placing("ab", 1, 0), Placing("ac", 0, 0)))["changes"] == 2
    assert measure(problem, (Placing("ab", 1, 0), Placing("ac", 0, 1)))["runs"] == 1
