"""Registration's queued and periodic work."""

from django_scopes import scope

from hemicycle.conferences.models import Conference
from hemicycle.kit import clock
from hemicycle.registration import drafts, intake, operations, retention


def offer_freed_places(conference_id: int) -> None:
    """End holds that ran out and offer what is free; with nothing to do it changes nothing."""
    operations.offer_freed_places(conference_id=conference_id, now=clock.now())


def look_after_waiting_lists() -> None:
    """Do that for every public edition, and delete what is not kept longer."""
    for conference in Conference.objects.filter(stage="open"):
        with scope(conference=conference.pk):
            operations.offer_freed_places(conference_id=conference.pk, now=clock.now())
            operations.remind_on_the_eve(conference=conference, now=clock.now())
            retention.forget_needs(conference=conference, now=clock.now())
            drafts.forget(conference=conference, now=clock.now())
            intake.forget(conference=conference, now=clock.now())


def forget_editions() -> None:
    """Delete the registrations of every edition whose retention is over."""
    for conference in Conference.objects.filter(ends_on__isnull=False):
        with scope(conference=conference.pk):
            retention.forget_edition(conference=conference, now=clock.now())
