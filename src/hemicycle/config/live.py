"""Live streams (server-sent events, WHATWG HTML section 9.2): no session, no thread, no database connection per stream.

One task a process reads one small snapshot for all editions; every open stream is told what changed in its own.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from asgiref.sync import sync_to_async

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[..., Awaitable[None]]

PREFIX = "/live/"
POLL = 3.0
ALIVE = 20.0
HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
Snapshot = dict[str, dict[str, int]]


def read() -> Snapshot:
    """Return, for each public edition by its slug, the number of its latest agenda release."""
    from django.db import close_old_connections  # noqa: PLC0415 - the app registry is ready by the first stream

    from hemicycle.agenda.queries import latest_releases  # noqa: PLC0415

    close_old_connections()
    return {slug: {"release": number} for slug, number in latest_releases().items()}


class Board:
    """The latest snapshot, and whoever waits for the next."""

    def __init__(self, reader: Callable[[], Snapshot] = read, *, poll: float = POLL) -> None:
        self.reader, self.poll = reader, poll
        self.snapshot: Snapshot = {}
        self.changed = asyncio.Condition()
        self.streams = 0
        self.task: asyncio.Task[None] | None = None

    async def watch(self) -> None:
        """Read again and again while anybody listens; a failing read leaves the last snapshot standing."""
        while self.streams:
            try:
                found = await sync_to_async(self.reader, thread_sensitive=False)()
            except Exception:  # noqa: BLE001 - the database may be away for a moment
                found = self.snapshot
            if found != self.snapshot:
                async with self.changed:
                    self.snapshot = found
                    self.changed.notify_all()
            await asyncio.sleep(self.poll)

    async def stream(self, slug: str, send: Send) -> None:
        """Send the edition's state now and at every change; a comment keeps proxies from closing."""
        self.streams += 1
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.watch())
        last: dict[str, int] | None = None
        try:
            while True:
                state = await self._news(slug, last)
                if state is None:
                    await _write(send, ": alive\n\n")
                else:
                    last = state
                    await _write(send, f"event: state\ndata: {json.dumps(state)}\n\n")
        finally:
            self.streams -= 1

    async def _news(self, slug: str, last: dict[str, int] | None) -> dict[str, int] | None:
        """Return the edition's state once it differs from the last one told, or None after a quiet while.

        Looking and waiting happen under one lock, so that no change falls between the two.
        """
        async with self.changed:
            try:
                await asyncio.wait_for(
                    self.changed.wait_for(lambda: self.snapshot.get(slug) not in (None, last)), timeout=ALIVE
                )
            except TimeoutError:
                return None
            return self.snapshot[slug]


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def with_live(pages: App, board: Board | None = None) -> App:
    """Return an ASGI application that answers /live/<edition> itself and hands everything else to the pages."""
    shared = board or Board()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX) or scope["method"] != "GET":
            await pages(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        streaming = asyncio.create_task(shared.stream(scope["path"][len(PREFIX) :].strip("/"), send))
        gone = asyncio.create_task(_until_gone(receive))
        await asyncio.wait({streaming, gone}, return_when=asyncio.FIRST_COMPLETED)
        for task in (streaming, gone):
            task.cancel()
        await asyncio.gather(streaming, gone, return_exceptions=True)

    return application


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
