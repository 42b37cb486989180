"""The scanning page and what makes it work without network; the public check of certificates."""

import json
from functools import cache

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.door import forms, queries
from hemicycle.door.words import screen
from hemicycle.files.typesetting import typeset
from hemicycle.kit import statics
from hemicycle.kit.access import public
from hemicycle.kit.middleware import POLICY

SCRIPTS = ("door", "store", "ticket", "camera", "signals")
NEEDED = (
    *(f"door/{name}.js" for name in SCRIPTS),
    "door/door.css",
    "kit/app.css",
    "kit/icons.svg",
    "kit/mark.svg",
    "kit/vendor/inter-latin-wght-normal.woff2",
    "kit/vendor/inter-latin-ext-wght-normal.woff2",
    "kit/vendor/manrope-latin-wght-normal.woff2",
    "kit/vendor/zxing-reader.js",
    "kit/vendor/zxing-reader.wasm",
)
SCAN_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
SIZES = (192, 512)


@public
def scan(request: ConferenceRequest) -> HttpResponse:
    """Serve the scanning page: a shell without data; everything else needs a device's secret.

    The policy of this one page lets WebAssembly be compiled, for the decoder; nothing else is looser.
    """
    slug = request.conference.slug
    context = {
        "form": forms.WalkIn(),
        "door": {
            "slug": slug,
            "edition": request.conference.pk,
            "api": f"/api/{slug}/door/",
            "worker": reverse("door:worker", args=[slug]),
            "scope": reverse("door:scan", args=[slug]),
            "decoder": static("kit/vendor/zxing-reader.wasm"),
            "language": get_language() or "en",
            "zone": request.conference.timezone,
            "words": screen(),
        },
    }
    response = render(request, "door/scan.html", context)
    response["Content-Security-Policy"] = SCAN_POLICY
    return response


@public
def worker(request: ConferenceRequest) -> HttpResponse:
    """Serve the page's service worker; its scope is the folder it stands in."""
    page = reverse("door:scan", args=[request.conference.slug])
    theme = reverse("website:theme", args=[request.conference.slug, request.conference.version])
    facts = {
        "cache": f"door-{request.conference.slug}-{statics.release(*NEEDED, 'door/worker.js')}",
        "prefix": f"door-{request.conference.slug}-",
        "page": page,
        "files": [*map(static, NEEDED), theme, reverse("door:manifest", args=[request.conference.slug])],
    }
    source = f"const door = {json.dumps(facts)};\n{statics.content('door/worker.js').decode()}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


@public
def manifest(request: ConferenceRequest) -> HttpResponse:
    """Describe the page as something to install (W3C Web Application Manifest)."""
    conference = request.conference
    page = reverse("door:scan", args=[conference.slug])
    icons = [
        {
            "src": reverse("door:icon", args=[conference.slug, size]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in SIZES
    ]
    about = {
        "id": page,
        "name": _("Door: %(edition)s") % {"edition": conference.short_name},
        "short_name": _("Door"),
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#0d1730",
        "theme_color": "#0d1730",
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")


@cache
def _icon(size: int, brand: str) -> bytes:
    template = """#set document(title: [Door])
#set page(width: 96pt, height: 96pt, margin: 0pt, fill: rgb(data))
#set line(stroke: (paint: white, thickness: 5pt, cap: "round"))
#place(dx: 26pt, dy: 20pt, rect(width: 44pt, height: 60pt, radius: 5pt, stroke: 5pt + white))
#place(dx: 37pt, dy: 48pt, line(start: (0pt, 0pt), end: (8pt, 9pt)))
#place(dx: 45pt, dy: 38pt, line(start: (0pt, 19pt), end: (15pt, 0pt)))"""
    return typeset(template, data=brand, kind="png", ppi=72 * size / 96)


@public
def icon(request: ConferenceRequest, size: int) -> HttpResponse:
    """Draw the icon of the installed page in one of two sizes."""
    chosen = min(SIZES, key=lambda known: abs(known - size))
    return HttpResponse(_icon(chosen, request.conference.brand), content_type="image/png")


@public
def verify(request: ConferenceRequest, certificate: str) -> HttpResponse:
    """Say whether a certificate is ours, and whose; it holds while the person is checked in."""
    found = queries.certificate(conference=request.conference, code=certificate[:40])
    context = {"certificate": found, "site": settings.BASE_URL}
    return render(request, "door/verify.html", context, status=200 if found else 404)
