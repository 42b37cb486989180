import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.files import BadFile
from hemicycle.engines.meetings import BadProblem, Placing, Profile
from hemicycle.engines.meetings.dzn import read_dzn
from hemicycle.engines.meetings.formats import read, read_json, write_json
from hemicycle.engines.meetings.generate import generate
from tests.engines.meetings.builders import meetings, people, triangle

DZN = """% three people
nBusiness = 3;
nMeetings = 2;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;
requested = [|1, 2, 1,
|1, 3, 3, |];
forbidden = [{0}, 3..4, {}];
fixed = [0, 4];
precedences = [{}, {1}];
other = [1, 2, ];
"""
JSON = """{
 "slots": [{"tables": 2}, {"tables": 1, "half": 2}],
 "people": [
  {"id": "ada", "cap": 3},
  {"id": "bob, \\"b\\"", "unavailable": [2], "floor": 1}
 ],
 "meetings": [
  {"id": "m1", "a": "ada", "b": "bob, \\"b\\"", "weight": 2,
   "halves": [1], "fixed": 1},
  {"id": 2, "a": "ada", "b": "bob, \\"b\\"", "after": ["m1"]}
 ],
 "announced": [{"meeting": "m1", "slot": 1, "table": 2}]
}"""


def without(line):
    return "\n".join(row for row in DZN.splitlines() if not row.startswith(line))


def test_a_data_file_is_read():
    problem = read_dzn(DZN)

    assert [person.unavailable for person in problem.people] == [frozenset(), frozenset({2, 3}), frozenset()]
    assert [(m.id, m.a, m.b, m.halves, m.fixed, m.after) for m in problem.meetings] == [
        ("1", "1", "2", frozenset({0}), None, frozenset()),
        ("2", "1", "3", frozenset(), 3, frozenset({"1"})),
    ]
    assert (problem.tables, problem.halves, problem.profile) == ((1,) * 4, (0, 0, 1, 1), Profile.LITERATURE)


def test_half_days_absences_and_orders_may_be_missing():
    short = "nBusiness=2; nMeetings=1; nTables=1; nTotalSlots=2; requested=[|1,2,3|];"

    assert read(short, dzn=True).halves == (0, 0)
    assert read(short, dzn=True, spread=7).spread == 7


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "nBusiness is missing"),
        (without("nTables"), 1, "nTables is missing"),
        ("\n".join(DZN.splitlines()[:6]), 1, "requested is missing"),
        (DZN.replace("= 3;", "= ?;"), 2, "'?' is not expected here"),
        (DZN.replace("= 3;", "= ;"), 2, "a value is expected, not ';'"),
        (DZN.replace("= 3;", "= 3"), 3, "';' is expected, not 'nMeetings'"),
        (DZN.replace("= 3;", "= -3;"), 2, "nBusiness must be a number from 0 to 100000, not -3"),
        (DZN.replace("= 3;", "= {3};"), 2, "nBusiness must be a number from 0 to 100000, not a list"),
        (DZN.replace("nBusiness", "3"), 2, "a name is expected, not '3'"),
        (DZN.replace("nMeetings = 2", "nBusiness = 2"), 3, "nBusiness is given twice"),
        (DZN.replace("nMorningSlots = 2", "nMorningSlots = 5"), 6, "nMorningSlots must be a number from 0 to 4, not 5"),
        (DZN.replace("|1, 3, 3,", "|1, 4, 3,"), 8, "a participant must be a number from 1 to 3, not 4"),
        (DZN.replace("|1, 3, 3,", "|1, 1, 3,"), 8, "participant 1 cannot meet themselves"),
        (DZN.replace("|1, 3, 3,", "|1, 3, 4,"), 8, "a wish must be a number from 1 to 3, not 4"),
        (DZN.replace("|1, 3, 3,", "|1, 3,"), 8, "a request has 3 numbers, not 2"),
        (DZN.replace("|1, 3, 3, |]", "|]"), 7, "requested must have 2 rows, not 1"),
        (DZN.replace("[{0}, 3..4, {}]", "7"), 9, "forbidden must have 3 rows, not 1"),
        (DZN.replace("{0}", "0"), 9, "forbidden slots must be a set"),
        (DZN.replace("3..4", "3..9"), 9, "a forbidden slot must be a number from 0 to 4, not 5"),
        (DZN.replace("3..4", "3..;"), 9, "a range has no end"),
        (DZN.replace("3..4", "3..999999"), 9, "a range is too long"),
        (DZN.replace("[0, 4]", "[0, 4 5]"), 10, "']' is expected, not '5'"),
        (DZN.replace("[0, 4]", "[0, |4]"), 10, "a value is expected, not '|'"),
        (DZN.replace("{1}", "{2}"), 7, "meeting 2: an earlier meeting is not known"),
        ("nBusiness", 1, "the file ends where '=' is expected"),
        ("nBusiness =", 1, "the file ends where a value is expected"),
        ("nBusiness = " + "[" * 100_000, 1, "brackets are nested too deep"),
    ],
)
def test_a_broken_data_file_names_line_and_reason(text, line, reason):
    with pytest.raises(BadFile) as caught:
        read_dzn(text)

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_rows_may_be_empty():
    assert read_dzn("nBusiness=0; nMeetings=0; nTables=1; nTotalSlots=0; requested=[||];").meetings == ()


