"""Server CPU per request on the demo's data: home and agenda with complete HTML, as a visitor and as a participant.

Prints milliseconds and the ratio to the cheapest page (the robots file), since only ratios travel between machines.
"""

import os
import sys
import tempfile
import time

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
    ("participant", "/ecc2024/agenda/"),
    ("participant", "/ecc2024/me/"),
    ("participant", "/ecc2024/people/"),
    ("participant", "/ecc2024/meetings/"),
    ("owner", "/ecc2024/desk/"),
    ("owner", "/ecc2024/desk/registrations/"),
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


def cost(client, path):
    """Return (median CPU milliseconds, queries) of a warm page."""
    from django.core.signals import request_started
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    request_started.disconnect(reset_queries)  # as the tests' client does: count the whole request
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        client.get(path)
        times.append(time.process_time() - start)
    return 1000 * sorted(times)[ROUNDS // 2], len(seen.captured_queries)


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


if __name__ == "__main__":
    main()
