"""Whatever an organiser picks: either it is refused, or every pair can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.kit import colours

ANY = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
DARK_PAGE = "#0d1220"


def pairs(theme):
    return {
        "text on the brand": (theme.on_brand, theme.brand),
        "text on a pressed button": (theme.on_brand, theme.brand_ink),
        "link on a white page": (theme.brand_ink, colours.WHITE),
        "link on a dark page": (theme.brand_light, DARK_PAGE),
        "link on a dark tint": (theme.brand_light, colours.mix(DARK_PAGE, theme.brand, 0.28)),
        "text on the accent": (theme.on_accent, theme.accent),
        "accent on the hero": (theme.accent, theme.hero_from),
        "title on the hero": (colours.WHITE, theme.hero_from),
        "title on the hero's end": (colours.WHITE, theme.hero_to),
    }


def unreadable(theme):
    return [name for name, (a, b) in pairs(theme).items() if colours.contrast(a, b) < colours.TEXT]


@given(brand=ANY, accent=ANY)
def test_any_two_colours_are_refused_or_readable(brand, accent):
    try:
        theme = colours.derive(brand, accent)
    except colours.LowContrast:
        return
    assert unreadable(theme) == []


@pytest.mark.parametrize("accent", ["#4c7e99", "#6b8213", "#ffd34d", "#ffffff"])
def test_an_accent_of_middle_lightness_gets_a_readable_text(accent):
    assert unreadable(colours.derive("#230097", accent)) == []


def test_an_accent_that_disappears_on_the_hero_is_refused():
    with pytest.raises(colours.LowContrast, match="accent"):
        colours.derive("#1f49d6", "#102a80")


def test_capital_letters_give_the_same_theme():
    assert colours.derive("#1F49D6", "#FFD34D") == colours.derive("#1f49d6", "#ffd34d")


def test_the_stylesheet_says_every_colour_of_the_theme():
    theme = colours.derive("#0b6b46", "#ff9f40")
    css = colours.stylesheet(theme)
    assert dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", css)) == {
        name.replace("_", "-"): value for name, value in vars(theme).items()
    }
