"""The site's queued and periodic work."""

from django_scopes import scope

from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import by_id
from hemicycle.kit import clock
from hemicycle.website import newsletter


def tell(conference_id: int) -> None:
    """Write to the subscribers of one edition about news that is out."""
    newsletter.tell(conference=by_id(conference_id=conference_id), now=clock.now())


def tell_everywhere() -> None:
    """Do that for every public edition: news may wait for its day."""
    for conference in Conference.objects.filter(stage="open"):
        with scope(conference=conference.pk):
            newsletter.tell(conference=conference, now=clock.now())
