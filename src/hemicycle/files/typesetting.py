"""Set documents in print quality: PDF for badges, tickets, certificates and lists, PNG for pictures.

The typesetter (Typst) runs in this process, with the fonts and files it is given and nothing else: no network, no
system fonts, no file of the machine. What people wrote is handed over as data, never as markup.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

FONTS = Path(__file__).parent / "fonts"
FAMILIES = ("Inter Latin", "Inter Latin Ext", "Inter Greek", "Inter Cyrillic")


class CannotSet(RuntimeError):
    """The document could not be set; the message is the typesetter's."""


@cache
def _nowhere() -> TemporaryDirectory[str]:
    """Return an empty folder that stands for packages: nothing is fetched from anywhere."""
    return TemporaryDirectory(prefix="typesetting-")


def typeset(
    template: str,
    *,
    data: Any,
    files: Mapping[str, bytes] | None = None,
    kind: Literal["pdf", "png"] = "pdf",
    ppi: float = 144,
    accessible: bool = True,
) -> bytes:
    """Return a document.

    Args:
        template: Typst markup of ours; `#let data = json("data.json")` stands before it, and `families` names the fonts.
        data: what the template prints, plain values.
        files: pictures by the name that the template uses.
        kind: "pdf" (tagged, PDF/UA-1 when `accessible`) or "png" of the first page.
        ppi: of the picture.

    Raises:
        CannotSet: the template does not fit the data.
    """
    families = "(" + ", ".join(f'"{family}"' for family in FAMILIES) + ",)"
    head = f'#let data = json("data.json")\n#let families = {families}\n#set text(font: families, fallback: true)\n'
    parts = {"main.typ": (head + template).encode(), "data.json": json.dumps(data).encode(), **(files or {})}
    nowhere = _nowhere().name
    try:
        made = typst.compile(  # type: ignore[call-overload]  # the stubs know one file only
            parts,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format=kind,
            ppi=ppi,
            pdf_standards="ua-1" if accessible and kind == "pdf" else [],
            package_path=nowhere,
            package_cache_path=nowhere,
            timestamp=0,
        )
    except RuntimeError as error:
        raise CannotSet(str(error)) from error
    return bytes(made)
