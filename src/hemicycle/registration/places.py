"""How many places are taken, and who is served next; every function runs under the caller's lock of the edition."""

from collections import Counter
from datetime import datetime

from django.db.models import Count

from hemicycle.conferences.models import Conference
from hemicycle.registration import rules
from hemicycle.registration.enums import HOLDS_PLACE, ON_SITE_MODES, Status
from hemicycle.registration.models import Category, Draft, Registration
from hemicycle.registration.rules import Turn


def taken(*, conference: Conference, now: datetime, without: Draft | None = None) -> Counter[int]:
    """Return category (0: none) → places held on site, by registrations and by forms that are being filled in."""
    found: Counter[int] = Counter()
    rows = Registration.objects.filter(conference=conference, status__in=HOLDS_PLACE, mode__in=ON_SITE_MODES)
    for category, number in rows.order_by().values_list("category_id").annotate(number=Count("id")):
        found[category or 0] += number
    drafts = Draft.objects.filter(conference=conference, on_site=True, held_until__gt=now)
    if without is not None:
        drafts = drafts.exclude(pk=without.pk)
    for category, number in drafts.order_by().values_list("category_id").annotate(number=Count("id")):
        found[category or 0] += number
    return found


def _quotas(conference: Conference, held: Counter[int]) -> dict[int, int]:
    rows = Category.objects.filter(conference=conference, quota__isnull=False).values_list("pk", "quota")
    return {pk: quota - held[pk] for pk, quota in rows if quota is not None}


def waiting(*, conference: Conference) -> list[tuple[Turn, list[int]]]:
    """Return the waiting list in order: turns with the keys of their registrations, groups together."""
    rows = (
        Registration.objects.filter(conference=conference, status=Status.WAITING, waiting_since__isnull=False)
        .order_by("created_order")
        .values_list("pk", "group_id", "category_id")
    )
    turns: dict[tuple[str, int], list[int]] = {}
    categories: dict[tuple[str, int], int] = {}
    for pk, group, category in rows:
        key = ("group", group) if group else ("person", pk)
        turns.setdefault(key, []).append(pk)
        categories.setdefault(key, category or 0)
    return [(Turn(size=len(keys), category=categories[key]), keys) for key, keys in turns.items()]


def next_served(*, conference: Conference, now: datetime) -> list[list[int]]:
    """Return the keys of the registrations that can be offered places now, turn by turn."""
    held = taken(conference=conference, now=now)
    free = conference.capacity - held.total()
    if free <= 0:
        return []
    queue = waiting(conference=conference)
    positions = rules.served([turn for turn, _ in queue], free=free, quotas=_quotas(conference, held))
    return [queue[position][1] for position in positions]


def room(*, conference: Conference, category: Category | None, now: datetime) -> int:
    """Return how many who come one after another in a category get places at once, as `has_room` says of each."""
    held = taken(conference=conference, now=now)
    free = conference.capacity - held.total()
    queue = [turn for turn, _ in waiting(conference=conference)]
    coming = [Turn(size=1, category=category.pk if category else 0)] * max(free, 0)
    positions = rules.served([*queue, *coming], free=free, quotas=_quotas(conference, held))
    return sum(position >= len(queue) for position in positions)


def has_room(
    *, conference: Conference, category: Category | None, size: int, now: datetime, without: Draft | None = None
) -> bool:
    """Say whether somebody who comes now gets places at once: nobody passes those who wait for them."""
    held = taken(conference=conference, now=now, without=without)
    free = conference.capacity - held.total()
    if free < size:
        return False
    queue = [turn for turn, _ in waiting(conference=conference)]
    if not queue and category is None:
        return True
    queue.append(Turn(size=size, category=category.pk if category else 0))
    return len(queue) - 1 in rules.served(queue, free=free, quotas=_quotas(conference, held))
