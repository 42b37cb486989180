"""The demo's queued work."""

from hemicycle.conferences.queries import by_id
from hemicycle.demo import day
from hemicycle.kit import clock


def arrive(conference_id: int) -> None:
    """Let people come whose minute is over."""
    day.arrive(conference=by_id(conference_id=conference_id), now=clock.now())
