"""The event in a person's calendar, read back by a parser that is not ours: one event, updated, then taken back."""

import icalendar
import pytest

from hemicycle.notifications import delivery
from hemicycle.notifications.models import Mail
from hemicycle.registration import batches, operations, transfers
from tests.factories import NOON, confirmed
from tests.registration.test_categories import offered

pytestmark = pytest.mark.django_db


def parts(mail):
    """Return the calendar parts of a mail as sent: (method of the header, parsed calendar)."""
    message = delivery.compose(mail).message()
    found = [part for part in message.walk() if part.get_content_type() == "text/calendar" and part.get_param("method")]
    return [(part.get_param("method"), icalendar.Calendar.from_ical(part.get_payload(decode=True))) for part in found]


def the_event(mail):
    ((method, calendar),) = parts(mail)
    (event,) = calendar.walk("VEVENT")
    assert calendar["method"] == method
    assert str(event["organizer"]) == "mailto:hello@example.eu"
    return method, str(event["uid"]), int(event["sequence"]), str(event["status"])


def test_one_event_confirmed_again_and_taken_back(edition):
    row = confirmed(edition)
    batches.write_again(conference=edition, keys=[row.pk], actor=None, now=NOON)
    row.refresh_from_db()
    operations.cancel(registration=row, actor=row.person, now=NOON)
    first, second = Mail.objects.filter(kind="PlaceConfirmed").order_by("pk")
    last = Mail.objects.get(kind="PlaceGivenBack")

    sent = [the_event(mail) for mail in (first, second, last)]
    assert [(method, status) for method, _, _, status in sent] == [
        ("PUBLISH", "CONFIRMED"), ("PUBLISH", "CONFIRMED"), ("CANCEL", "CANCELLED"),
    ]  # fmt: skip
    assert len({uid for _, uid, _, _ in sent}) == 1
    assert sent[0][2] == sent[1][2] < sent[2][2]


def test_a_place_that_was_never_confirmed_takes_no_event_back(edition):
    from tests.factories import registered

    row = registered(edition)
    operations.cancel(registration=row, actor=row.person, now=NOON)
    assert parts(Mail.objects.get(kind="PlaceGivenBack")) == []


def test_a_place_that_changes_hands_leaves_one_calendar_and_enters_another(edition):
    row = confirmed(edition)
    transfers.accept(conference=edition, token=offered(row), now=NOON)

    assert the_event(Mail.objects.get(kind="Transferred"))[0] == "CANCEL"
    assert the_event(Mail.objects.filter(kind="PlaceConfirmed").order_by("pk").last())[0] == "PUBLISH"
