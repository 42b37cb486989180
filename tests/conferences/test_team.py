"""The team: asked by mail, in by a yes, never without an owner."""

import pytest
from django.urls import reverse
from django_scopes import scope

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit.models import Entry
from hemicycle.conferences import queries, team
from hemicycle.conferences.models import Invitation, TeamMember
from hemicycle.kit import tokens
from hemicycle.notifications.models import Mail
from tests import factories
from tests.factories import NOON, member, person

pytestmark = pytest.mark.django_db


def invite(edition, email="ada@example.eu", role="programme", **values):
    values = {"actor": None, "language": "en", "now": NOON} | values
    return team.invite(conference=edition, email=email, role=role, **values)


def token():
    return Mail.objects.filter(kind="TeamInvitation").latest("pk").payload["link"].rstrip("/").rpartition("/")[2]


def test_an_invitation_becomes_a_role_by_a_yes(edition):
    owner = member(edition)
    invite(edition, "Ada@Example.eu", actor=owner)
    assert [row.role for row in queries.team(conference=edition)] == ["owner"]

    joined = team.join(token=token(), language="en", now=NOON)

    assert (joined.person.email, joined.role) == ("ada@example.eu", "programme")
    assert joined.person.emailaddress_set.get().verified is True
    assert (Invitation.objects.count(), queries.invitations(conference=edition)) == (0, [])
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True))[-2:] == ["invited", "role given"]


def test_a_link_works_once(edition):
    invite(edition)
    used = token()
    team.join(token=used, language="en", now=NOON)

    with pytest.raises(team.InvitationGone):
        team.join(token=used, language="en", now=NOON)


def test_asked_again_the_older_link_stops(edition):
    invite(edition)
    old = token()
    invite(edition)

    with pytest.raises(team.InvitationGone):
        team.invitation_of(token=old)
    assert team.invitation_of(token=token()).email == "ada@example.eu"


def test_a_withdrawn_link_stops(edition):
    team.withdraw(invitation=invite(edition), actor=None, now=NOON)

    with pytest.raises(team.InvitationGone):
        team.join(token=token(), language="en", now=NOON)


def test_a_link_of_another_purpose_is_none(edition):
    invitation = invite(edition)
    claim = tokens.Claim(conference_id=edition.pk, subject=invitation.pk, version=1)

    with pytest.raises(tokens.BadToken):
        team.invitation_of(token=tokens.issue(purpose="website.subscribe", claim=claim))


def test_who_has_the_role_is_not_asked_again(edition):
    someone = member(edition, "programme")

    with pytest.raises(team.AlreadyInTeam):
        invite(edition, someone.email.upper())


def test_the_last_owner_stays(edition):
    first, second = member(edition), member(edition)
    rows = {row.person_id: row for row in queries.team(conference=edition)}
    team.take_role(member=rows[second.pk], actor=first, now=NOON)

    with pytest.raises(team.LastOwner):
        team.take_role(member=rows[first.pk], actor=first, now=NOON)
    assert [row.person_id for row in queries.team(conference=edition)] == [first.pk]


def test_erasing_a_person_forgets_the_invitations_to_their_address(edition):
    someone = person(email="ada@example.eu")
    invite(edition)
    accounts.erase(person=someone, actor=someone, now=NOON)

    assert Invitation.objects.count() == 0


def test_an_edition_in_preparation_is_joined_from_outside_any_scope(db, client):
    edition = factories.edition(stage="draft")
    with scope(conference=edition.pk):
        invite(edition)
    address = reverse("desk:join", args=[token()])

    answers = [client.get(address).status_code, client.post(address).status_code, client.post(address).status_code]

    assert answers == [200, 302, 410]
    assert [row.role for row in queries.roles_in(person=User.objects.get(email="ada@example.eu"))] == ["programme"]


def test_who_joined_signs_in_by_code_and_is_asked_for_a_second_factor(edition, client):
    invite(edition)
    client.post(reverse("desk:join", args=[token()]))
    client.post("/accounts/login/code/", {"email": "ada@example.eu"})
    client.post("/accounts/login/code/confirm/", {"code": Mail.objects.get(kind="SignInCode").payload["code"]})

    answer = client.get(reverse("desk:overview", args=[edition.slug]))

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/second-factor/")


@pytest.fixture
def owner(edition, signed_in):
    return signed_in(member(edition), second_factor=True)


def test_inviting_by_the_page(edition, owner):
    address = reverse("desk:team_invite", args=[edition.slug])

    wrong = owner.post(address, {"email": "nobody", "role": "owner"})
    assert (wrong.status_code, b'value="nobody"' in wrong.content, b"Write the full address" in wrong.content) == (
        422, True, True,
    )  # fmt: skip
    assert owner.post(address, {"email": "ada@example.eu", "role": "programme"}).status_code == 302
    assert b"invited, not answered yet" in owner.get(reverse("desk:team", args=[edition.slug])).content
    owner.get(reverse("desk:join", args=[token()]))
    assert TeamMember.objects.count() == 1
    assert owner.post(reverse("desk:join", args=[token()])).status_code == 302
    again = owner.post(address, {"email": "ada@example.eu", "role": "programme"})
    assert (again.status_code, b"has the role already" in again.content) == (422, True)


def test_the_last_owner_is_told_on_the_page(edition, owner):
    row = TeamMember.objects.get()
    answer = owner.post(reverse("desk:team_take", args=[edition.slug, row.pk]), {"yes": "yes"})

    assert (answer.status_code, b"This is the last owner" in answer.content, TeamMember.objects.count()) == (
        409,
        True,
        1,
    )


def test_a_role_is_taken_and_an_invitation_withdrawn_by_the_pages(edition, owner):
    someone = member(edition, "door")
    invitation = invite(edition)
    row = TeamMember.objects.get(person=someone)

    owner.post(reverse("desk:team_take", args=[edition.slug, row.pk]), {"yes": "yes"})
    owner.post(reverse("desk:team_withdraw", args=[edition.slug, invitation.pk]), {"yes": "yes"})

    assert (TeamMember.objects.filter(person=someone).count(), Invitation.objects.count()) == (0, 0)


def test_the_team_of_another_edition_is_out_of_reach(edition, owner):
    other = factories.edition(slug="other")
    with scope(conference=other.pk):
        foreign = invite(other)
        member(other)
        row = TeamMember.objects.get(conference=other)

    answers = [
        owner.post(reverse("desk:team_take", args=[edition.slug, row.pk]), {"yes": "yes"}),
        owner.post(reverse("desk:team_withdraw", args=[edition.slug, foreign.pk]), {"yes": "yes"}),
        owner.post(reverse("desk:team_invite", args=[other.slug]), {"email": "x@example.eu", "role": "owner"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 403]


def test_only_owners_change_the_team(edition, signed_in):
    programme = signed_in(member(edition, "programme"), second_factor=True)

    page = programme.get(reverse("desk:team", args=[edition.slug]))
    answer = programme.post(
        reverse("desk:team_invite", args=[edition.slug]), {"email": "x@example.eu", "role": "owner"}
    )

    assert (page.status_code, b"Invite somebody" in page.content, answer.status_code) == (200, False, 403)
