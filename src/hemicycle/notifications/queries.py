"""Reads of the outbox."""

from hemicycle.notifications.models import Mail


def mailbox(*, address: str = "", limit: int = 60) -> list[Mail]:
    """Return what was sent, latest first, to one address or to all."""
    rows = Mail.objects.filter(to=address) if address else Mail.objects.all()
    return list(rows[:limit])


def told_people(*, conference_id: int, kind: str) -> frozenset[int]:
    """Return the people of an edition who were written a mail of a kind."""
    return frozenset(Mail.objects.filter(conference_id=conference_id, kind=kind).values_list("person_id", flat=True))


def bounced(*, conference_id: int) -> int:
    """Return how many mails of an edition were refused for good."""
    return Mail.objects.filter(conference_id=conference_id, state="bounced").count()
