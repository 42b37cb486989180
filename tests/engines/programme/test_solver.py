from dataclasses import replace
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hemicycle.engines.programme import (
    Acknowledged,
    Appearance,
    Effect,
    Interest,
    Person,
    Problem,
    Relation,
    Room,
    Rule,
    Setting,
    SideEvent,
    Similar,
    Status,
    Window,
    solve,
    verify,
)
from hemicycle.engines.programme import solver as solver_module
from hemicycle.engines.programme.anneal import Annealer
from hemicycle.engines.programme.construct import construct
from hemicycle.engines.programme.generate import generate
from hemicycle.engines.programme.indexed import Indexed
from hemicycle.engines.programme.model import Model
from hemicycle.engines.programme.problem import RELATIONS
from hemicycle.engines.programme.solution import LEVELS
from hemicycle.engines.programme.state import BLOCKING, CHANGES, INTEREST, State
from hemicycle.engines.programme.verify import check, measure
from tests.engines.programme.builders import agenda, at

ADA = (Appearance("ada"),)
NO_SHRINK = (Phase.explicit, Phase.reuse, Phase.generate)
WARN_ALL = tuple(Setting(rule, Effect.WARN, 2) for rule in Rule)


@pytest.fixture(autouse=True)
def _short_annealing(monkeypatch):
    monkeypatch.setattr(solver_module, "QUICK", 0.05)


def rich(**changes):
    """Everything at once, small enough to try every agenda."""
    problem = agenda(
        {"id": "a", "topics": frozenset("x"), "sectors": frozenset("s"), "people": ADA, "audience": 20},
        {"id": "b", "length": 60, "topics": frozenset("y"), "sectors": frozenset("s"), "people": (Appearance("bob"),)},
        {"id": "c", "topics": frozenset("xy"), "people": ADA, "needs": frozenset({"booth"})},
        rooms=2,
        days=1,
        relations=(Relation(Rule.BEFORE, "b", "a"), Relation(Rule.PARALLEL, "b", "c")),
        similar=(Similar("x", "y"),),
        interests=(Interest("g", frozenset("ab")), Interest("h", frozenset("abc"))),
        side_events=(SideEvent(id="e", window=Window(0, 690, 720), people=frozenset({"h", "bob"})),),
        changeover=10,
    )
    rooms = (Room(id="r1", capacity=10, equipment=frozenset({"booth"})), Room(id="r2"))
    return replace(problem, rooms=rooms, **changes)


def every_agenda(problem):
    ix = Indexed(problem)
    spots = [[(t, m) for t in range(len(ix.slots)) for m in range(len(ix.room_names))] for _ in ix.names]
    for places in product(*spots):
        placed = ix.placements(list(places))
        if not check(problem, placed):
            yield placed


def best_of_all(problem):
    return min((tuple(measure(problem, placed).values()) for placed in every_agenda(problem)), default=None)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"rules": WARN_ALL},
        {"rules": (Setting(Rule.SIMILAR_TOPICS, Effect.BLOCK, 2), Setting(Rule.PARALLEL, Effect.IGNORE))},
        {"published": (at("a"), at("b", 690), at("c", 570, "r2"))},
        {"rules": (Setting(Rule.SAME_SECTOR, Effect.FORBID), Setting(Rule.OVERFLOW, Effect.FORBID))},
        {"acknowledged": (Acknowledged(Rule.SAME_TOPIC, frozenset("bc")), Acknowledged(Rule.OVERFLOW, frozenset("a")))},
    ],
)
def test_the_levels_are_those_of_trying_everything(changes):
    problem = rich(**changes)
    found = solve(problem, seconds=20, seed=0)

    assert verify(problem, found).ok
    assert tuple(level.value for level in found.levels) == best_of_all(problem)
    assert found.status is Status.OPTIMAL


@pytest.mark.parametrize(
    ("topics", "acknowledged"),
    [
        (("x", "x", "y"), (Acknowledged(Rule.SAME_TOPIC, frozenset("ab")),)),  # two sessions that count as one
        (("xy", "", ""), ()),  # nothing that could be in parallel
    ],
)
def test_similar_topics_with_and_without_pairs(topics, acknowledged):
    sessions = ({"id": name, "topics": frozenset(topic)} for name, topic in zip("abc", topics, strict=True))
    problem = agenda(*sessions, similar=(Similar("x", "y"),), acknowledged=acknowledged)
    problem = replace(problem, days=(replace(problem.days[0], blocks=((540, 600),)),))
    found = solve(problem, seconds=20, seed=0)

    assert verify(problem, found).ok
    assert found.status is Status.OPTIMAL
    assert tuple(level.value for level in found.levels) == best_of_all(problem)


