"""Make the fonts for print from the vendored ones, by developers only: static weights, one family for each script.

The typesetter reads neither WOFF2 nor variable fonts. Needs `pip install fonttools brotli` in an environment of its own.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/hemicycle/kit/static/kit/vendor"
TARGET = ROOT / "src/hemicycle/files/fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}
FAMILY, STYLE, FULL, POSTSCRIPT, TYPO_FAMILY, TYPO_STYLE = 1, 2, 4, 6, 16, 17


def main() -> None:
    """Write a file for each script and weight."""
    TARGET.mkdir(exist_ok=True)
    for path in sorted(SOURCE.glob("inter-*.woff2")):
        script = path.name.removeprefix("inter-").removesuffix("-wght-normal.woff2")
        family = "Inter " + script.replace("-", " ").title()
        for style, weight in WEIGHTS.items():
            font = instantiateVariableFont(TTFont(path), {"wght": weight}, inplace=False)
            font.flavor = None
            names = font["name"]
            for key in (TYPO_FAMILY, TYPO_STYLE):
                names.removeNames(nameID=key)
            for key, text in (
                (FAMILY, family),
                (STYLE, style),
                (FULL, f"{family} {style}"),
                (POSTSCRIPT, f"{family} {style}".replace(" ", "")),
            ):
                names.setName(text, key, 3, 1, 0x409)
            font["OS/2"].usWeightClass = weight
            font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
            font["head"].macStyle = 1 if style == "Bold" else 0
            font.save(TARGET / f"inter-{script}-{style.lower()}.ttf")


if __name__ == "__main__":
    main()
