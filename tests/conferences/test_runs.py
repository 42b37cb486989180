"""Long work the desk asks for: seen and taken by whoever may, stopped on request, gone after a day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from hemicycle.conferences import runs
from hemicycle.conferences.models import Run
from hemicycle.kit.secrets import Unreadable, unseal_bytes
from tests.factories import NOON, confirmed, member

pytestmark = pytest.mark.django_db
EXPORT = {"kind": "registration.export", "form": "csv"}


def ask(edition, **values):
    chosen = {"chosen": {}} if "kind" not in values else {}
    return runs.start(conference=edition, actor=None, now=NOON, **(EXPORT | chosen | values))


def state(run):
    run.refresh_from_db()
    return run.state


@pytest.fixture
def strange():
    """A kind whose maker does what it is told; it is taken off afterwards."""

    def offer(make, **more):
        runs.offer(runs.Kind("test.strange", "Strange", make, "registration.see", "registration:desk_list", **more))

    yield offer
    runs.KINDS.pop("test.strange", None)


def page(edition, run, name="run"):
    return reverse(f"desk:{name}", args=[edition.slug, run.pk])


def test_a_file_is_made_shown_taken_and_gone_after_a_day(edition, signed_in, noon):
    confirmed(edition, email="ana@example.eu")
    client = signed_in(member(edition, "registration"), second_factor=True)
    run = ask(edition)
    assert "Waiting for a worker" in client.get(page(edition, run)).content.decode()
    assert client.get(page(edition, run, "run_file")).status_code == 302
    runs.perform(run_id=run.pk, now=NOON)
    runs.perform(run_id=run.pk, now=NOON)

    assert (state(run), run.done, run.total) == ("ready", 1, 1)
    assert "data-done" in client.get(page(edition, run, "run_progress")).content.decode()
    assert b"ana@example.eu" in client.get(page(edition, run, "run_file")).content
    assert b"ana@example.eu" not in bytes(Run.objects.get().sealed)
    gone = [runs.forget(conference=edition, now=NOON + timedelta(hours=hours)) for hours in (1, 25, 26)]
    assert (gone, state(run), runs.sealed(run=run), run.arguments) == ([0, 1, 0], "gone", b"", {})
    assert "deleted after a day" in client.get(page(edition, run)).content.decode()
    runs.forget(conference=edition, now=NOON + timedelta(days=31))
    assert Run.objects.count() == 0


@pytest.mark.parametrize(("role", "answer"), [("door", 200), ("programme", 404), ("registration", 200)])
def test_a_run_is_seen_with_the_capability_it_was_asked_for_with(edition, signed_in, noon, role, answer):
    client = signed_in(member(edition, role), second_factor=True)
    assert client.get(page(edition, ask(edition))).status_code == answer
    guard = ask(edition, kind="registration.guard", chosen={})
    assert client.get(page(edition, guard)).status_code == (200 if role == "registration" else 404)


def test_one_that_waits_is_stopped_at_once_and_one_that_works_at_the_next_step(edition, signed_in, noon, strange):
    client = signed_in(member(edition, "registration"), second_factor=True)
    waits = ask(edition)
    client.get(page(edition, waits, "run_stop"))
    assert state(waits) == "queued"
    client.post(page(edition, waits, "run_stop"))
    runs.perform(run_id=waits.pk, now=NOON)
    assert state(waits) == "stopped"
    assert "Nothing was kept or changed" in client.get(page(edition, waits)).content.decode()

    def make(run, told):
        told(1, 100)
        told(2, 100)
        runs.stop(run=run)
        told(3, 100)
        seen.append(state(run))
        told(4, 100)
        raise AssertionError("stopped before")

    seen = []
    strange(make)
    works = ask(edition, kind="test.strange")
    runs.perform(run_id=works.pk, now=NOON)
    assert (seen, state(works), works.done) == (["running"], "stopped", 4)


def test_what_cannot_be_stopped_half_way_goes_on(edition, noon, strange):
    def make(run, told):
        runs.stop(run=run)
        told(1, 1)
        return runs.Made(said="Done.")

    strange(make, stoppable=False)
    run = ask(edition, kind="test.strange")
    runs.perform(run_id=run.pk, now=NOON)
    assert (state(run), run.said, run.stop_asked) == ("ready", "Done.", False)


def test_a_fault_of_ours_is_told_and_written_down(edition, signed_in, noon, strange):
    def make(run, told):
        raise ZeroDivisionError

    strange(make)
    run = ask(edition, kind="test.strange")
    with pytest.raises(ZeroDivisionError):
        runs.perform(run_id=run.pk, now=NOON)
    client = signed_in(member(edition, "registration"), second_factor=True)
    assert (state(run), "went wrong on our side" in client.get(page(edition, run)).content.decode()) == ("failed", True)


def test_the_sentence_is_in_the_language_of_who_asked(edition, noon):
    with translation.override("fr"):
        run = ask(edition, kind="registration.absent")
    runs.perform(run_id=run.pk, now=NOON)
    run.refresh_from_db()
    assert (run.state, run.language, run.said) == (
        "failed", "fr", "Cela peut se dire une fois le dernier jour passé et au moins une personne enregistrée.",
    )  # fmt: skip


def test_a_sealed_file_opens_for_its_purpose_only(edition, noon):
    run = ask(edition)
    runs.perform(run_id=run.pk, now=NOON)
    with pytest.raises(Unreadable):
        unseal_bytes(Run.objects.get().sealed, purpose="registration.intake")


def test_who_did_not_come_is_noted_after_the_last_day(edition, signed_in, noon, work, time_machine_at):
    from hemicycle.door import operations as door
    from hemicycle.door import scans
    from hemicycle.door.models import CheckList
    from hemicycle.notifications.models import Mail

    came, missed = confirmed(edition), confirmed(edition, email="missed@example.eu")
    online = confirmed(edition, mode="online")
    boss = member(edition, "registration")
    client = signed_in(boss, second_factor=True)
    path = reverse("door:absent", args=[edition.slug])

    def press():
        with work():
            answer = client.post(path)
        return client.get(answer["Location"]).content.decode()

    assert "once the last day is over" in press()
    door.prepare_lists(conference=edition, actor=None, now=NOON)
    main = CheckList.objects.get(kind="conference")
    scans.by_hand(checklist=main, registration=came, actor=None, now=NOON)
    time_machine_at(NOON.replace(month=6))
    client = signed_in(boss, second_factor=True)
    desk = reverse("door:desk", args=[edition.slug])
    assert "the ticket of 1 person" in client.get(desk).content.decode()
    assert "1 person is noted as not having come" in press()

    statuses = [type(row).objects.get(pk=row.pk).status for row in (came, missed, online)]
    assert statuses == ["checked_in", "no_show", "confirmed"]
    assert list(Mail.objects.filter(kind="NotSeen").values_list("to", flat=True)) == ["missed@example.eu"]
    assert "was not scanned" not in client.get(desk).content.decode()
    scans.by_hand(checklist=main, registration=missed, actor=None, now=NOON)
    assert type(missed).objects.get(pk=missed.pk).status == "checked_in"
    assert client.get(path).status_code == 302
