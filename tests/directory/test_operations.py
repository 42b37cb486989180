"""Organisations, their facts and their checks on a real database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from hemicycle.audit import queries as audit
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory import operations, queries
from hemicycle.directory.models import Fact, Organisation, Waiver
from hemicycle.registration import queries as registration
from hemicycle.registration import seats
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
GRANT = {
    "kind": "partnership",
    "title": "Eurocluster X",
    "valid_from": date(2029, 1, 1),
    "valid_until": date(2030, 4, 30),
}


def write(organisation, *, fact=None, seen=0, confirmed=True, **values):
    return operations.write_fact(
        organisation=organisation, fact=fact, seen_version=seen, confirmed=confirmed, actor=None, now=NOON,
        **(GRANT | values),
    )  # fmt: skip


def actions(row):
    return [entry.action for entry in audit.history(target=row)][::-1]


def test_an_organisation_is_made_once_per_name_and_country(cluster):
    with pytest.raises(ValidationError) as refused:
        operations.create(name=" alpha  cluster", country="BE", actor=None, now=NOON)
    assert list(refused.value.message_dict) == ["name"]
    assert operations.organisation_for(name="ALPHA cluster", country="BE") == cluster
    assert operations.organisation_for(name="Alpha Cluster", country="FR").slug == "alpha-cluster-2"


def test_two_people_editing_get_told(cluster):
    changed = operations.change(organisation=cluster, seen_version=1, actor=None, now=NOON, members=20, region="BE10")
    with pytest.raises(SomebodyElseWrote):
        operations.change(organisation=cluster, seen_version=1, actor=None, now=NOON, members=3)
    assert (changed.version, Organisation.objects.get().members) == (2, 20)
    assert actions(cluster) == ["created", "changed"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"region": "FR10"}, "region"), ({"region": "BE99"}, "region"), ({"region": "x"}, "region"),
        ({"domain": "gmail.com"}, "domain"), ({"domain": "eu"}, "domain"), ({"name": ""}, "name"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence_for_its_field(cluster, values, field):
    with pytest.raises(ValidationError) as refused:
        operations.change(organisation=cluster, seen_version=1, actor=None, now=NOON, **values)
    assert list(refused.value.message_dict) == [field]


def test_a_managers_fact_waits_for_the_team_and_a_change_waits_again(cluster):
    fact = write(cluster, confirmed=False)
    assert queries.facts_on(organisation=cluster, on=date(2030, 1, 1)) == []
    operations.confirm_fact(fact=fact, actor=None, now=NOON)
    operations.confirm_fact(fact=fact, actor=None, now=NOON)
    assert queries.facts_on(organisation=cluster, on=date(2030, 1, 1)) == [fact]
    write(cluster, fact=fact, seen=1, confirmed=False, title="Eurocluster Y")
    assert queries.facts_on(organisation=cluster, on=date(2030, 1, 1)) == []
    with pytest.raises(SomebodyElseWrote):
        write(cluster, fact=fact, seen=1, title="Eurocluster Z")
    operations.remove_fact(fact=Fact.objects.get(), actor=None, now=NOON)
    with pytest.raises(SomebodyElseWrote):
        write(cluster, fact=fact, seen=2)
    assert actions(cluster)[1:] == ["fact written", "fact confirmed", "fact written", "fact removed"]


def test_a_fact_ends_after_it_starts(cluster):
    with pytest.raises(ValidationError):
        write(cluster, valid_until=date(2020, 1, 1))


def test_the_audience_of_a_side_event_asks_confirmed_facts_as_of_its_day(edition, cluster):
    """The grant ends in April: true when the person registers, over on the day of the event in May."""
    event = seats.create_side_event(
        conference=edition, slug="assembly", title="Assembly", host="ECCP", capacity=5,
        starts_at=NOON.replace(month=5, day=6), ends_at=NOON.replace(month=5, day=6, hour=12),
        audience={"all": [{"fact": "partnership"}, {"none": [{"fact": "label"}]}]},
    )  # fmt: skip
    row = factories.confirmed(edition, organisation=cluster)

    def why():
        return [
            (reason.missing.value, reason.day) for reason in registration.why_not(registration=row, side_event=event)
        ]

    fact = write(cluster)
    assert why() == [("fact expired", date(2030, 4, 30))]
    fact = write(cluster, fact=fact, seen=1, confirmed=False, valid_until=None)
    assert why() == [("fact", None)]
    operations.confirm_fact(fact=fact, actor=None, now=NOON)
    assert why() == []
    write(cluster, kind="label", title="Gold", valid_until=None)
    assert [word for word, _day in why()] == ["excluded"]


def test_a_check_is_set_aside_with_a_reason_and_counts_again_without(cluster):
    for reason in ("Recognised.", "Recognised by Flanders.", "", ""):
        operations.waive(organisation=cluster, check="staff", reason=reason, actor=None, now=NOON)
    assert (Waiver.objects.count(), actions(cluster)[1:]) == (0, ["check waived", "check waived", "waiver ended"])


def test_profile_counts_ecosystems(cluster):
    eco = factories.term(kind="ecosystem", key="textile", label="Textile")
    operations.change(organisation=cluster, seen_version=1, actor=None, now=NOON, ecosystems=[eco], staff=0.5)
    found = queries.profile(organisation=queries.by_slug(slug=cluster.slug), managers=1)
    assert (found.ecosystems, found.staff, found.kind, found.managers) == (1, 0.5, "cluster-org", 1)


def test_filters_of_the_list(cluster, manager):
    other = operations.create(name="Béton", country="FR", city="Lille", actor=None, now=NOON)
    write(other, confirmed=False)

    def found(*, public=False, **values):
        return [row.name for row in queries.listed(chosen=queries.Filter(**values), public=public)]

    assert found() == ["Alpha Cluster", "Béton"]
    assert found(public=True) == ["Alpha Cluster"]
    assert found(search="lil") == found(country="FR") == found(state="waiting") == found(state="unlisted") == ["Béton"]
    assert found(state="unmanaged") == ["Béton"]
    assert found(kind="cluster-org") == found(state="listed") == ["Alpha Cluster"]
    assert queries.names(starting="alph") == ["Alpha Cluster"]
    rows = queries.numbers(queries.listed(chosen=queries.Filter(), public=False))
    assert [(row.manager_count, row.waiting_count) for row in rows] == [(1, 0), (0, 1)]
