import gc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.recommendation import Status, board, lists, matching, products, solve, verify
from hemicycle.engines.recommendation.generate import generate
from hemicycle.engines.recommendation.parts import Tags
from hemicycle.engines.recommendation.solution import Suggestion
from tests.engines.recommendation.builders import ADA, BOB, EVE, Letters, event, ids, person

FITTING = {"ada": ["bob"], "bob": ["ada"], "eve": []}


def test_people_who_need_each_other_are_on_each_others_lists():
    solution = solve(event(ADA, BOB, EVE))

    assert ids(solution) == FITTING
    assert solution.lists["ada"][0].score == solution.lists["bob"][0].score
    assert (solution.status, solution.learned) == (Status.COMPLETE, False)


def test_nobody_and_one_person():
    assert solve(event()).lists == {}
    assert solve(event(ADA)).lists == {"ada": ()}
    assert verify(event(), solve(event())) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"people": (ADA, replace(BOB, hidden=True), EVE)},
        {"people": (ADA, replace(BOB, blocked=frozenset({"ada"})), EVE)},
        {"known": (("bob", "ada"),)},
        {"people": (replace(ADA, organisation="o"), replace(BOB, organisation="o"), EVE)},
        {"people": (replace(ADA, free=frozenset({0})), replace(BOB, free=frozenset({1})), EVE)},
        {"people": (replace(ADA, free=frozenset()), BOB, EVE)},
    ],
)
def test_a_filter_parts_two_who_fit(changed):
    problem = replace(event(ADA, BOB, EVE), **changed)
    kept = solve(event(ADA, BOB, EVE))

    assert ids(solve(problem)) == {"ada": [], "bob": [], "eve": []}
    assert verify(problem, solve(problem)) == ()
    assert len(verify(problem, kept)) == 2


@pytest.mark.parametrize(
    "people",
    [
        (replace(ADA, organisation="o"), replace(BOB, organisation="p")),
        (replace(ADA, free=frozenset({0, 2})), replace(BOB, free=frozenset({2, 7}))),
        (replace(ADA, free=frozenset({0})), BOB),
    ],
)
def test_a_filter_that_holds_parts_nobody(people):
    assert ids(solve(event(*people))) == {"ada": ["bob"], "bob": ["ada"]}


@pytest.mark.parametrize(
    ("mine", "theirs", "factor"),
    [
        ({"sessions": frozenset("s")}, {"sessions": frozenset("st")}, 1.10),
        ({"sessions": frozenset("st")}, {"sessions": frozenset("st")}, 1.10),
        ({"country": "it"}, {"countries": frozenset({"it", "pl"})}, 1.05),
        ({"kinds": frozenset({"city"})}, {"kind": "city"}, 1.05),
        ({"country": "it", "kind": "city"}, {"countries": frozenset({"it"}), "kinds": frozenset({"city"})}, 1.10),
        ({"sessions": frozenset("s")}, {"sessions": frozenset("t")}, 1.0),
    ],
)
def test_what_both_have_in_common_raises_the_score(mine, theirs, factor):
    plain = solve(event(ADA, BOB, EVE)).lists["ada"][0].score
    problem = event(replace(ADA, **mine), replace(BOB, **theirs), EVE)
    solution = solve(problem)

    assert solution.lists["ada"][0].score == pytest.approx(plain * factor, rel=1e-4)
    assert verify(problem, solution) == ()


def test_tags_carry_across_languages():
    a = person("a", need_tags=frozenset({"bees"}), language="pl")
    b = person("b", offer_tags=frozenset({"bees"}), language="it")
    c = person("c", offer_tags=frozenset({"animals"}), language="it")
    problem = event(a, b, c, person("d"), parents={"bees": "animals"})
    found = solve(problem).lists["a"]

    assert [entry.id for entry in found] == ["b", "c"]
    assert found[0].score > found[1].score
    assert verify(problem, solve(problem)) == ()


def test_tags_are_read_alike_for_everybody_and_for_one():
    people = generate(people=30, seed=4).people
    tags = Tags(people, {"bees": "forests", "bicycles": "forests", "buses": "bicycles"})
    for rows, one in zip(tags.rows(people), (tags.wanted, tags.offered), strict=True):
        for at, mine in enumerate(people):
            columns = slice(rows.indptr[at], rows.indptr[at + 1])
            read = dict(zip(rows.indices[columns].tolist(), rows.data[columns].tolist(), strict=True))

            assert read == pytest.approx(one(mine))


def test_tags_that_people_only_share_with_themselves_have_no_unit():
    tags = [frozenset({f"{name}{number % 3}" for number in range(name)}) for name in range(1, 12)]
    crowd = [person(str(at), offer_tags=mine, need_tags=mine) for at, mine in enumerate(tags)]
    problem = event(*crowd, *(person(f"none {at}") for at in range(40)))
    solution = solve(problem)

    assert solution.scales["tag"] == 1
    assert verify(problem, solution) == ()


