from hemicycle.engines.meetings import Problem
from hemicycle.engines.meetings.explain import explain
from tests.engines.meetings.builders import meetings, people, placed, triangle


def texts(problem, schedule):
    return {found.meeting: [reason.text for reason in found.reasons] for found in explain(problem, schedule)}


def test_everything_held_needs_no_explanation():
    assert explain(triangle(), placed(ab=0, ac=1, bc=2)) == ()


def test_a_full_agenda_is_named():
    assert texts(triangle(tables=(2, 2)), placed(ab=0, ac=1)) == {
        "bc": ["b and c have no free slot in common."],
    }
    assert texts(triangle(tables=(2,)), placed(ab=0))["ac"] == [
        "a has other meetings in every slot in which both are available."
    ]


def test_no_slot_for_both_is_named():
    away = people("abc", a={"unavailable": frozenset({0})}, b={"unavailable": frozenset({1, 2})})

    assert texts(triangle(people=away), placed(ac=1, bc=0)) == {
        "ab": ["There is no slot in which a and b are both available."]
    }


def test_a_wished_half_day_narrows_the_slots():
    problem = triangle(halves=(0, 1, 1), meetings=meetings("ab", "ac", "bc", ab={"halves": frozenset({0})}))

    assert texts(problem, placed(ac=0, bc=1)) == {
        "ab": ["a has other meetings in every slot in which both are available."]
    }


def test_full_tables_are_named_with_their_slots():
    problem = Problem(people=people("abcd"), meetings=meetings("ab", "cd"), tables=(1, 0))

    assert texts(problem, placed(ab=0)) == {"cd": ["Every table is taken in slots 1, 2, when c and d are both free."]}


def test_a_cap_is_named_before_slots():
    problem = triangle(people=people("abc", a={"cap": 1}))

    assert texts(problem, placed(ab=0, bc=1)) == {"ac": ["a already has the 1 meetings they take."]}


def test_an_order_is_named():
    ordered = meetings("ab", "cd", "ac", cd={"after": frozenset({"ab"})})
    problem = Problem(people=people("abcd"), meetings=ordered, tables=(1, 1))

    assert texts(problem, placed(ab=1))["cd"] == ["c and d are free in slot 1, but another meeting must come first."]
    assert texts(problem, placed(cd=0))["ab"] == ["a and b are free in slot 2, but another meeting must come first."]


def test_nothing_in_the_way_is_said():
    assert texts(triangle(), placed(ab=0, bc=1))["ac"] == ["Nothing stands in its way in slot 3."]
