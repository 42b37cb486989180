from dataclasses import replace

import pytest

from hemicycle.engines.programme import (
    Acknowledged,
    Appearance,
    Effect,
    Interest,
    Level,
    Person,
    Relation,
    Room,
    Rule,
    Setting,
    SideEvent,
    Similar,
    Solution,
    Status,
    Window,
    verify,
)
from hemicycle.engines.programme.explain import explain, why_not
from hemicycle.engines.programme.rules import conflicts
from hemicycle.engines.programme.solution import LEVELS
from hemicycle.engines.programme.verify import check, measure
from tests.engines.programme.builders import agenda, at

ADA = (Appearance("ada"),)


def by_session(placements):
    return {one.session: one for one in placements}


@pytest.mark.parametrize(
    ("problem", "kept", "broken", "what"),
    [
        (agenda("a"), [at("a")], [], "not placed"),
        (agenda("a"), [at("a")], [at("a"), at("z")], "unknown session"),
        (agenda("a"), [at("a")], [at("a"), at("a", 570)], "placed twice"),
        (agenda("a"), [at("a", 570)], [at("a", 580)], "not in a block"),
        (agenda("a"), [at("a", 690)], [at("a", 660)], "not in a block"),
        (agenda("a"), [at("a")], [at("a", day=4)], "not in a block"),
        (agenda({"id": "a", "length": 60}), [at("a", 600)], [at("a", 630)], "not in a block"),
        (agenda("a"), [at("a")], [at("a", room="z")], "unknown room"),
        (agenda("a", "b"), [at("a"), at("b", room="r2")], [at("a"), at("b")], "two sessions in a room"),
        (
            agenda({"id": "a", "windows": (Window(0, 690, 780),)}),
            [at("a", 690)],
            [at("a")],
            "outside its windows",
        ),
        (
            replace(agenda("a"), rooms=(Room(id="r1", windows=(Window(0, 540, 570),)),)),
            [at("a")],
            [at("a", 570)],
            "room closed",
        ),
        (
            agenda({"id": "a", "people": ADA}, people=(Person(id="ada", windows=(Window(0, 600, 780),)),)),
            [at("a", 600)],
            [at("a")],
            "not available",
        ),
        (
            agenda(
                {"id": "a", "people": ADA},
                side_events=(SideEvent(id="e", window=Window(0, 500, 560), people=frozenset({"ada"})),),
            ),
            [at("a", 570)],
            [at("a")],
            "at a side event",
        ),
        (agenda({"id": "a", "room": "r2"}), [at("a", room="r2")], [at("a")], "not in its pinned room"),
        (agenda({"id": "a", "start": (0, 570)}), [at("a", 570)], [at("a")], "not at its pinned time"),
        (
            agenda({"id": "a", "people": ADA}, {"id": "b", "people": ADA}),
            [at("a"), at("b", 570)],
            [at("a"), at("b", room="r2")],
            "two sessions at once",
        ),
        (
            agenda({"id": "a", "people": ADA}, {"id": "b", "people": ADA}, changeover=10),
            [at("a"), at("b", 570)],
            [at("a"), at("b", 570, "r2")],
            "no time to change over",
        ),
        (
            agenda("a", "b", relations=(Relation(Rule.BEFORE, "a", "b"),)),
            [at("a"), at("b", 570)],
            [at("a", 570), at("b")],
            "before",
        ),
    ],
)
def test_each_condition(problem, kept, broken, what):
    assert check(problem, kept) == []
    assert [one.what for one in check(problem, broken)] == [what]


RELATED = [
    (Rule.BEFORE, [at("a"), at("b", 570)], [at("a", 570), at("b")]),
    (Rule.RIGHT_AFTER, [at("a"), at("b", 570)], [at("a"), at("b", 600)]),
    (Rule.RIGHT_AFTER, [at("a", 630), at("b", 690)], [at("a", 750), at("b", 540)]),
    (Rule.RIGHT_AFTER, [at("a"), at("b", 570)], [at("a"), at("b", 570, day=1)]),
    (Rule.SAME_DAY, [at("a"), at("b", 570)], [at("a"), at("b", 570, day=1)]),
    (Rule.NOT_PARALLEL, [at("a"), at("b", 570)], [at("a"), at("b", room="r2")]),
    (Rule.PARALLEL, [at("a"), at("b", room="r2")], [at("a"), at("b", 570)]),
    (Rule.SAME_ROOM, [at("a"), at("b", 570)], [at("a"), at("b", 570, "r2")]),
]


