"""Badges, certificates, letters and tables: for whom, with what in them, and for nobody else."""

import csv
import io

import pytest
from django.urls import reverse
from tests import factories
from tests.door.conftest import Door
from tests.factories import NOON, confirmed, member

from hemicycle.audit.models import Entry
from hemicycle.conferences import runs
from hemicycle.conferences.models import Run
from hemicycle.directory.operations import organisation_for
from hemicycle.door import documents, operations, queries
from hemicycle.door.models import Certificate
from hemicycle.files import typesetting
from hemicycle.files.workbooks import read_workbook
from hemicycle.registration import operations as registration

pytestmark = pytest.mark.django_db


def page(edition, name, *more):
    return reverse(f"door:{name}", args=[edition.slug, *more])


@pytest.fixture
def printed(monkeypatch):
    """Catch what is handed to the typesetter, and set it all the same."""
    caught = []

    def typeset(template, *, data, files=None, **options):
        caught.append(data)
        return typesetting.typeset(template, data=data, files=files, **options)

    monkeypatch.setattr(documents, "typeset", typeset)
    return caught


def checked_in(edition, **values):
    from hemicycle.door import scans

    row = confirmed(edition, **values)
    scans.by_hand(checklist=Door(edition, f"Door {row.pk}").list, registration=row, actor=None, now=NOON)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("kind", ["badges_a6", "badges_a5", "booklet"])
def test_papers_for_everybody_are_made_by_a_worker_and_downloaded_with_the_capability(
    edition, signed_in, noon, work, kind
):
    confirmed(
        edition, first_name="Łucja", consents=("list",), organisation=organisation_for(name="Η Εταιρεία", country="EL")
    )
    confirmed(edition, first_name="#eval(1) $x$ <b>", country="FR", job_title="CEO")
    client = signed_in(member(edition, "registration"), second_factor=True)
    with work():
        answer = client.post(page(edition, "papers"), {"kind": kind})
    run = Run.objects.get()
    file = reverse("desk:run_file", args=[edition.slug, run.pk])

    assert answer["Location"] == reverse("desk:run", args=[edition.slug, run.pk])
    assert (run.state, run.done, run.total) == ("ready", *((1, 1) if kind == "booklet" else (2, 2)))
    assert client.get(file).content[:5] == b"%PDF-"
    assert str(run.get_state_display()) in client.get(page(edition, "papers")).content.decode().lower()
    assert signed_in(member(edition, "door"), second_factor=True).get(file).status_code == 404


def test_the_same_papers_are_not_made_twice_at_once(edition, signed_in, noon):
    client = signed_in(member(edition, "registration"), second_factor=True)
    for _ in range(2):
        answer = client.post(page(edition, "papers"), {"kind": "booklet"})

    assert (answer["Location"], Run.objects.count()) == (page(edition, "papers"), 1)


def test_a_document_that_cannot_be_set_is_told_and_not_tried_for_ever(edition, noon, monkeypatch):
    def broken(*_, **__):
        raise typesetting.CannotSet("no such glyph")

    monkeypatch.setattr(documents, "badges", broken)
    run = runs.start(conference=edition, kind="door.badges_a6", actor=None, now=NOON)
    runs.perform(run_id=run.pk, now=NOON)
    run.refresh_from_db()

    assert (run.state, run.said) == ("failed", "no such glyph")


def test_the_booklet_holds_only_who_agreed(edition, noon, printed):
    agreed, other = confirmed(edition, consents=("list",)), confirmed(edition)
    withdrew = confirmed(edition, consents=("list",))
    registration.change_consents(registration=withdrew, wanted={"list": False}, actor=withdrew.person, now=NOON)
    rows = queries.listed_openly(conference=edition)
    documents.booklet(rows, conference=edition)

    assert [person["name"] for person in printed[0]["people"]] == [agreed.person.name]
    assert other.person.email not in str(printed)


def test_the_guard_s_list_holds_name_and_organisation_and_no_more(edition, signed_in, noon, printed):
    row = confirmed(edition, organisation=organisation_for(name="Cluster", country="BE"), needs="a ramp")
    client = signed_in(member(edition), second_factor=True)

    assert client.get(page(edition, "guard_list")).content[:5] == b"%PDF-"
    assert printed[0]["people"] == [[row.person.name, "Cluster"]]
    assert not any(text in str(printed) for text in (row.person.email, row.code, "a ramp"))


