"""The door's pages: the desk's, and the shell of the scanner."""

import json

import pytest
from django.urls import reverse
from tests.door.conftest import Door
from tests.factories import confirmed, member

from hemicycle.door.models import CheckIn, CheckList, Device

pytestmark = pytest.mark.django_db


def page(edition, name, *more):
    return reverse(f"door:{name}", args=[edition.slug, *more])


@pytest.fixture
def desk(edition, signed_in, noon):
    return signed_in(member(edition, "door"), second_factor=True)


def test_the_desk_prepares_the_lists_once(edition, desk):
    for _ in range(2):
        desk.post(page(edition, "prepare"))

    assert list(CheckList.objects.values_list("kind", flat=True)) == ["conference"]
    assert b"0</b> of 0 in" in desk.get(page(edition, "desk")).content


def test_a_device_is_made_shown_its_code_once_and_switched_off(edition, desk):
    desk.post(page(edition, "prepare"))
    chosen = {"name": "Main", "lists": [CheckList.objects.get().pk], "walk_ins": "on"}
    made = desk.post(page(edition, "devices"), chosen)
    device = Device.objects.get()
    shown = desk.post(page(edition, "device", device.pk)).content.decode()
    code = shown.split("<code>")[1].split("</code>")[0]

    assert made["Location"] == page(edition, "device", device.pk)
    assert (len(code), code in desk.get(page(edition, "device", device.pk)).content.decode()) == (11, False)
    twice = desk.post(page(edition, "devices"), chosen)
    assert (twice.status_code, b"Another device is called so." in twice.content) == (422, True)
    desk.post(page(edition, "switch_off", device.pk))
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert b"switched off" in desk.get(page(edition, "devices")).content


def test_the_desk_finds_checks_in_and_takes_out(edition, desk):
    door, row = Door(edition), confirmed(edition, first_name="Findable")
    confirmed(edition, first_name="Other")
    address = page(edition, "list", door.list.pk)
    found = desk.get(f"{address}?search=findable&inside=no").content.decode()
    assert ("Findable" in found, "Other Ålund" in found) == (True, False)
    desk.post(f"{address}?inside=no", {"registration": row.pk, "do": "in"})
    assert CheckIn.objects.count() == 1
    assert "Findable" in desk.get(f"{address}?inside=yes").content.decode()
    desk.post(address, {"registration": row.pk, "do": "out"})

    assert CheckIn.objects.count() == 0
    for wrong in ({}, {"registration": "x", "do": "in"}, {"registration": 10**12, "do": "in"}):
        assert desk.post(address, wrong).status_code == 302


def test_a_badge_is_printed_for_who_has_a_place(edition, desk):
    row = confirmed(edition)
    assert desk.get(page(edition, "badge", row.pk)).content[:5] == b"%PDF-"
    assert desk.get(page(edition, "badge", row.pk + 1)).status_code == 404


def test_the_scanner_is_a_shell_without_anybody_s_data(edition, client, noon):
    row = confirmed(edition)
    answer = client.get(page(edition, "scan"))
    text = answer.content.decode()

    assert (row.person.name in text, row.code in text) == (False, False)
    assert "script-src 'self' 'wasm-unsafe-eval'" in answer["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in client.get(f"/{edition.slug}/")["Content-Security-Policy"]


def test_the_scanner_can_be_installed(edition, client):
    about = client.get(page(edition, "manifest")).json()
    worker = client.get(page(edition, "worker"))
    facts = json.loads(worker.content.decode().split("\n")[0].removeprefix("const door = ").removesuffix(";"))

    assert (about["scope"], about["start_url"], about["display"]) == (*[page(edition, "scan")] * 2, "standalone")
    assert [client.get(icon["src"]).content[:4] for icon in about["icons"]] == [b"\x89PNG"] * 2
    assert worker["Content-Type"].startswith("text/javascript")
    assert facts["page"] == page(edition, "scan")


def test_every_file_the_worker_keeps_is_there(edition, client):
    from django.contrib.staticfiles import finders

    from hemicycle.door.views import NEEDED

    assert [name for name in NEEDED if finders.find(name) is None] == []
