from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.files import BadFile
from hemicycle.engines.opinions.ranking.formats import read as read_ranking
from hemicycle.engines.opinions.shares import Project, Voter
from hemicycle.engines.opinions.shares.formats import read as read_shares
from hemicycle.engines.opinions.statements.formats import published_groups
from hemicycle.engines.opinions.statements.formats import read as read_votes
from tests.engines.opinions.elections import PB

SCORED = PB.replace("approval", "cumulative").replace("vote;category", "vote;points").replace("a,b;youth", "a,b;3,0")
SCORED = SCORED.replace("31;a;youth", '31;"a, c";2,1').replace('"c";', "c;-1")
ORDINAL = PB.replace("approval", "ordinal").replace('32;"c"', "32;c,a,b")
TABLE = """voter,category,a,b,c
cost,,60,40,50.5
budget,,100,,
v1,youth,1,1,
v2,youth,2,,0
"""
PLACES = "voter;category;forest;school;bridge\nanna;youth;1;;2\nbert;;;1;\n"
CHOICES = "voter,category,1,2\nitems,,forest,school\nanna,youth,forest,bridge\nbert,,,\n"
WIDE = "participant,s1,category,s2\nada,1,youth,-1\nbob,,old,0\n"
EXPORT = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n7,1,0,2,1,1,1,-1\n9,,0,1,0,0,,0\n"
LONG = "timestamp,datetime,comment-id,voter-id,vote\n5,x,0,7,1\n3,x,0,7,-1\n4,x,1,7,0\n9,x,1,9,-1\n9,x,1,9,1\n"


def test_pabulib_approval_is_read():
    problem = read_shares(PB, pb=True)

    assert problem.projects == (Project(id="a", cost=60), Project(id="b", cost=40), Project(id="c", cost=50))
    assert problem.voters == (
        Voter(id="v1", supports=("a", "b"), category="youth"),
        Voter(id="v2", supports=("a",), category="youth"),
        Voter(id="v3", supports=("c",)),
        Voter(id="v4", supports=()),
    )
    assert (problem.budget, problem.unit) == (100, 1)


def test_the_selected_column_blanks_and_a_mark_at_the_beginning_do_not_matter():
    bare = PB.replace(";selected", "").replace(";0\n", "\n").replace(";1\n", "\n")
    spaced = "\ufeff" + PB.replace(";", " ; ").replace("\n", "\r\n").replace("META", "meta").replace(
        '"A ; or not"', "A"
    )

    assert read_shares(bare, pb=True).projects == read_shares(PB, pb=True).projects
    assert read_shares(spaced.replace(' "c" ', " c "), pb=True).voters == read_shares(PB, pb=True).voters
    assert read_shares(PB.replace("vote_type;approval\n", ""), pb=True).voters == read_shares(PB, pb=True).voters
    assert read_shares(PB.replace("approval", "choose-1"), pb=True).voters == read_shares(PB, pb=True).voters


def test_points_become_scores_and_places_too():
    scored = [(v.supports, v.scores) for v in read_shares(SCORED, pb=True).voters]
    ordinal = [(v.supports, v.scores) for v in read_shares(ORDINAL, pb=True).voters]

    assert scored == [(("a",), (3,)), (("a", "c"), (2, 1)), ((), ()), ((), ())]
    assert ordinal == [(("a", "b"), (3, 2)), (("a",), (3,)), (("c", "a", "b"), (3, 2, 1)), ((), ())]


def test_budget_unit_and_category_may_be_given():
    problem = read_shares(PB, pb=True, budget=Fraction(7), unit=Fraction(1, 2), category="age")

    assert (problem.budget, problem.unit) == (7, Fraction(1, 2))
    assert [voter.category for voter in problem.voters] == ["30", "31", "32", "33"]


