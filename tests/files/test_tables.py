import pytest

from hemicycle.files.tables import BadTable, read_table, write_csv
from hemicycle.files.workbooks import write_workbook

ROWS = [("name", "places", "note"), ("Zoë", 3, "=1+1"), ("علي", None, "-2"), ("a", -5, "x, y")]


def test_formulas_are_neutralised_and_come_back():
    content = write_csv(ROWS)

    assert b"'=1+1" in content
    assert b",-5," in content
    assert read_table(content, name="a.csv") == [
        {"name": "Zoë", "places": "3", "note": "=1+1"},
        {"name": "علي", "places": "", "note": "-2"},
        {"name": "a", "places": "-5", "note": "x, y"},
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_file_is_read_as_people_send_it(encoding, sign):
    content = f"Name{sign}City\r\nZoë{sign}Liège\r\n\r\n".encode(encoding)
    assert read_table(content, name="a.csv") == [{"Name": "Zoë", "City": "Liège"}]


def test_a_workbook_is_read_by_its_first_sheet():
    content = write_workbook({"People": [("name", "places"), ("Zoë", 3)], "Other": [("x",)]})
    assert read_table(content, name="a.XLSX") == [{"name": "Zoë", "places": "3"}]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "is empty"),
        (b"\n\n", "a.csv", "is empty"),
        (b"name\nZoe\n", "a.csv", "does not name the columns"),
        (b"a,a\n1,2\n", "a.csv", "stands there twice"),
        (b"a,b\n\x00\n", "a.csv", "is not text"),
        (b"a,b\n" + b'"' + b"x" * 200_000 + b"\n", "a.csv", "is not a table"),
        (b"a,b\n" + b"1,2\n" * 50_001, "a.csv", "more than 50000 rows"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv", "larger than 10 MB"),
        (b"not a workbook", "a.xlsx", "not an .xlsx"),
    ],
)
def test_what_is_no_table_says_why(content, name, words):
    with pytest.raises(BadTable, match=words):
        read_table(content, name=name)
