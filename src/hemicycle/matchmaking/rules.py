"""Pure decisions about profiles and requests."""

from collections.abc import Collection
from datetime import datetime

from hemicycle.matchmaking.enums import RequestStatus

MAX_OPEN_REQUESTS = 40
ENTRIES = 5


def may_ask(*, same_person: bool, same_organisation: bool, open_requests: int, already: Collection[str]) -> str:
    """Return why somebody may not ask somebody else for a meeting, or "" if they may.

    The words are keys of sentences: `self`, `colleague`, `already`, `too_many`.
    """
    if same_person:
        return "self"
    if same_organisation:
        return "colleague"
    if any(status in (RequestStatus.REQUESTED, RequestStatus.ACCEPTED) for status in already):
        return "already"
    if open_requests >= MAX_OPEN_REQUESTS:
        return "too_many"
    return ""


def weight(*, asked_by_both: bool, speaks: bool) -> int:
    """Return the worth of an accepted meeting: asked for from both sides counts more."""
    return 2 + (2 if asked_by_both else 0) + (1 if speaks else 0)


def slots_blocked(*, slots: list[tuple[datetime, datetime]], busy: list[tuple[datetime, datetime]]) -> frozenset[int]:
    """Return the positions of slots that share an instant with a busy span."""
    return frozenset(
        index
        for index, (start, end) in enumerate(slots)
        if any(start < busy_end and busy_start < end for busy_start, busy_end in busy)
    )
