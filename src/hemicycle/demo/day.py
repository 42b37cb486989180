"""Who comes on the demo's days: most people, at a plausible minute, in the same order at every start."""

from datetime import datetime, time, timedelta

from hemicycle.conferences.models import Conference
from hemicycle.demo import roles
from hemicycle.door import queries, scans
from hemicycle.door.enums import ListKind
from hemicycle.door.models import CheckIn, CheckList

OPENS = time(8, 0)
OVER = timedelta(days=2)
# Of so many people one does not come.
AWAY = 4


def arrive(*, conference: Conference, now: datetime) -> int:
    """Check in whoever has come by now, at the conference and at its side events; return how many are new.

    The people one can sign in as come last, so that their tickets can be tried on the day itself.
    """
    first = datetime.combine(conference.days()[0], OPENS, tzinfo=conference.zone)
    kinds = [ListKind.CONFERENCE, ListKind.SIDE_EVENT]
    lists = CheckList.objects.filter(conference=conference, kind__in=kinds).select_related("side_event")
    opening = [(row, row.side_event.starts_at if row.side_event else first) for row in lists]
    return sum(_fill(checklist, opens=opens, now=now) for checklist, opens in opening if opens <= now)


def _fill(checklist: CheckList, *, opens: datetime, now: datetime) -> int:
    stars = {person.pk for role in roles.ROLES if (person := roles.person(role))}
    inside = set(CheckIn.objects.filter(checklist=checklist).values_list("registration_id", flat=True))
    number = 0
    for row in queries.expected(checklist=checklist).order_by("created_order"):
        comes = now >= opens + OVER if row.person_id in stars else row.created_order % AWAY != 0
        at = opens + timedelta(minutes=row.created_order * 7 % 150)
        if comes and at <= now and row.pk not in inside:
            scans.by_hand(checklist=checklist, registration=row, actor=None, now=at)
            number += 1
    return number