def test_words_do_not_match_across_languages():
    assert ids(solve(event(ADA, replace(BOB, language="fr"))))["ada"] == []


def test_people_of_other_languages_do_not_change_what_a_word_counts():
    others = [replace(BOB, id=name, language=name) for name in ("de", "fr", "it")]

    alone, among = solve(event(ADA, BOB, EVE)), solve(event(ADA, BOB, EVE, *others))

    assert among.scales == pytest.approx(alone.scales)
    assert among.lists["ada"] == alone.lists["ada"]
    assert verify(event(ADA, BOB, EVE, *others), among) == ()


def test_caps_hold_and_those_left_short_are_suggested_one_way():
    problem = replace(generate(people=41, seed=3), cap=3, second_cap=4)
    solution = solve(problem)

    assert verify(problem, solution) == ()
    assert {len(entries) for entries in solution.lists.values()} == {3}
    assert sum(not entry.mutual for entries in solution.lists.values() for entry in entries) > 0


def by_hand(made):
    """Return who is with whom when all pairs are sorted and taken while both have room."""
    points = made.scores.points(np.arange(made.scores.size))
    pairs = sorted((-points[a, b], a, b) for a, b in np.argwhere(points > 0).tolist() if a < b)
    partners = [set() for _ in made.scores.people]
    for _, a, b in pairs:
        if max(len(partners[a]), len(partners[b])) < made.scores.problem.cap:
            partners[a].add(b)
            partners[b].add(a)
    return partners


@pytest.mark.parametrize("cap", [1, 4])
@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"LAYER": 1, "SAMPLED": 50},
        {"HELD": 0, "GATHERED": 100, "LAYER": 1},
        {"HELD": 900, "GATHERED": 300},
        {"NEAR": 0.1, "AT_ONCE": 7, "BLOCK_CELLS": 200},
    ],
)
def test_lists_are_those_of_sorting_all_pairs(monkeypatch, cap, limits):
    monkeypatch.setattr(products, "TILE", 17)
    for name, value in limits.items():
        monkeypatch.setattr(matching, name, value)
    problem = generate(people=60, seed=5, sessions=3, organisations=20, languages=("en", "de"))
    made = board(replace(problem, cap=cap, second_cap=cap))

    assert [set(mine) for mine in made.partners] == by_hand(made)
    assert verify(made.problem, made.solution) == ()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), people=st.integers(1, 40), cap=st.integers(1, 6), organisations=st.integers(0, 5))
def test_every_list_keeps_every_rule(seed, people, cap, organisations):
    languages = ("en", "de", "pl")[: 1 + seed % 3]
    problem = generate(people=people, seed=seed, languages=languages, sessions=4, organisations=organisations)
    problem = replace(problem, cap=cap, second_cap=cap + 1)

    assert verify(problem, solve(problem)) == ()


def test_with_an_embedder_every_rule_holds():
    problem = generate(people=40, seed=2, languages=("en", "de"), sessions=3)
    problem = replace(
        problem, people=(*problem.people, person("silent"), person("x", about="water")), cap=5, second_cap=6
    )
    solution = solve(problem, embedder=Letters())

    assert verify(problem, solution, embedder=Letters()) == ()
    assert verify(problem, solution) != ()


def test_the_order_of_people_changes_nothing():
    problem = generate(people=60, seed=4, languages=("en", "fi"), sessions=3)
    turned = replace(problem, people=problem.people[::-1])

    assert solve(turned).lists == solve(problem).lists
    assert solve(problem).lists == solve(problem).lists


def test_new_names_change_nothing():
    problem = generate(people=60, seed=4)
    renamed = replace(problem, people=tuple(replace(p, id=f"x{p.id}") for p in problem.people))
    found = {name[1:]: {entry.id[1:] for entry in entries} for name, entries in solve(renamed).lists.items()}

    assert found == {name: {entry.id for entry in entries} for name, entries in solve(problem).lists.items()}


def test_it_can_be_stopped():
    problem = generate(people=20, seed=1)
    first = solve(problem, cancel=lambda: True)
    late = solve(problem, seconds=1e-9)
    asked = []
    half = solve(problem, cancel=lambda: asked.append(0) or len(asked) > 2)

    assert [found.status for found in (first, late, half)] == [Status.PARTIAL] * 3
    assert set(ids(first).values().__iter__().__next__()) == set()
    assert sum(map(len, half.lists.values())) > 0
    assert verify(problem, half) == ()


@pytest.mark.parametrize("collects", [True, False])
def test_a_build_leaves_the_search_for_garbage_as_it_was(collects):
    seen = []
    try:
        gc.enable() if collects else gc.disable()
        solve(event(ADA, BOB), progress=lambda _: seen.append(gc.isenabled()))
        after = gc.isenabled()
    finally:
        gc.enable()

    assert set(seen) == {False}
    assert after == collects


