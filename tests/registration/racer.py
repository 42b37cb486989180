"""One of the processes of the race: registers a number of people as fast as it can, at an agreed moment."""

import os
import sys
import time

import django


def main() -> None:
    start_at, first, number, slug = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["RACE_DATABASE"]
    django.setup()
    if os.environ.get("RACE_WITHOUT_LOCK"):
        _without_lock()
    from django_scopes import scope

    from hemicycle.conferences.queries import by_slug
    from hemicycle.directory.operations import organisation_for
    from tests import factories

    conference = by_slug(slug=slug)
    assert conference is not None
    time.sleep(max(0.0, start_at - time.time()))
    with scope(conference=conference.pk):
        for index in range(first, first + number):
            ours = organisation_for(name=f"Racers {index % number}", country="BE")
            factories.registered(conference, email=f"racer{index}@example.eu", organisation=ours)


def _without_lock() -> None:
    """The control: the same race with the row lock off and a pause where it would have waited."""
    from hemicycle.conferences.models import Conference
    from hemicycle.registration import operations, places

    counted = places.taken

    def slow(**facts):
        taken = counted(**facts)
        time.sleep(0.05)
        return taken

    operations.lock = lambda *, conference_id: Conference.objects.get(pk=conference_id)
    places.taken = slow


if __name__ == "__main__":
    main()
