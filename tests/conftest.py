"""Fixtures every test may use."""

import json

import pytest
import time_machine
from django.core.cache import cache
from django_scopes import scope

from tests import factories


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def noon():
    with time_machine.travel(factories.NOON, tick=False):
        yield factories.NOON


@pytest.fixture
def time_machine_at():
    """Move the clock: `time_machine_at(instant)`."""
    travels = []

    def to(instant):
        travel = time_machine.travel(instant, tick=False)
        travel.start()
        travels.append(travel)

    yield to
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture
def edition(db):
    factories.term()
    conference = factories.edition()
    with scope(conference=conference.pk):
        yield conference


@pytest.fixture
def work(django_capture_on_commit_callbacks):
    """Run what was queued: `with work(): …` does the work at the end, as after a commit."""

    def run():
        return django_capture_on_commit_callbacks(execute=True)

    return run


@pytest.fixture
def signed_in(client):
    """Sign a person in; the team with its second factor."""

    def sign(person, *, second_factor=False):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        if second_factor:
            session = client.session
            session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
            session.save()
        return client

    return sign


@pytest.fixture
def by_key(client):
    """Call the API as a program: `by_key(person, method, path, body)`; a person is signed in by a key, None is nobody."""
    secrets = {}

    def call(who, method, path, body=None, *, once=""):
        headers = {"Idempotency-Key": once} if once else {}
        if who is not None:
            if who.pk not in secrets:
                secrets[who.pk] = factories.key(who)
            headers["Authorization"] = f"Bearer {secrets[who.pk]}"
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(client, method)(f"/api/{path}", headers=headers, **sent)

    return call
