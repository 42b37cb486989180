"""Places: held, confirmed, offered, given back; the mails equal the changes."""

from datetime import timedelta

import pytest

from hemicycle.audit import queries as audit
from hemicycle.kit import tokens
from hemicycle.notifications.models import Mail
from hemicycle.registration import operations, retention
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Consent, Registration
from tests.factories import CLOSES, NOON, OPENS, confirmed, details, registered, token
from tests.factories import edition as make_edition

pytestmark = pytest.mark.django_db


def states(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.status for row in rows]


def mails():
    return [(mail.kind, mail.to) for mail in Mail.objects.order_by("id")]


def test_register_holds_a_place_and_sends_one_link(edition):
    row = registered(edition, email="Zoë@Example.eu".replace("ë", "e"))

    assert (row.status, row.held_until, mails()) == (
        Status.SUBMITTED, NOON + operations.HOLD, [("ConfirmYourAddress", "zoe@example.eu")],
    )  # fmt: skip


def test_confirm_address_confirms_the_place_with_ticket_and_calendar(edition):
    row = confirmed(edition)

    letter = Mail.objects.get(kind="PlaceConfirmed")
    assert row.status == Status.CONFIRMED
    assert letter.payload["ticket"] == f"HC1:baltic2030:{row.code}"
    assert b"DTSTART;VALUE=DATE:20300507" in bytes(letter.calendar)


def test_link_works_once(edition):
    row = registered(edition)
    link = token(row)
    operations.confirm_address(conference=edition, token=link, now=NOON)

    with pytest.raises(operations.LinkUsed):
        operations.confirm_address(conference=edition, token=link, now=NOON)
    assert Registration.objects.get(pk=row.pk).confirmed_at == NOON


def test_link_of_another_edition_is_refused(edition):
    row = registered(edition)
    other = make_edition(slug="other2030")

    with pytest.raises(tokens.BadToken):
        operations.confirm_address(conference=other, token=token(row), now=NOON)


def test_link_of_another_purpose_is_refused(edition):
    row = registered(edition)
    claim = tokens.Claim(conference_id=edition.pk, subject=row.pk, version=row.version)

    with pytest.raises(tokens.BadToken):
        operations.confirm_address(
            conference=edition, token=tokens.issue(purpose="website.subscribe", claim=claim), now=NOON
        )


def test_link_after_the_hold_is_over_is_refused(edition):
    row = registered(edition)

    with pytest.raises(operations.HoldOver):
        operations.confirm_address(conference=edition, token=token(row), now=NOON + operations.HOLD)


@pytest.mark.parametrize("now", [OPENS - timedelta(seconds=1), CLOSES])
def test_register_outside_the_window_is_refused(edition, now):
    with pytest.raises(operations.RegistrationClosed):
        registered(edition, now=now)


def test_known_address_changes_nothing_and_gets_a_mail(edition):
    first = confirmed(edition, email="a@example.eu")

    again = registered(edition, email="A@example.eu", country="FR")

    assert (again.pk, Registration.objects.get(pk=first.pk).country) == (first.pk, "BE")
    assert mails()[-1] == ("AlreadyRegistered", "a@example.eu")


def test_known_address_that_never_confirmed_gets_a_fresh_link(edition):
    registered(edition, email="a@example.eu")
    registered(edition, email="a@example.eu")

    assert [kind for kind, _ in mails()] == ["ConfirmYourAddress", "ConfirmYourAddress"]


def test_full_edition_puts_people_into_the_waiting_list_in_order(db):
    from django_scopes import scope

    conference = make_edition(capacity=1)
    with scope(conference=conference.pk):
        rows = [registered(conference) for _ in range(3)]
        assert states(*rows) == [Status.SUBMITTED, Status.WAITING, Status.WAITING]
        assert [row.created_order for row in rows] == [1, 2, 3]


def test_online_needs_no_place(edition):
    edition.capacity = 0
    edition.save()

    assert registered(edition, mode="online").status == Status.SUBMITTED


@pytest.fixture
def one_place(edition):
    edition.capacity = 1
    edition.save()
    return edition, [confirmed(edition) for _ in range(3)]


def test_cancel_offers_the_place_to_the_first_in_the_waiting_list(one_place, work, noon):
    _, (holder, first, second) = one_place
    with work():
        operations.cancel(registration=holder, actor=holder.person, now=NOON)

    assert states(holder, first, second) == [Status.CANCELLED, Status.OFFERED, Status.WAITING]
    assert mails()[-2:] == [("PlaceGivenBack", holder.person.email), ("PlaceOffered", first.person.email)]


def test_offer_is_taken_by_its_link(one_place, work, noon):
    edition, (holder, first, _) = one_place
    with work():
        operations.cancel(registration=holder, actor=holder.person, now=NOON)
    first.refresh_from_db()

    operations.confirm_address(conference=edition, token=token(first), now=NOON + timedelta(hours=1))

    assert states(first) == [Status.CONFIRMED]


