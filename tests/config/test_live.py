"""Live streams: one read for all, told at once, no database connection held."""

import asyncio
import json

import pytest

from hemicycle.agenda import operations
from hemicycle.agenda.queries import latest_releases
from hemicycle.config.live import Board, with_live
from tests.factories import NOON, session
from tests.factories import edition as make_edition


class Listener:
    """Somebody who opens a stream."""

    def __init__(self, application, path):
        self.sent, self.gone = [], asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": path}
        self.task = asyncio.create_task(application(scope, self.receive, self.send))

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)

    def states(self):
        bodies = [m["body"].decode() for m in self.sent if m["type"] == "http.response.body"]
        return [json.loads(body.split("data: ")[1]) for body in bodies if body.startswith("event: state")]

    async def close(self):
        self.gone.set()
        await asyncio.wait_for(self.task, 2)


async def until(done):
    """Wait for what must come, at most ten seconds."""
    for _ in range(500):
        if done():
            return
        await asyncio.sleep(0.02)


def test_five_hundred_streams_are_told_by_one_reader():
    reads, state = [], {"a": {"release": 1}, "b": {"release": 7}}

    def reader():
        reads.append(1)
        return {slug: dict(values) for slug, values in state.items()}

    async def scene():
        application = with_live(pages, Board(reader, poll=0.02))
        listeners = [Listener(application, "/live/a") for _ in range(500)]
        other = Listener(application, "/live/b")
        everybody = [*listeners, other]
        await until(lambda: all(len(listener.states()) == 1 for listener in everybody))
        state["a"]["release"] = 2
        await until(lambda: all(len(listener.states()) == 2 for listener in listeners))
        heard = {json.dumps(listener.states()) for listener in listeners}, other.states()
        for listener in everybody:
            await listener.close()
        before = len(reads)
        await asyncio.sleep(0.1)
        return heard, len(reads) - before

    (heard, other), after = asyncio.run(scene())
    assert heard == {'[{"release": 1}, {"release": 2}]'}
    assert other == [{"release": 7}]
    assert after <= 1


async def pages(scope, receive, send):
    await send({"type": "pages", "path": scope["path"]})


def test_other_addresses_go_to_the_pages_and_a_failing_read_keeps_the_stream():
    def broken():
        raise OSError

    async def scene():
        application = with_live(pages, Board(broken, poll=0.01))
        page = Listener(application, "/ecc2024/")
        await page.task
        stream = Listener(application, "/live/a")
        await asyncio.sleep(0.05)
        open_still = not stream.task.done()
        await stream.close()
        return page.sent, open_still

    assert asyncio.run(scene()) == ([{"type": "pages", "path": "/ecc2024/"}], True)


@pytest.mark.django_db
def test_the_snapshot_names_public_editions_only(edition):
    session(edition)
    operations.release(conference=edition, note="", actor=None, now=NOON)
    hidden = make_edition(slug="hidden2030", stage="draft")
    operations.release(conference=hidden, note="", actor=None, now=NOON)

    assert latest_releases() == {edition.slug: 1}
