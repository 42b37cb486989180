"""One of the devices of the race: scans the same tickets as the others, at an agreed moment."""

import os
import sys
import time
from uuid import uuid4

import django


def main() -> None:
    start_at, device_id, slug = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["RACE_DATABASE"]
    django.setup()
    from django.utils import timezone
    from django_scopes import scope

    from hemicycle.conferences.queries import by_slug
    from hemicycle.door import queries, scans
    from hemicycle.registration.models import Registration

    conference = by_slug(slug=slug)
    assert conference is not None
    with scope(conference=conference.pk):
        device = queries.device(conference=conference, device_id=device_id)
        list_id = device.lists.get().pk
        people = list(Registration.objects.filter(conference=conference).values_list("code", flat=True))
        time.sleep(max(0.0, start_at - time.time()))
        for code in people:
            now = timezone.now()
            item = {"id": str(uuid4()), "list": list_id, "at": now.isoformat(), "ticket": code, "method": "camera"}
            scans.receive(device=device, raw=[item], sent_at=now, now=now)


if __name__ == "__main__":
    main()