def test_offer_that_runs_out_goes_to_the_next(one_place, work, noon):
    edition, (holder, first, second) = one_place
    with work():
        operations.cancel(registration=holder, actor=holder.person, now=NOON)

    operations.offer_freed_places(conference_id=edition.pk, now=NOON + operations.OFFER)

    assert states(first, second) == [Status.CANCELLED, Status.OFFERED]


def test_offers_twice_change_nothing(one_place):
    edition, rows = one_place
    before = states(*rows)

    assert [operations.offer_freed_places(conference_id=edition.pk, now=NOON) for _ in range(2)] == [0, 0]
    assert states(*rows) == before


def test_nobody_passes_a_queue_that_waits(one_place):
    edition, _ = one_place
    for capacity, status in ((3, Status.WAITING), (5, Status.SUBMITTED)):
        edition.capacity = capacity
        edition.save()

        assert registered(edition).status == status


def test_cancel_twice_changes_nothing(edition):
    row = confirmed(edition)
    operations.cancel(registration=row, actor=row.person, now=NOON)

    with pytest.raises(operations.CannotCancel):
        operations.cancel(registration=row, actor=row.person, now=NOON)
    assert [entry.action for entry in audit.history(target=row)] == ["cancelled", "confirmed", "registered"]


def test_cancel_after_the_deadline_is_refused(edition):
    row = confirmed(edition)
    edition.changes_close_at = NOON
    edition.save()

    with pytest.raises(operations.CannotCancel):
        operations.cancel(registration=row, actor=row.person, now=NOON)


def test_register_again_after_cancelling_gets_a_new_ticket_and_the_last_turn(edition):
    row = confirmed(edition, email="a@example.eu")
    other = confirmed(edition)
    code = row.code
    operations.cancel(registration=row, actor=row.person, now=NOON)

    again = registered(edition, email="a@example.eu")

    assert (again.pk, again.status, again.created_order > other.created_order) == (row.pk, Status.SUBMITTED, True)
    assert again.code != code


def test_consents_are_dated_and_withdrawn_one_by_one(edition):
    row = registered(edition, consents=("list", "newsletter"))

    operations.change_consents(
        registration=row, wanted={"list": False, "images": True, "newsletter": True}, actor=row.person, now=NOON
    )

    given = Consent.objects.filter(registration=row).order_by("kind").values_list("kind", "withdrawn_at")
    assert list(given) == [("images", None), ("list", NOON), ("newsletter", None)]


def test_erasing_a_person_takes_the_words_and_keeps_the_count(edition):
    from hemicycle.accounts import operations as accounts

    row = confirmed(edition, needs="captions", job_title="CEO", consents=("list",))
    accounts.erase(person=row.person, actor=row.person, now=NOON)

    row.refresh_from_db()
    assert (row.needs, row.job_title, row.person.email) == ("", "", f"erased-{row.person_id}@invalid")
    assert Registration.objects.count() == 1


def test_submitted_details_take_the_ticked_consents():
    cleaned = {
        "email": "a@example.eu", "first_name": "A", "last_name": "B", "stakeholder": None, "country": "BE",
        "mode": "on_site", "job_title": "", "needs": "", "consent_list": True, "consent_newsletter": False,
    }  # fmt: skip

    assert operations.submitted_details({**cleaned, "organisation": ""}, language="fr").consents == ("list",)


def test_details_of_two_guests_differ(edition):
    assert details().email != details().email


def test_the_eve_reminds_everybody_with_a_place_once(edition):
    row = confirmed(edition)
    registered(edition)
    eve = NOON.replace(month=5, day=6)
    days = [eve - timedelta(days=1), eve, eve, eve + timedelta(days=1)]

    assert [operations.remind_on_the_eve(conference=edition, now=day) for day in days] == [0, 1, 0, 0]
    assert mails()[-1] == ("SeeYouTomorrow", row.person.email)


def test_what_people_need_is_forgotten_a_week_after(edition):
    row = confirmed(edition, needs="captions")
    end = NOON.replace(month=5, day=8)

    assert [retention.forget_needs(conference=edition, now=end + timedelta(days=days)) for days in (7, 8, 9)] == [
        0,
        1,
        0,
    ]
    row.refresh_from_db()
    assert row.needs == ""


def test_the_periodic_turn_looks_after_every_public_edition(edition):
    import time_machine

    from hemicycle.registration import tasks

    row = registered(edition)
    with time_machine.travel(NOON + operations.HOLD, tick=False):
        tasks.look_after_waiting_lists()
        tasks.look_after_waiting_lists()

    assert states(row) == [Status.CANCELLED]
    assert mails()[-1] == ("HoldEnded", row.person.email)