def test_the_own_form_is_read():
    problem = read(JSON, dzn=False)

    assert [(p.id, p.unavailable, p.cap, p.floor) for p in problem.people] == [
        ("ada", frozenset(), 3, 0),
        ('bob, "b"', frozenset({1}), None, 1),
    ]
    assert [(m.id, m.weight, m.halves, m.fixed, m.after) for m in problem.meetings] == [
        ("m1", 2, frozenset({0}), 0, frozenset()),
        ("2", 1, frozenset(), None, frozenset({"m1"})),
    ]
    assert (problem.tables, problem.halves) == ((2, 1), (0, 1))
    assert problem.announced == (Placing("m1", 0, 1),)
    assert problem.profile is Profile.PRODUCT


def test_a_spread_given_goes_before_that_of_the_file():
    assert read_json(JSON, spread=5).spread == 5
    assert read_json(JSON.replace("{", '{"spread": null,', 1)).spread is None


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"slots"', "slots", 2, "Expecting property name enclosed in double quotes"),
        ('"slots"', '"sluts"', 1, "sluts is not known"),
        ('"people"', '"announced"', 1, "people is missing"),
        ('"weight": 2', '"weight": 1.5', 8, "meetings 1: weight must be a whole number from 1"),
        ('"weight": 2', '"weight": true', 8, "meetings 1: weight must be a whole number from 1"),
        ('"weight": 2', '"heavy": 2', 8, "meetings 1: heavy is not known"),
        ('"fixed": 1', '"fixed": 3', 8, "meeting m1: the fixed slot is not known"),
        ('"halves": [1]', '"halves": 1', 8, "meetings 1: halves must be a list"),
        ('"id": 2, "a"', '"a"', 10, "meetings 2: id is missing"),
        ('"id": 2, "a"', '"id": [], "a"', 10, "meetings 2: id must be a name"),
        ('"after": ["m1"]', '"after": ["m7"]', 10, "meeting 2: an earlier meeting is not known"),
        ('"unavailable": [2]', '"unavailable": [3]', 5, "people 2: unavailable must be a whole number from 1 to 2"),
        ('{"id": "ada", "cap": 3}', '"ada"', 4, "people 1: an object is expected"),
        ('{"id": "ada", "cap": 3}', "7", 1, "people 1: an object is expected"),
        ('[{"meeting": "m1", "slot": 1, "table": 2}]', "{}", 1, "announced must be a list"),
        ('"slot": 1, ', "", 12, "announced 1: slot is missing"),
        ('"meeting": "m1"', '"meeting": "m9"', 12, "announced meeting m9: not known"),
        ('"half": 2', '"half": 0', 2, "slots 2: half must be a whole number from 1"),
        ("{", '{"profile": "best",', 1, "profile must be literature or product"),
        ("{", '{"keep_announced": 1,', 1, "keep_announced must be true or false"),
        ("{", '{"run_limit": 0,', 1, "run_limit must be a whole number from 1"),
        ('{"tables": 2}', '{"tables": 2, "half": 3}', 1, "halves: the half-days must not decrease"),
    ],
)
def test_a_broken_own_form_names_line_and_reason(old, new, line, reason):
    with pytest.raises(BadFile) as caught:
        read_json(JSON.replace(old, new, 1))

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_too_many_brackets_are_refused():
    with pytest.raises(BadFile, match="nested too deep"):
        read_json("[" * 200_000)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 999))
def test_the_own_form_gives_an_equal_problem_back(seed):
    problem = replace(
        generate(people=8, requests=9, slots=6, tables=3, seed=seed),
        announced=(Placing("m0", 1, 1),),
        keep_announced=True,
        spread=None,
    )

    assert read_json(write_json(problem)) == problem
    assert json.loads(write_json(problem))["slots"][0] == {"tables": 3, "half": 1}


def test_fixed_meetings_wishes_and_orders_come_back():
    asked = meetings("ab", "ac", "bc", ab={"fixed": 1, "halves": frozenset({0})}, bc={"after": frozenset({"ab"})})
    problem = triangle(people=people("abc", a={"cap": 2}), meetings=asked, halves=(0, 0, 0))

    assert read_json(write_json(problem)) == problem


def test_a_data_file_with_a_broken_problem_is_no_other_error():
    assert issubclass(BadFile, ValueError)
    assert issubclass(BadProblem, ValueError)