@pytest.mark.parametrize(("rule", "kept", "broken"), RELATED)
@pytest.mark.parametrize("effect", list(Effect))
def test_relations_have_the_effect_that_was_chosen(rule, kept, broken, effect):
    problem = agenda("a", "b", days=2, relations=(Relation(rule, "a", "b"),), rules=(Setting(rule, effect, 7),))

    assert conflicts(problem, by_session(kept)) == []
    assert check(problem, kept) == []
    values = measure(problem, broken)
    assert (values["blocking"], values["rules"]) == (7 * (effect == "block"), 7 * (effect == "warn"))
    assert [one.what for one in check(problem, broken)] == ([rule.value] if effect == "forbid" else [])
    assert len(explain(problem, broken)) == (effect != "ignore")

    quiet = replace(problem, acknowledged=(Acknowledged(rule, frozenset("ab")),))
    assert (check(quiet, broken), explain(quiet, broken)) == ([], ())
    assert measure(quiet, broken)["rules"] == 0


def tagged(*names, **topics):
    return [{"id": name, "topics": frozenset(topics.get(name, ()))} for name in names]


def test_same_topics_are_counted_in_each_step():
    problem = agenda(*tagged("a", "b", "c", a="x", b="x", c="x"), rooms=3)
    together = [at("a"), at("b", room="r2"), at("c", room="r3")]

    assert measure(problem, [at("a"), at("b", 570), at("c", 600)])["rules"] == 0
    assert measure(problem, together)["rules"] == 2 * 10 + 2 * 2
    pair = Acknowledged(Rule.SAME_TOPIC, frozenset("ab"))
    quiet = replace(problem, acknowledged=(pair,))
    assert measure(quiet, together)["rules"] == 10 + 2 * 2
    assert explain(quiet, together)[0].text == "Sessions on x run at the same time: a, b, c."
    assert [one.acknowledged for one in conflicts(quiet, by_session([at("a"), at("b", room="r2"), at("c", 600)]))][
        :1
    ] == [True]


def test_sectors_are_the_second_axis():
    problem = agenda(
        {"id": "a", "sectors": frozenset("s")},
        {"id": "b", "sectors": frozenset("s")},
        rules=(Setting(Rule.SAME_SECTOR, Effect.WARN, 2),),
    )

    assert measure(problem, [at("a"), at("b", room="r2")])["rules"] == 2
    assert explain(problem, [at("a"), at("b", room="r2")])[0].text == "Sessions for s run at the same time: a, b."


def test_similar_topics_are_counted_in_each_step():
    problem = agenda(*tagged("a", "b", "c", a="x", b="y", c="xy"), similar=(Similar("x", "y", 2),), rooms=3)
    problem = replace(
        problem, rules=(Setting(Rule.SAME_TOPIC, Effect.IGNORE), Setting(Rule.ROOM_STABILITY, Effect.IGNORE))
    )
    together = [at("a"), at("b", room="r2"), at("c", 600)]

    assert measure(problem, [at("a"), at("b", 570), at("c", 600)])["rules"] == 0
    assert measure(problem, together)["rules"] == 6
    assert explain(problem, together)[0].text == "Similar topics (x, y) run at the same time: a, b."
    quiet = replace(problem, acknowledged=(Acknowledged(Rule.SIMILAR_TOPICS, frozenset("ab")),))
    assert measure(quiet, together)["rules"] == 0
    assert measure(quiet, [at("a"), at("b", room="r2"), at("c", room="r3")])["rules"] == 6


def test_a_topic_should_stay_in_its_room():
    problem = agenda(*tagged("a", "b", a="x", b="x"))
    apart = [at("a"), at("b", 570, "r2")]

    assert measure(problem, [at("a"), at("b", 570)])["rules"] == 0
    assert measure(problem, apart)["rules"] == 2
    assert explain(problem, apart)[0].text == "Sessions on x use 2 rooms."
    assert explain(replace(problem, acknowledged=(Acknowledged(Rule.ROOM_STABILITY, frozenset("ab")),)), apart) == ()


