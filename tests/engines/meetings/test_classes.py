"""Classes of tables: some meetings need one, the others sit anywhere."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.engines import meetings as package
from hemicycle.engines.files import BadFile
from hemicycle.engines.meetings import (
    BadProblem,
    Placing,
    Problem,
    Profile,
    Status,
    TableClass,
    constraints,
    solve,
    verify,
)
from hemicycle.engines.meetings.anneal import Annealer, Costs
from hemicycle.engines.meetings.bounds import fits_by_vizing, weight_bound
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.eject import Filler
from hemicycle.engines.meetings.explain import explain
from hemicycle.engines.meetings.formats import FIELDS, read_json, write_json
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed
from hemicycle.engines.meetings.kempe import Timetable
from hemicycle.engines.meetings.reasons import impossible
from hemicycle.engines.meetings.seats import seat
from hemicycle.engines.meetings.solution import Why
from tests.engines.meetings.builders import best_of_all, literature, meetings, people, triangle

SCHEMA = json.loads((Path(package.__file__).parent / "schema.json").read_text(encoding="utf-8"))
SCREEN = {"table_class": "screen"}


def screens(*tables):
    return (TableClass(name="screen", tables=tables),)


def whats(problem, schedule):
    return [violation.what for violation in constraints.at_a_table_of_its_class(problem, schedule)]


def share(moves):
    return Clock(seconds=60, iterations=moves, cancel=None).share(seconds=60, part=1)


def broken(problem, table):
    schedule = seat(table.ix, table.slot)
    return [violation for constraint in constraints.ALWAYS for violation in constraint(problem, schedule)]


def sitting(table):
    """What the timetable should know about classes, counted again."""
    ix = table.ix
    return [
        [{m for m in range(ix.meetings) if ix.kind[m] == k and table.slot[m] == t} for t in range(ix.slots)]
        for k in range(len(ix.seats))
    ]


def crowded(seed, **changes):
    """A problem in which both classes are scarce, with a few fixed meetings of a class."""
    usual = {"people": 16, "requests": 34, "slots": 6, "tables": 7, "load": 1.3}
    problem = generate(**usual | changes, seed=seed, classes={"quiet": 2, "screen": 1}, classed=0.6)
    asked = list(problem.meetings)
    needs = [m for m, meeting in enumerate(asked) if meeting.table_class]
    away = {person.id: person.unavailable for person in problem.people}
    slot = Random(seed).randrange(6)
    if needs and slot not in away[asked[needs[0]].a] | away[asked[needs[0]].b]:
        asked[needs[0]] = replace(asked[needs[0]], fixed=slot)
    return replace(problem, meetings=tuple(asked))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"classes": screens(1, 1, 1) * 2}, "table class screen: the id is there 2 times"),
        ({"classes": screens(1, 1)}, "table class screen: one count per slot is needed"),
        ({"classes": screens(1, -1, 1)}, "table class screen: a count is below 0"),
        ({"classes": screens(1, 2, 1)}, "classes: 2 tables in slot 2, which has 1"),
        ({"meetings": meetings("ab", ab=SCREEN)}, "meeting ab: table class screen is not known"),
    ],
)
def test_a_contradiction_is_named(changes, sentence):
    with pytest.raises(BadProblem) as caught:
        triangle(**changes)

    assert str(caught.value) == sentence


def test_numbers_of_classes_come_first_in_their_order():
    problem = triangle(tables=(5, 5, 2), classes=(*screens(2, 0, 1), TableClass(name="quiet", tables=(1, 2, 1))))

    assert [problem.class_numbers("screen", slot) for slot in range(3)] == [range(2), range(0), range(1)]
    assert [problem.class_numbers("quiet", slot) for slot in range(3)] == [range(2, 3), range(2), range(1, 2)]
    with pytest.raises(KeyError):
        problem.class_numbers("loud", 0)


def test_the_constraint_is_silent_when_kept_and_says_what_is_broken():
    problem = triangle(tables=(3, 3, 3), classes=screens(1, 1, 0), meetings=meetings("ab", "ac", "bc", ab=SCREEN))

    assert whats(problem, [Placing("ab", 0, 0), Placing("ac", 1, 0), Placing("bc", 9, 0)]) == []
    assert whats(problem, [Placing("ab", 0, 1)]) == ["other class of table needed"]
    assert whats(problem, [Placing("ab", 2, 0)]) == ["other class of table needed"]
    assert whats(problem, [Placing("ab", 9, 0)]) == []
    two = replace(problem, meetings=meetings("ab", "ac", ab=SCREEN, ac=SCREEN))
    assert whats(two, [Placing("ab", 0, 0), Placing("ac", 0, 0)]) == ["too few tables of a class"]


def test_a_plain_meeting_leaves_the_class_to_those_who_need_it():
    asked = meetings("ab", "cd", "ef", ef=SCREEN)
    told = (Placing("ab", 0, 0), Placing("cd", 0, 2))
    problem = Problem(people=people("abcdef"), meetings=asked, tables=(3,), classes=screens(1), announced=told)
    free = replace(problem, classes=screens(2))
    forgotten = replace(problem, tables=(4,), classes=screens(3), announced=())

    assert [placing.table for placing in seat(Indexed(problem), [0, 0, 0])] == [1, 2, 0]
    assert [placing.table for placing in seat(Indexed(free), [0, 0, 0])] == [0, 2, 1]
    assert [placing.table for placing in seat(Indexed(forgotten), [0, 0, 0])] == [3, 1, 0]


def test_inserting_clears_a_table_of_the_class():
    asked = meetings("ab", "cd", ab=SCREEN, cd=SCREEN)
    away = people("abcd", c={"unavailable": frozenset({1})})
    table = Timetable(Indexed(Problem(people=away, meetings=asked, tables=(2, 2), classes=screens(1, 1))))
    table.place(0, 0)

    assert table.insert(1)
    assert (table.slot, table.sitting) == ([1, 0], [[{1}, {0}]])


def test_a_chain_that_frees_no_table_of_the_class_is_taken_back():
    asked = meetings("ab", "cd", "be", ab=SCREEN, cd=SCREEN, be=SCREEN)
    away = people("abcde", c={"unavailable": frozenset({1})}, d={"unavailable": frozenset({1})})
    problem = Problem(people=away, meetings=asked, tables=(2, 2), classes=screens(1, 1))
    table = Timetable(Indexed(problem))
    table.place(0, 0)
    table.place(2, 1)

    assert not table.insert(1)
    assert table.slot == [0, -1, 1]


def test_a_full_class_without_a_guest_that_may_leave_keeps_the_meeting_out():
    asked = meetings("ab", "cd", ab={"fixed": 0, **SCREEN}, cd={"weight": 9, **SCREEN})
    problem = Problem(people=people("abcd"), meetings=asked, tables=(2,), classes=screens(1))

    assert [placing.meeting for placing in solve(problem, seconds=0.2, seed=1, iterations=600).schedule] == ["ab"]


def test_the_worthiest_sits_at_the_only_screen():
    asked = meetings("ab", "cd", "ef", ab=SCREEN, cd={"weight": 9, **SCREEN})
    problem = Problem(people=people("abcdef"), meetings=asked, tables=(3,), classes=screens(1))
    solution = solve(problem, seconds=5, seed=1, iterations=1500)
    missing = explain(problem, solution.schedule)

    assert solution.schedule == (Placing("cd", 0, 0), Placing("ef", 0, 1))
    assert (solution.weight, solution.weight_bound, solution.status) == (10, 10, Status.OPTIMAL)
    assert [(found.meeting, found.reasons[0].text, found.reasons[0].why) for found in missing] == [
        ("ab", "No table of class screen is left in slot 1, when a and b are both free.", Why.NO_CLASS)
    ]


def test_a_meeting_that_finds_a_screen_is_free():
    asked = meetings("ab", "cd", ab=SCREEN)
    problem = Problem(people=people("abcd"), meetings=asked, tables=(2, 2), classes=screens(0, 1))

    assert [found.reasons[0].text for found in explain(problem, [Placing("cd", 0, 0)])] == [
        "Nothing stands in its way in slot 2."
    ]


def test_too_few_tables_of_a_class_are_a_reason():
    asked = meetings("ab", "cd", "ef", ab=SCREEN, cd=SCREEN, ef=SCREEN)
    problem = Problem(
        people=people("abcdef"), meetings=asked, tables=(3, 3), classes=screens(1, 1), profile=Profile.LITERATURE
    )
    none = replace(problem, classes=screens(0, 0))

    assert [reason.text for reason in impossible(Indexed(problem))] == [
        "3 meetings need a table of class screen in 2 slots, with 2 over all these slots."
    ]
    assert next(reason.text for reason in impossible(Indexed(none))) == (
        "Meeting ab: a and b have no slot in which it may be held at a table of class screen."
    )
    assert impossible(Indexed(replace(problem, classes=screens(2, 1)))) == ()


def test_vizing_says_nothing_about_classes():
    asked = meetings("ab", ab=SCREEN)
    problem = Problem(people=people("ab"), meetings=asked, tables=(1, 1), classes=screens(1, 1))

    assert not fits_by_vizing(problem)
    assert fits_by_vizing(replace(problem, meetings=meetings("ab")))


def test_the_linear_programme_counts_each_class():
    asked = meetings("ab", "cd", "ef", ab=SCREEN, cd={"weight": 4, **SCREEN})
    problem = Problem(people=people("abcdef"), meetings=asked, tables=(3, 3), classes=screens(1, 0))

    assert weight_bound(Indexed(problem)) == 5
    assert weight_bound(Indexed(replace(problem, classes=screens(1, 1)))) == 6


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_move_keeps_the_count_of_each_class(seed):
    problem = crowded(seed)
    rng = Random(seed)
    table, _ = construct(Indexed(problem), rng)
    assert (broken(problem, table), table.sitting) == ([], sitting(table))
    Filler(table, rng).run(share(3000), lambda: None)
    assert (broken(problem, table), table.sitting) == ([], sitting(table))
    costs = Costs(table.ix)
    after = Annealer(table, costs, rng).run(share(4000), goal=0, tell=lambda: None)

    assert (broken(problem, table), table.sitting) == ([], sitting(table))
    assert after == costs.total(table)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), profile=st.sampled_from(list(Profile)))
def test_small_ones_are_best_of_all_and_one_table_more_is_never_worse(seed, profile):
    rng = Random(seed)
    pairs = rng.sample(["ab", "ac", "ad", "bc", "bd", "cd", "ae", "be"], 4)
    asked = meetings(*pairs, **{pair: SCREEN for pair in pairs if rng.random() < 0.6})
    counts = [rng.randint(0, 1) for _ in range(4)]
    tables = tuple(max(count, rng.randint(0, 2)) for count in counts)
    problem = Problem(
        people=people("abcde"), meetings=asked, tables=tables, classes=screens(*counts), profile=profile, spread=None
    )
    slot = rng.randrange(4)
    counts[slot] += 1
    more = tuple(count + (t == slot) for t, count in enumerate(tables))
    roomier = replace(problem, tables=more, classes=screens(*counts))
    found = []
    for given_problem in (problem, roomier):
        solution = solve(given_problem, seconds=20, seed=1, iterations=1500)
        best = best_of_all(given_problem)
        assert verify(given_problem, solution).ok
        assert (solution.status is Status.INFEASIBLE) == (best is None)
        if best:
            assert (-solution.weight, solution.value) == best[2:]
        found.append(best or (0, 0, 1, 0))

    assert found[1] <= found[0]


def test_large_problems_with_scarce_classes_verify():
    problem = crowded(3, people=90, requests=340, tables=40, load=2.5)
    solution = solve(problem, seconds=20, seed=1, iterations=4000)

    assert verify(problem, solution).ok
    assert solution.placed < 340


def test_the_proof_without_a_class_in_use_is_as_before():
    with_class = literature(classes=screens(1, 0, 1))

    assert solve(with_class, seconds=5, seed=1).value == solve(literature(), seconds=5, seed=1).value == 1


def test_the_own_form_gives_classes_back():
    problem = generate(people=8, requests=9, slots=6, tables=3, seed=1, classes={"screen": 2}, classed=0.5)
    needs = [meeting.table_class for meeting in problem.meetings]

    assert read_json(write_json(problem)) == problem
    assert {None, "screen"} == set(needs)


FILE = """{
 "slots": [{"tables": 2}],
 "people": [{"id": "a"}, {"id": "b"}],
 "classes": [
  {"name": "screen", "tables": [1]}
 ],
 "meetings": [{"id": "m", "a": "a", "b": "b", "table_class": "screen"}]
}"""


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("[1]", "[3]", 1, "classes: 3 tables in slot 1, which has 2"),
        ("[1]", "[1, 1]", 5, "table class screen: one count per slot is needed"),
        ("[1]", "[-1]", 5, "classes 1: tables must be a whole number from 0"),
        ("[1]", "1", 5, "classes 1: tables must be a list"),
        (', "tables": [1]', "", 5, "classes 1: tables is missing"),
        ('"name": "screen", ', "", 5, "classes 1: name is missing"),
        ('"table_class": "screen"', '"table_class": "quiet"', 7, "meeting m: table class quiet is not known"),
        ('"table_class": "screen"', '"table_class": []', 7, "meetings 1: table_class must be a name"),
    ],
)
def test_a_broken_file_names_line_and_reason(old, new, line, reason):
    with pytest.raises(BadFile) as caught:
        read_json(FILE.replace(old, new, 1))

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_the_schema_says_what_the_reader_says():
    entries = {"": SCHEMA} | {key: SCHEMA["properties"][key]["items"] for key in FIELDS if key}
    needed = {
        "": ["slots", "people", "meetings"],
        "slots": ["tables"],
        "classes": ["name", "tables"],
        "people": ["id"],
        "meetings": ["id", "a", "b"],
        "announced": ["meeting", "slot", "table"],
    }

    assert {key: tuple(entry["properties"]) for key, entry in entries.items()} == FIELDS
    assert {key: entry["required"] for key, entry in entries.items()} == needed
    assert {entry["additionalProperties"] for entry in entries.values()} == {False}


def test_every_field_the_schema_asks_for_is_missed_by_the_reader():
    data = json.loads(FILE) | {"announced": [{"meeting": "m", "slot": 1, "table": 1}]}
    missed = []
    for section in ("slots", "classes", "people", "meetings", "announced"):
        for key in SCHEMA["properties"][section]["items"]["required"]:
            without = json.loads(json.dumps(data))
            del without[section][0][key]
            with pytest.raises(BadFile, match=f"{key} is missing"):
                read_json(json.dumps(without))
            missed.append(key)

    assert len(missed) == 10