def test_attendance_counts_by_organisation_and_year_and_holds_no_formula(edition, signed_in, noon):
    evil = organisation_for(name="=HYPERLINK(1)", country="BE")
    checked_in(edition, organisation=evil)
    confirmed(edition, organisation=evil)
    other = factories.edition(slug="later2032", year=2032, series=edition.series, number=2)
    client = signed_in(member(edition), second_factor=True)
    rows = list(csv.reader(io.StringIO(client.get(page(edition, "attendance_csv")).content.decode("utf-8-sig"))))
    book = read_workbook(client.get(page(edition, "attendance_xlsx")).content)["Attendance"]

    assert rows == [["Year", "Organisation", "Country", "Places", "Came"], ["2030", "'=HYPERLINK(1)", "BE", "2", "1"]]
    assert book[1] == (2030, "=HYPERLINK(1)", "BE", 2, 1)
    assert other.slug not in str(rows)


def test_a_certificate_is_for_who_came_and_anybody_can_check_it(edition, client, signed_in, noon):
    row, absent = checked_in(edition), confirmed(edition)
    with pytest.raises(operations.DidNotCome):
        operations.issue_certificate(registration=absent, actor=None, now=NOON)
    signed_in(row.person)
    assert client.get(page(edition, "my_certificate")).status_code == 404
    client.post(page(edition, "my_papers"))
    client.post(page(edition, "my_papers"))
    certificate = Certificate.objects.get()
    assert client.get(page(edition, "my_certificate")).content[:5] == b"%PDF-"
    assert certificate.code in client.get(page(edition, "my_papers")).content.decode()
    client.logout()
    checked = client.get(page(edition, "verify", certificate.code.lower()))

    assert (checked.status_code, row.person.name in checked.content.decode()) == (200, True)
    assert row.person.email not in checked.content.decode()
    assert client.get(page(edition, "verify", "ABCDEFGHJKLMNPQ")).status_code == 404
    assert Entry.objects.filter(action="certificate issued").count() == 1


def test_a_certificate_holds_no_longer_than_its_reason(edition, client, noon):
    from hemicycle.accounts import operations as accounts
    from hemicycle.door import scans

    rows = [checked_in(edition), checked_in(edition)]
    codes = [operations.issue_certificate(registration=row, actor=None, now=NOON).code for row in rows]
    checklist = queries.lists(conference=edition)[0]
    scans.correct(checklist=checklist, registration=rows[0], actor=None, now=NOON)
    accounts.erase(person=rows[1].person, actor=rows[1].person, now=NOON)

    assert [client.get(page(edition, "verify", code)).status_code for code in codes] == [404, 404]


def test_who_did_not_come_is_told_that_there_is_no_certificate(edition, client, signed_in, noon):
    signed_in(confirmed(edition).person)
    answer = client.post(page(edition, "my_papers"), follow=True)

    assert b"checked in at the door" in answer.content
    assert client.get(page(edition, "my_ticket")).content[:5] == b"%PDF-"


def test_an_invitation_letter_prints_what_was_typed_and_keeps_nothing(edition, client, signed_in, noon, printed):
    row = confirmed(edition)
    signed_in(row.person)
    answers = {"nationality": "TR", "born_on": "1980-02-29", "passport": "U1234567", "address": "Embassy\nStreet 1"}
    letter = client.post(page(edition, "my_invitation"), answers)
    wrong = client.post(page(edition, "my_invitation"), {"nationality": "", "passport": "a\nb"})

    assert (letter.content[:5], wrong.status_code) == (b"%PDF-", 422)
    assert ["Passport number", "U1234567"] in printed[0]["facts"]
    assert "U1234567" not in str(list(Entry.objects.values_list("details", "target_label")))


def test_long_names_get_smaller_type(edition):
    sizes = [documents._size(name) for name in ("Bo Li", "Maximiliane Oberhuber-Wintersteller", "X" * 90)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 8