def test_rooms_should_be_large_enough_and_equipped():
    rooms = (Room(id="r1", capacity=10, equipment=frozenset({"booth"})), Room(id="r2"))
    problem = agenda({"id": "a", "audience": 13, "needs": frozenset({"booth"})})
    problem = replace(problem, rooms=rooms, rules=(Setting(Rule.EQUIPMENT, Effect.WARN, 5),))

    assert measure(problem, [at("a")])["rules"] == 3
    assert measure(problem, [at("a", room="r2")])["rules"] == 5
    assert explain(problem, [at("a")])[0].text == "a expects 3 people more than r1 holds."
    assert explain(problem, [at("a", room="r2")])[0].text == "r2 lacks 1 of the things a needs."
    quiet = replace(problem, acknowledged=(Acknowledged(Rule.OVERFLOW, frozenset("a")),))
    assert measure(quiet, [at("a")])["rules"] == 0


def test_changes_weigh_time_more_than_room():
    problem = agenda("a", "b", "c", published=(at("a"), at("b", 570), at("c", 600)))

    assert measure(problem, [at("a"), at("b", 570, "r2"), at("c", 630, "r2")])["changes"] == 2 + 3


def test_interests_lost():
    problem = agenda(
        "a",
        "b",
        {"id": "c", "people": (Appearance("g"),)},
        rooms=3,
        interests=(Interest("g", frozenset("ab")), Interest("h", frozenset("ac"))),
        side_events=(SideEvent(id="e", window=Window(0, 600, 640), people=frozenset("h")),),
    )

    assert measure(problem, [at("a"), at("b", 570), at("c", 690)])["interests"] == 0
    assert measure(problem, [at("a"), at("b", room="r2"), at("c", 690)])["interests"] == 1
    assert measure(problem, [at("a"), at("b", room="r2"), at("c", room="r3")])["interests"] == 4
    assert measure(problem, [at("a", 600), at("b"), at("c", 690)])["interests"] == 1


def test_comfort_is_few_days_and_pauses():
    problem = agenda({"id": "a", "people": ADA}, {"id": "b", "people": ADA}, days=2)

    assert measure(problem, [at("a"), at("b", 690)])["comfort"] == 0
    assert measure(problem, [at("b"), at("a", 570)])["comfort"] == 1
    assert measure(problem, [at("a"), at("b", 570, day=1)])["comfort"] == 1


def solution(problem, placements, **changes):
    values = measure(problem, placements)
    levels = tuple(Level(name, values[name], values[name]) for name in LEVELS)
    usual = {"status": Status.OPTIMAL, "seconds": 0.0, "agenda": tuple(placements), "levels": levels}
    return Solution(**usual | changes)


def test_a_right_solution_is_ok():
    problem = agenda("a", "b", published=(at("a"),))

    assert verify(problem, solution(problem, [at("a"), at("b", 570)])).ok
    assert verify(problem, Solution(status=Status.UNKNOWN, seconds=0, agenda=())).ok


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"agenda": ()}, ("the agenda is missing",)),
        ({"levels": ()}, ("a level is missing",)),
        ({"levels": tuple(Level(name, 1, 1) for name in LEVELS)}, tuple(f"{name} is 0, not 1" for name in LEVELS)),
        (
            {"levels": tuple(Level(name, 0, 1) for name in LEVELS)},
            (*(f"{name}: the bound is beaten" for name in LEVELS), "it is not proven"),
        ),
    ],
)
def test_a_wrong_figure_is_told(changes, wrong):
    problem = agenda("a")

    assert verify(problem, solution(problem, [at("a")], **changes)).wrong == wrong


def test_a_broken_agenda_is_not_ok():
    problem = agenda("a")
    found = verify(problem, replace(solution(problem, [at("a")]), agenda=(at("a", 541),)))

    assert (found.ok, [one.what for one in found.violations]) == (False, ["not in a block"])


def test_why_a_session_cannot_be_elsewhere():
    problem = agenda({"id": "a", "people": ADA}, {"id": "b", "people": ADA}, "c")
    placed = [at("a"), at("b", 570), at("c", 600)]

    assert [one.text for one in why_not(problem, placed, at("b"))] == [
        "a and b: two sessions in a room (r1).",
        "a and b: two sessions at once (ada).",
    ]
    assert [one.text for one in why_not(problem, placed, at("c", 5))] == ["c: not in a block."]
    assert why_not(problem, placed, at("c", 690)) == ()


def test_what_does_not_end_on_the_grid_is_followed_by_the_next_step():
    problem = agenda({"id": "a", "length": 50}, "b", relations=(Relation(Rule.RIGHT_AFTER, "a", "b"),))

    assert check(problem, [at("a"), at("b", 600)]) == []
    assert check(problem, [at("a", 600), at("b", 690)]) == []
    assert [one.what for one in check(problem, [at("a", 720), at("b", 690)])] == [
        "right_after",
        "two sessions in a room",
    ][:1]
