"""Host teams by invitation, attendance on the door's list, papers that are files."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.accounts import operations as accounts
from hemicycle.directory import operations as directory
from hemicycle.directory.models import Fact
from hemicycle.door.models import CheckIn
from hemicycle.hosting import operations, queries
from hemicycle.hosting.models import Host, HostInvitation
from hemicycle.kit import tokens
from hemicycle.kit.uploads import PDF
from hemicycle.notifications.models import Mail
from hemicycle.registration import seats
from tests import factories
from tests.factories import NOON, confirmed
from tests.hosting.conftest import START, make

pytestmark = pytest.mark.django_db


def link():
    return Mail.objects.filter(kind="AskedToHost").latest("pk").payload["link"].rstrip("/").rpartition("/")[2]


def test_who_is_asked_hosts_by_a_yes_of_their_own_and_the_link_works_once(event, edition):
    operations.ask(side_event=event, email="Ana@Example.eu", actor=None, now=NOON)
    old = link()
    operations.ask(side_event=event, email="ana@example.eu", actor=None, now=NOON)

    with pytest.raises(operations.InvitationGone):
        operations.join(conference=edition, token=old, language="en", now=NOON)
    host = operations.join(conference=edition, token=link(), language="fr", now=NOON)

    assert (host.person.email, host.person.emailaddress_set.get().verified) == ("ana@example.eu", True)
    with pytest.raises(operations.InvitationGone):
        operations.join(conference=edition, token=link(), language="en", now=NOON)
    with pytest.raises(operations.AlreadyHost):
        operations.ask(side_event=event, email="ana@example.eu", actor=None, now=NOON)
    assert queries.hosted(conference=edition, person=host.person) == {"assembly"}


def test_a_link_of_another_edition_or_an_old_one_opens_nothing(event, edition, time_machine_at):
    operations.ask(side_event=event, email="ana@example.eu", actor=None, now=NOON)
    other = factories.edition(slug="other2030")
    with pytest.raises(tokens.BadToken):
        operations.join(conference=other, token=link(), language="en", now=NOON)
    time_machine_at(NOON + timedelta(days=15))
    with pytest.raises(tokens.BadToken):
        operations.join(conference=edition, token=link(), language="en", now=NOON)


def test_a_role_ends_and_an_invitation_is_withdrawn(event, host):
    asked = operations.ask(side_event=event, email="ana@example.eu", actor=None, now=NOON)
    row = Host.objects.get(person=host)

    assert operations.take_away(side_event=event, invitation=asked.pk, actor=None, now=NOON)
    assert operations.take_away(side_event=event, host=row.pk, actor=None, now=NOON)
    assert not operations.take_away(side_event=event, host=row.pk, actor=None, now=NOON)
    assert (Host.objects.count(), HostInvitation.objects.count()) == (0, 0)


def test_erasure_takes_a_person_out_of_host_teams_and_forgets_invitations(event, host):
    operations.ask(side_event=make(event.conference, "two"), email=host.email, actor=None, now=NOON)
    row = confirmed(event.conference)
    seats.invite(side_event=event, emails=[row.person.email], actor=None, now=NOON)

    accounts.erase(person=host, actor=host, now=NOON)
    accounts.erase(person=row.person, actor=row.person, now=NOON)

    assert (Host.objects.count(), HostInvitation.objects.count(), event.invitations.count()) == (0, 0, 0)


def test_attendance_by_hand_is_the_doors_and_only_for_seats(event, host):
    rows = [confirmed(event.conference) for _ in range(3)]
    held = [seats.take(registration=row, side_event=event, swap=False, now=NOON) for row in rows]

    keys = [seat.pk for seat in held]
    assert operations.note_attendance(side_event=event, keys=keys, came=True, actor=host, now=NOON) == 2
    assert operations.note_attendance(side_event=event, keys=keys, came=True, actor=host, now=NOON) == 2
    assert CheckIn.objects.filter(checklist__side_event=event).count() == 2

    operations.note_attendance(side_event=event, keys=keys[:1], came=False, actor=host, now=NOON)
    assert list(CheckIn.objects.values_list("registration", flat=True)) == [rows[1].pk]


def test_a_paper_is_kept_shown_and_removed_with_its_file(event, host, django_capture_on_commit_callbacks):
    file = SimpleUploadedFile("../../Böse:one.exe", b"%PDF-1.7 words")
    file.kind = PDF
    paper = operations.add_paper(side_event=event, title="Out", file=file, shown=False, actor=host, now=NOON)
    storage, name = paper.file.storage, paper.file.name

    assert (paper.name, paper.media, storage.exists(name)) == ("Böse-one.pdf", "application/pdf", True)
    assert queries.papers(side_event=event) == []
    operations.show_paper(paper=paper, shown=True, actor=host, now=NOON)
    assert queries.papers(side_event=event) == [paper]
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_paper(paper=paper, actor=host, now=NOON)
    assert storage.exists(name) is False


def test_the_audience_is_counted_as_of_the_day(event):
    organisation = directory.organisation_for(name="Partner", country="BE")
    confirmed(event.conference, organisation=organisation)
    confirmed(event.conference)
    assert queries.eligible(side_event=event) == (2, 2)
    event.audience = {"fact": "partnership"}
    assert queries.eligible(side_event=event) == (0, 2)

    said = {"organisation": organisation, "kind": "partnership", "title": "x", "valid_until": None}
    fact = Fact.objects.create(**said, valid_from=START.date(), confirmed=False)
    assert queries.eligible(side_event=event) == (0, 2)
    fact.confirmed = True
    fact.save()
    assert queries.eligible(side_event=event) == (1, 2)
    Fact.objects.update(valid_from=START.date() + timedelta(days=1))
    assert queries.eligible(side_event=event) == (0, 2)