def test_a_model_of_some_sessions_leaves_the_pairs_of_others_out():
    problem = agenda({"id": "a", "topics": frozenset("x")}, {"id": "b", "topics": frozenset("y")})
    made = Model(Indexed(replace(problem, similar=(Similar("x", "y"),))), sessions=[0])

    assert made.level("rules") == 0


def test_an_impossible_wish_for_rooms_is_proved():
    problem = rich(rules=(Setting(Rule.ROOM_STABILITY, Effect.FORBID), Setting(Rule.OVERFLOW, Effect.FORBID)))
    found = solve(problem, seconds=10, seed=0)

    assert best_of_all(problem) is None
    assert found.status is Status.INFEASIBLE


@st.composite
def placed(draw):
    """A problem with every rule and relation, and an agenda that keeps the hard conditions."""
    effect = st.sampled_from([Effect.BLOCK, Effect.WARN, Effect.IGNORE])
    topics = st.frozensets(st.sampled_from("xyz"), max_size=2)
    names = "abcde"
    sessions = [
        {
            "id": name,
            "length": draw(st.sampled_from([30, 50, 60])),
            "topics": draw(topics),
            "sectors": draw(topics),
            "people": tuple(Appearance(p) for p in sorted(draw(st.frozensets(st.sampled_from("pqr"), max_size=2)))),
            "needs": draw(st.frozensets(st.sampled_from(["booth"]), max_size=1)),
            "audience": draw(st.sampled_from([None, 5, 15])),
        }
        for name in names
    ]
    pair = st.permutations(names).map(lambda order: order[:2])
    problem = agenda(
        *sessions,
        days=2,
        rooms=3,
        relations=tuple(Relation(rule, *draw(pair)) for rule in RELATIONS),
        rules=tuple(Setting(rule, draw(effect), draw(st.integers(0, 3))) for rule in Rule),
        interests=tuple(Interest(g, draw(st.frozensets(st.sampled_from(names), max_size=4))) for g in "gp"),
        side_events=(SideEvent(id="e", window=Window(1, 540, 600), people=frozenset("g")),),
        acknowledged=tuple(Acknowledged(draw(st.sampled_from(list(Rule))), frozenset(draw(pair))) for _ in range(3)),
        changeover=draw(st.sampled_from([0, 20])),
    )
    rooms = (
        Room(id="r1", capacity=10, windows=(Window(0, 540, 660), Window(1, 540, 780))),
        Room(id="r2", equipment=frozenset({"booth"})),
        Room(id="r3"),
    )
    present = {topic for one in problem.sessions for topic in one.topics}
    similar = tuple(Similar(a, b, 2) for a, b in ("xy", "yz") if {a, b} <= present)
    problem = replace(problem, rooms=rooms, similar=similar)
    ix = Indexed(problem)
    places = construct(ix, Random(draw(st.integers(0, 99))))
    published = ix.placements(places)[:2] if places else ()
    problem = replace(problem, published=tuple(replace(one, room="r2") for one in published))
    return problem, places


