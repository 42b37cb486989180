"""Queued work: twice is once, a killed worker loses nothing, what fails is tried again and then given up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hemicycle.audit import ledger
from hemicycle.audit import queries as audit
from hemicycle.audit.enums import JobState
from hemicycle.audit.models import Job
from hemicycle.config import periodic
from hemicycle.kit import tasks
from hemicycle.notifications import tasks as mail

pytestmark = pytest.mark.django_db
NAME = "hemicycle.notifications.tasks.forget"


def job(**values):
    return Job.objects.create(**({"name": NAME, "due_at": timezone.now()} | values))


def test_unknown_work_is_never_queued():
    with pytest.raises(LookupError):
        tasks.later("os.system", command="true")
    with pytest.raises(LookupError):
        tasks.later("hemicycle.notifications.tasks.nothing")


def test_work_is_done_after_commit_and_once(work):
    with work():
        tasks.later(NAME)
    done = Job.objects.get()
    tasks.perform.call(job_id=str(done.pk))

    done.refresh_from_db()
    assert (done.state, done.attempts) == (JobState.DONE, 1)


def test_a_key_queues_once(work):
    with work():
        tasks.later(NAME, key="today")
        tasks.later(NAME, key="today")

    assert Job.objects.count() == 1


def test_a_leased_job_is_left_alone():
    running = job(state=JobState.RUNNING, attempts=1, leased_until=timezone.now() + timedelta(seconds=30))

    ledger.DatabaseLedger().perform(job_id=str(running.pk))

    running.refresh_from_db()
    assert (running.state, running.attempts) == (JobState.RUNNING, 1)


def test_what_a_dead_worker_held_is_done_by_the_next(work):
    lost = job(state=JobState.RUNNING, attempts=1, leased_until=timezone.now() - timedelta(seconds=1))
    with work():
        assert ledger.sweep(now=timezone.now()) == 1

    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == (JobState.DONE, 2)


def test_queued_work_that_lies_about_is_handed_over_again(work):
    job(due_at=timezone.now() - timedelta(minutes=5))
    with work():
        assert ledger.sweep(now=timezone.now()) == 1

    assert Job.objects.get().state == JobState.DONE


def test_failing_work_waits_longer_each_time_and_is_given_up(monkeypatch):
    monkeypatch.setattr(mail, "forget", lambda: 1 / 0)
    failing = job()
    waits = []
    for _ in range(ledger.ATTEMPTS):
        before = timezone.now()
        ledger.DatabaseLedger().perform(job_id=str(failing.pk))
        failing.refresh_from_db()
        waits.append(round((failing.due_at - before).total_seconds()))

    assert waits == [15, 60, 240, 960, 3840, 15360]
    assert (failing.state, failing.error) == (JobState.DEAD, "ZeroDivisionError: division by zero")
    assert audit.dead_letters() == [failing]


def test_a_lost_job_without_attempts_left_is_given_up():
    lost = job(state=JobState.RUNNING, attempts=ledger.ATTEMPTS, leased_until=timezone.now() - timedelta(seconds=1))

    ledger.sweep(now=timezone.now())

    lost.refresh_from_db()
    assert (lost.state, lost.error) == (JobState.DEAD, "worker lost")


def test_a_beat_queues_each_turn_once_however_many_workers_beat(work):
    now = timezone.now()
    with work():
        for _ in range(3):
            periodic.beat(now=now)

    assert sorted(Job.objects.values_list("name", flat=True)) == sorted(turn.name for turn in periodic.TURNS)
