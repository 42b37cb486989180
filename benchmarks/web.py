"""Server CPU per request on the demo's data: home and agenda with complete HTML, as a visitor and as a participant.

Prints milliseconds and the ratio to the cheapest page (the robots file), since only ratios travel between machines.
"""

import json
import os
import sys
import tempfile
import time
from uuid import uuid4

os.environ.setdefault("HEMICYCLE_DATA", tempfile.mkdtemp(prefix="hemicycle-bench-"))
os.environ["HEMICYCLE_DEMO"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings")
ROUNDS = 60
PAGES = (
    ("visitor", "/robots.txt"),
    ("visitor", "/ecc2024/"),
    ("visitor", "/ecc2024/agenda/"),
    ("visitor", "/ecc2024/agenda/?day=2024-05-08&view=list"),
    ("visitor", "/ecc2024/speakers/"),
    ("visitor", "/ecc2024/register/"),
    ("visitor", "/ecc2024/side-events/"),
    ("participant", "/ecc2024/side-events/passport-lab/"),
    ("host", "/ecc2024/hosting/passport-lab/"),
    ("participant", "/ecc2024/agenda/"),
    ("participant", "/ecc2024/me/"),
    ("participant", "/ecc2024/people/"),
    ("participant", "/ecc2024/meetings/"),
    ("owner", "/ecc2024/desk/"),
    ("owner", "/ecc2024/desk/registrations/"),
    ("owner", "/ecc2024/desk/registrations/statistics/"),
    ("owner", "/ecc2024/desk/side-events/assembly-partnerships/"),
    ("owner", "/ecc2024/desk/door/"),
    ("owner", "/ecc2024/desk/history/"),
)


def client_for(role):
    from django.test import Client

    from hemicycle.demo import roles

    client = Client(headers={"host": "127.0.0.1"})
    if role != "visitor":
        client.force_login(roles.person(roles.find(role)), backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
        session.save()
    return client


def counted(act):
    """Return how many queries an act sends, those for the demo's own clock left out."""
    from django.db import connection

    seen = []
    with connection.execute_wrapper(lambda run, *rest: (seen.append(rest[0]), run(*rest))[1]):
        act()
    return sum("demo_clock" not in sql for sql in seen)


def cost(client, path):
    """Return (median CPU milliseconds, queries) of a warm page."""
    assert client.get(path).status_code == 200, path
    queries = counted(lambda: client.get(path))
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        client.get(path)
        times.append(time.process_time() - start)
    return 1000 * sorted(times)[ROUNDS // 2], queries


def scans():
    """Return (median CPU milliseconds, queries) of one scan of one ticket over the API, each by itself."""
    from django.test import Client
    from django_scopes import scope

    from hemicycle.conferences.queries import by_slug
    from hemicycle.door import operations
    from hemicycle.door.models import CheckList
    from hemicycle.kit import clock
    from hemicycle.registration.letters import ticket_text
    from hemicycle.registration.models import Registration

    conference = by_slug(slug="ecc2024")
    with scope(conference=conference.pk):
        lists = list(CheckList.objects.filter(kind="conference"))
        now = clock.now()
        device = operations.make_device(
            conference=conference, name="Bench", lists=lists, walk_ins=False, actor=None, now=now
        )
        code = operations.make_code(device=device, actor=None, now=now)
        _device, secret = operations.enrol(conference=conference, code=code, now=now)
        rows = Registration.objects.filter(status="confirmed", mode="on_site")[: ROUNDS + 2]
        tickets = [ticket_text(row, conference) for row in rows]
    client, times = Client(headers={"host": "127.0.0.1"}), []

    def scan(ticket):
        at = clock.now().isoformat()
        one = {"id": str(uuid4()), "list": lists[0].pk, "at": at, "ticket": ticket, "method": "camera"}
        answer = client.post(
            "/api/ecc2024/door/scans", json.dumps({"sent_at": at, "scans": [one]}), content_type="application/json",
            headers={"authorization": f"Bearer {secret}"},
        )  # fmt: skip
        assert answer.json()["answers"][0]["result"] == "in", answer.content

    for ticket in tickets[1:]:
        start = time.process_time()
        scan(ticket)
        times.append(time.process_time() - start)
    return 1000 * sorted(times)[len(times) // 2], counted(lambda: scan(tickets[0]))


def crowd(size):
    """Let registrations of the demo be copied for other people until there are this many."""
    from django.contrib.auth import get_user_model
    from django.db import transaction
    from django_scopes import scope

    from hemicycle.conferences.queries import by_slug
    from hemicycle.registration.models import Registration

    conference = by_slug(slug="ecc2024")
    with scope(conference=conference.pk), transaction.atomic():
        known = list(Registration.objects.filter(conference=conference).select_related("person"))
        last = max(row.created_order for row in known)
        missing = range(size - len(known))
        model = get_user_model()
        fresh = [field for field in Registration._meta.concrete_fields if field.unique and not field.primary_key]  # noqa: SLF001
        for n in missing:
            row = known[n % len(known)]
            who = row.person
            row.person = model.objects.create(
                email=f"crowd{n}@example.eu", first_name=who.first_name, last_name=f"{who.last_name} {n}", language="en"
            )
            row.pk, row.group, row.created_order = None, None, last + 1 + n
            for field in fresh:
                setattr(row, field.attname, field.get_default())
            row.save(force_insert=True)
            row.person = who
        return Registration.objects.filter(conference=conference).count()


def main():
    import django

    django.setup()
    from django.core.management import call_command

    from hemicycle.demo.load import load

    call_command("migrate", verbosity=0)
    load(progress=lambda sentence: print(sentence, file=sys.stderr))
    base = None
    print(f"{'role':<12} {'page':<44} {'CPU ms':>8} {'ratio':>7} {'queries':>8}")
    for role, path in PAGES:
        milliseconds, queries = cost(client_for(role), path)
        base = base or milliseconds
        print(f"{role:<12} {path:<44} {milliseconds:>8.1f} {milliseconds / base:>7.1f} {queries:>8}")
    size = crowd(10_000)
    for path in ("/ecc2024/desk/registrations/", "/ecc2024/desk/registrations/statistics/"):
        milliseconds, queries = cost(client_for("owner"), path)
        page = f"{path.removeprefix('/ecc2024')} ({size:,})"
        print(f"{'owner':<12} {page:<44} {milliseconds:>8.1f} {milliseconds / base:>7.1f} {queries:>8}")
    milliseconds, queries = scans()
    print(f"{'device':<12} {'one scan over the API':<44} {milliseconds:>8.1f} {milliseconds / base:>7.1f} {queries:>8}")


if __name__ == "__main__":
    main()
