"""A crowd at the door of one process: so many requests at once, the others in line, first come first served.

Without it every request gets a thread and a database connection of its own: a rush of six hundred is six hundred threads
that wait for one lock, and PostgreSQL runs out of connections.
"""

import asyncio

from hemicycle.config.live import App, Receive, Scope, Send


def in_line(pages: App, *, at_once: int) -> App:
    """Return an ASGI application that answers `at_once` requests at a time and keeps the rest waiting in order."""
    doors: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        door = doors.setdefault(loop, asyncio.Semaphore(at_once))
        async with door:
            await pages(scope, receive, send)

    return application
