from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.opinions.categories import keep_apart
from hemicycle.engines.opinions.routing import next_statement
from hemicycle.engines.opinions.stuffing import Cast, Report, Rush, Same, report
from hemicycle.engines.opinions.suppression import suppress


@st.composite
def counts(draw):
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    number = st.one_of(st.integers(0, 14), st.integers(0, 60))
    return [[draw(number) for _ in range(width)] for _ in range(height)]


def lines(shown):
    """Every row and column with its sum, sums of sums included."""
    whole = [[*row, total] for row, total in zip(shown.cells, shown.rows, strict=True)]
    whole.append([*shown.columns, shown.total])
    yield from ((line[:-1], line[-1]) for line in whole)
    yield from ((line[:-1], line[-1]) for line in map(list, zip(*whole, strict=True)))


@settings(max_examples=50, deadline=None)
@given(table=counts(), minimum=st.sampled_from([1, 5, 10]))
def test_no_cell_under_the_minimum_even_after_subtracting_from_any_total(table, minimum):
    shown = suppress(table, minimum=minimum)
    for cells, total in lines(shown):
        hidden = sum(cell is None for cell in cells)
        assert all(number is None or number >= minimum for number in (*cells, total))
        if total is not None and hidden:
            assert total - sum(cell for cell in cells if cell is not None) >= minimum


@settings(max_examples=30, deadline=None)
@given(table=counts())
def test_what_is_shown_is_right(table):
    shown, whole = suppress(table), np.array(table)

    for row, told in zip(table, shown.cells, strict=True):
        assert [have for have, say in zip(row, told, strict=True) if say not in (None, have)] == []
    assert [t for t, say in zip(whole.sum(axis=1), shown.rows, strict=True) if say not in (None, t)] == []
    assert [t for t, say in zip(whole.sum(axis=0), shown.columns, strict=True) if say not in (None, t)] == []
    assert shown.total in (None, whole.sum())


@settings(max_examples=12, deadline=None)
@given(table=st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
def test_for_a_small_number_a_reader_always_finds_a_larger_one_possible(table):
    """All tables that show the same: whichever number is hidden under the minimum, some table has it at 3 or more."""
    shown = suppress(table, minimum=3)
    most = 9
    possible = []
    for a, b, c, d in product(range(most), repeat=4):
        numbers = [[a, b, a + b], [c, d, c + d], [a + c, b + d, a + b + c + d]]
        told = [[*shown.cells[0], shown.rows[0]], [*shown.cells[1], shown.rows[1]], [*shown.columns, shown.total]]
        if all(t in (None, n) for row, told in zip(numbers, told, strict=True) for n, t in zip(row, told, strict=True)):
            possible.append(numbers)
    for i, j in product(range(2), repeat=2):
        if shown.cells[i][j] is None:
            assert max(numbers[i][j] for numbers in possible) >= 3


def test_nothing_is_hidden_where_nothing_is_small():
    shown = suppress([[10, 20], [30, 40]])

    assert (shown.cells, shown.rows, shown.columns, shown.total) == (((10, 20), (30, 40)), (30, 70), (40, 60), 100)


def test_a_small_cell_takes_others_with_it():
    shown = suppress([[3, 20, 40], [30, 40, 50], [60, 70, 80]])

    assert shown.cells == ((None, None, 40), (None, None, 50), (60, 70, 80))
    assert (shown.rows, shown.columns, shown.total) == ((63, 120, 210), (93, 130, 170), 393)


def test_a_single_small_number_hides_everything():
    shown = suppress([[3]])

    assert (shown.cells, shown.rows, shown.columns, shown.total) == (((None,),), (None,), (None,), None)


def test_a_small_row_hides_its_sum_and_another():
    shown = suppress([[1, 2], [30, 40], [50, 60]])

    assert shown.rows.count(None) >= 2
    assert shown.total == 183


@settings(max_examples=100, deadline=None)
@given(people=st.dictionaries(st.sampled_from(["", "a", "b", "c", "d"]), st.integers(0, 30)))
def test_what_is_left_beside_the_categories_is_nobody_or_enough(people):
    kept, rest = keep_apart(people, 10)
    left = sum(people[name] for name in rest)

    assert sorted(kept + rest) == sorted(people)
    assert "" not in kept
    assert all(people[name] >= 10 for name in kept)
    assert left == 0 or left >= 10 or not kept


def test_votes_stay_even_over_statements_and_categories():
    votes = {f"s{j}": Counter() for j in range(12)}
    for person in range(200):
        category, seen = ("x", "y", "")[person % 3], []
        for _ in range(5):
            statement = next_statement(votes, seen=seen, category=category, person=f"p{person}")
            votes[statement][category] += 1
            seen.append(statement)

    for category in ("x", "y", ""):
        assert max(v[category] for v in votes.values()) - min(v[category] for v in votes.values()) <= 1
    assert max(v.total() for v in votes.values()) - min(v.total() for v in votes.values()) <= 2


def test_not_everybody_begins_with_the_same_statement():
    votes = {f"s{j}": {} for j in range(12)}
    begun = {next_statement(votes, seen=(), category="x", person=f"p{i}") for i in range(100)}

    assert len(begun) > 6


def test_a_new_statement_is_asked_first_and_nothing_after_the_last():
    votes = {"old": {"x": 9}, "other": {"x": 9, "y": 1}, "new": {"y": 40}}

    assert next_statement(votes, seen=(), category="x", person="p") == "new"
    assert next_statement(votes, seen=["new"], category="x", person="p") == "old"
    assert next_statement(votes, seen=["new", "old", "other"], category="x", person="p") is None


def test_equal_ballots_and_rushes_are_reported():
    ballot = tuple((f"s{j}", 1) for j in range(8))
    usual = [Cast(at=60.0 * minute, votes=(("s0", minute % 3 - 1),)) for minute in range(50)]
    stuffed = [Cast(at=1000.0 + i, votes=ballot[::-1] if i % 2 else ballot) for i in range(19)]
    found = report(usual + stuffed)

    assert found == Report(69, (Same(19, 8),), (Rush(960.0, 20, 1.0),))
    assert report(usual) == Report(50, (), ())
    assert report([]) == Report(0, (), ())


@pytest.mark.parametrize(("same", "reported"), [(2, 0), (3, 1)])
def test_two_equal_ballots_are_chance_three_are_told(same, reported):
    cast = Cast(at=0.0, votes=tuple((f"s{j}", 1) for j in range(8)))

    assert len(report([cast] * same).same) == reported
