"""A crowd at the door of one process: so many requests at once, the others in line, first come first served.

Without it every request gets a thread and a database connection of its own: a rush of six hundred is six hundred threads
that wait for one lock, and PostgreSQL runs out of connections. When the line is longer than anybody should sit before a
blank page, a browser is told at once that it is in line: the page keeps what was typed, carries a signed time of arrival,
and sends itself again; whoever came first is still first.
"""

import asyncio
import heapq
import time
from collections.abc import Iterable
from itertools import count
from math import ceil
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.utils import translation

from hemicycle.config.live import App, Receive, Scope, Send
from hemicycle.kit.middleware import POLICY

LARGEST = 64 * 1024
KEPT = 900
LATE = 5.0
SALT = "hemicycle.line"
FORM = "application/x-www-form-urlencoded"


class Line:
    """Who is inside, who waits in order of arrival, who was asked to come back, and how long one request takes.

    `seconds` is a moving mean; whoever is away keeps a place in the order until a little after they are due.
    """

    def __init__(self, at_once: int) -> None:
        self.at_once, self.inside, self.seconds = at_once, 0, 0.25
        self.waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self.numbers = count()
        self.away: dict[float, float] = {}

    def wait_of(self, arrival: float) -> float:
        """Return the seconds somebody who came then would wait now."""
        now = time.time()
        self.away = {came: due for came, due in self.away.items() if due + LATE > now and came != arrival}
        ahead = sum(came <= arrival for came, _, _ in self.waiting) + sum(came <= arrival for came in self.away)
        return (ahead + self.inside) * self.seconds / self.at_once if self.inside >= self.at_once else 0.0

    async def enter(self, arrival: float) -> None:
        """Wait for one's turn."""
        if self.inside < self.at_once:
            self.inside += 1
            return
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self.waiting, (arrival, next(self.numbers), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the turn had come when the reader went away
                self._next()
            raise

    def leave(self, took: float) -> None:
        """Make room for the next."""
        self.seconds += 0.1 * (took - self.seconds)
        self._next()

    def _next(self) -> None:
        while self.waiting:
            _, _, turn = heapq.heappop(self.waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self.inside -= 1


def in_line(pages: App, *, at_once: int, longest: float = 2.0) -> App:
    """Return an ASGI application that answers `at_once` requests at a time and keeps the rest waiting in order.

    Who would wait longer than `longest` seconds and can be asked to come back is, with what they sent.
    """
    lines: dict[asyncio.AbstractEventLoop, Line] = {}

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if str(scope.get("path", "")).startswith(settings.STATIC_URL):
            await pages(scope, receive, send)
            return
        line = lines.setdefault(asyncio.get_running_loop(), Line(at_once))
        arrival = _arrival(scope)
        wait = line.wait_of(arrival)
        if wait > longest and _is_form(scope):
            seconds = ceil(wait - longest / 2)
            line.away[arrival] = time.time() + seconds
            await _come_back(scope, await _body(receive), send, arrival=arrival, seconds=seconds)
            return
        await line.enter(arrival)
        begin = time.monotonic()
        try:
            await pages(scope, receive, send)
        finally:
            line.leave(time.monotonic() - begin)

    return application


def _arrival(scope: Scope) -> float:
    """Return when somebody came first: by the signed time they bring along, or now."""
    now = round(time.time(), 6)
    brought = dict(parse_qsl(bytes(scope.get("query_string", b"")).decode("latin-1"))).get("line", "")
    try:
        came = float(signing.Signer(salt=SALT).unsign(brought))
    except (signing.BadSignature, ValueError):
        return now
    return came if now - KEPT < came <= now else now


def _is_form(scope: Scope) -> bool:
    """Say whether a request is a form of a browser that is small enough to be given back."""
    headers = {name.lower(): value for name, value in scope.get("headers", ())}
    length = headers.get(b"content-length", b"")
    return (
        scope.get("method") == "POST"
        and headers.get(b"content-type", b"").startswith(FORM.encode())
        and b"text/html" in headers.get(b"accept", b"")
        and length.isdigit()
        and int(length) <= LARGEST
    )


async def _body(receive: Receive) -> bytes:
    found, more = b"", True
    while more and len(found) <= LARGEST:
        message = await receive()
        found += message.get("body", b"")
        more = message.get("more_body", False)
    return found


def _language(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return the first language of the browser that the interface speaks."""
    wanted = next((value.decode("latin-1") for name, value in headers if name.lower() == b"accept-language"), "")
    spoken = dict(settings.LANGUAGES)
    words = (word.partition(";")[0].strip().partition("-")[0] for word in wanted.split(","))
    return next((word for word in words if word in spoken), settings.LANGUAGE_CODE)


async def _come_back(scope: Scope, body: bytes, send: Send, *, arrival: float, seconds: int) -> None:
    """Answer with a page that keeps what was typed and sends it again in some seconds (202, RFC 9110 section 15.3.3)."""
    given = parse_qsl(bytes(scope.get("query_string", b"")).decode("latin-1"), keep_blank_values=True)
    query = [(name, value) for name, value in given if name != "line"]
    query.append(("line", signing.Signer(salt=SALT).sign(f"{arrival:.6f}")))
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    language = _language(scope.get("headers", ()))
    with translation.override(language):
        context = {"fields": fields, "query": urlencode(query), "seconds": seconds, "language": language}
        page = render_to_string("kit/in_line.html", context).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8", "Retry-After": str(seconds), "Cache-Control": "no-store",
        "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Content-Length": str(len(page)),
    }  # fmt: skip
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 202, "headers": raw})
    await send({"type": "http.response.body", "body": page})