def test_a_table_of_projects_is_read():
    problem = read_shares(TABLE, pb=False)

    assert [project.cost for project in problem.projects] == [60, 40, Fraction(101, 2)]
    assert problem.voters == (
        Voter(id="v1", supports=("a", "b"), category="youth"),
        Voter(id="v2", supports=("a",), scores=(2,), category="youth"),
    )
    assert read_shares(TABLE.replace(",", ";").replace(",category", ""), pb=False) == problem
    plain = read_shares("voter,a\ncost,3\nbudget,3\nx,1", pb=False)
    assert plain.voters == (Voter(id="x", supports=("a",)),)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "the file is empty"),
        ("\n \n", 1, "the file is empty"),
        ("a;b\n", 1, "a line META is expected first"),
        ("META\nkey;value\n", 1, "section PROJECTS is missing or has no columns"),
        (PB + "META\n", 17, "section META is there twice"),
        (PB.replace("budget;100\n", ""), 1, "the budget is missing"),
        (PB.replace("budget;100", "budget;ten"), 4, "budget must be an amount from 0 to 10^15, not 'ten'"),
        (PB.replace(";value", ""), 2, "column value is missing"),
        (PB.replace("budget;100", "budget"), 4, "value is missing"),
        (PB.replace("project_id;cost", "project_id;price"), 7, "column cost is missing"),
        (PB.replace("b;40", "b;-40"), 9, "cost must be an amount from 0 to 10^15, not '-40'"),
        (PB.replace("b;40", "b;nan"), 9, "cost must be an amount from 0 to 10^15, not 'nan'"),
        (PB.replace("b;40", "b;" + "9" * 16), 9, f"cost must be an amount from 0 to 10^15, not '{'9' * 16}'"),
        (PB.replace("b;40", "a;40"), 9, "project a is there twice"),
        (PB.replace("b;40", ";40"), 9, "project has no name"),
        (PB.replace("v2;31;a", "v1;31;a"), 14, "voter v1 is there twice"),
        (PB.replace("v2;31;a", "v2;31;a,a"), 14, "project a is there twice"),
        (PB.replace("v2;31;a", "v2;31;z"), 14, "project z is not known"),
        (PB.replace("v2;31;a;youth", "v2;31"), 14, "vote is missing"),
        (PB.replace("approval", "shouting"), 5, "vote_type 'shouting' is not known"),
        (SCORED.replace("2,1", "2"), 14, "2 projects but 1 points"),
        (SCORED.replace("2,1", "2,x"), 14, "points must be a whole number, not 'x'"),
        (PB + '"' + "x" * 200_000, 17, "field larger than field limit (131072)"),
    ],
)
def test_a_broken_pabulib_file_names_line_and_reason(text, line, reason):
    with pytest.raises(BadFile) as caught:
        read_shares(text, pb=True)

    assert (caught.value.line, caught.value.reason) == (line, reason)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("voter,a,a\n", 1, "column a is there twice"),
        ("voter,a,\nx,1,\n", 1, "column has no name"),
        ("who,a\n", 1, "the first column must be voter"),
        ("voter,a\nx,1\n", 1, "the row cost is missing"),
        ("voter,a\ncost,1\nx,1\n", 1, "the budget is missing"),
        (TABLE.replace("v2,youth,2,,0", "v2,youth,2"), 5, "5 cells are expected, not 3"),
        (TABLE.replace("v2", "v1"), 5, "voter v1 is there twice"),
        (TABLE.replace("v2", ""), 5, "voter has no name"),
        (TABLE.replace("2,,0", "2,,0.5"), 5, "score of c must be a whole number, not '0.5'"),
        (TABLE.replace("2,,0", "2,,-1"), 5, "score of c is below 0"),
        (TABLE.replace("60,40", "60,x"), 2, "cost of b must be an amount from 0 to 10^15, not 'x'"),
        (TABLE.replace("100,,", "100,5,x"), 3, "budget must be an amount from 0 to 10^15, not '1005x'"),
    ],
)
def test_a_broken_table_of_projects_names_line_and_reason(text, line, reason):
    with pytest.raises(BadFile) as caught:
        read_shares(text, pb=False)

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_ordinal_ballots_are_read():
    problem = read_ranking(ORDINAL, pb=True)

    assert problem.items == ("a", "b", "c")
    assert [(b.id, b.choices, b.category) for b in problem.ballots] == [
        ("v1", ("a", "b"), "youth"),
        ("v2", ("a",), "youth"),
        ("v3", ("c", "a", "b"), ""),
        ("v4", (), ""),
    ]


def test_tables_of_ballots_are_read_in_both_forms():
    places, choices = read_ranking(PLACES, pb=False), read_ranking(CHOICES, pb=False)

    assert places.items == ("forest", "school", "bridge") == choices.items
    assert [(b.id, b.choices, b.category) for b in places.ballots] == [
        ("anna", ("forest", "bridge"), "youth"),
        ("bert", ("school",), ""),
    ]
    assert [b.choices for b in choices.ballots] == [("forest", "bridge"), ()]
    assert read_ranking("voter,a\nx,1", pb=False).ballots[0].category == ""


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("who,1\n", 1, "the first column must be voter"),
        (PLACES.replace("bert", "anna"), 3, "voter anna is there twice"),
        (PLACES.replace("bert;;;1;", "bert;;1;1;"), 3, "place 1 is there twice"),
        (PLACES.replace("bert;;;1;", "bert;;;first;"), 3, "place of school must be a whole number, not 'first'"),
        (PLACES.replace("bert;;;1;", "bert;;;0;"), 3, "place of school is below 1"),
        (PLACES.replace("bert;;;1;", "bert;"), 3, "5 cells are expected, not 2"),
        (CHOICES.replace("bert,,,", "bert,,school,school"), 4, "item school is there twice"),
        (CHOICES.replace("bert,", ","), 4, None),
    ],
)
def test_broken_ballots_name_line_and_reason(text, line, reason):
    if reason is None:  # an empty row is no ballot
        assert len(read_ranking(text, pb=False).ballots) == 1
        return
    with pytest.raises(BadFile) as caught:
        read_ranking(text, pb=False)

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_only_ordinal_pabulib_files_are_ranked():
    with pytest.raises(BadFile, match="vote_type ordinal is expected, not approval"):
        read_ranking(PB, pb=True)


