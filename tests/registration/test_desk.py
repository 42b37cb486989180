"""What the team does: decides, sets up, invites, exports, brings lists from other tools."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.audit.models import Entry
from hemicycle.conferences.models import Run
from hemicycle.files.tables import read_table
from hemicycle.files.workbooks import read_workbook
from hemicycle.notifications.models import Mail
from hemicycle.registration import intake, operations, queries, questionnaire, setup
from hemicycle.registration.models import Category, Intake, Invitation, Question, Registration, SavedView
from hemicycle.registration.tasks import look_after_waiting_lists
from tests.factories import NOON, confirmed, edition, member, registered, term, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(edition, signed_in, noon):
    client = signed_in(member(edition, "registration"), second_factor=True)
    base = f"/{edition.slug}/desk/registrations/"
    client.to = lambda path="", **data: client.post(base + path, data)
    client.look = lambda path="": client.get(base + path)
    return client


@pytest.fixture
def made(team, work):
    """Ask for a file, let the worker make it, and take it."""

    def take(path):
        with work():
            answer = team.to(path)
        return team.get(f"{answer['Location']}file/").content

    return take


@pytest.fixture
def asked(edition):
    return Category.objects.create(conference=edition, slug="asked", name="Asked", needs_approval=True)


def test_the_list_is_filtered_and_the_filter_kept(edition, team, asked):
    confirmed(edition, category=asked, country="FR")
    confirmed(edition, email="other@example.eu")
    page = team.look("?status=pending&category=asked&country=FR&mode=on_site").content.decode()
    assert ("other@example.eu" in page, "1 registration of 2" in page.replace("\n", " ")) == (False, True)

    assert team.to("views/", name="To decide", query="status=pending").status_code == 302
    assert "To decide" in team.look().content.decode()
    team.to("views/", name="", query="x")
    team.to("views/", drop=SavedView.objects.get().pk)
    assert SavedView.objects.count() == 0


def test_many_are_decided_at_once_and_others_left_alone(edition, team, asked):
    rows = [confirmed(edition, category=asked) for _ in range(3)]
    other = confirmed(edition)
    page = team.to("act/", do="approve", key=[rows[0].pk, rows[1].pk, other.pk], query="status=pending")
    assert page["Location"].endswith("/desk/registrations/?status=pending")
    team.to("act/", do="decline", key=[rows[2].pk], reason="Too late.")
    team.to("act/", do="cancel", key=[other.pk, rows[0].pk])
    team.to("act/", do="cancel", key=[other.pk])

    statuses = [Registration.objects.get(pk=row.pk).status for row in (*rows, other)]
    assert statuses == ["cancelled", "confirmed", "declined", "cancelled"]
    assert team.look("act/").status_code == 302


def test_a_wrong_choice_changes_nothing(edition, team):
    row = confirmed(edition)
    for data in ({"do": "approve"}, {"do": "explode", "key": row.pk}, {"key": "x"}):
        assert team.to("act/", **data).status_code == 302
    row.refresh_from_db()
    assert row.status == "confirmed"


def test_everybody_gets_the_mail_of_their_state_again(edition, team):
    edition.capacity = 2
    edition.save()
    sent, held, waits = confirmed(edition), registered(edition), registered(edition)
    operations.confirm_address(conference=edition, token=token(waits), now=NOON)
    edition.capacity = 3
    edition.save()
    operations.offer_freed_places(conference_id=edition.pk, now=NOON)
    gone = confirmed(edition)
    operations.cancel(registration=gone, actor=gone.person, now=NOON)
    Mail.objects.all().delete()
    team.to("act/", do="again", key=[sent.pk, held.pk, waits.pk, gone.pk])

    assert sorted(Mail.objects.values_list("kind", flat=True)) == [
        "ConfirmYourAddress",
        "PlaceConfirmed",
        "PlaceOffered",
    ]


def test_the_list_is_taken_out_without_formulas_and_without_secrets(edition, team, made):
    Question.objects.create(conference=edition, key="born", label="Born", kind="past", restricted=True)
    Question.objects.create(
        conference=edition, key="days", label="Days", kind="several", options=[{"key": "1", "label": "1"}]
    )
    Question.objects.create(conference=edition, key="dinner", label="Dinner", kind="yes")
    row = confirmed(
        edition,
        first_name="=cmd()",
        job_title="+1",
        category=Category.objects.create(conference=edition, slug="a", name="A"),
    )
    questionnaire.write(registration=row, answers={"born": "1980-02-29", "days": ["1", "2"], "dinner": True})
    registered(edition)

    csv = made("export.csv")
    assert (b"'=cmd()" in csv, b"'+1" in csv, b"1980" in csv) == (True, True, False)
    rows = read_table(csv, name="a.csv")
    found = next(item for item in rows if item["first_name"] == "=cmd()")
    assert (len(rows), found["q_days"], found["q_dinner"], "q_born" in found) == (2, "1, 2", "yes", False)
    assert json.loads(made("export.json?status=confirmed"))[0]["category"] == "a"
    (sheet,) = read_workbook(made("guard.xlsx")).values()
    assert any("1980-02-29" in line for line in sheet)
    assert Entry.objects.filter(action="file taken", details__kind="registration.guard").count() == 1
    assert not any(b"1980" in bytes(run.sealed) for run in Run.objects.all()), "the file rests sealed"
    assert team.look("export.csv").status_code == 302
    assert team.look("export.exe").status_code == 404


def test_the_guard_list_is_not_for_the_door(edition, signed_in, noon):
    client = signed_in(member(edition, "door"), second_factor=True)
    base = f"/{edition.slug}/desk/registrations/"
    assert [client.get(base + path).status_code for path in ("", "guard.csv", "setup/")] == [200, 403, 403]


def test_who_comes_by_kind_day_and_step(edition, team, asked):
    confirmed(edition)
    confirmed(edition, category=asked)
    registered(edition, now=NOON + timedelta(days=1))

    assert queries.funnel(conference=edition) == {"registered": 3, "proven": 1, "placed": 1, "came": 0}
    assert queries.by_day(conference=edition) == [(date(2030, 4, 15), 2, 2), (date(2030, 4, 16), 1, 3)]
    assert "Cluster organisation" in team.look("statistics/").content.decode()


def test_a_way_of_coming_is_written_checked_and_removed(edition, team):
    form = {"slug": "press", "name_en": "Press", "order": 0, "version": 0, "quota": "5"}
    assert "required" in team.to("setup/category/", **form | {"name_en": ""}).content.decode()
    assert team.to("setup/category/", **form).status_code == 302
    row = Category.objects.get()
    assert "Another way of coming" in team.to("setup/category/", **form).content.decode()

    path = f"setup/category/{row.pk}/"
    assert 'value="press"' in team.look(path).content.decode()
    team.to(path, **form | {"quota": "7", "version": row.version})
    stale = team.to(path, **form | {"quota": "9", "version": row.version})
    assert (stale.status_code, "Somebody else saved" in stale.content.decode()) == (422, True)
    assert Category.objects.get().quota == 7
    registered(edition, category=row)
    team.to(path, do="remove")
    assert Category.objects.count() == 1
    Registration.objects.all().delete()
    team.to(path, do="remove")
    assert Category.objects.count() == 0
    assert team.look("setup/category/999999/").status_code == 404


def test_more_places_are_offered_to_who_waits(edition, team, work):
    few = Category.objects.create(conference=edition, slug="few", name="Few", quota=0)
    row = registered(edition, category=few)
    operations.confirm_address(conference=edition, token=token(row), now=NOON)
    with work():
        team.to(f"setup/category/{few.pk}/", slug="few", name_en="Few", order=0, version=1, quota=1)

    row.refresh_from_db()
    assert row.status == "offered"


QUESTION = {
    "key": "meal",
    "label_en": "Meal?",
    "kind": "choice",
    "options": "veg = Vegan | fr: Végane\nall = All",
    "order": 0,
    "version": 0,
}


def test_a_question_is_written_in_many_languages_and_read_back(edition, team):
    edition.languages = ["en", "fr"]
    edition.save()
    assert team.to("setup/question/", **QUESTION | {"label_fr": "Repas ?"}).status_code == 302
    row = Question.objects.get()

    assert row.label.data == {"en": "Meal?", "fr": "Repas ?"}
    assert row.options == [
        {"key": "veg", "label": {"en": "Vegan", "fr": "Végane"}},
        {"key": "all", "label": {"en": "All"}},
    ]
    page = team.look(f"setup/question/{row.pk}/").content.decode()
    assert "veg = Vegan | fr: Végane" in page
    assert "Meal?" in team.look("setup/").content.decode()
    stale = team.to(f"setup/question/{row.pk}/", **QUESTION)
    assert (stale.status_code, "Somebody else saved" in stale.content.decode()) == (422, True)
    team.to(f"setup/question/{row.pk}/", do="remove")
    assert Question.objects.count() == 0
    assert team.look("setup/question/999999/").status_code == 404


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"options": ""}, "at least one choice"),
        ({"options": "no sign"}, "Line 1 is not"),
        ({"options": "a = A\na = B"}, "Line 2 is not"),
        ({"options": "a = A | fr:"}, "Line 1 is not"),
        ({"key": "two words"}, "valid"),
        ({"kind": "magic"}, "valid choice"),
        ({"label_en": ""}, "required"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(team, values, sentence):
    answer = team.to("setup/question/", **QUESTION | values)
    assert (answer.status_code, sentence in answer.content.decode(), Question.objects.count()) == (422, True, 0)


def test_questions_do_not_hang_on_each_other(edition, team):
    team.to("setup/question/", **QUESTION)
    first = Question.objects.get()
    nuts = {"key": "nuts", "label_en": "Nuts?", "kind": "yes", "order": 1, "version": 0, "depends_on": first.pk}
    assert "after which answers" in team.to("setup/question/", **nuts).content.decode()
    assert team.to("setup/question/", **nuts | {"values": "veg"}).status_code == 302
    assert "Another question" in team.to("setup/question/", **nuts | {"values": "veg"}).content.decode()
    second = Question.objects.get(key="nuts")
    knot = team.to(
        f"setup/question/{first.pk}/", **QUESTION | {"version": 1, "depends_on": second.pk, "values": "True"}
    )
    assert (knot.status_code, "hang on each other" in knot.content.decode()) == (422, True)


def test_a_question_that_was_answered_keeps_its_kind(edition, team):
    row = Question.objects.create(conference=edition, key="words", label="Words", kind="text")
    questionnaire.write(registration=confirmed(edition), answers={"words": "a"})
    answer = team.to(
        f"setup/question/{row.pk}/", key="words", label_en="W", kind="text", restricted="on", order=0, version=1
    )

    assert (answer.status_code, "People answered already" in answer.content.decode()) == (422, True)
    with pytest.raises(setup.InUse):
        setup.write_question(
            conference=edition, question=row, seen_version=1, categories=[], actor=None, now=NOON, kind="yes", restricted=False,
        )  # fmt: skip


def test_people_are_invited_by_mail_or_by_a_code(edition, team):
    assert "one of the two" in team.to("setup/invite/").content.decode()
    assert "not an email address" in team.to("setup/invite/", people="a@example.eu\nnowhere").content.decode()
    assert "This day is over" in team.to("setup/invite/", uses=3, until="2030-04-14").content.decode()
    many = "\n".join(f"a{n}@example.eu" for n in range(501))
    assert "at most 500" in team.to("setup/invite/", people=many).content.decode()
    assert team.to("setup/invite/", people="a@example.eu, b@example.eu", until="2030-05-01").status_code == 302
    assert team.to("setup/invite/", uses=3, skips_approval="on").status_code == 302

    assert Mail.objects.filter(kind="Invited").count() == 2
    assert sorted(Invitation.objects.values_list("uses", "skips_approval")) == [(1, False), (1, False), (3, True)]


PRETIX = (
    "Order code;Attendee name;Attendee name: Given name;Attendee name: Family name;Attendee email;Company;Country;Product\r\n"
    "ABC;Zoë Ålund;Zoë;Ålund;zoe@example.eu;Linen;SE;Ticket\r\nDEF;Ada Byron;Ada;Byron;ada@example.eu;;Belgium;Ticket\r\n"
)


@pytest.fixture
def send(team, work):
    """Load a list, let the worker read it, and go where the reader is led."""

    def load(content, name="list.csv", **data):
        file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode("latin-1"))
        with work():
            answer = team.to("import/", file=file, **data)
        return team.get(answer["Location"], follow=True) if answer.status_code == 302 else answer

    return load


@pytest.fixture
def enter(team, work):
    """Say yes to a list, let the worker enter it, and read what the page says."""

    def press(**data):
        with work():
            answer = team.to("import/enter/", **data)
        return team.get(answer["Location"]).content.decode()

    return press


def test_a_list_of_pretix_is_looked_at_first_and_then_entered(edition, send, enter):
    edition.capacity = 1
    edition.save()
    page = send(PRETIX).content.decode()
    assert ("2 rows, from pretix" in page, Registration.objects.count()) == (True, 0)
    assert b"zoe@example.eu" not in bytes(Intake.objects.get().rows)
    wanted = {"intake": Intake.objects.get().pk, "stakeholder": term().pk}

    assert "1 with a place, 1 in the waiting list" in enter(**wanted)
    rows = Registration.objects.order_by("created_order").select_related("person", "organisation")
    assert [(row.person.name, row.country, str(row.organisation or ""), row.status) for row in rows] == [
        ("Zoë Ålund", "SE", "Linen", "confirmed"),
        ("Ada Byron", "BE", "", "waiting"),
    ]
    assert "entered already" in enter(**wanted)
    send(PRETIX)
    assert "2 were registered already" in enter(intake=Intake.objects.get().pk, stakeholder=term().pk)
    assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("head", "row", "source"),
    [
        ("Name,Email Address,Affiliation,Position,Country", "Zoë Ålund,zoe@example.eu,Linen,CEO,Sweden", "indico"),
        ("First name,Last name,Email,Organization,Country", "Zoë,Ålund,zoe@example.eu,Linen,Sweden", "b2match"),
        ("first_name,last_name,email,organisation,country", "Zoë,Ålund,zoe@example.eu,Linen,SE", "own"),
    ],
)
def test_the_columns_tell_the_tool(edition, noon, head, row, source):
    found, rows, name = intake.check(
        conference=edition, content=f"{head}\n{row}\n".encode(), name="a.csv", default_country="", now=NOON
    )

    assert (name, found is not None, rows[0].faults) == (source, True, ())
    assert (rows[0].values["first_name"], rows[0].values["last_name"], rows[0].values["country"]) == (
        "Zoë",
        "Ålund",
        "SE",
    )


def test_one_wrong_row_keeps_the_whole_list_out(edition, send):
    head = "first_name,last_name,email,country\n"
    page = send(
        head + "A,B,a@example.eu,BE\n,,x,Atlantis\nC,D,A@example.eu,BE\n" + "E" * 101 + ",F,e@example.eu,\n",
        country="BE",
    ).content.decode()

    for sentence in (
        "The name is missing.", "is not an email address", "is not a country", "stands in row 2 already", "is too long",
    ):  # fmt: skip
        assert sentence in page
    assert (Intake.objects.count(), Registration.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("a,b\n1,2\n", "a.csv", "none of: pretix"),
        ("", "a.csv", "empty"),
        (b"PK\x03\x04", "a.xlsx", "not an .xlsx"),
        (b"a,b\n" + b"x" * (10 * 1024 * 1024), "a.csv", "at most 10 MB are taken"),
    ],
)
def test_a_file_that_is_no_list_says_why(send, content, name, sentence):
    assert sentence in send(content, name).content.decode()


def test_without_a_file_or_a_kind_nothing_is_entered(team):
    assert team.look("import/").status_code == 200
    assert team.to("import/").status_code == 422
    assert team.to("import/enter/").status_code == 302


def test_a_list_nobody_says_yes_to_is_forgotten(edition, send, time_machine_at):
    send(PRETIX)
    time_machine_at(NOON + intake.KEPT)
    look_after_waiting_lists()

    assert Intake.objects.count() == 0


def test_another_editions_things_are_not_found(edition, team, noon):
    from django_scopes import scope

    other = make_other()
    with scope(conference=other.pk):
        theirs = Category.objects.create(conference=other, slug="x", name="X")
    assert team.look(f"setup/category/{theirs.pk}/").status_code == 404


def make_other():
    return edition_factory(slug="other2030")


edition_factory = edition
