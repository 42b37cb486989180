"""Who looks after an organisation: invited, by domain, never without a word."""

from datetime import timedelta

import pytest

from hemicycle.accounts import operations as accounts
from hemicycle.directory import joining, operations, queries
from hemicycle.directory.models import JoinRequest, Manager, ManagerInvitation, Waiver
from hemicycle.kit import tokens
from hemicycle.notifications import delivery
from hemicycle.notifications.models import Mail
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def invite(cluster, edition, actor=None, email="New@alpha.example"):
    return joining.invite(organisation=cluster, email=email, conference=edition, language="en", actor=actor, now=NOON)


def token(invitation, edition):
    claim = tokens.Claim(conference_id=edition.pk, subject=invitation.pk, version=invitation.version)
    return tokens.issue(purpose=joining.PURPOSE, claim=claim)


def accept(word, edition):
    return joining.accept(token=word, conference=edition, language="fr", now=NOON)


def people(cluster):
    return sorted(Manager.objects.filter(organisation=cluster).values_list("person__email", flat=True))


def mails():
    return [(mail.kind, mail.to) for mail in Mail.objects.order_by("pk")]


@pytest.mark.usefixtures("noon")
def test_an_invitation_makes_a_manager_whose_address_is_proven(edition, cluster, manager):
    old = token(invite(cluster, edition, manager), edition)
    new = token(invite(cluster, edition, manager), edition)
    with pytest.raises(joining.InvitationGone):
        accept(old, edition)
    made = accept(new, edition)
    with pytest.raises(joining.InvitationGone):
        accept(new, edition)
    with pytest.raises(joining.AlreadyManager):
        invite(cluster, edition)
    assert (people(cluster), made.person.language) == (["mia@alpha.example", "new@alpha.example"], "fr")
    assert queries.managed_by(person=made.person) == [cluster]
    assert made.person.emailaddress_set.get().verified
    letter = delivery.compose(Mail.objects.first()).message().as_string()
    assert "Alpha Cluster" in letter
    assert f"/{edition.slug}/organisation-invitation/" in letter


@pytest.mark.usefixtures("noon")
def test_a_link_works_for_its_edition_and_two_weeks_and_until_withdrawn(edition, cluster, time_machine_at):
    invitation = invite(cluster, edition)
    word = token(invitation, edition)
    other = factories.edition(slug="other2030")
    with pytest.raises(joining.InvitationGone):
        joining.invitation_of(token=word, conference=other)
    time_machine_at(NOON + timedelta(days=15))
    with pytest.raises(tokens.BadToken):
        joining.invitation_of(token=word, conference=edition)
    time_machine_at(NOON)
    joining.withdraw(invitation=invitation, actor=None, now=NOON)
    with pytest.raises(joining.InvitationGone):
        joining.invitation_of(token=word, conference=edition)


def test_a_confirmed_address_of_the_domain_asks_and_is_accepted(edition, cluster, manager, colleague):
    assert queries.joinable(person=colleague) == [cluster]
    request = joining.ask(organisation=cluster, person=colleague, conference=edition, now=NOON)
    assert joining.ask(organisation=cluster, person=colleague, conference=edition, now=NOON) == request
    assert queries.joinable(person=colleague) == []
    assert queries.asked_by(person=colleague) == [request]
    joining.answer(join_request=request, yes=True, conference=edition, actor=manager, now=NOON)
    with pytest.raises(joining.AlreadyManager):
        joining.ask(organisation=cluster, person=colleague, conference=edition, now=NOON)
    assert people(cluster) == ["carl@alpha.example", "mia@alpha.example"]
    assert mails() == [("JoinAsked", "mia@alpha.example"), ("JoinAnswered", "carl@alpha.example")]
    assert [delivery.compose(mail).subject for mail in Mail.objects.order_by("pk")] == [
        "Somebody would like to manage Alpha Cluster", "You manage Alpha Cluster now",
    ]  # fmt: skip


def test_without_managers_the_organisers_are_asked_and_no_is_said_kindly(edition, cluster, colleague):
    request = joining.ask(organisation=cluster, person=colleague, conference=edition, now=NOON)
    joining.answer(join_request=request, yes=False, conference=edition, actor=None, now=NOON)
    assert (people(cluster), JoinRequest.objects.count()) == ([], 0)
    assert mails() == [("JoinAsked", "hello@example.eu"), ("JoinAnswered", "carl@alpha.example")]
    assert (
        "/organisations/alpha-cluster/" in delivery.compose(Mail.objects.get(kind="JoinAnswered")).message().as_string()
    )


def test_nobody_joins_by_an_unconfirmed_foreign_or_public_address(edition, cluster):
    unconfirmed = factories.person(email="eve@alpha.example")
    foreign = factories.person(email="eve@beta.example")
    public = factories.person(email="eve@gmail.com")
    for person in (foreign, public):
        accounts.verify_address(person=person)
    cluster.domain = "gmail.com"
    cluster.save()  # past the operations on purpose: even then
    assert queries.joinable(person=public) == []
    with pytest.raises(joining.NotTheirDomain):
        joining.ask(organisation=cluster, person=public, conference=edition, now=NOON)
    cluster.domain = "alpha.example"
    cluster.save()
    for person in (unconfirmed, foreign):
        assert queries.joinable(person=person) == []
        with pytest.raises(joining.NotTheirDomain):
            joining.ask(organisation=cluster, person=person, conference=edition, now=NOON)


def test_the_last_manager_leaves_with_a_word_only(edition, cluster, manager, colleague):
    def leave(person, word, actor=None):
        row = Manager.objects.get(organisation=cluster, person=person)
        joining.remove(manager=row, word=word, conference=edition, actor=actor or person, now=NOON)

    joining.add(organisation=cluster, person=colleague, actor=None, now=NOON)
    joining.add(organisation=cluster, person=colleague, actor=None, now=NOON)
    leave(colleague, "")
    with pytest.raises(joining.LastManager):
        leave(manager, "")
    assert (people(cluster), mails()) == (["mia@alpha.example"], [])
    leave(manager, "Ask Carl.")
    assert (people(cluster), mails()) == ([], [("LastManagerLeft", "hello@example.eu")])
    assert "Ask Carl." in delivery.compose(Mail.objects.get()).message().as_string()


def test_the_team_takes_the_last_one_out_without_a_word(edition, cluster, manager):
    owner = factories.member(edition)
    joining.remove(manager=Manager.objects.get(), word="", conference=edition, actor=owner, now=NOON)
    assert (people(cluster), mails()) == ([], [])


def test_erasing_a_manager_forgets_all_about_them_and_keeps_the_organisation(edition, cluster, manager, colleague):
    joining.ask(organisation=cluster, person=colleague, conference=edition, now=NOON)
    invite(cluster, edition, manager, email="other@alpha.example")
    invite(cluster, edition, None, email=manager.email.replace("mia", "mia2"))
    ManagerInvitation.objects.filter(email="mia2@alpha.example").update(email="mia@alpha.example")
    operations.waive(organisation=cluster, check="staff", reason="Recognised.", actor=manager, now=NOON)

    accounts.erase(person=manager, actor=manager, now=NOON)
    accounts.erase(person=colleague, actor=colleague, now=NOON)

    assert (Manager.objects.count(), JoinRequest.objects.count()) == (0, 0)
    assert list(ManagerInvitation.objects.values_list("email", "invited_by")) == [("other@alpha.example", None)]
    assert (Waiver.objects.get().given_by, queries.by_slug(slug="alpha-cluster")) == (None, cluster)
