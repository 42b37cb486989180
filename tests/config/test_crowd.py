import asyncio
import time
from urllib.parse import urlencode

import pytest
from django.core import signing

from hemicycle.config import crowd
from hemicycle.config.crowd import in_line


def test_so_many_at_once_and_the_others_in_order():
    running, most, order = 0, 0, []

    async def pages(scope, _receive, _send):
        nonlocal running, most
        running += 1
        most = max(most, running)
        order.append(scope["number"])
        await asyncio.sleep(0.001)
        running -= 1

    async def rush():
        application = in_line(pages, at_once=3)
        await asyncio.gather(*(application({"number": number}, None, None) for number in range(20)))

    asyncio.run(rush())
    assert (most, order) == (3, list(range(20)))


def test_a_request_that_fails_makes_room():
    async def pages(scope, _receive, _send):
        if scope["fails"]:
            raise ValueError

    async def rush():
        application = in_line(pages, at_once=1)
        return await asyncio.gather(
            *(application({"fails": fails}, None, None) for fails in (True, False)), return_exceptions=True
        )

    assert [type(answer) for answer in asyncio.run(rush())] == [ValueError, type(None)]


HEADERS = [
    (b"content-type", b"application/x-www-form-urlencoded"), (b"accept", b"text/html"), (b"content-length", b"9"),
    (b"accept-language", b"xx, fr-BE;q=0.8"),
]  # fmt: skip


def post(path="/ecc/register/", query=b"", headers=HEADERS):
    return {"type": "http", "method": "POST", "path": path, "query_string": query, "headers": headers}


class Talk:
    """What one request sends and gets."""

    def __init__(self, body=b"name=Zo%C3%AB&x=%22%3E"):
        self.parts = [body[:4], body[4:]]
        self.status, self.page, self.headers = 0, "", {}

    async def receive(self):
        part = self.parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self.parts)}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.page += message["body"].decode()


def long_line(scopes):
    """Let a slow request in, then the others in order; return who was served in which order, and what each got."""
    served, talks = [], [Talk() for _ in scopes]

    async def pages(scope, _receive, send):
        served.append(scope["path"])
        await asyncio.sleep(0.02)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def rush():
        application = in_line(pages, at_once=1, longest=0.01)
        await asyncio.gather(*(application(s, t.receive, t.send) for s, t in zip(scopes, talks, strict=True)))

    asyncio.run(rush())
    return served, talks


def test_who_would_wait_too_long_is_told_and_keeps_what_was_typed():
    served, (first, told) = long_line([post(), post(query=b"code=A&line=old")])

    assert (served, first.status, told.status) == (["/ecc/register/"], 200, 202)
    assert (told.headers[b"retry-after"], b"content-security-policy" in told.headers) == (b"1", True)
    assert '<html lang="fr">' in told.page
    assert '<input type="hidden" name="name" value="Zoë"><input type="hidden" name="x" value="&quot;&gt;">' in told.page
    assert 'action="?code=A&amp;line=' in told.page


def test_whoever_came_first_is_served_first_when_they_come_back():
    early = signing.Signer(salt=crowd.SALT).sign(f"{time.time() - 60:.3f}")
    forged, old = "1.000:forged", signing.Signer(salt=crowd.SALT).sign("1.000")
    plain = [(b"content-type", b"text/plain")]
    scopes = [post(path=f"/{name}", query=urlencode({"line": line}).encode(), headers=plain)
              for name, line in (("inside", ""), ("forged", forged), ("old", old), ("now", ""), ("early", early))]  # fmt: skip

    assert long_line(scopes)[0] == ["/inside", "/early", "/forged", "/old", "/now"]


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-type", b"multipart/form-data"), *HEADERS[1:]],
        [HEADERS[0], (b"accept", b"application/json"), HEADERS[2]],
        [*HEADERS[:2], (b"content-length", b"70000")],
        HEADERS[:2],
    ],
)
def test_what_cannot_be_given_back_waits(headers):
    served, talks = long_line([post(), post(headers=headers)])
    assert (len(served), [talk.status for talk in talks]) == (2, [200, 200])


def test_files_of_the_site_pass_by_the_line():
    served, _ = long_line([post("/a"), post("/static/kit/line.js")])
    assert served == ["/a", "/static/kit/line.js"]


def test_who_goes_away_while_waiting_leaves_no_hole():
    served = []

    async def pages(scope, _receive, _send):
        served.append(scope["path"])
        await asyncio.sleep(0.02)

    async def gone():
        application = in_line(pages, at_once=1)
        tasks = [asyncio.create_task(application({"path": name}, None, None)) for name in ("/a", "/b", "/c")]
        await asyncio.sleep(0.005)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await application({"path": "/d"}, None, None)

    asyncio.run(gone())
    assert served == ["/a", "/c", "/d"]


def test_a_turn_that_comes_as_the_reader_leaves_goes_on():
    async def both():
        line = crowd.Line(1)
        await line.enter(1)
        waits = asyncio.create_task(line.enter(2))
        await asyncio.sleep(0)
        line.leave(0.01)
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
        return line.inside

    assert asyncio.run(both()) == 0
