"""Files of organisations: read first, all or nothing; what goes out comes in again."""

import json
from datetime import date, timedelta

import pytest

from hemicycle.directory import intake, operations, queries
from hemicycle.directory.formats import tables
from hemicycle.directory.models import Fact, Intake, Organisation
from hemicycle.files.tables import BadTable, read_table
from hemicycle.files.workbooks import read_workbook, write_workbook
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
GOOD = (
    "name,country,kind,region,ecosystems,members,member_types,staff,languages,website\n"
    'Alpha Cluster,BE,,BE10,"textile; agri",,,,,\n'
    'Beta,France,cluster-org,FR10,textile,30,"sme, research","1,5","fr, en",https://beta.eu\n'
)


@pytest.fixture(autouse=True)
def _terms(db):
    factories.term()
    for key in ("textile", "agri"):
        factories.term(kind="ecosystem", key=key, label=key.title())


def check(edition, content, name="list.csv", now=NOON):
    return intake.check(conference=edition, content=content.encode(), name=name, now=now)


def test_a_good_file_is_shown_first_then_entered_whole(edition, cluster):
    operations.change(organisation=cluster, seen_version=1, actor=None, now=NOON, city="Ghent", members=7)
    read = check(edition, GOOD)
    found, rows = read.intake, read.organisations
    assert [(row.number, row.new, row.faults) for row in rows] == [(2, False, ()), (3, True, ())]
    assert Organisation.objects.count() == 1
    done = intake.take_in(intake=found, actor=None, now=NOON)
    assert (done.created, done.changed, Intake.objects.count()) == (1, 1, 0)
    alpha, beta = queries.by_slug(slug="alpha-cluster"), queries.by_slug(slug="beta")
    assert (alpha.city, alpha.members, alpha.region, alpha.ecosystem_count) == ("Ghent", 7, "BE10", 2)
    assert (beta.country, beta.members, float(beta.staff), beta.member_types) == ("FR", 30, 1.5, ["sme", "research"])
    assert (beta.languages, beta.kind.key, beta.listed) == (["fr", "en"], "cluster-org", True)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("X,ZZ,,,,,,,,", "not a country"), (",BE,,,,,,,,", "name is missing"), ("X,BE,nobody,,,,,,,", "for kind"),
        ("X,BE,,FR10,,,,,,", "no region"), ("X,BE,,,gold,,,,,", "for ecosystems"), ("X,BE,,,,many,,,,", "not a number"),
        ("X,BE,,,,1.5,,,,", "not a number"), ("X,BE,,,,,,-1,,", "not a number"), ("X,BE,,,,,,inf,,", "not a number"),
        ("X,BE,,,,,club,,,", "for member_types"), ("X,BE,,,,,,,xx,", "for languages"), ("X,BE,,,,,,,,beta", "web address"),
        (f"{'x' * 201},BE,,,,,,,,", "too long"), ("Alpha Cluster,BE,,,,,,,,", "row 2 already"),
    ],
)  # fmt: skip
def test_one_wrong_row_keeps_the_whole_file_out(edition, row, words):
    read = check(edition, f"{GOOD}{row}\n")
    rows = read.organisations
    assert (read.intake, len(rows[-1].faults)) == (None, 1)
    assert words in rows[-1].faults[0]
    assert Organisation.objects.count() == 0


def test_a_public_mail_domain_is_a_fault(edition):
    rows = check(edition, "name,country,domain\nX,BE,gmail.com\n").organisations
    assert [len(row.faults) for row in rows] == [1]


@pytest.mark.parametrize("content", ["", "name\nX\n", "a,b\n1,2\n"])
def test_what_is_no_list_of_organisations_is_refused(edition, content):
    with pytest.raises(BadTable):
        check(edition, content)


def test_files_nobody_said_yes_to_go_after_a_day(edition):
    check(edition, GOOD)
    check(edition, GOOD, now=NOON + timedelta(days=2))
    assert Intake.objects.count() == 1


def test_what_changed_in_between_stops_the_whole_file(edition, monkeypatch):
    found = check(edition, GOOD).intake
    monkeypatch.setattr(operations, "change", _fail_at_second(operations.change))
    with pytest.raises(RuntimeError):
        intake.take_in(intake=found, actor=None, now=NOON)
    assert (Organisation.objects.count(), Intake.objects.count()) == (0, 1)


def _fail_at_second(change):
    calls = []

    def wrapped(**values):
        calls.append(values)
        if len(calls) > 1:
            raise RuntimeError
        return change(**values)

    return wrapped


