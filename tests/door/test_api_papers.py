"""Papers by API: one's own, one person's, everybody's, and the check of a certificate."""

import pytest
from django_scopes import scope
from tests import factories
from tests.factories import confirmed, member, registered

from hemicycle.audit.models import Entry, Receipt
from hemicycle.door.models import Certificate
from hemicycle.files.tables import read_table
from hemicycle.registration.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(edition, noon, by_key):
    return lambda who, method, path, body=None, **more: by_key(who, method, f"{edition.slug}/{path}", body, **more)


def came(row):
    Registration.objects.filter(pk=row.pk).update(status="checked_in")


def test_ones_own_papers_are_read_issued_and_taken(edition, call):
    row = confirmed(edition, first_name="Ada")
    first = call(row.person, "get", "me/papers").json()
    assert (first["ticket"].startswith("HC"), first["certificate"]) == (True, None)
    assert call(row.person, "get", "me/papers/ticket").content.startswith(b"%PDF-")
    assert call(row.person, "post", "me/papers/certificate").status_code == 409
    assert call(row.person, "get", "me/papers/certificate").status_code == 409

    came(row)
    issued = [call(row.person, "post", "me/papers/certificate").json() for _ in range(2)]
    assert (issued[0], Certificate.objects.count()) == (issued[1], 1)
    assert issued[0]["address"].endswith(f"/verify/{issued[0]['code']}/")
    assert call(row.person, "get", "me/papers").json()["certificate"] == issued[0]
    assert call(row.person, "get", "me/papers/certificate").content.startswith(b"%PDF-")
    assert Entry.objects.get(action="certificate issued").actor == row.person


def test_anybody_checks_a_certificate_while_it_holds(edition, call):
    row = confirmed(edition, first_name="Ada", last_name="Byron")
    came(row)
    code = call(row.person, "post", "me/papers/certificate").json()["code"]
    found = call(None, "get", f"certificates/{code.lower()}")
    assert (found.status_code, found.json()["name"]) == (200, "Ada Byron")
    other = factories.edition(slug="other2030")
    assert call(None, "get", f"../{other.slug}/certificates/{code}").status_code == 404
    Registration.objects.update(status="confirmed")
    assert call(None, "get", f"certificates/{code}").status_code == 404
    assert call(row.person, "get", "me/papers/certificate").status_code == 409


def test_an_invitation_letter_is_printed_and_not_kept(edition, call):
    row = confirmed(edition)
    wish = {"nationality": "UA", "born_on": "1990-01-02", "passport": "P123456", "address": "Consulate\nStreet 1"}
    letter = call(row.person, "post", "me/papers/invitation", wish, once="k")
    assert (letter.content[:5], letter["Content-Disposition"].endswith('-invitation.pdf"')) == (b"%PDF-", True)
    assert Receipt.objects.count() == 0
    (entry,) = Entry.objects.filter(action="invitation letter made")
    assert (entry.actor, entry.details) == (row.person, {})
    wrong = call(row.person, "post", "me/papers/invitation", {"nationality": "XX"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["nationality"])


def test_papers_are_for_people_with_a_place(edition, call):
    waits = registered(edition)
    for method, path in (("get", ""), ("get", "/ticket"), ("post", "/certificate"), ("get", "/certificate")):
        assert call(waits.person, method, f"me/papers{path}").status_code == 409
    assert call(factories.person(), "get", "me/papers").status_code == 404


def test_the_desk_takes_a_badge_the_guards_list_and_attendance(edition, call):
    row, waits, team = confirmed(edition), registered(edition), member(edition)
    assert call(team, "get", f"door/papers/badges/{row.pk}").content.startswith(b"%PDF-")
    assert call(team, "get", "door/papers/guard").content.startswith(b"%PDF-")
    assert call(team, "get", f"door/papers/badges/{waits.pk}").status_code == 404
    other = factories.edition(slug="other2030")
    with scope(conference=other.pk):
        theirs = confirmed(other)
    assert call(team, "get", f"door/papers/badges/{theirs.pk}").status_code == 404

    table = call(team, "get", "door/attendance/file")
    assert [*read_table(table.content, name="a.csv")[0]] == ["Year", "Organisation", "Country", "Places", "Came"]
    assert call(team, "get", "door/attendance/file?form=xlsx").content[:2] == b"PK"
    assert call(team, "get", "door/attendance/file?form=pdf").status_code == 422


def test_papers_for_everybody_are_listed(edition, call):
    team = member(edition)
    run = call(team, "post", "door/papers", {"kind": "booklet"}).json()
    assert call(team, "post", "door/papers", {"kind": "booklet"}).status_code == 409
    assert [row["id"] for row in call(team, "get", "door/papers").json()] == [run["id"]]
    assert call(confirmed(edition).person, "get", "door/papers").status_code == 404
