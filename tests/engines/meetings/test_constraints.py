import pytest

from hemicycle.engines.meetings import Placing, constraints
from tests.engines.meetings.builders import literature, meetings, people, placed, triangle


def whats(constraint, problem, schedule):
    return [violation.what for violation in constraint(problem, schedule)]


KEPT = placed(ab=0, ac=1, bc=2)
CASES = [
    (constraints.held_once, triangle(), KEPT, placed(xy=0), ["unknown meeting"]),
    (constraints.held_once, triangle(), KEPT, (*KEPT, Placing("ab", 2, 0)), ["held twice"]),
    (constraints.at_a_table, triangle(), KEPT, placed(ab=3), ["no such slot"]),
    (constraints.at_a_table, triangle(), KEPT, (Placing("ab", 0, 1),), ["no such table"]),
    (constraints.one_meeting_at_a_table, triangle(), KEPT, placed(ab=0, ac=0), ["two meetings at a table"]),
    (constraints.one_meeting_at_a_time, triangle(), KEPT, placed(ab=0, ac=0), ["two meetings at once"]),
    (
        constraints.when_available,
        triangle(people=people("abc", a={"unavailable": frozenset({2})})),
        KEPT,
        placed(ab=2),
        ["not available"],
    ),
    (
        constraints.in_the_wished_half,
        triangle(halves=(0, 0, 1), meetings=meetings("ab", "ac", "bc", bc={"halves": frozenset({1})})),
        KEPT,
        placed(bc=0),
        ["other half-day wished"],
    ),
    (
        constraints.where_fixed,
        triangle(meetings=meetings("ab", "ac", "bc", ac={"fixed": 1})),
        KEPT,
        placed(ac=2),
        ["not in its fixed slot"],
    ),
    (
        constraints.in_order,
        triangle(meetings=meetings("ab", "ac", "bc", bc={"after": frozenset({"ab"})})),
        KEPT,
        placed(ab=2, bc=0),
        ["wrong order"],
    ),
    (constraints.within_cap, triangle(people=people("abc", a={"cap": 2})), KEPT, None, []),
    (constraints.within_cap, triangle(people=people("abc", a={"cap": 1})), placed(ab=0), KEPT, ["over the cap"]),
    (constraints.everything_held, literature(), KEPT, placed(ab=0), ["not held", "not held"]),
    (constraints.breaks_alike, literature(spread=1), KEPT, None, []),
    (constraints.breaks_alike, literature(spread=0), placed(ab=0, ac=1), KEPT, ["breaks too unlike"]),
    (constraints.breaks_alike, literature(spread=None), KEPT, None, []),
    (constraints.breaks_alike, literature(people=(), meetings=()), (), None, []),
]


@pytest.mark.parametrize(("constraint", "problem", "kept", "broken", "words"), CASES)
def test_constraint_is_silent_when_kept_and_says_what_is_broken(constraint, problem, kept, broken, words):
    assert whats(constraint, problem, kept) == []
    assert whats(constraint, problem, kept if broken is None else broken) == words


def test_people_without_meetings_count_for_the_spread():
    problem = literature(people=people("abcd"), spread=0)

    assert whats(constraints.breaks_alike, problem, placed(ab=0, bc=1, ac=2)) == ["breaks too unlike"]


@pytest.mark.parametrize(("slots", "breaks"), [(set(), 0), ({3}, 0), ({0, 1}, 0), ({0, 2}, 1), ({0, 2, 3, 6}, 2)])
def test_breaks_are_idle_stretches_between_meetings(slots, breaks):
    assert constraints.breaks_between(slots) == breaks
