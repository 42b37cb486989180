"""Decisions about organisations: values in, values out."""

from datetime import date

import pytest

from hemicycle.directory import regions, rules
from hemicycle.directory.rules import Item, Known, Pair, Profile

FULL = Profile(
    kind="cluster-org", region="BE10", website="https://example.eu", about="We build.", staff=0.5, members=15,
    member_types=("sme", "research"), languages=("fr", "en"), ecosystems=1, managers=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "true"), [("2024-01-01", True), ("2024-05-31", True), ("2023-12-31", False), ("2024-06-01", False)]
)
def test_a_fact_holds_from_its_first_to_its_last_day(on, true):
    day = date.fromisoformat(on)
    assert rules.holds(valid_from=date(2024, 1, 1), valid_until=date(2024, 5, 31), on=day) is true


def test_a_fact_without_an_end_goes_on():
    assert rules.holds(valid_from=date(2024, 1, 1), valid_until=None, on=date(2099, 1, 1))


def test_a_cluster_that_meets_every_check():
    assert rules.checks(FULL, waivers={}) == [Item(key, done=True) for key in ("staff", "members", "types", "site")]
    assert rules.percent([*rules.checks(FULL, waivers={}), *rules.completeness(FULL)]) == 100


def test_what_is_just_below_is_missing_and_a_waiver_meets_it():
    below = Profile(kind="cluster-org", staff=0.49, members=14, member_types=("sme", "sme"), website="https://a.eu")
    found = rules.checks(below, waivers={"staff": "Recognised."})
    assert [(item.done, item.met) for item in found] == [(False, True), (False, False), (False, False), (False, False)]
    assert rules.percent(found) == 25


def test_nothing_said_misses_everything_and_other_kinds_have_no_checks():
    assert [item.done for item in rules.checks(Profile(kind="cluster-org"), waivers={})] == [False] * 4
    assert rules.checks(Profile(kind="company"), waivers={}) == []
    assert [item.key for item in rules.completeness(Profile()) if item.met] == []
    assert rules.percent([]) == 100


@pytest.mark.parametrize(
    ("code", "country", "fault"),
    [
        ("", "BE", ""), ("BE1", "BE", ""), ("BE10", "BE", ""), ("BE100", "BE", ""), ("EL30", "GR", ""),
        ("be10", "BE", "shape"), ("BE", "BE", "shape"), ("BE1000", "BE", "shape"), ("B€1", "BE", "shape"),
        ("FR10", "BE", "country"), ("GR30", "GR", "country"), ("BE99", "BE", "unknown"),
    ],
)  # fmt: skip
def test_regions_are_of_nuts_and_of_the_country(code, country, fault):
    assert rules.region_fault(code, country=country, known=regions.names()) == fault


def test_a_region_is_shown_by_name():
    assert (regions.name("PT112"), regions.name("XX1"), regions.name("")) == ("Cávado (PT112)", "XX1", "")


@pytest.mark.parametrize(
    ("address", "confirmed", "domain", "may"),
    [
        ("ana@cluster.eu", True, "cluster.eu", True), ("ana@CLUSTER.eu", True, "Cluster.eu", True),
        ("ana@cluster.eu", False, "cluster.eu", False), ("ana@sub.cluster.eu", True, "cluster.eu", False),
        ("ana@gmail.com", True, "gmail.com", False), ("ana@outlook.com", True, "outlook.com", False),
        ("ana@cluster.eu", True, "", False), ("ana", True, "ana", False), ("", True, "", False),
        ("ana@evilcluster.eu", True, "cluster.eu", False),
    ],
)  # fmt: skip
def test_joining_needs_a_confirmed_address_of_the_own_domain(address, confirmed, domain, may):
    assert rules.joins_by_domain(address=address, confirmed=confirmed, domain=domain) is may


@pytest.mark.parametrize(
    ("domain", "fault"), [("", ""), ("cluster.eu", ""), ("eu", "shape"), ("a b.eu", "shape"), ("gmail.com", "public")]
)
def test_a_mail_domain_is_ones_own(domain, fault):
    assert rules.domain_fault(domain) == fault


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minho Fibre Works", "The Minho Fibre-Works, S.A."), ("Ålborg Klynge ApS", "Alborg klynge"), ("A & B", "A and B"),
        ("GmbH", "gmbh"),
    ],
)  # fmt: skip
def test_names_are_compared_without_accents_signs_and_legal_forms(one, other):
    assert rules.plain_name(one) == rules.plain_name(other) != ""


def test_hosts_that_many_share_say_nothing():
    assert [rules.site_host(site) for site in ("https://www.a.eu/x", "https://be.linkedin.com/a", "", "a")] == [
        "a.eu",
        "",
        "",
        "",
    ]


def test_doubles_are_found_by_name_and_host_within_a_country_surest_first():
    known = [
        Known(1, "Alpha", "BE", "https://a.eu"), Known(2, "Alpha Ltd", "BE", "", ""), Known(3, "Alpha", "FR", "https://a.eu"),
        Known(4, "Beta", "BE", "https://b.eu"), Known(5, "Beta SA", "BE", "https://www.b.eu/en", "b.eu"), Known(6, "!", "BE"),
    ]  # fmt: skip
    assert rules.doubles(known) == [Pair(4, 5, ("name", "host")), Pair(1, 2, ("name",))]
