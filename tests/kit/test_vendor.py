"""What we ship of others is what we recorded: same bytes, named version and licence."""

import hashlib
import json
import re
from pathlib import Path

import hemicycle

ROOT = Path(__file__).resolve().parents[2]
KIT = Path(hemicycle.__file__).parent / "kit"
RECORD = json.loads((KIT / "vendor.json").read_text())


def test_every_file_has_the_recorded_bytes():
    changed = [
        row["file"] for row in RECORD if hashlib.sha256((ROOT / row["file"]).read_bytes()).hexdigest() != row["sha256"]
    ]
    assert changed == []


def test_every_vendored_file_is_recorded():
    present = {*(KIT / "static/kit/vendor").iterdir(), *(ROOT / "tests/vendor").iterdir(), KIT / "static/kit/icons.svg"}
    assert {ROOT / row["file"] for row in RECORD} == present


def test_every_file_names_version_and_licence():
    known = {"OFL-1.1", "MPL-2.0", "ISC", "0BSD", "BSD-0-Clause", "MIT"}
    assert [row["file"] for row in RECORD if not row["version"] or row["licence"] not in known] == []


def test_every_icon_a_page_uses_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (KIT / "static/kit/icons.svg").read_text()))
    pages = "".join(page.read_text() for page in KIT.parent.glob("**/templates/**/*.html"))
    assert set(re.findall(r'{% icon "([\w-]+)"', pages)) - sprite == set()


def test_every_font_of_the_stylesheet_is_there():
    fonts = re.findall(r"url\((vendor/[^)]+)\)", (KIT / "static/kit/app.css").read_text())
    assert [font for font in fonts if not (KIT / "static/kit" / font).exists()] == []
