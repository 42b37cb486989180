"""Two records become one: nothing is lost, nothing is left behind."""

from datetime import date

import pytest
from django.db import IntegrityError, models

from hemicycle.audit import queries as audit
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory import joining, merging, operations, queries
from hemicycle.directory.models import Fact, Manager, Organisation
from hemicycle.kit import events
from hemicycle.registration.models import Registration
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def double(cluster):
    eco = factories.term(kind="ecosystem", key="textile", label="Textile")
    return operations.create(
        name="Alpha Cluster AISBL", country="BE", region="BE10", website="https://alpha.example", ecosystems=[eco],
        domain="alpha.example", actor=None, now=NOON,
    )  # fmt: skip


def merge(kept, gone, seen=(1, 1)):
    return merging.merge(kept=kept, gone=gone, seen_versions=seen, actor=None, now=NOON)


def test_every_key_to_an_organisation_is_known_to_the_merge():
    """Whatever app adds a key to organisations, the merge moves it; the list is pinned so that somebody looks."""
    assert {f"{field.model._meta.label}.{field.name}" for field in merging.references()} == {
        "directory.Alias.organisation", "directory.Fact.organisation", "directory.JoinRequest.organisation",
        "directory.Manager.organisation", "directory.ManagerInvitation.organisation", "directory.Waiver.organisation",
        "registration.Registration.organisation",
    }  # fmt: skip


def test_all_that_refers_to_the_losing_one_moves(edition, cluster, double, manager, colleague):
    for row in (cluster, double):
        joining.add(organisation=row, person=manager, actor=None, now=NOON)
        operations.waive(organisation=row, check="staff", reason=f"Of {row}.", actor=None, now=NOON)
    joining.add(organisation=double, person=colleague, actor=None, now=NOON)
    joining.invite(
        organisation=double, email="x@alpha.example", conference=edition, language="en", actor=None, now=NOON
    )
    joining.ask(organisation=double, person=_confirmed("y@alpha.example"), conference=edition, now=NOON)
    operations.add_fact(organisation=double, kind="label", title="Gold", valid_from=date(2029, 1, 1), valid_until=None)
    row = factories.confirmed(edition, organisation=double)
    assert dict(merging.moves(gone=double)) == {
        "fact": 1, "manager": 2, "invitation": 1, "request to join": 1, "waiver": 1, "registration": 1
    }  # fmt: skip

    kept = merge(cluster, double)

    assert Organisation.objects.get() == kept
    assert Registration.objects.get(pk=row.pk).organisation == kept
    assert Fact.objects.get().organisation == kept
    assert Manager.objects.filter(organisation=kept).count() == 2
    assert [(waiver.reason) for waiver in kept.waivers.all()] == ["Of Alpha Cluster."]
    assert (kept.invitations.count(), kept.join_requests.count()) == (1, 1)
    assert (kept.region, kept.website, kept.version) == ("BE10", "https://alpha.example", 2)
    assert [term.key for term in kept.ecosystems.all()] == ["textile"]
    entry = audit.history(target=kept)[0]
    assert (entry.action, entry.details["name"], entry.details["moved"]) == ("merged", "Alpha Cluster AISBL", 5)


def _confirmed(email):
    from hemicycle.accounts import operations as accounts

    person = factories.person(email=email)
    accounts.verify_address(person=person)
    return person


def test_the_old_name_and_address_lead_to_the_kept_record_through_several_merges(cluster, double):
    third = operations.create(name="Alpha", country="BE", actor=None, now=NOON)
    merge(cluster, double)
    merge(third, Organisation.objects.get(pk=cluster.pk), seen=(1, 2))
    assert [queries.by_slug(slug=slug) for slug in ("alpha-cluster-aisbl", "alpha-cluster", "alpha")] == [third] * 3
    assert operations.organisation_for(name="alpha cluster aisbl", country="BE") == third
    assert queries.by_slug(slug="nothing") is None


def test_a_region_of_another_country_is_not_taken_over(cluster):
    foreign = operations.create(name="Alpha France", country="FR", region="FR10", city="Paris", actor=None, now=NOON)
    kept = merge(cluster, foreign)
    assert (kept.region, kept.city) == ("", "Paris")


def test_who_looked_at_something_older_is_told_and_nothing_with_itself(cluster, double):
    operations.change(organisation=double, seen_version=1, actor=None, now=NOON, city="Ghent")
    with pytest.raises(SomebodyElseWrote):
        merge(cluster, double)
    with pytest.raises(merging.SameOrganisation):
        merge(cluster, cluster)
    merge(cluster, double, seen=(1, 2))
    with pytest.raises(SomebodyElseWrote):
        merge(cluster, double, seen=(2, 2))


def test_what_cannot_both_stay_keeps_everything_as_it_was(edition, cluster, double, monkeypatch):
    factories.confirmed(edition, organisation=double)

    def refuse(*args, **values):
        raise IntegrityError

    monkeypatch.setattr(models.QuerySet, "update", refuse)
    with pytest.raises(merging.CannotMerge):
        merge(cluster, double)
    assert Organisation.objects.count() == 2


def test_apps_above_hear_of_it_before_anything_moves(cluster, double):
    from hemicycle.directory.events import OrganisationsMerging

    heard = []

    def listen(event):
        heard.append((event.kept_id, event.gone_id, Organisation.objects.count()))

    events.subscribe(OrganisationsMerging, listen)
    try:
        merge(cluster, double)
    finally:
        events._subscribers[OrganisationsMerging].remove(listen)
    assert heard == [(cluster.pk, double.pk, 2)]


def test_candidates_come_with_their_reasons(cluster, double):
    assert queries.duplicates() == [(cluster, double, ("name", "host"))]


def test_who_chose_a_record_that_was_merged_since_comes_for_the_kept_one(edition, cluster):
    double = operations.create(name="Alpha AISBL", country="BE", listed=True, actor=None, now=NOON)
    stale = Organisation.objects.get(pk=double.pk)
    merging.merge(kept=cluster, gone=double, seen_versions=(1, 1), actor=None, now=NOON)
    row = factories.registered(edition, organisation=stale)
    assert row.organisation == cluster

    gone = Organisation.objects.create(name="Gone", slug="gone", country="BE")
    Organisation.objects.filter(pk=gone.pk).delete()
    assert factories.registered(edition, organisation=gone).organisation is None
