"""A rush of registrations: `python benchmarks/rush.py [--clients 600] [--places 500] [--database URL]`.

Two web processes; every client loads the form, sends it in the same second as all others, and uses the link from its
mail. Prints what became of them, the slowest request, and the server's CPU per completed registration (form, sending,
link). Exact or not is a fact; the times are of this machine.
"""

import argparse
import asyncio
import html
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
PORTS = (8761, 8762)
FIELD = re.compile(rb'name="(csrfmiddlewaretoken|once)" value="([^"]+)"')


async def ask(port, method, path, *, cookie="", body=b""):
    """Send one request on a connection of its own; return (status, headers, body, seconds)."""
    begin = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = [
        f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", f"Cookie: {cookie}",
        f"Referer: http://127.0.0.1:{port}{path}", f"Content-Length: {len(body)}",
        "Accept: text/html", "Content-Type: application/x-www-form-urlencoded", "", "",
    ]  # fmt: skip
    writer.write("\r\n".join(head).encode() + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    head, _, content = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    return status, head, content, time.perf_counter() - begin


async def load(number):
    """Load the form; return what is needed to send it."""
    port = PORTS[number % len(PORTS)]
    status, head, content, seconds = await ask(port, "GET", "/rush/register/")
    found = {key.decode(): value.decode() for key, value in FIELD.findall(content)}
    cookies = re.findall(rb"(?i)set-cookie: (csrftoken=[^;]+)", head)
    return status, port, found, cookies[0].decode() if cookies else "", seconds


async def send(number, form, stakeholder, start):
    """Send the form at the agreed instant."""
    _status, port, tokens, cookie, _seconds = form
    answers = {
        **tokens, "first_name": "Ada", "last_name": f"Rush {number}", "email": f"rush{number}@example.eu", "country": "BE",
        "stakeholder": stakeholder, "notice": "on",
    }  # fmt: skip
    await asyncio.sleep(max(0.0, start - time.time()))
    path, longest, turns = "/rush/register/", 0.0, 0
    while True:
        answer = await ask(port, "POST", path, cookie=cookie, body=urlencode(answers).encode())
        longest, turns = max(longest, answer[3]), turns + 1
        if answer[0] != 202:
            return *answer[:3], longest, turns
        path = "/rush/register/" + html.unescape(re.search(rb'action="([^"]+)"', answer[2])[1].decode())
        await asyncio.sleep(int(re.search(rb'data-seconds="([0-9]+)"', answer[2])[1]))


async def rush(clients, stakeholder):
    """Return the seconds of all requests and the statuses of the sent forms."""
    forms = []
    for first in range(0, clients, 50):
        forms += await asyncio.gather(*(load(number) for number in range(first, min(clients, first + 50))))
    start = time.time() + 0.5
    sent = await asyncio.gather(*(send(number, form, stakeholder, start) for number, form in enumerate(forms)))
    return [form[4] for form in forms], sent


async def click(links):
    """Use the links from the mails, fifty at a time."""
    answers = []
    for first in range(0, len(links), 50):
        part = links[first : first + 50]
        answers += await asyncio.gather(*(ask(PORTS[n % 2], "GET", path) for n, path in enumerate(part)))
    return answers


def prepare(places):
    """Make the edition; return the key of a stakeholder type."""
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    from hemicycle.conferences import operations as conferences

    call_command("migrate", verbosity=0)
    term = conferences.add_term(kind="stakeholder", key="company", label="Company")
    now = timezone.now()
    conferences.create_edition(
        series=conferences.create_series(slug="rush", name="Rush"), actor=None, now=now, slug="rush", number=1,
        year=now.year, name="Rush", short_name="Rush", starts_on=now.date() + timedelta(days=90),
        ends_on=now.date() + timedelta(days=91), stage="open", capacity=places, languages=["en"],
        registration_opens_at=now - timedelta(days=1), registration_closes_at=now + timedelta(days=30),
    )  # fmt: skip
    return term.pk


def cpu(processes):
    import psutil

    return sum(sum(psutil.Process(process.pid).cpu_times()[:2]) for process in processes)


def main():
    """Run the rush and print what became of it."""
    parser = argparse.ArgumentParser(description="A rush of registrations.")
    parser.add_argument("--clients", type=int, default=600)
    parser.add_argument("--places", type=int, default=500)
    parser.add_argument("--database", default="", help="a PostgreSQL URL; SQLite without")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="hemicycle-rush-")
    os.environ.update(
        HEMICYCLE_DATA=folder, HEMICYCLE_RATE_FACTOR="1000000", HEMICYCLE_DATABASE_URL=options.database,
        HEMICYCLE_SECRET_KEY="rush-" * 12, DJANGO_SETTINGS_MODULE="hemicycle.config.settings",
    )  # fmt: skip
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    stakeholder = prepare(options.places)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    servers = [
        subprocess.Popen([sys.executable, "-m", "hemicycle", "serve", "--port", str(port)], env=environment)
        for port in PORTS
    ]
    try:
        report(options, servers, stakeholder)
    finally:
        for server in servers:
            server.terminate()
            server.wait(timeout=20)


def report(options, servers, stakeholder):
    from django.conf import settings
    from django_scopes import scopes_disabled

    from hemicycle.notifications.models import Mail
    from hemicycle.registration.models import Registration

    wait_for(PORTS)
    asyncio.run(ask(PORTS[0], "GET", "/rush/register/"))
    begin = cpu(servers)
    loads, sent = asyncio.run(rush(options.clients, stakeholder))
    links = [
        mail.payload["link"].removeprefix(settings.BASE_URL)
        for mail in Mail.objects.filter(kind="ConfirmYourAddress").order_by("pk")
    ]
    clicks = asyncio.run(click(links))
    spent = cpu(servers) - begin
    with scopes_disabled():
        rows = list(Registration.objects.order_by("created_order").values_list("status", flat=True))
    slowest = max([*loads, *(answer[3] for answer in sent), *(answer[3] for answer in clicks)])
    print("database", "postgresql" if options.database else "sqlite")
    print("sent", dict(Counter(answer[0] for answer in sent)), "clicked", dict(Counter(answer[0] for answer in clicks)))
    print("in the end", dict(Counter(rows)), "in order", "confirmed" not in rows[options.places :])
    print("asked to come back", sum(answer[4] > 1 for answer in sent), "at most times", max(a[4] for a in sent) - 1)
    print(f"slowest request {slowest:.2f} s, form {max(loads):.2f} s, sending {max(a[3] for a in sent):.2f} s")
    print(f"server CPU per completed registration {1000 * spent / options.clients:.1f} ms (form, sending, link)")


def wait_for(ports):
    for port in ports:
        for _ in range(200):
            try:
                asyncio.run(ask(port, "GET", "/robots.txt"))
                break
            except OSError:
                time.sleep(0.1)


if __name__ == "__main__":
    main()
