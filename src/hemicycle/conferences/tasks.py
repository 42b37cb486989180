"""The editions' queued and periodic work."""

from django_scopes import scope

from hemicycle.conferences import runs
from hemicycle.conferences.models import Conference
from hemicycle.kit import clock


def do_run(conference_id: int, run_id: int) -> None:  # noqa: ARG001 - the ledger enters the edition's scope by it
    """Do something long that the desk asked for."""
    runs.perform(run_id=run_id, now=clock.now())


def forget_runs() -> None:
    """Delete files with names in them once they are a day old."""
    for conference in Conference.objects.all():
        with scope(conference=conference.pk):
            runs.forget(conference=conference, now=clock.now())
