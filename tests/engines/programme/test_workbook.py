from dataclasses import replace
from datetime import datetime, time

import pytest

from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.cosplib.timezones import Hours, offset_minutes, timezone_penalties
from hemicycle.engines.programme.cosplib.workbook import Sheet, read_instance
from hemicycle.files.workbooks import write_workbook
from tests.engines.programme.builders import all_weights, people, tracks, workbook


@pytest.fixture(scope="module")
def instance():
    return tracks(
        {
            "A ": [{"presenters": people("p", "q"), "slots": 2}, {"attendees": people("x"), "order": 1}],
            "B": [{}],
        },
        sessions=(2, 3),
        weights=all_weights(3),
        chairs={"B": ("p",)},
        tracks_sessions=((1, 0), (0, 2)),
        tracks_rooms=((0, 3), (0, 0)),
        sessions_rooms=((0, 0), (4, 0)),
        similar=((0, 7), (7, 0)),
        submissions_sessions=((0, 5), (0, 0), (0, 0)),
        submissions_rooms=((6, 0), (0, 0), (0, 0)),
    )


def test_a_workbook_gives_its_instance_back(instance):
    assert read_instance(workbook(instance)) == instance


def test_decimals_scale_every_penalty(instance):
    def change(sheets):
        sheets["tracks_rooms|penalty"][1][2] = "0.25"
        sheets["sessions_rooms|penalty"][2][1] = 4.0

    found = read_instance(workbook(instance, change=change))

    assert (found.scale, found.tracks_rooms[0][1], found.sessions_rooms[1][0]) == (4, 1, 16)


def test_rows_columns_and_empty_ends_may_differ(instance):
    def change(sheets):
        sheets["tracks_rooms|penalty"][1:] = sheets["tracks_rooms|penalty"][:0:-1]
        for row in sheets["submissions"]:
            row[7], row[8] = row[8], row[7]
            row.append("")
        sheets["rooms"].append([None])
        sheets["sessions_rooms|penalty"].insert(1, [None, None, None])

    assert read_instance(workbook(instance, change=change)) == instance


def test_empty_texts_at_the_end_of_a_sheet_are_nothing():
    sheet = Sheet("rooms", [("Rooms", ""), ("R0", ""), ("", "")])

    assert (sheet.rows, sheet.width, sheet.cell(1, 1)) == ([("Rooms",), ("R0",)], 1, None)


def test_of_two_similar_cells_the_upper_one_counts(instance):
    def change(sheets):
        sheets["similar tracks"][2][1] = 99

    assert read_instance(workbook(instance, change=change)) == instance


def test_what_is_not_filled_in_is_usual():
    plain = tracks({"A": [{}]})

    def change(sheets):
        sheets["submissions"][1][3] = None
        sheets["tracks"] = [["Tracks"], ["A"]]

    assert read_instance(workbook(plain, change=change)) == plain


def test_names_may_be_numbers_and_times_may_be_dated(instance):
    def change(sheets):
        sheets["submissions"][3][0] = 12.0
        sheets["submissions"][3][4] = None
        sheets["sessions"][1][3] = datetime(2024, 7, 1, 10)
        sheets["sessions"][1][4] = "11:00:00"

    found = read_instance(workbook(instance, change=change))

    assert found.submissions[2].name == "12"
    assert found.timezones == instance.timezones


def test_the_clock_of_the_presenter_counts(instance):
    book = workbook(
        instance, zones={"A 0": "GMT+8", "A 1": "GMT-8"}, clocks=[(time(12), time(13)), (time(14), time(15))]
    )

    assert read_instance(book).timezones == ((0, 1), (10, 10), (0, 0))


def put(sheet, row, column, value):
    def change(sheets):
        sheets[sheet][row][column] = value

    return change


def drop(sheet):
    def change(sheets):
        del sheets[sheet]

    return change


def empty(sheet):
    def change(sheets):
        sheets[sheet] = []

    return change


