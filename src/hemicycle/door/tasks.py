"""The door's queued and periodic work."""

from django_scopes import scope

from hemicycle.conferences.models import Conference
from hemicycle.door import runs
from hemicycle.kit import clock


def make_papers(conference_id: int, run_id: int) -> None:  # noqa: ARG001 - the ledger enters the edition's scope by it
    """Make the papers of a run."""
    runs.perform(run_id=run_id, now=clock.now())


def forget_papers() -> None:
    """Delete files with names in them once they are a day old."""
    for conference in Conference.objects.all():
        with scope(conference=conference.pk):
            runs.forget(now=clock.now())
