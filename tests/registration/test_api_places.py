"""Registering, one's own registration, and what the team sets up, by API with keys."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.audit.models import Entry
from hemicycle.directory import joining, operations
from hemicycle.notifications.models import Mail
from hemicycle.registration import questionnaire
from hemicycle.registration.models import Category, Invitation, Question, Registration, SavedView
from tests.factories import NOON, confirmed, member, pdf_answer, person, registered, term

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(edition, noon, by_key):
    return lambda who, method, path, body=None, **more: by_key(who, method, f"{edition.slug}/{path}", body, **more)


@pytest.fixture
def team(edition):
    return member(edition, "registration")


def wish(**values):
    return {
        "email": "Ada@example.eu", "first_name": "Ada", "last_name": "Byron", "country": "BE", "stakeholder": "cluster-org",
        "notice": True, **values,
    }  # fmt: skip


def test_anybody_registers_and_the_answer_is_the_same_for_the_known(edition, call):
    first, second = (call(None, "post", "registrations", wish()) for _ in range(2))
    assert (
        (first.status_code, first.json())
        == (second.status_code, second.json())
        == (
            202,
            {"email": "ada@example.eu", "title": "A mail says how it goes on."},
        )
    )
    row = Registration.objects.get()
    assert (row.status, row.person.name, row.country) == ("submitted", "Ada Byron", "BE")
    assert Mail.objects.count() == 2


def test_registering_with_everything(edition, call):
    edition.online = True
    edition.save()
    guests = Category.objects.create(conference=edition, slug="guests", name="Guests", invitation_only=True)
    code = Invitation.objects.create(conference=edition, category=guests, uses=1, created_at=NOON).code
    for key, kind, more in (
        ("several", "several", {"options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}),
        ("born", "past", {"restricted": True, "required": True}),
        ("scan", "file", {}),
    ):
        Question.objects.create(conference=edition, key=key, label=key, kind=kind, **more)
    answers = {
        "several": ["a", "b"], "born": "1980-02-29",
        "scan": {"name": "x.pdf", "content": base64.b64encode(b"%PDF-1.7").decode()},
    }  # fmt: skip
    body = wish(category="guests", code=code, consents=["list"], organisation="Alpha", mode="hybrid", answers=answers)

    assert call(None, "post", "registrations", body).status_code == 202
    row = Registration.objects.get()
    assert (row.category, row.organisation.name, row.mode, row.consents.get().kind) == (
        guests,
        "Alpha",
        "hybrid",
        "list",
    )
    kept = questionnaire.read(registration=row, restricted=True)
    assert (kept["several"], kept["born"], kept["scan"]["name"]) == (["a", "b"], "1980-02-29", "x.pdf")
    # the code is used up now; whether the address is registered plays no part in the answer
    for email in ("ada@example.eu", "new@example.eu"):
        again = call(None, "post", "registrations", {**body, "email": email})
        assert (again.status_code, again.json()["fields"]) == (422, {"code": "This code was used up."})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"notice": False}, "notice"),
        ({"country": "XX"}, "country"),
        ({"stakeholder": "nobody"}, "stakeholder"),
        ({"category": "nothing"}, "category"),
        ({"code": "NONE"}, "code"),
        ({"answers": {"nothing": 1}}, "answers.nothing"),
        ({"answers": {}}, "answers.must"),
        ({"answers": {"must": "nowhere"}}, "answers.must"),
    ],
)
def test_a_fault_names_its_field(edition, call, values, field):
    options = [{"key": "a", "label": "A"}]
    Question.objects.create(conference=edition, key="must", label="M", kind="choice", required=True, options=options)
    answer = call(None, "post", "registrations", wish(**{"answers": {"must": "a"}, **values}))
    assert (answer.status_code, answer["Content-Type"], list(answer.json()["fields"])) == (
        422,
        "application/problem+json",
        [field],
    )
    assert Registration.objects.count() == 0


def test_what_no_schema_knows_and_broken_names_are_refused(call):
    for body in (wish(unknown=1), wish(email="x"), wish(first_name="A\nBcc: x"), {}, wish(mode="moon")):
        answer = call(None, "post", "registrations", body)
        assert (answer.status_code, answer.json()["errors"] != []) == (422, True)


def test_registering_is_limited_and_ends(edition, call, settings):
    settings.HEMICYCLE_RATE_FACTOR = 1
    answers = [call(None, "post", "registrations", wish(country="XX")).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
    settings.HEMICYCLE_RATE_FACTOR = 1000
    edition.registration_closes_at = NOON
    edition.save()
    assert call(None, "post", "registrations", wish()).status_code == 409


def test_one_changes_what_one_wrote(edition, call):
    Question.objects.create(conference=edition, key="born", label="Born", kind="past", restricted=True, required=True)
    Question.objects.create(conference=edition, key="words", label="Words", kind="text")
    row = confirmed(edition, first_name="Ada")
    questionnaire.write(registration=row, answers={"born": "1980-02-29"})
    changed = call(row.person, "patch", "me", {"job_title": "Chair", "answers": {"words": "Hello"}}).json()

    assert (changed["first_name"], changed["job_title"]) == ("Ada", "Chair")
    assert changed["answers"] == {"born": "1980-02-29", "words": "Hello"}
    assert call(row.person, "get", "me").json() == changed
    wrong = call(row.person, "patch", "me", {"country": "XX", "answers": {}})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["country"])
    assert call(row.person, "patch", "me", {"status": "confirmed"}).status_code == 422


def test_consents_are_given_and_withdrawn(edition, call):
    row = confirmed(edition)
    said = {"list": True, "images": False, "newsletter": False, "matchmaking": True}
    assert sorted(call(row.person, "put", "me/consents", said).json()["given"]) == ["list", "matchmaking"]
    assert sorted(call(row.person, "put", "me/consents", {**said, "list": False}).json()["given"]) == ["matchmaking"]
    assert sorted(call(row.person, "get", "me/consents").json()["given"]) == ["matchmaking"]
    assert call(row.person, "put", "me/consents", {"list": True}).status_code == 422


def test_colleagues_come_along_once(edition, call):
    row = confirmed(edition)
    people = [{"email": f"c{n}@example.eu", "first_name": "C, D", "last_name": "E"} for n in range(2)]
    answers = [call(row.person, "post", "me/colleagues", {"people": people}, once="k") for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"done": 2}, {"done": 2}]
    assert (answers[1]["Idempotency-Replayed"], Registration.objects.count()) == ("true", 3)
    for wrong in ([], [people[0], people[0]]):
        answer = call(row.person, "post", "me/colleagues", {"people": wrong})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["people"])


def test_own_seats(edition, call):
    from hemicycle.registration import seats
    from tests.hosting.conftest import make

    row = confirmed(edition)
    seats.take(registration=row, side_event=make(edition, "assembly"), swap=False, now=NOON)
    (seat,) = call(row.person, "get", "me/seats").json()
    assert (seat["side_event"], seat["status"]) == ("assembly", "confirmed")


@pytest.mark.parametrize("path", ["me", "me/consents", "me/seats"])
def test_who_is_not_registered_has_nothing(call, path):
    assert call(person(), "get", path).status_code == 404
    assert call(None, "get", path).status_code == 401


def test_the_team_filters_counts_and_reads_history(edition, call, team):
    row, other = confirmed(edition, country="FR", mode="online"), registered(edition)
    for query, found in (("kind=cluster-org", 2), ("mode=online", 1), ("kind=none", 0), ("status=submitted", 1)):
        assert (query, call(team, "get", f"registrations?{query}").json()["count"]) == (query, found)
    counted = call(team, "get", "registrations/statistics").json()
    assert (counted["statuses"], counted["countries"]) == ({"confirmed": 1, "submitted": 1}, {"FR": 1, "BE": 1})
    assert (counted["days"][0]["number"], counted["funnel"]["registered"]) == (2, 2)
    actions = [entry["action"] for entry in call(team, "get", f"registrations/{row.pk}/history").json()]
    assert actions == ["confirmed", "registered"]
    detail = call(team, "get", f"registrations/{other.pk}").json()
    assert (detail["consents"], detail["seats"], detail["needs"]) == ([], [], "")


def test_a_page_of_the_list_costs_a_page(edition, call, team):
    for _ in range(5):
        confirmed(edition)
    call(team, "get", "registrations")
    with CaptureQueriesContext(connection) as seen:
        answer = call(team, "get", "registrations?page=2&page_size=2").json()
    assert (answer["count"], len(answer["items"])) == (5, 2)
    assert len(seen) <= 6


def test_views_are_kept_and_dropped(edition, call, team):
    made = [call(team, "post", "registrations/views", {"name": "Waiting", "query": "status=waiting"}) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    (view,) = call(team, "get", "registrations/views").json()
    assert call(team, "delete", f"registrations/views/{view['id']}").status_code == 204
    assert call(team, "delete", f"registrations/views/{view['id']}").status_code == 404
    assert SavedView.objects.count() == 0


def test_the_guards_list_and_files_leave_a_trace(edition, call, team):
    born = Question.objects.create(conference=edition, key="born", label="Born", kind="past", restricted=True)
    scan = Question.objects.create(conference=edition, key="scan", label="Scan", kind="file", restricted=True)
    row = confirmed(edition)
    file = {"name": "s.pdf", "media": "application/pdf", "size": 5, "content": base64.b64encode(b"%PDF-").decode()}
    questionnaire.write(registration=row, answers={"born": "1980-02-29", "scan": file})

    assert call(team, "get", "registrations/guard").json()["items"][0]["answers"]["born"] == "1980-02-29"
    assert call(team, "get", f"registrations/{row.pk}/files/{scan.pk}").content == b"%PDF-"
    assert call(team, "get", f"registrations/{row.pk}/files/{born.pk}").status_code == 404
    assert {"guard list taken", "restricted file taken"} <= set(Entry.objects.values_list("action", flat=True))
    door = member(edition, "door")
    assert call(door, "get", "registrations/guard").status_code == 404
    assert call(door, "get", f"registrations/{row.pk}/files/{scan.pk}").status_code == 404


def test_ways_of_coming_are_written_by_two_who_are_told(edition, call, team):
    body = {
        "slug": "guests",
        "name": {"en": "Guests"},
        "stakeholders": ["cluster-org"],
        "quota": 5,
        "needs_approval": True,
    }
    made = call(team, "post", "categories", body)
    assert (made.status_code, made.json()["version"], made.json()["stakeholders"]) == (201, 1, ["cluster-org"])
    changed = call(team, "patch", "categories/guests", {"version": 1, "quota": None, "needs_approval": False}).json()
    assert (changed["quota"], changed["needs_approval"], changed["name"]) == (None, False, {"en": "Guests"})
    assert call(team, "patch", "categories/guests", {"version": 1, "quota": 1}).status_code == 409
    for wrong, field in (
        ({"slug": "guests", "name": {"en": "Again"}}, "slug"),
        ({"slug": "x", "name": {"en": ""}}, "name"),
        ({"slug": "x", "name": {"fr": "Non"}}, "name"),
        ({"slug": "x", "name": {"en": "X"}, "stakeholders": ["none"]}, "stakeholders"),
    ):
        answer = call(team, "post", "categories", wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    confirmed(edition, category=Category.objects.get())
    assert call(team, "delete", "categories/guests").status_code == 409
    Registration.objects.all().delete()
    assert call(team, "delete", "categories/guests").status_code == 204
    assert call(team, "delete", "categories/guests").status_code == 404


def test_texts_in_languages_that_are_not_shown_stay(edition, call, team):
    Category.objects.create(conference=edition, slug="guests", name={"en": "Guests", "fr": "Invités"})
    call(team, "patch", "categories/guests", {"version": 1, "name": {"en": "All guests"}})
    assert Category.objects.get().name.data == {"en": "All guests", "fr": "Invités"}


def test_questions_are_written_and_asked(edition, call, team):
    guests = Category.objects.create(conference=edition, slug="guests", name="Guests", invitation_only=True)
    first = call(team, "post", "questions", {
        "key": "diet", "kind": "choice", "label": {"en": "Diet?"}, "required": True,
        "options": [{"key": "vegan", "label": {"en": "Vegan"}}, {"key": "other", "label": {"en": "Other"}}],
    })  # fmt: skip
    second = call(team, "post", "questions", {
        "key": "which", "kind": "text", "label": {"en": "Which?"}, "depends_on": "diet", "values": ["other"],
        "categories": ["guests"], "restricted": True,
    })  # fmt: skip
    assert [first.status_code, second.status_code] == [201, 201]
    assert (second.json()["depends_on"], second.json()["values"], second.json()["categories"]) == (
        "diet",
        ["other"],
        ["guests"],
    )
    Question.objects.create(
        conference=edition,
        key="hangs",
        label="H",
        kind="text",
        depends_on_id=second.json()["id"],
        values=["x"],
        order=9,
    )
    assert [row["key"] for row in call(None, "get", "questions").json()] == ["diet"]
    Question.objects.filter(key="hangs").delete()
    assert [row["key"] for row in call(team, "get", "questions").json()] == ["diet", "which"]
    address = f"questions/{first.json()['id']}"
    changed = call(team, "patch", address, {"version": 1, "help": {"en": "For lunch"}}).json()
    assert (changed["help"], changed["options"], changed["required"]) == (
        {"en": "For lunch"},
        first.json()["options"],
        True,
    )
    assert call(team, "patch", address, {"version": 1}).status_code == 409
    row = confirmed(edition)
    Registration.objects.update(category=guests)
    questionnaire.write(registration=row, answers={"diet": "vegan"})
    assert call(team, "patch", address, {"version": 2, "kind": "text"}).json()["fields"].keys() == {"kind"}
    for wrong, field in (
        ({"key": "diet", "kind": "text", "label": {"en": "Again"}}, "key"),
        ({"key": "x", "kind": "choice", "label": {"en": "X"}}, "options"),
        ({"key": "x", "kind": "text", "label": {"en": "X"}, "depends_on": "none"}, "depends_on"),
        ({"key": "x", "kind": "text", "label": {"en": "X"}, "categories": ["none"]}, "categories"),
    ):
        answer = call(team, "post", "questions", wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert call(team, "delete", f"questions/{second.json()['id']}").status_code == 204
    assert call(team, "delete", f"questions/{second.json()['id']}").status_code == 404


def test_somebody_takes_the_own_file(edition, call):
    question = Question.objects.create(conference=edition, key="scan", label="Scan", kind="file")
    row = confirmed(edition, answers={"scan": pdf_answer("mine")})
    other = confirmed(edition)
    file = call(row.person, "get", f"me/files/{question.pk}")
    assert (file.content, file["Content-Type"]) == (b"%PDF mine", "application/pdf")
    assert call(other.person, "get", f"me/files/{question.pk}").status_code == 404
    assert call(row.person, "get", "me/files/999").status_code == 404


def test_who_looks_after_an_organisation_registers_its_people(edition, call):
    cluster = operations.create(name="Alpha", country="FR", kind=term(), actor=None, now=NOON)
    manager, team = person(), member(edition)
    joining.add(organisation=cluster, person=manager, actor=None, now=NOON)
    at = f"organisations/{cluster.slug}/people"
    people = [{"email": f"p{number}@alpha.eu", "first_name": "P", "last_name": str(number)} for number in range(2)]
    answers = [call(manager, "post", at, {"people": people}, once="k") for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, {"done": 2})] * 2
    assert {(row.country, row.organisation) for row in Registration.objects.all()} == {("FR", cluster)}
    assert [row["email"] for row in call(manager, "get", at).json()] == ["p1@alpha.eu", "p0@alpha.eu"]
    assert [call(who, "post", at, {"people": people}).status_code for who in (team, None)] == [404, 401]

    Category.objects.create(conference=edition, slug="press", name="Press")
    Category.objects.create(conference=edition, slug="vips", name="Guests", needs_approval=True)
    wrong = [
        ({"people": people}, "category"),
        ({"people": people, "category": "vips"}, "category"),
        ({"people": people * 2, "category": "press"}, "people"),
        ({"people": [], "category": "press"}, "people"),
        ({"people": people, "category": "press", "stakeholder": "none"}, "stakeholder"),
    ]
    for wish, field in wrong:
        answer = call(manager, "post", at, wish)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    edition.registration_closes_at = NOON
    edition.save()
    assert call(manager, "post", at, {"people": people, "category": "press"}).status_code == 409
