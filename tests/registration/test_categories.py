"""Ways of coming: quotas, approval, invitations, groups and places that change hands."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hemicycle.audit import queries as audit
from hemicycle.conferences import operations as conferences
from hemicycle.directory import joining
from hemicycle.directory import operations as directory
from hemicycle.kit import tokens
from hemicycle.notifications.models import Mail
from hemicycle.registration import approval, groups, invitations, operations, queries, rules, transfers
from hemicycle.registration.enums import Status
from hemicycle.registration.models import Category, Invitation, Registration
from hemicycle.registration.rules import Turn
from tests import factories
from tests.factories import NOON, confirmed, details, registered, term, token

pytestmark = pytest.mark.django_db
PERSON, PAIR = Turn(size=1), Turn(size=2)


@pytest.mark.parametrize(
    ("queue", "free", "quotas", "positions"),
    [
        ([], 3, {}, []),
        ([PERSON, PERSON], 1, {}, [0]),
        ([PAIR, PERSON], 1, {}, []),
        ([PERSON, PAIR, PERSON], 3, {}, [0, 1]),
        ([Turn(1, 7), PERSON], 2, {7: 0}, [1]),
        ([Turn(1, 7), Turn(1, 7), PERSON], 3, {7: 1}, [0, 2]),
        ([Turn(2, 7), Turn(1, 7), PERSON], 3, {7: 1}, [2]),
        ([Turn(1, 7), Turn(1, 8)], 2, {7: 1, 8: 1}, [0, 1]),
    ],
    ids=[
        "nobody",
        "first come",
        "a group is waited for",
        "kept together",
        "category full",
        "until it is full",
        "in the category too",
        "two quotas",
    ],
)
def test_who_is_served(queue, free, quotas, positions):
    assert rules.served(queue, free=free, quotas=quotas) == positions


@pytest.fixture
def category(edition):
    def make(slug="speakers", **values):
        return Category.objects.create(conference=edition, slug=slug, name=slug.title(), **values)

    return make


def test_a_full_category_waits_while_another_goes_on(edition, category):
    few = category(quota=1)
    rows = [registered(edition, category=few), registered(edition, category=few), registered(edition)]

    assert [row.status for row in rows] == [Status.SUBMITTED, Status.WAITING, Status.SUBMITTED]


def test_pending_is_neither_waiting_nor_holding(edition, category):
    asked = category(needs_approval=True, decision_on=date(2030, 4, 20))
    row = confirmed(edition, category=asked)

    assert (row.status, queries.places_left(conference=edition)) == (Status.PENDING, 100)
    assert Mail.objects.get(kind="PendingApproval").payload["decision_on"] == "20 April 2030"


def test_approved_gets_a_place_or_a_turn_in_order_of_arrival(edition, category):
    edition.capacity = 1
    edition.save()
    asked = category(needs_approval=True)
    first, second = (confirmed(edition, category=asked) for _ in range(2))
    number = approval.approve(conference=edition, keys=[second.pk, first.pk], actor=None, now=NOON)

    for row in (first, second):
        row.refresh_from_db()
    assert (number, first.status, second.status) == (2, Status.CONFIRMED, Status.WAITING)
    assert approval.approve(conference=edition, keys=[first.pk, second.pk], actor=None, now=NOON) == 0


def test_approved_before_the_address_is_confirmed_is_settled_then(edition, category):
    row = registered(edition, category=category(needs_approval=True))
    assert [approval.approve(conference=edition, keys=[row.pk], actor=None, now=NOON) for _ in range(2)] == [1, 0]
    row.refresh_from_db()
    assert row.status == Status.PENDING

    row = operations.confirm_address(conference=edition, token=token(row), now=NOON)
    assert row.status == Status.CONFIRMED
    assert Mail.objects.filter(kind="PendingApproval").count() == 0


def test_declined_hears_why_and_may_ask_again(edition, category):
    asked = category(needs_approval=True)
    row = confirmed(edition, category=asked)
    keys = [row.pk, confirmed(edition).pk]
    assert approval.decline(conference=edition, keys=keys, reason="Too few seats.", actor=None, now=NOON) == 1
    row.refresh_from_db()

    assert (row.status, Mail.objects.get(kind="Declined").payload["reason"]) == (Status.DECLINED, "Too few seats.")
    again = registered(edition, email=row.person.email, category=asked)
    assert (again.pk, again.status) == (row.pk, Status.PENDING)


@pytest.mark.parametrize(
    ("values", "email", "code", "why"),
    [
        ({}, "a@example.eu", "nobody made this", "unknown"),
        ({"email": "b@example.eu"}, "a@example.eu", None, "other"),
        ({"expires_at": NOON}, "a@example.eu", None, "over"),
        ({"uses": 1, "used": 1}, "a@example.eu", None, "used"),
        ({}, "a@example.eu", "", "needed"),
    ],
)
def test_a_code_that_does_not_let_in_says_why(edition, category, values, email, code, why):
    guests = category(invitation_only=True)
    made = Invitation.objects.create(conference=edition, category=guests, created_at=NOON, **values)
    with pytest.raises(invitations.BadInvitation) as refused:
        registered(edition, email=email, category=guests, invitation=made.code if code is None else code)

    assert (refused.value.why, Registration.objects.count()) == (why, 0)


def test_a_code_is_for_its_own_way_of_coming(edition, category):
    made = invitations.make_code(conference=edition, actor=None, now=NOON, category=category("guests"), uses=5)
    with pytest.raises(invitations.BadInvitation, match="category"):
        registered(edition, invitation=made.code)


def test_an_invitation_passes_approval_and_works_once(edition, category):
    asked = category(needs_approval=True)
    (made,) = invitations.invite(
        conference=edition, emails=["Ada@example.eu", "ada@example.eu"], actor=None, now=NOON, category=asked
    )
    spelled = f" {made.code[:5].lower()} {made.code[5:]}"
    row = registered(edition, email="ada@example.eu", category=asked, invitation=spelled)

    assert row.status == Status.SUBMITTED
    assert Mail.objects.get(kind="Invited").payload["link"].endswith(f"/register/?code={made.code}")
    assert Invitation.objects.get().used == 1
    assert invitations.invite(conference=edition, emails=[], actor=None, now=NOON) == []


def members(*names):
    return [groups.Member(f"{name}@example.eu", name.title(), "Group") for name in names]


def test_a_group_gets_places_together_or_waits_together(edition):
    edition.capacity = 4
    edition.save()
    contact = confirmed(edition)
    first = groups.register(contact=contact, members=members("a", "b"), actor=contact.person, now=NOON)
    second = groups.register(contact=contact, members=members("c", "d"), actor=contact.person, now=NOON)

    assert {row.status for row in first} == {Status.SUBMITTED}
    assert {row.status for row in second} == {Status.WAITING}
    for row in second:
        operations.confirm_address(conference=edition, token=token(row), now=NOON)
    operations.cancel(registration=first[0], actor=first[0].person, now=NOON)
    operations.offer_freed_places(conference_id=edition.pk, now=NOON)
    assert set(Registration.objects.filter(group=second[0].group).values_list("status", flat=True)) == {Status.OFFERED}


@pytest.mark.parametrize(
    ("names", "why"), [([], "size"), ([f"m{n}" for n in range(21)], "size"), (["a", "a"], "twice")]
)
def test_a_group_has_its_limits(edition, names, why):
    contact = confirmed(edition)
    with pytest.raises(groups.BadGroup) as refused:
        groups.register(contact=contact, members=members(*names), actor=contact.person, now=NOON)
    assert refused.value.why == why


def test_a_group_does_not_pass_approval_or_the_window(edition, category):
    contact = confirmed(edition, category=category(needs_approval=True))
    with pytest.raises(groups.BadGroup, match="pending"):
        groups.register(contact=contact, members=members("a"), actor=contact.person, now=NOON)
    with pytest.raises(operations.RegistrationClosed):
        groups.register(contact=contact, members=members("a"), actor=contact.person, now=NOON + timedelta(days=300))


def test_a_colleague_who_is_registered_is_told_and_passed_over(edition):
    contact, known = confirmed(edition), confirmed(edition, email="known@example.eu")
    made = groups.register(contact=contact, members=members("known"), actor=contact.person, now=NOON)

    assert (made, Mail.objects.filter(kind="AlreadyRegistered", to=known.person.email).count()) == ([], 1)


def offered(row, *, to="new@example.eu"):
    transfer = transfers.offer(registration=row, to=to, first_name="New", last_name="One", actor=row.person, now=NOON)
    claim = tokens.Claim(conference_id=row.conference_id, subject=transfer.pk, version=transfer.version)
    return tokens.issue(purpose=transfers.PURPOSE, claim=claim)


def test_a_place_changes_hands_when_the_colleague_says_yes(edition):
    edition.capacity = 1
    edition.save()
    row = confirmed(edition)
    link = offered(row)
    row.refresh_from_db()
    assert row.status == Status.CONFIRMED

    taken = transfers.accept(conference=edition, token=link, now=NOON)
    row.refresh_from_db()
    assert (row.status, taken.status, taken.person.email) == (Status.CANCELLED, Status.CONFIRMED, "new@example.eu")
    assert [entry.action for entry in audit.history(target=row)][:2] == ["transferred", "transfer offered"]
    with pytest.raises(operations.LinkUsed):
        transfers.accept(conference=edition, token=link, now=NOON)


def test_a_later_offer_replaces_an_earlier_one_and_both_end(edition):
    row = confirmed(edition)
    first, second = offered(row), offered(row, to="other@example.eu")
    with pytest.raises(operations.LinkUsed):
        transfers.accept(conference=edition, token=first, now=NOON)
    with pytest.raises(operations.LinkUsed):
        transfers.accept(conference=edition, token=second, now=NOON + transfers.ANSWER_WITHIN)


@pytest.mark.parametrize("why", ["status", "late", "self"])
def test_what_does_not_change_hands_says_why(edition, why):
    row = registered(edition) if why == "status" else confirmed(edition)
    if why == "late":
        edition.changes_close_at = NOON
        edition.save()
    with pytest.raises(transfers.CannotTransfer) as refused:
        offered(row, to=row.person.email if why == "self" else "new@example.eu")
    assert refused.value.why == why


def test_nobody_takes_over_a_second_place_or_one_that_is_gone(edition):
    row, other = confirmed(edition), confirmed(edition)
    with pytest.raises(transfers.CannotTransfer, match="has place"):
        transfers.accept(conference=edition, token=offered(row, to=other.person.email), now=NOON)
    link = offered(row)
    operations.cancel(registration=row, actor=row.person, now=NOON)
    with pytest.raises(transfers.CannotTransfer, match="status"):
        transfers.accept(conference=edition, token=link, now=NOON)
    with pytest.raises(tokens.BadToken):
        transfers.accept(conference=edition, token="x", now=NOON)


def test_taking_over_by_the_page(edition, client, noon):
    row = confirmed(edition)
    path = reverse("registration:transfer_accept", args=[edition.slug, offered(row)])

    assert client.get(path).status_code == 200
    row.refresh_from_db()
    assert row.status == Status.CONFIRMED
    assert client.post(path).status_code == 302
    assert client.get(f"/{edition.slug}/me/").status_code == 200
    assert client.post(path).status_code == 410
    assert client.post(path.replace("/take-over/", "/take-over/x")).status_code == 410


def test_handing_over_and_bringing_colleagues_by_the_pages(edition, signed_in, noon):
    row = confirmed(edition)
    client = signed_in(row.person)
    base = f"/{edition.slug}/me"
    wrong = client.post(f"{base}/transfer/", {"first_name": "A", "last_name": "B", "email": row.person.email})
    assert (wrong.status_code, "your own address" in wrong.content.decode()) == (422, True)
    right = client.post(f"{base}/transfer/", {"first_name": "A", "last_name": "B", "email": "a@example.eu"})
    assert right.status_code == 302

    for text, sentence in (
        ("Ada, Byron", "Line 1 is not"),
        ("Ada, Byron, nowhere", "Line 1 is not"),
        ("Ada, Byron, a@example.eu\n, Lovelace, b@example.eu", "Line 2 lacks a name"),
        ("Ada, Byron, a@example.eu\nAda, Byron, A@example.eu", "stands there twice"),
    ):
        page = client.post(f"{base}/colleagues/", {"people": text})
        assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert client.post(f"{base}/colleagues/", {"people": "Ada, Byron, c@example.eu\n\n"}).status_code == 302
    assert Mail.objects.get(kind="BroughtAlong").to == "c@example.eu"


def test_the_form_offers_categories_and_checks_them(edition, client, noon, category):
    speakers = category()
    speakers.stakeholders.add(term(key="speaker", label="Speaker"))
    category("guests", invitation_only=True)
    path = reverse("registration:register", args=[edition.slug])
    page = client.get(path).content.decode()
    assert ("Speakers" in page, "Guests" in page) == (True, False)

    answers = {
        "first_name": "Zoë", "last_name": "L", "email": "zoe@example.eu", "country": "SE", "stakeholder": term().pk,
        "mode": "on_site", "notice": "on", "category": speakers.pk,
    }  # fmt: skip
    refused = client.post(path, answers)
    assert (refused.status_code, "This is for: Speaker." in refused.content.decode()) == (422, True)


def test_a_code_in_the_address_opens_its_category(edition, client, noon, category):
    guests = category("guests", invitation_only=True)
    made = invitations.make_code(conference=edition, actor=None, now=NOON, category=guests, uses=1)
    path = reverse("registration:register", args=[edition.slug])
    assert "Guests" in client.get(f"{path}?code={made.code}").content.decode()

    answers = {
        "first_name": "Zoë", "last_name": "L", "country": "SE", "stakeholder": term().pk, "mode": "on_site",
        "notice": "on", "category": guests.pk, "code": made.code,
    }  # fmt: skip
    assert client.post(path, answers | {"email": "zoe@example.eu"}).status_code == 200
    second = client.post(path, answers | {"email": "eve@example.eu"})
    assert (second.status_code, "used up" in second.content.decode()) == (422, True)
    assert Registration.objects.get().category == guests


def test_details_know_their_way_of_coming(category):
    assert details(category=category()).category.slug == "speakers"


def test_more_places_are_offered_as_soon_as_they_are_written(edition, noon, work):
    edition.capacity = 1
    edition.save()
    confirmed(edition)
    waits = confirmed(edition)
    with work():
        conferences.change_edition(conference=edition, seen_version=edition.version, actor=None, now=NOON, capacity=2)
    waits.refresh_from_db()
    assert waits.status == "offered"


@pytest.fixture
def delegation(edition, noon, signed_in):
    """An organisation, who looks after it without a place, and the page to register its people on."""
    organisation = directory.create(name="Alpha Cluster", country="BE", kind=term(), listed=True, actor=None, now=NOON)
    manager = factories.person(email="mia@alpha.example", first_name="Mia", last_name="Maes")
    joining.add(organisation=organisation, person=manager, actor=None, now=NOON)
    client = signed_in(manager)
    client.page = reverse("registration:delegation", args=[edition.slug, organisation.slug])
    client.form = {"stakeholder": organisation.kind_id, "people": "Ana, Ba, ana@example.eu\nBo, Ca, bo@example.eu"}
    return client


def test_whoever_looks_after_an_organisation_registers_its_people(edition, delegation):
    assert b"Register people" in delegation.get(delegation.page).content
    assert delegation.post(delegation.page, delegation.form).status_code == 302
    rows = Registration.objects.select_related("person", "organisation", "group__contact").order_by("created_order")

    assert [(str(row.organisation), row.country, row.group.contact.email) for row in rows] == [
        ("Alpha Cluster", "BE", "mia@alpha.example")
    ] * 2
    assert Mail.objects.filter(kind="BroughtAlong", payload__by="Mia Maes").count() == 2
    assert b"ana@example.eu" in delegation.get(delegation.page).content


def test_what_is_wrong_with_a_delegation_stands_beside_the_field(edition, delegation, category):
    few = category(slug="few")
    asked = category(slug="asked", needs_approval=True)
    other = category(slug="press")
    other.stakeholders.add(term(key="press", label="Press"))

    def said(**values):
        answer = delegation.post(delegation.page, delegation.form | {"category": few.pk, "mode": "on_site"} | values)
        return (answer.status_code, answer.content.decode())

    for values, sentence in (
        ({"category": asked.pk}, "asks for approval one by one"), ({"category": other.pk}, "other kinds of stakeholders"),
        ({"people": "Ana"}, "Line 1 is not"), ({"people": "A, B, a@b.eu\nC, D, a@b.eu"}, "stands there twice"),
    ):  # fmt: skip
        status, page = said(**values)
        assert (status, sentence in page) == (422, True)
    edition.registration_closes_at = NOON
    edition.save()
    assert "Registration is closed" in said()[1]
    assert Registration.objects.count() == 0


def test_a_delegation_is_for_its_managers(edition, delegation, signed_in):
    client = signed_in(factories.person(email="eve@example.eu"))
    assert client.get(delegation.page).status_code == 403
    assert client.get(delegation.page.replace("alpha-cluster", "nobody")).status_code == 403


def test_a_bad_code_is_told_whether_the_address_is_known_or_not(edition, noon, client):
    confirmed(edition, email="known@example.eu")
    invitations.make_code(
        conference=edition, uses=1, category=None, skips_approval=False, expires_at=None, actor=None, now=NOON
    )
    form = {
        "first_name": "A",
        "last_name": "B",
        "country": "BE",
        "stakeholder": term().pk,
        "notice": "on",
        "code": "wrong",
    }
    path = reverse("registration:register", args=[edition.slug])
    answers = [client.post(path, form | {"email": email}) for email in ("known@example.eu", "new@example.eu")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(b"Nobody made this code" in answer.content for answer in answers)
