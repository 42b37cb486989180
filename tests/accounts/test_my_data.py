"""What is kept about a person: shown, handed over, erased, and deleted when its time is over."""

import json
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django_scopes import scope, scopes_disabled

from hemicycle.accounts import operations
from hemicycle.accounts.events import MayNotErase
from hemicycle.accounts.models import User
from hemicycle.agenda import operations as agenda
from hemicycle.audit.models import Entry
from hemicycle.conferences.models import TeamMember
from hemicycle.kit import privacy
from hemicycle.matchmaking.models import Meeting, MeetingRequest, Profile
from hemicycle.notifications.models import Mail
from hemicycle.registration import operations as registration
from hemicycle.registration import queries, retention
from hemicycle.registration.models import Consent, Registration, Tally
from hemicycle.registration.rules import retention_over
from hemicycle.registration.tasks import forget_editions
from hemicycle.website.models import Subscriber
from tests.factories import NOON, confirmed, edition, member, person, profile, registered, term, token
from tests.factories.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(noon):
    with scopes_disabled():
        return build()


def test_the_file_holds_all_that_is_kept_and_nothing_of_others(world, signed_in):
    conference, _things = world
    someone = User.objects.get(pk=Profile._base_manager.first().registration.person_id)
    other = User.objects.exclude(pk=someone.pk).filter(email__contains="@").first()
    with scope(conference=conference.pk):
        Subscriber.objects.create(conference=conference, email=someone.email.upper(), asked_at=NOON)
        agenda.merge_bookmarks(conference=conference, person=someone, slugs=["opening"])
        row = queries.registration_of(conference=conference, person=someone)
        registration.change_consents(registration=row, wanted={"list": True}, actor=someone, now=NOON)
    answer = signed_in(someone).get("/accounts/my-data/file/")
    kept = json.loads(answer.content)

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert {
        "accounts.User", "registration.Registration", "registration.Consent", "matchmaking.Profile", "matchmaking.Entry",
        "agenda.Bookmark", "website.Subscriber", "notifications.Mail",
    } - set(kept) == set()  # fmt: skip
    assert [row["email"] for row in kept["accounts.User"]] == [someone.email]
    assert "password" not in kept["accounts.User"][0]
    assert other.email not in answer.content.decode()


def test_the_page_says_what_for_and_how_long(world, signed_in):
    someone = User.objects.get(pk=Profile._base_manager.first().registration.person_id)
    page = signed_in(someone).get("/accounts/my-data/").content.decode()

    assert "hold a place and print a badge" in page
    assert "retention of the edition" in page


def test_erasing_asks_for_the_address_and_keeps_what_was_typed(signed_in):
    someone = person(email="ada@example.eu")
    answer = signed_in(someone).post("/accounts/my-data/", {"email": "eve@example.eu"})

    assert (answer.status_code, 'value="eve@example.eu"' in answer.content.decode()) == (422, True)
    assert User.objects.get(pk=someone.pk).email == "ada@example.eu"


def test_erasing_signs_out_and_leaves_no_word(edition, noon, signed_in):
    row = profile(edition, email="ada@example.eu", first_name="Adalovelace", needs=("Wheelchairword",))
    client = signed_in(row.registration.person)
    answer = client.post("/accounts/my-data/", {"email": "ADA@example.eu"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session
    with scopes_disabled():
        left = json.dumps(
            [list(model._base_manager.values()) for model in (User, Registration, Entry, Mail, Profile, Consent)],
            default=str,
        ).lower()
    assert [word for word in ("ada@example.eu", "adalovelace", "wheelchairword") if word in left] == []
    assert EmailAddress.objects.count() == 0


def test_erasing_gives_a_place_to_come_back_and_tells_the_partner(edition, noon, work):
    ada, eve = profile(edition), profile(edition)
    request = MeetingRequest.objects.create(
        conference=edition, sender=ada, receiver=eve, status="accepted", sent_at=NOON
    )
    with work():
        operations.erase(person=ada.registration.person, actor=ada.registration.person, now=NOON)

    assert Registration.objects.get(pk=ada.registration_id).status == "cancelled"
    assert MeetingRequest.objects.filter(pk=request.pk).count() == 0
    assert queries.places_left(conference=edition) == 99


def test_erasing_after_the_edition_leaves_the_count(edition, noon, time_machine_at):
    row = confirmed(edition)
    time_machine_at(NOON + timedelta(days=60))
    operations.erase(person=row.person, actor=row.person, now=NOON + timedelta(days=60))

    assert queries.figures(conference=edition).statuses == {"confirmed": 1}


def test_the_last_owner_hands_over_first(edition, noon, signed_in):
    owner = member(edition, "owner", email="owner@example.eu")
    with pytest.raises(MayNotErase):
        operations.erase(person=owner, actor=owner, now=NOON)
    answer = signed_in(owner).post("/accounts/my-data/", {"email": "owner@example.eu"})
    assert (answer.status_code, "last owner" in answer.content.decode()) == (422, True)

    member(edition, "owner")
    operations.erase(person=owner, actor=owner, now=NOON)
    assert TeamMember.objects.filter(person=owner).count() == 0


@pytest.mark.parametrize(
    ("ended", "months", "today", "over"),
    [
        (date(2030, 5, 8), 12, date(2031, 5, 8), False),
        (date(2030, 5, 8), 12, date(2031, 5, 9), True),
        (date(2030, 12, 31), 2, date(2031, 2, 28), False),
        (date(2030, 12, 31), 2, date(2031, 3, 1), True),
    ],
)
def test_months_are_counted_to_the_day(ended, months, today, over):
    assert retention_over(ended=ended, months=months, today=today) is over


def test_after_the_retention_only_counts_are_left(world, time_machine_at):
    conference, _ = world
    with scope(conference=conference.pk):
        before = queries.figures(conference=conference)
        assert retention.forget_edition(conference=conference, now=NOON + timedelta(days=200)) == 0
    assert before.statuses != {}
    time_machine_at(NOON + timedelta(days=420))
    forget_editions()
    forget_editions()

    with scope(conference=conference.pk):
        assert queries.figures(conference=conference).statuses == before.statuses
        kept = [model.objects.count() for model in (Registration, Profile, MeetingRequest, Meeting)]
        assert (kept, Tally.objects.count() > 0) == ([0, 0, 0, 0], True)


def test_an_edition_without_days_is_never_forgotten(noon):
    conference = edition(starts_on=None, ends_on=None)
    with scope(conference=conference.pk):
        term()
        registered(conference)
        assert retention.forget_edition(conference=conference, now=NOON + timedelta(days=9999)) == 0


def test_a_later_registration_adds_to_the_tally(edition, noon):
    late = NOON + timedelta(days=420)
    row = confirmed(edition)
    retention.forget_edition(conference=edition, now=late)
    edition.registration_closes_at = late + timedelta(days=1)
    edition.save()
    again = registered(edition, now=late)
    registration.confirm_address(conference=edition, token=token(again), now=late)
    retention.forget_edition(conference=edition, now=late)

    assert Tally.objects.get().number == 2
    assert User.objects.filter(pk=row.person_id).exists()


def test_a_model_about_nobody_has_no_path():
    assert (privacy.paths(Tally), privacy.paths(User)) == ((), ("pk",))
    assert privacy.paths(Meeting) == (
        "request__sender__registration__person",
        "request__receiver__registration__person",
    )
