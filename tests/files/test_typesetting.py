import struct

import pytest

from hemicycle.files.typesetting import CannotSet, typeset

EVIL = '#read("/etc/passwd") #eval("1") = \\ " <b> Zoë Łódź Ελλάδα България'


def test_what_people_write_is_data_never_markup():
    pdf = typeset('#set document(title: [T])\n#set text(lang: "en")\n= Title\n#data.name', data={"name": EVIL})

    assert (pdf[:5], typeset("#set document(title: [T])\n= Title\n#data.name", data={"name": EVIL})[:5]) == (
        b"%PDF-",
    ) * 2


def test_the_same_document_is_the_same_bytes():
    made = {typeset("#set document(title: [T])\n= #data", data="a") for _ in range(2)}
    assert len(made) == 1


def test_a_picture_has_the_size_it_was_asked_for():
    png = typeset("#set page(width: 100pt, height: 50pt)\n", data=None, kind="png", ppi=144)
    assert (png[:8], struct.unpack(">II", png[16:24])) == (b"\x89PNG\r\n\x1a\n", (200, 100))


def test_a_picture_stands_in_the_document():
    square = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    template = '#set document(title: [T])\n#image("square.svg", alt: "A square")'
    assert typeset(template, data=None, files={"square.svg": square})[:5] == b"%PDF-"


@pytest.mark.parametrize(
    "template",
    [
        '#read("/etc/passwd")',
        '#read("../../etc/passwd")',
        '#image("/etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        "#data.x",
    ],
    ids=["absolute", "upwards", "picture", "package", "missing"],
)
def test_nothing_else_is_read(template):
    with pytest.raises(CannotSet):
        typeset(template, data={})