def test_progress_is_told():
    seen = []
    solve(generate(people=5, seed=1), progress=seen.append)

    assert [(sign.phase, sign.done, sign.people) for sign in seen] == [("read", 0, 5), ("score", 0, 5), ("match", 5, 5)]


def swaps(made):
    """Return the pairs who would both rather have each other; rounding may differ in the last digit."""
    whole = made.scores.mutual(np.arange(made.scores.size))
    cap = made.scores.problem.cap
    least = [min(mine.values()) if len(mine) == cap else 0 for mine in made.partners]
    return [
        (a, b)
        for a, b in np.argwhere(whole > 3e-6 + np.maximum.outer(least, least)).tolist()
        if b not in made.partners[a]
    ]


@pytest.mark.parametrize("embedder", [None, Letters()])
def test_after_an_edit_nobody_would_swap(embedder):
    problem = replace(generate(people=50, seed=6, sessions=3, languages=("en", "de")), cap=4, second_cap=5)
    made = board(problem, embedder=embedder)
    for number in range(12):
        old, other = made.scores.people[number * 3], made.scores.people[number * 4 + 1]
        new = replace(old, needs=other.needs, need_tags=other.need_tags, sessions=other.sessions, hidden=number == 7)
        before = made.solution.lists
        changed = made.edit(new)
        now = made.solution.lists

        assert swaps(made) == []
        assert changed == {name for name in now if now[name] != before[name]}
        rules = verify(made.problem, made.solution, embedder=embedder, scores=False)
        assert rules == ()


@pytest.mark.parametrize(("near", "likely"), [(1.0, 1), (0.5, 120), (0.0, 0)])
def test_edits_end_in_the_lists_of_sorting_all_pairs_again(monkeypatch, near, likely):
    monkeypatch.setattr(matching, "NEAR", near)
    monkeypatch.setattr(lists, "LIKELY", likely)
    problem = replace(generate(people=80, seed=8, organisations=30), cap=6, second_cap=6)
    made = board(problem)
    for number in range(16):
        old, other = made.scores.people[number * 9 % 80], made.scores.people[(number * 5 + 2) % 80]
        made.edit(replace(old, offers=other.offers, needs=other.needs, organisation="", hidden=number % 5 == 3))

        assert [set(mine) for mine in made.partners] == by_hand(made)
        assert verify(made.problem, made.solution, scores=False) == ()


def test_lists_that_were_stopped_can_be_edited():
    made = board(generate(people=20, seed=1), cancel=lambda: True)
    made.edit(replace(made.scores.people[3], needs=made.scores.people[4].offers))

    assert len(made.partners[3]) > 0
    assert verify(made.problem, made.solution, scores=False) == ()


def test_suggestions_follow_edits():
    problem = replace(generate(people=41, seed=3), cap=3, second_cap=4)
    made = board(problem)
    shown = 0
    for number in range(20):
        old, other = made.scores.people[number * 2], made.scores.people[(number * 5 + 1) % 41]
        made.edit(replace(old, offers=other.offers, hidden=number % 3 == 0))
        shown += sum(map(len, made.given))

        assert verify(made.problem, made.solution, scores=False) == ()
    assert shown > 0


def test_an_edit_may_bring_a_hundred_sessions():
    made = board(event(replace(ADA, sessions=frozenset("s")), replace(BOB, sessions=frozenset("t")), EVE))
    plain = made.solution.lists["ada"][0].score
    many = frozenset(f"s{number}" for number in range(100))

    made.edit(replace(ADA, sessions=many))
    made.edit(replace(BOB, sessions=frozenset({"s99"}), countries=frozenset({"it"})))

    assert made.solution.lists["ada"][0].score == pytest.approx(plain * 1.1, rel=1e-4)


def test_an_edit_may_block_and_speak_another_language():
    made = board(event(ADA, BOB, EVE))

    assert made.edit(replace(ADA, blocked=frozenset({"bob"}))) == {"ada", "bob"}
    assert made.edit(replace(EVE, language="mt", offers="għasel")) == frozenset()
    assert made.edit(replace(EVE, language=None, offers="")) == frozenset()
    assert ids(made.solution) == {"ada": [], "bob": [], "eve": []}
    with pytest.raises(KeyError):
        made.edit(replace(ADA, blocked=frozenset({"zoe"})))


def test_an_edit_may_bring_slots_and_tags_nobody_had():
    people = (replace(ADA, free=frozenset({0})), replace(BOB, free=frozenset({1})))
    made = board(event(*people))

    assert made.edit(
        replace(BOB, free=frozenset({0, 9}), offer_tags=frozenset({"new"}), need_tags=frozenset({"new"}))
    ) == {
        "ada",
        "bob",
    }
    assert made.list_of(made.scores.row["ada"]) == (Suggestion("bob", 0.076786, mutual=True),)


def test_blocks_are_never_empty():
    assert [block.tolist() for block in matching.blocks(np.arange(3), 10**9)] == [[0], [1], [2]]
