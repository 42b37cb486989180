"""An edition without photos still looks finished: small, well-formed, the same every time."""

import re
import xml.etree.ElementTree as ET

import pytest

from hemicycle.kit import colours, motif

THEME = colours.derive("#0b6b46", "#ff9f40")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("seed", ["ecc2024", "baltic2026", "", "Ευρώπη"])
def test_the_hero_is_a_small_well_formed_picture(seed):
    picture = motif.hero(seed, THEME)
    root = ET.fromstring(picture)
    assert (root.tag, root.get("viewBox"), len(picture.encode()) < 25_000) == (f"{SVG}svg", "0 0 1600 760", True)


def test_the_hero_speaks_the_colours_of_its_theme():
    picture = motif.hero("ecc2024", THEME)
    assert all(colour in picture for colour in (THEME.hero_from, THEME.hero_to, THEME.accent, motif.MINT))


def test_nothing_is_fetched_from_elsewhere():
    picture = motif.hero("ecc2024", THEME) + motif.card("ecc2024", THEME)
    assert set(re.findall(r"https?://[^\"]+", picture)) == {"http://www.w3.org/2000/svg"}


def test_no_two_nodes_touch():
    nodes = motif._nodes("ecc2024", THEME, count=74)
    assert min(a.distance(b) for i, a in enumerate(nodes) for b in nodes[:i]) > 62


def test_the_ground_of_the_card_is_well_formed():
    root = ET.fromstring(motif.card("x", THEME))
    assert (root.get("width"), root.get("height"), list(root.iter(f"{SVG}text"))) == ("1200", "630", [])


def test_the_hero_is_the_same_for_the_same_edition_and_small():
    assert motif.hero("ecc2024", THEME) == motif.hero("ecc2024", THEME) != motif.hero("ecc2022", THEME)
    assert len(motif.hero("ecc2024", THEME)) < 25_000
