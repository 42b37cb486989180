"""Forty people, five places, eight processes: five held, thirty-five in the waiting list in order, no error.

Each new organisation is brought by eight of them at the same moment, and made once.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from hemicycle.registration.enums import Status
from hemicycle.registration.models import Registration
from tests import factories

PROCESSES, EACH, PLACES = 8, 5, 5
ROOT = Path(__file__).resolve().parents[2]


def race(*, without_lock=False):
    factories.term()
    conference = factories.edition(capacity=PLACES)
    connection.close()
    environment = {
        **os.environ,
        "RACE_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        **({"RACE_WITHOUT_LOCK": "1"} if without_lock else {}),
    }
    start = time.time() + 4
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.registration.racer", str(start), str(n * EACH), str(EACH), conference.slug],
            cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True,
        )
        for n in range(PROCESSES)
    ]  # fmt: skip
    errors = [error for racer in racers if (error := racer.communicate(timeout=120)[1])]
    with scopes_disabled():
        rows = list(Registration.objects.filter(conference=conference).order_by("created_order"))
    return errors, rows


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_for_five_places():
    errors, rows = race()

    assert errors == []
    assert [row.created_order for row in rows] == list(range(1, 41))
    assert [row.status for row in rows] == [Status.SUBMITTED] * 5 + [Status.WAITING] * 35
    assert len({row.organisation_id for row in rows}) == EACH, "eight at once bring each new name"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's immediate transactions are a lock of their own")
def test_the_same_race_without_the_lock_goes_wrong():
    errors, rows = race(without_lock=True)

    assert errors or sum(row.status == Status.SUBMITTED for row in rows) > PLACES
