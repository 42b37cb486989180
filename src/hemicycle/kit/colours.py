"""An edition's theme from two colours: every other one is derived, and no failing pair leaves this module.

Contrast follows WCAG 2.2 (relative luminance and contrast ratio as defined there; sRGB, IEC 61966-2-1).
"""

import re
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-fA-F]{6}")
TEXT = 4.5
BRAND_INK = 5.5
WHITE, BLACK, INK = "#ffffff", "#000000", "#0d1730"
DARK_SURFACE, BRAND_LIGHT = "#182036", 7.0

Rgb = tuple[int, int, int]


class LowContrast(ValueError):
    """Two colours that cannot be told apart well enough; the sentence says which and by how much."""


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`; every text pair in it reaches 4.5:1."""

    brand: str
    on_brand: str
    brand_ink: str
    brand_light: str
    accent: str
    on_accent: str
    hero_from: str
    hero_to: str


def parse(colour: str) -> Rgb:
    """Return the three channels, 0 to 255.

    Raises:
        ValueError: not of the form `#rrggbb`.
    """
    if not HEX.fullmatch(colour):
        raise ValueError(f"Write a colour as #rrggbb, for example #1f49d6, not {colour!r}.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - IEC 61966-2-1


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel) for channel in parse(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, whichever is the lighter."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(a: str, b: str, share: float) -> str:
    """Return the colour `share` of the way from a to b, channel by channel."""
    channels = (round(x + (y - x) * share) for x, y in zip(parse(a), parse(b), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def darkened(colour: str, *, against: str, ratio: float) -> str:
    """Return the first of a hundred ever darker steps that reaches the ratio; black reaches 21:1 on white."""
    steps = (mix(colour, "#000000", step / 100) for step in range(101))
    return next(step for step in steps if contrast(step, against) >= ratio)


def lightened(colour: str, *, against: str, ratio: float) -> str:
    """Return the first of a hundred ever lighter steps that reaches the ratio on a dark colour."""
    steps = (mix(colour, WHITE, step / 100) for step in range(101))
    return next(step for step in steps if contrast(step, against) >= ratio)


def readable_on(colour: str, *, light: str = WHITE, dark: str = BLACK) -> str:
    """Return the text colour, of a light and a dark one, that stands out more on a colour."""
    return max((light, dark), key=lambda text: contrast(text, colour))


def _on_accent(accent: str) -> str:
    """Return a dark shade of the accent if it is readable there, else black or white, of which one always is."""
    shade = mix(accent, BLACK, 0.9)
    return shade if contrast(shade, accent) >= TEXT else readable_on(accent)


def derive(brand: str, accent: str) -> Theme:
    """Return the whole theme of a brand and an accent colour.

    Raises:
        ValueError: not a colour.
        LowContrast: the brand is too light for a white page or white text, or the accent disappears on the
            dark hero.
    """
    brand, accent = brand.lower(), accent.lower()
    if contrast(brand, WHITE) < TEXT:
        found = contrast(brand, WHITE)
        raise LowContrast(
            f"The brand colour reaches {found:.1f}:1 on white; at least 4.5:1 is needed. Take a darker one."
        )
    hero_from = mix(brand, "#000000", 0.82) if luminance(brand) > 0.02 else mix(brand, "#000000", 0.5)  # noqa: PLR2004
    if contrast(accent, hero_from) < TEXT:
        found = contrast(accent, hero_from)
        raise LowContrast(
            f"The accent reaches {found:.1f}:1 on the dark hero; at least 4.5:1 is needed. Take a lighter one."
        )
    return Theme(
        brand=brand,
        on_brand=WHITE,
        brand_ink=darkened(mix(brand, "#000000", 0.14), against=WHITE, ratio=BRAND_INK),
        brand_light=lightened(brand, against=DARK_SURFACE, ratio=BRAND_LIGHT),
        accent=accent,
        on_accent=_on_accent(accent),
        hero_from=hero_from,
        hero_to=mix(brand, "#000000", 0.06),
    )


def stylesheet(theme: Theme) -> str:
    """Return the theme as the custom properties the design system reads."""
    return (
        ":root{"
        f"--brand:{theme.brand};--on-brand:{theme.on_brand};--brand-ink:{theme.brand_ink};"
        f"--brand-light:{theme.brand_light};"
        f"--accent:{theme.accent};--on-accent:{theme.on_accent};"
        f"--hero-from:{theme.hero_from};--hero-to:{theme.hero_to}"
        "}"
    )
