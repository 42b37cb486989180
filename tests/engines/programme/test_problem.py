from dataclasses import replace

import pytest

from hemicycle.engines.programme import (
    Acknowledged,
    Appearance,
    BadProblem,
    Day,
    Effect,
    Interest,
    Person,
    Relation,
    Room,
    Rule,
    Session,
    Setting,
    SideEvent,
    Similar,
    Window,
)
from tests.engines.programme.builders import agenda, at

TOPIC = {"id": "a", "topics": frozenset({"x"})}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": ()}, "days: there are none"),
        ({"rooms": ()}, "rooms: there are none"),
        ({"step": 0}, "step: not 1 to 2880"),
        ({"changeover": -1}, "changeover: not 0 to 2880"),
        ({"days": (Day(id="d", blocks=()),)}, "day d: there are no blocks"),
        ({"days": (Day(id="d", blocks=((60, 60),)),)}, "day d: the blocks must follow each other"),
        ({"days": (Day(id="d", blocks=((60, 90), (80, 99))),)}, "day d: the blocks must follow each other"),
        ({"rooms": (Room(id="r"), Room(id="r"))}, "room r: the id is there 2 times"),
        ({"rooms": (Room(id="r", capacity=-1),)}, "room r: the capacity is below 0"),
        ({"rooms": (Room(id="r", windows=(Window(3, 0, 9),)),)}, "room r: the day of a window is not known"),
        ({"people": (Person(id="p", windows=(Window(0, 9, 9),)),)}, "person p: a window must end after it starts"),
        ({"side_events": (SideEvent(id="e", window=Window(1, 0, 9), people=frozenset()),)}, "side event e: the day"),
        ({"sessions": (Session(id="a", length=0),)}, "session a: the length is not 1 to 2880"),
        ({"sessions": (Session(id="a", length=30, room="z"),)}, "session a: room z is not known"),
        ({"sessions": (Session(id="a", length=30, start=(1, 0)),)}, "session a: the day is not known"),
        ({"sessions": (Session(id="a", length=30, audience=-1),)}, "session a: the audience is not 0 to 1000000"),
        (
            {"sessions": (Session(id="a", length=30, people=(Appearance("p"), Appearance("p", "host"))),)},
            "session a: person p: the id is there 2 times",
        ),
        ({"relations": (Relation(Rule.OVERFLOW, "a", "b"),)}, "relation overflow a b: not a relation"),
        ({"relations": (Relation(Rule.BEFORE, "a", "a"),)}, "relation before a a: two known sessions are needed"),
        ({"similar": (Similar("x", "z"),)}, "similar x z: two topics of sessions are needed"),
        ({"similar": (Similar("x", "y", 0),)}, "similar x y: the weight is not 1 to 1000000"),
        ({"interests": (Interest("g", frozenset("z")),)}, "interest of g: session z is not known"),
        ({"rules": (Setting(Rule.OVERFLOW, Effect.WARN, -1),)}, "rule overflow: the weight is not 0 to 1000000"),
        ({"rules": (Setting(Rule.OVERFLOW, Effect.WARN), Setting(Rule.OVERFLOW, Effect.WARN))}, "the id is there 2"),
        ({"acknowledged": (Acknowledged(Rule.BEFORE, frozenset("z")),)}, "acknowledged before: a session is not known"),
        ({"published": (at("z"),)}, "published session z: not known"),
        ({"published": (at("a"), at("a"))}, "published session a: the id is there 2 times"),
        ({"draft": (at("a", room="z"),)}, "draft session a: room z is not known"),
        ({"draft": (at("a", day=7),)}, "draft session a: the day is not known"),
    ],
)
def test_a_contradiction_is_refused(changes, sentence):
    problem = agenda(TOPIC, {"id": "b", "topics": frozenset({"y"})})

    with pytest.raises(BadProblem, match=sentence):
        replace(problem, **changes)


def test_settings_begin_as_usual():
    problem = agenda("a", rules=(Setting(Rule.SAME_TOPIC, Effect.BLOCK, 4),))

    assert problem.setting(Rule.SAME_TOPIC) == Setting(Rule.SAME_TOPIC, Effect.BLOCK, 4)
    assert problem.setting(Rule.SIMILAR_TOPICS) == Setting(Rule.SIMILAR_TOPICS, Effect.WARN, 3)
    assert (problem.effect(Rule.BEFORE), problem.effect(Rule.SAME_SECTOR)) == (Effect.FORBID, Effect.IGNORE)
