"""The ticket's QR code (ISO/IEC 18004) as SVG without inline style."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str) -> SafeString:
    """Return a QR code with medium correction as an SVG element to stand in a page."""
    picture = io.BytesIO()
    segno.make(text, error="m").save(
        picture, kind="svg", xmldecl=False, svgns=True, scale=1, border=2, svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(picture.getvalue().decode())  # noqa: S308 - made here, of squares
