import zipfile
from datetime import datetime
from io import BytesIO

import pytest

from hemicycle.files.workbooks import BadWorkbook, Limits, read_workbook, write_workbook


def test_values_come_back_as_they_went_in():
    rows = [("name", "places", "when"), ("Zoë", 3, datetime(2024, 5, 7, 9, 30)), ("علي", 1.5, None)]

    assert read_workbook(write_workbook({"People": rows, "Empty": []})) == {"People": rows, "Empty": []}


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "@x", '=HYPERLINK("http://x.example")'])
def test_a_text_that_looks_like_a_formula_stays_text(text):
    content = write_workbook({"S": [(text,)]})

    assert read_workbook(content) == {"S": [(text,)]}
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_control_characters_are_left_out():
    assert read_workbook(write_workbook({"S": [("a\x00b\x1fc\nd",)]})) == {"S": [("abc\nd",)]}


@pytest.mark.parametrize("content", [b"", b"name,places\n", b"PK\x03\x04broken"])
def test_other_files_are_refused(content):
    with pytest.raises(BadWorkbook, match=r"not an \.xlsx workbook"):
        read_workbook(content)


def test_another_zip_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    with pytest.raises(BadWorkbook, match=r"not an \.xlsx workbook"):
        read_workbook(out.getvalue())


def test_a_damaged_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<broken")
    with pytest.raises(BadWorkbook, match="damaged"):
        read_workbook(out.getvalue())


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(size=100), "larger than"),
        (Limits(unpacked=100), "unpacks to more"),
        (Limits(rows=2), "more than 2 rows"),
        (Limits(cells=3), "3 cells"),
    ],
)
def test_too_much_is_refused(limits, words):
    content = write_workbook({"S": [(1, 2), (3, 4), (5, 6)]})
    with pytest.raises(BadWorkbook, match=words):
        read_workbook(content, limits=limits)


def test_a_bomb_is_refused_before_it_is_unpacked():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * (101 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(BadWorkbook, match="unpacks to more than 100 MB"):
        read_workbook(out.getvalue())