@given(placed(), st.integers(0, 1000))
@settings(max_examples=25, deadline=None, phases=NO_SHRINK)
def test_the_search_counts_like_the_verifier(case, seed):
    problem, places = case
    if places is None:
        return
    ix = Indexed(problem)
    annealer = Annealer(ix, places, Random(seed))
    assert annealer.sound
    blocks = iter([0.0, 0.5, 1.0])
    annealer.run(lambda: next(blocks), lambda: None)
    for agenda_ in (places, annealer.best, annealer.state.places()):
        state = State(ix)
        assert state.load(agenda_)
        values = measure(problem, ix.placements(agenda_))
        assert check(problem, ix.placements(agenda_)) == []
        upper = (state.upper // CHANGES, state.upper % CHANGES // BLOCKING, state.upper % BLOCKING)
        assert upper == (values["changes"], values["blocking"], values["rules"])
        days = sum(1 for sessions in ix.appears.values() if len(sessions) > 1)
        assert divmod(state.lower, INTEREST) == (values["interests"], values["comfort"] + days)


def test_the_search_counts_what_follows_and_what_speakers_wish():
    problem = agenda(
        {"id": "a", "people": ADA},
        {"id": "b", "people": ADA},
        "c",
        relations=(Relation(Rule.RIGHT_AFTER, "a", "b"),),
        rules=(Setting(Rule.RIGHT_AFTER, Effect.WARN, 1),),
        interests=(Interest("ada", frozenset("c")),),
    )
    ix = Indexed(problem)
    for places, broken, lost in (([(0, 0), (1, 0), (0, 1)], 0, 1), ([(0, 0), (2, 0), (1, 1)], 1, 0)):
        state = State(ix)
        values = measure(problem, ix.placements(places))

        assert state.load(places)
        assert (state.upper, state.lower // INTEREST) == (broken, lost) == (values["rules"], values["interests"])


def test_acknowledged_sessions_count_as_one():
    topic = {"topics": frozenset("x")}
    problem = agenda(
        *({"id": name} | topic for name in "abc"),
        rooms=3,
        acknowledged=(Acknowledged(Rule.SAME_TOPIC, frozenset("ab")),),
        rules=(Setting(Rule.SAME_TOPIC, Effect.WARN, 1), Setting(Rule.ROOM_STABILITY, Effect.IGNORE)),
    )
    ix = Indexed(problem)
    state = State(ix)

    assert state.load([(0, 0), (0, 1), (0, 2)])
    assert state.upper == measure(problem, ix.placements(state.places()))["rules"] == 1
    state.take(0)
    assert state.upper == 1
    state.take(1)
    assert state.upper == 0


@given(placed())
@settings(max_examples=12, deadline=None, phases=NO_SHRINK)
def test_the_model_counts_like_the_verifier(case):
    problem, places = case
    if places is None:
        return
    ix = Indexed(problem)
    made = Model(ix)
    goals = {name: made.level(name) for name in LEVELS}
    for i, (t, m) in enumerate(places):
        made.model.add(made.b[i, t] == 1)
        made.model.add(made.r[i, m] == 1)
    made.model.minimize(sum(goals.values()))
    job = solver_module.Job(made.model, seconds=10)
    while job.running:
        job.wait()

    assert job.state == "optimal"
    assert {name: job.solver.value(goal) for name, goal in goals.items()} == measure(problem, ix.placements(places))


def test_sixty_sessions_keep_every_rule():
    problem = generate(sessions=60, rooms=5, days=2, seed=2, attendees=30)
    found = solve(problem, seconds=60, seed=0, iterations=1)

    assert verify(problem, found).ok
    assert len(found.agenda) == 60


def test_after_a_room_closes_only_what_must_move_moves():
    problem = agenda("a", "b", "c", {"id": "d", "people": ADA}, days=2)
    before = (at("a"), at("b", room="r2"), at("c", 570, "r2"), at("d", 570))
    rooms = (problem.rooms[0], Room(id="r2", windows=(Window(0, 570, 780), Window(1, 540, 780))))
    people = (Person(id="ada", windows=(Window(1, 540, 780),)),)
    found = solve(replace(problem, rooms=rooms, people=people, published=before), seconds=10, seed=0)
    moved = {one.session for one, old in zip(found.agenda, before, strict=True) if one != old}

    assert moved == {"b", "d"}
    assert (found.levels[0].value, found.levels[0].bound) == (6, 6)


def test_a_published_agenda_that_is_right_stays():
    problem = agenda("a", "b", published=(at("a"), at("b", 690)))
    found = solve(problem, seconds=10, seed=0)

    assert (found.status, found.agenda) == (Status.OPTIMAL, problem.published)


def test_many_interests_are_annealed_only(monkeypatch):
    monkeypatch.setattr(solver_module, "PAIRS", 0)
    problem = generate(sessions=12, rooms=3, days=1, seed=4, attendees=6)
    found = solve(problem, seconds=60, seed=0, iterations=4)

    assert verify(problem, found).ok
    assert found.levels[3].bound == 0


def test_nothing_to_place_is_done():
    found = solve(agenda(), seconds=1, seed=0)

    assert (found.status, found.agenda) == (Status.OPTIMAL, ())


@pytest.mark.parametrize("provable", [150, 0])
def test_equal_seeds_give_equal_agendas(monkeypatch, provable):
    monkeypatch.setattr(solver_module, "PROVABLE", provable)
    problem = generate(sessions=16, rooms=3, days=1, seed=4, attendees=10)
    told = []
    found = [
        solve(problem, seconds=60, seed=3, iterations=2, progress=told.append, cancel=lambda: False) for _ in range(2)
    ]

    assert found[0].agenda == found[1].agenda != ()
    assert verify(problem, found[0]).ok
    assert told


def test_above_the_limit_a_first_agenda_comes_from_the_model(monkeypatch):
    monkeypatch.setattr(solver_module, "PROVABLE", 0)
    monkeypatch.setattr(solver_module, "construct", lambda *_: None)
    problem = generate(sessions=16, rooms=3, days=1, seed=4)
    whole = solve(problem, seconds=60, seed=0, iterations=2).agenda
    found = solve(replace(problem, draft=whole[:9]), seconds=60, seed=0, iterations=2)

    assert verify(problem, found).ok


def test_cancelling_gives_what_there_is(monkeypatch):
    problem = generate(sessions=16, rooms=3, days=1, seed=4, attendees=10)
    found = solve(problem, seconds=10**6, seed=0, cancel=lambda: True)

    assert (found.status, verify(problem, found).ok) == (Status.FEASIBLE, True)
    monkeypatch.setattr(solver_module, "construct", lambda *_: None)
    monkeypatch.setattr(solver_module.Job, "state", "unknown")
    nothing = solve(problem, seconds=60, seed=0, cancel=lambda: True)
    assert (nothing.status, nothing.agenda) == (Status.UNKNOWN, ())
    assert [one.text for one in nothing.reasons] == ["No agenda for everything was found in time."]


def test_cancelling_ends_the_annealing(monkeypatch):
    monkeypatch.setattr(solver_module, "PROVABLE", 0)
    problem = generate(sessions=16, rooms=3, days=1, seed=4, attendees=10)
    told = []
    found = solve(problem, seconds=10**6, seed=0, progress=told.append, cancel=lambda: bool(told))

    assert (len(told), told[0].phase, verify(problem, found).ok) == (1, "changes", True)


def test_one_more_room_is_never_worse():
    problem = rich()
    wider = replace(problem, rooms=(*problem.rooms, Room(id="r3", capacity=20)))
    worst, better = ([level.value for level in solve(one, seconds=20, seed=0).levels] for one in (problem, wider))

    assert better <= worst


def test_renaming_people_changes_nothing():
    problem = rich()
    renamed = replace(
        problem,
        sessions=tuple(
            replace(one, people=tuple(replace(who, person=f"{who.person}!") for who in one.people))
            for one in problem.sessions
        ),
        side_events=(SideEvent(id="e", window=Window(0, 690, 720), people=frozenset({"h", "bob!"})),),
    )

    assert solve(renamed, seconds=10, seed=0).levels == solve(problem, seconds=10, seed=0).levels


def test_the_order_of_sessions_changes_no_level():
    problem = rich()
    levels = {
        tuple(level.value for level in solve(replace(problem, sessions=order), seconds=10, seed=0).levels)
        for order in permutations(problem.sessions)
    }

    assert len(levels) == 1


def test_the_search_does_nothing_where_nothing_can_move():
    problem = agenda({"id": "a", "room": "r1", "start": (0, 540)})
    annealer = Annealer(Indexed(problem), [(0, 0)], Random(1))
    annealer.run(lambda: 0.0, lambda: None)
    broken = Annealer(Indexed(agenda("a", "b")), [(0, 0), (0, 0)], Random(1))

    assert annealer.best == [(0, 0)]
    assert not broken.sound


def test_construction_gives_up_after_some_attempts():
    tight = agenda("a", {"id": "b", "length": 60}, rooms=1)
    day = replace(tight.days[0], blocks=((540, 600),))
    related = agenda("a", "b", relations=(Relation(Rule.BEFORE, "a", "b"), Relation(Rule.BEFORE, "b", "a")))

    assert construct(Indexed(replace(tight, days=(day,))), Random(0)) is None
    assert construct(Indexed(related), Random(0)) is None


def test_a_problem_is_what_it_says():
    assert isinstance(generate(sessions=6, rooms=2, days=1, seed=0), Problem)