def cut(sheet, rows):
    def change(sheets):
        del sheets[sheet][rows:]

    return change


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (drop("rooms"), 1, "sheet rooms: it is missing"),
        (empty("tracks"), 1, "sheet tracks: it is empty"),
        (cut("tracks", 1), 1, "sheet tracks: it has no rows"),
        (cut("parameters", 11), 12, "sheet parameters: the weight submissions_rooms is missing"),
        (
            put("parameters", 1, 4, "many"),
            2,
            "sheet parameters: the weight tracks_sessions must be a number, not 'many'",
        ),
        (put("parameters", 1, 4, True), 2, "sheet parameters: the weight tracks_sessions must be a number, not 'True'"),
        (put("parameters", 1, 4, 0.5), 2, "sheet parameters: the weight tracks_sessions must be a whole number"),
        (put("parameters", 1, 4, "1_0"), 2, "sheet parameters: the weight tracks_sessions must be a number, not '1_0'"),
        (put("parameters", 1, 1, "Mars"), 2, "sheet parameters: time zone Mars is not known"),
        (put("parameters", 3, 1, "noon"), 4, "sheet parameters: the suitable time must be a time of day"),
        (put("parameters", 3, 1, "25:00"), 4, "sheet parameters: the suitable time must be a time of day"),
        (put("submissions", 1, 0, None), 2, "sheet submissions: the name is missing"),
        (put("submissions", 1, 0, True), 2, "sheet submissions: the name must be a name"),
        (put("submissions", 2, 0, "A 0"), 3, "sheet submissions: A 0 is there twice"),
        (put("submissions", 1, 1, "C"), 2, "sheet submissions: track C is not known"),
        (put("submissions", 1, 2, 0), 1, "submission A 0: the required time slots are below 1"),
        (put("submissions", 1, 7, "nan"), 2, "sheet submissions: a penalty must be a number, not 'nan'"),
        (put("submissions", 1, 7, 1e12), 2, "sheet submissions: a penalty must be a number, not '1000000000000'"),
        (put("submissions", 0, 7, "S9"), 1, "sheet submissions: column 8 must be another session"),
        (put("submissions", 0, 10, "R0"), 1, "sheet submissions: column 11 must be another room"),
        (put("submissions", 0, 8, None), 1, "sheet submissions: the name of column 9 is missing"),
        (put("tracks_rooms|penalty", 1, 0, "Z"), 1, "sheet tracks_rooms|penalty: row Z is not known"),
        (put("tracks_rooms|penalty", 0, 1, "R1"), 1, "sheet tracks_rooms|penalty: 2 columns are needed, each once"),
        (put("similar tracks", 1, 0, None), 1, "sheet similar tracks: 2 rows are needed, each once"),
    ],
)
def test_a_broken_workbook_is_refused(instance, change, line, reason):
    with pytest.raises(BadFile) as refused:
        read_instance(workbook(instance, change=change))

    assert (refused.value.line, refused.value.reason) == (line, reason)


def test_a_column_too_many_is_refused(instance):
    def change(sheets):
        sheets["submissions"][0].append("R9")

    with pytest.raises(BadFile, match="11 columns are needed, 12 are there"):
        read_instance(workbook(instance, change=change))


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\3\4", write_workbook({"x": [[1]]})])
def test_something_else_is_refused(content):
    with pytest.raises(BadFile):
        read_instance(content)


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("GMT+8", 480),
        ("GMT-12", -720),
        ("GMT+0", 0),
        ("GMT+13", None),
        ("Europe/Rome", 120),
        ("UTC", 0),
        ("../x", None),
    ],
)
def test_time_zones(zone, minutes):
    assert offset_minutes(zone) == minutes


def test_a_span_over_midnight_ends_before_it_begins():
    hours = Hours(good=(570, 1290), fair=(420, 1380), small=1, big=10)

    assert timezone_penalties(
        hours, 0, [(600, 700), (430, 600), (1200, 1300), (400, 600), (1300, 1400), (1390, 30)]
    ) == [
        0,
        1,
        1,
        10,
        10,
        10,
    ]


def test_renaming_people_changes_no_pairs(instance):
    other = tuple(replace(one, presenters=frozenset(f"{p}!" for p in one.presenters)) for one in instance.submissions)
    renamed = replace(
        instance,
        submissions=other,
        tracks=tuple(replace(t, chairs=frozenset({f"{c}!" for c in t.chairs})) for t in instance.tracks),
    )

    assert renamed.presenter_pairs == instance.presenter_pairs