def test_votes_are_read_from_all_three_forms():
    wide, export, long = read_votes(WIDE), read_votes(EXPORT), read_votes(LONG)

    assert (wide.people, wide.statements, wide.votes.tolist()) == (("ada", "bob"), ("s1", "s2"), [[1, -1], [2, 0]])
    assert (export.people, export.statements, export.votes.tolist()) == (("7", "9"), ("0", "1"), [[1, -1], [2, 0]])
    assert (long.people, long.statements, long.votes.tolist()) == (("7", "9"), ("0", "1"), [[1, 0], [2, 1]])
    assert published_groups(EXPORT) == {"7": "1"}
    untimed = "\n".join(row.split(",", 2)[2] for row in LONG.splitlines())
    assert read_votes(untimed).votes.tolist() == [[-1, 0], [2, 1]]
    assert read_votes("participant,s1\n").votes.shape == (0, 1)
    assert read_votes(",s1\n0,1\n1,\n").people == ("0", "1")
    moved = read_votes("xid,group-id,participant,n-votes,s1\nx,0,7,12,1\n")
    assert (moved.people, moved.statements) == (("7",), ("s1",))
    assert published_groups("xid,participant,group-id,s1\nx,7,2,1\n") == {"7": "2"}
    assert read_votes("participant\nada\n").votes.shape == (1, 0)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "the file is empty"),
        ("p,a,a\n", 1, "column a is there twice"),
        ("p,p\n", 1, "column p is there twice"),
        ("p,a,\n", 1, "column has no name"),
        ("p,a\nx,2\n", 2, "a vote must be 1, 0, -1 or empty, not '2'"),
        ("p,a\nx,nan\n", 2, "a vote must be 1, 0, -1 or empty, not 'nan'"),
        ("p,a\nx,1,1\n", 2, "2 cells are expected, not 3"),
        ("p,a\nx,1\nx,0\n", 3, "participant x is there twice"),
        ("p,a\n,1\n", 2, "participant has no name"),
        (LONG.replace("7,-1", "7,4"), 3, "a vote must be 1, 0 or -1, not '4'"),
        (LONG.replace("7,-1", "7,"), 3, "a vote must be 1, 0 or -1, not ''"),
        (LONG.replace("0,7,-1", "0,,-1"), 3, "voter-id has no name"),
        (LONG.replace("3,x,0", "3,x,"), 3, "comment-id has no name"),
        (LONG.replace("3,x", "soon,x"), 3, "timestamp must be a number, not 'soon'"),
        (LONG.replace("3,x", "3"), 3, "5 cells are expected, not 4"),
    ],
)
def test_broken_votes_name_line_and_reason(text, line, reason):
    with pytest.raises(BadFile) as caught:
        read_votes(text)

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_a_long_file_cannot_ask_for_a_huge_table(monkeypatch):
    monkeypatch.setattr("hemicycle.engines.opinions.statements.formats.MOST_CELLS", 3)
    with pytest.raises(BadFile, match="more than 3 pairs of a voter and a comment"):
        read_votes(LONG)


def test_published_groups_need_their_column():
    with pytest.raises(BadFile, match="column group-id is missing"):
        published_groups(WIDE)


def refusal(reader):
    """Return why a text is refused; anything but a ValueError passes through."""
    try:
        reader()
    except ValueError as refused:
        return str(refused)
    return "none"


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet=';,\n"ab01-\t\0é METAkeyvalue', max_size=60), data=st.data())
def test_any_text_is_read_or_refused(text, data):
    base = data.draw(st.sampled_from([PB, SCORED, ORDINAL, TABLE, PLACES, CHOICES, WIDE, EXPORT, LONG, ""]))
    cut = data.draw(st.integers(0, len(base)))
    mixed = base[:cut] + text + base[cut + data.draw(st.integers(0, 5)) :]
    readers = [
        lambda: read_shares(mixed, pb=True),
        lambda: read_shares(mixed, pb=False),
        lambda: read_ranking(mixed, pb=True),
        lambda: read_ranking(mixed, pb=False),
        lambda: read_votes(mixed),
        lambda: published_groups(mixed),
    ]
    for reader in readers:
        assert refusal(reader) != ""
