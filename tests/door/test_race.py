"""Devices race for the same tickets: one check-in each, every other scan a double, no error."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scope
from tests import factories
from tests.door.conftest import Door

from hemicycle.door.models import CheckIn, Double, Scan

ROOT = Path(__file__).resolve().parents[2]
DEVICES, TICKETS = 4, 5


@pytest.mark.django_db(transaction=True)
def test_four_devices_scan_the_same_five_tickets_at_once():
    factories.term()
    conference = factories.edition()
    with scope(conference=conference.pk):
        for _ in range(TICKETS):
            factories.confirmed(conference)
        devices = [Door(conference, f"Door {number}").device.pk for number in range(DEVICES)]
    connection.close()
    environment = {
        **os.environ, "RACE_DATABASE": str(connection.settings_dict["NAME"]), "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }  # fmt: skip
    start = time.time() + 4
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.door.racer", str(start), str(device), conference.slug],
            cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True,
        )
        for device in devices
    ]  # fmt: skip
    errors = [error for racer in racers if (error := racer.communicate(timeout=120)[1])]

    with scope(conference=conference.pk):
        assert (errors, CheckIn.objects.count()) == ([], TICKETS)
        assert (Scan.objects.count(), Double.objects.count()) == (DEVICES * TICKETS, (DEVICES - 1) * TICKETS)
        first = {row.registration_id: row.scan.scanned_at for row in CheckIn.objects.select_related("scan")}
        assert all(first[scan.registration_id] <= scan.scanned_at for scan in Scan.objects.all())