def test_exports_are_read_again_and_hold_the_facts(edition, cluster):
    operations.add_fact(
        organisation=cluster, kind="label", title="=Gold", valid_from=date(2029, 1, 1), valid_until=date(2031, 1, 1)
    )
    operations.change(
        organisation=cluster, seen_version=1, actor=None, now=NOON, staff=2, member_types=["sme", "public"], members=3
    )
    rows = queries.listed(chosen=queries.Filter(), public=False).prefetch_related("facts")
    files = {kind: tables.write(rows, kind=kind) for kind in tables.TYPES}
    assert json.loads(files["json"])[0]["facts"][0]["title"] == "=Gold"
    one, other = (read_table(files[kind], name=f"a.{kind}")[0] for kind in ("csv", "xlsx"))
    assert {key: (one[key], other[key]) for key in one if one[key] != other[key]} == {"staff": ("2.0", "2")}
    assert read_workbook(files["xlsx"])["facts"][1][:5] == ("Alpha Cluster", "BE", "label", "=Gold", "2029-01-01")
    for kind in ("csv", "xlsx"):
        read = intake.check(conference=edition, content=files[kind], name=f"a.{kind}", now=NOON)
        done = intake.take_in(intake=read.intake, actor=None, now=NOON)
        assert (done.changed, done.facts) == (1, 0)
    again = Organisation.objects.get()
    assert (again.members, again.member_types, float(again.staff)) == (3, ["sme", "public"], 2.0)


FACTS = "organisation,country,kind,title,valid_from,valid_until,confirmed\n"


def test_facts_of_their_own_file_are_written_once_and_changed_later(edition, cluster):
    lines = (
        "Alpha Cluster,BE,label,Gold,2029-01-01,2031-01-01,yes\nAlpha Cluster,Belgium,partnership,Euro,2028-06-01,,no\n"
    )
    first = intake.take_in(intake=check(edition, FACTS + lines).intake, actor=None, now=NOON)
    again = intake.take_in(intake=check(edition, FACTS + lines).intake, actor=None, now=NOON)
    longer = lines.replace("2031-01-01", "2032-01-01 00:00:00")
    changed = intake.take_in(intake=check(edition, FACTS + longer).intake, actor=None, now=NOON)

    assert (first.facts, again.facts, changed.facts) == (2, 0, 1)
    assert sorted(cluster.facts.values_list("kind", "valid_until", "confirmed")) == [
        ("label", date(2032, 1, 1), True), ("partnership", None, False),
    ]  # fmt: skip


def test_facts_stand_on_a_sheet_beside_new_organisations(edition):
    sheets = {
        "organisations": [["name", "country"], ["Gamma", "DE"]],
        "facts": [FACTS.strip().split(","), ["Gamma", "DE", "programme", "Go", "2029-01-01", None, None]],
    }
    read = intake.check(conference=edition, content=write_workbook(sheets), name="a.xlsx", now=NOON)
    done = intake.take_in(intake=read.intake, actor=None, now=NOON)

    assert (done.created, done.facts, Fact.objects.get().organisation.name) == (1, 1, "Gamma")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Nobody,BE,label,Gold,2029-01-01,,", "no organisation “Nobody”"), ("Alpha Cluster,BE,medal,Gold,2029-01-01,,", "for kind"),
        ("Alpha Cluster,BE,label,,2029-01-01,,", "title is missing"), ("Alpha Cluster,BE,label,Gold,,,", "not a day"),
        ("Alpha Cluster,BE,label,Gold,soon,,", "not a day"), ("Alpha Cluster,BE,label,Gold,2029-01-01,2028-01-01,", "ends before"),
        (f"Alpha Cluster,BE,label,{'x' * 201},2029-01-01,,", "too long"), ("Alpha Cluster,BE,label,A,2029-01-01,,", "row 2 already"),
    ],
)  # fmt: skip
def test_one_wrong_fact_keeps_the_whole_file_out(edition, cluster, line, words):
    read = check(edition, f"{FACTS}Alpha Cluster,BE,label,A,2029-01-01,,\n{line}\n")
    assert (read.intake, len(read.facts[-1].faults)) == (None, 1)
    assert words in read.facts[-1].faults[0]


def test_a_sheet_of_facts_names_its_columns(edition):
    sheets = {"organisations": [["name", "country"], ["Gamma", "DE"]], "facts": [["title", "kind"], ["Go", "label"]]}
    with pytest.raises(BadTable, match="first row of the facts"):
        intake.check(conference=edition, content=write_workbook(sheets), name="a.xlsx", now=NOON)
