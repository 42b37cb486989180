"""The organiser's own questions: who is asked, what is wrong with an answer, where secrets are kept."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from hemicycle.notifications.models import Mail
from hemicycle.registration import drafts, operations, places, questionnaire, retention
from hemicycle.registration.models import Answer, Category, Draft, Question, Registration
from hemicycle.registration.rules import Asked, answers_asked
from hemicycle.registration.tasks import look_after_waiting_lists
from tests.factories import NOON, confirmed, registered, term, token

pytestmark = pytest.mark.django_db
SECRET = "1980-02-29"


@pytest.mark.parametrize(
    ("questions", "answers", "category", "asked"),
    [
        ([Asked("a"), Asked("b", categories=frozenset({7}))], {}, 0, ["a"]),
        ([Asked("a"), Asked("b", categories=frozenset({7}))], {}, 7, ["a", "b"]),
        ([Asked("a"), Asked("b", depends_on="a", values=frozenset({"yes"}))], {"a": "no"}, 0, ["a"]),
        ([Asked("a"), Asked("b", depends_on="a", values=frozenset({"yes"}))], {"a": ["no", "yes"]}, 0, ["a", "b"]),
        ([Asked("a"), Asked("b", depends_on="a", values=frozenset({"yes"}))], {}, 0, ["a"]),
        (
            [
                Asked("a", categories=frozenset({7})),
                Asked("b", depends_on="a", values=frozenset({"yes"})),
                Asked("c", depends_on="b", values=frozenset({"1"})),
            ],
            {"a": "yes", "b": 1},
            0,
            [],
        ),
    ],
)
def test_who_is_asked(questions, answers, category, asked):
    assert answers_asked(questions, answers, category=category) == asked


@pytest.fixture
def questions(edition):
    make = lambda key, kind, **values: Question.objects.create(  # noqa: E731
        conference=edition, key=key, label=key.title(), kind=kind, order=Question.objects.count(), **values
    )
    lunch = make("lunch", "choice", options=[{"key": "veg", "label": {"en": "Vegan"}}, {"key": "all", "label": "All"}])
    make("nuts", "yes", depends_on=lunch, values=["veg"])
    make("born", "past", restricted=True, required=True)
    make("days", "several", options=[{"key": "1", "label": "One"}, {"key": "2", "label": "Two"}])
    make("visits", "number")
    make("home", "country")
    make("arrival", "date")
    make("boss", "organisation")
    make("words", "text")
    return edition


STEP = {
    "first_name": "Zoë", "last_name": "L", "email": "zoe@example.eu", "country": "SE", "mode": "on_site", "notice": "on",
    "organisation": "Linen", "consent_list": "on",
}  # fmt: skip
ANSWERS = {
    "q_lunch": "veg", "q_nuts": "on", "q_born": SECRET, "q_days": ["1", "2"], "q_visits": "3.50", "q_home": "MT",
    "q_arrival": "2030-05-06", "q_boss": "Linen", "q_words": "Two\nlines",
}  # fmt: skip


def begin(client, edition, **values):
    path = reverse("registration:register", args=[edition.slug])
    answer = client.post(path, STEP | {"stakeholder": term().pk} | values)
    return answer["Location"]


def test_from_the_form_over_the_questions_and_the_review_to_the_mail(questions, client, noon):
    page = begin(client, questions)
    assert Registration.objects.count() == 0
    assert places.taken(conference=questions, now=NOON).total() == 1
    assert "Vegan" in client.get(page).content.decode()

    review = client.post(page, ANSWERS)["Location"]
    shown = client.get(review).content.decode()
    assert [
        word
        for word in ("Vegan", "One, Two", "3.5", "Malta", "6 May 2030", "29 February 1980", "yes")
        if word not in shown
    ] == []
    answer = client.post(review)

    row = Registration.objects.get()
    assert (answer.status_code, row.status, str(row.organisation), Draft.objects.count()) == (
        200,
        "submitted",
        "Linen",
        0,
    )
    assert questionnaire.read(registration=row, restricted=False) == {
        "lunch": "veg", "nuts": True, "days": ["1", "2"], "visits": "3.5", "home": "MT", "arrival": "2030-05-06",
        "boss": "Linen", "words": "Two\nlines",
    }  # fmt: skip
    assert questionnaire.read(registration=row, restricted=True)["born"] == SECRET
    assert client.get(review).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("q_born", "2030-04-15", "must lie in the past"),
        ("q_born", "1799-01-01", "must lie in the past"),
        ("q_born", "", "Please answer this question"),
        ("q_born", "yesterday", "Enter a valid date"),
        ("q_lunch", "meat", "Select a valid choice"),
        ("q_visits", "many", "Enter a number"),
        ("q_visits", "NaN", "Enter a number"),
        ("q_boss", "a\u202eb", "on one line only"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_lost(questions, client, noon, field, value, sentence):
    page = begin(client, questions)
    answer = client.post(page, ANSWERS | {field: value})

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert "Two\nlines" in client.get(page).content.decode()
    assert client.get(f"{page}review/").status_code == (302 if field == "q_born" else 200)


def test_what_hangs_on_another_answer_is_only_kept_with_it(questions, client, noon):
    page = begin(client, questions)
    client.post(page, ANSWERS | {"q_lunch": "all"})
    client.post(f"{page}review/")

    assert "nuts" not in questionnaire.read(registration=Registration.objects.get(), restricted=False)


def test_a_form_is_saved_and_gone_on_with_by_its_link(questions, client, noon):
    page = begin(client, questions)
    client.post(page, ANSWERS | {"q_born": "", "do": "save"})
    link = Mail.objects.get(kind="DraftSaved").payload["link"]
    client.cookies.clear()

    assert link.endswith(page)
    assert 'value="3.5' in client.get(page).content.decode()
    assert client.get(f"/{questions.slug}/register/not-a-key/").status_code == 404


def test_a_place_is_held_while_the_form_is_filled_in_and_then_no_more(questions, client, noon):
    questions.capacity = 1
    questions.save()
    begin(client, questions)
    assert registered(questions).status == "waiting"

    soon, late = NOON + timedelta(minutes=29), NOON + drafts.HOLD
    assert [places.taken(conference=questions, now=now).total() for now in (soon, late)] == [1, 0]


def test_a_form_that_lost_its_hold_waits_like_everybody(questions, noon):
    questions.capacity = 1
    questions.save()
    first = dict.fromkeys(("organisation", "job_title", "needs"), "") | {"country": "BE", "mode": "on_site"}
    details = drafts.plain({**first, "first_name": "A", "last_name": "B", "stakeholder": term()})
    key = drafts.begin(
        conference=questions, email="a@example.eu", category=None, mode="on_site", details=details, now=NOON
    )
    late = NOON + drafts.HOLD
    registered(questions, now=late)
    draft = drafts.find(conference=questions, key=key, now=late)

    assert drafts.send(conference=questions, draft=draft, language="en", now=late).status == "waiting"


def test_forms_nobody_comes_back_to_are_forgotten(questions, client, noon, time_machine_at):
    begin(client, questions)
    time_machine_at(NOON + drafts.KEPT)
    look_after_waiting_lists()

    assert Draft.objects.count() == 0


def test_a_date_of_birth_is_unreadable_in_the_database(questions, client, noon):
    page = begin(client, questions)
    client.post(page, ANSWERS)
    dumps = [_dump()]
    client.post(f"{page}review/")
    dumps.append(_dump())

    assert [SECRET in dump for dump in dumps] == [False, False]


def _dump():
    with connection.cursor() as cursor:
        words = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            words.append(
                str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            )
    return re.sub(r"\s+", " ", " ".join(words))


def test_restricted_answers_go_a_week_after_the_edition(questions, client, noon):
    page = begin(client, questions)
    client.post(page, ANSWERS)
    client.post(f"{page}review/")
    assert Answer.objects.filter(secret__isnull=False).count() == 1
    retention.forget_needs(conference=questions, now=NOON + timedelta(days=60))

    assert Answer.objects.filter(secret__isnull=False).count() == 0
    assert Answer.objects.count() == 8


def test_changing_oneself_keeps_the_place_and_the_answers(questions, client, signed_in, noon):
    row = confirmed(questions)
    base = {"first_name": "New", "last_name": "Name", "country": "FR", "organisation": "Flax"}
    client = signed_in(row.person)
    path = f"/{questions.slug}/me/change/"
    assert client.get(path).status_code == 200
    refused = client.post(path, base | ANSWERS | {"q_born": "2999-01-01"})
    assert (refused.status_code, "must lie in the past" in refused.content.decode()) == (422, True)
    assert client.post(path, base | ANSWERS).status_code == 302

    row.refresh_from_db()
    assert (row.status, row.country, str(row.organisation), row.person.name) == ("confirmed", "FR", "Flax", "New Name")
    assert questionnaire.read(registration=row, restricted=True)["born"] == SECRET
    assert client.post(path, base | {"q_born": SECRET}).status_code == 302
    assert questionnaire.read(registration=row, restricted=True) == {"born": SECRET}


def test_an_erased_person_leaves_no_answer(questions, noon):
    row = confirmed(questions)
    questionnaire.write(registration=row, answers={"words": "Mine", "born": SECRET})
    retention.erase_person(person_id=row.person_id, now=NOON)

    assert Answer.objects.count() == 0


def test_a_question_of_another_category_is_not_asked(questions, noon):
    other = Category.objects.create(conference=questions, slug="other", name="Other")
    Question.objects.get(key="born").categories.add(other)
    row = registered(questions)
    questionnaire.write(registration=row, answers={"born": SECRET, "words": "a"})

    assert questionnaire.read(registration=row, restricted=True) == {"words": "a"}
    assert operations.confirm_address(conference=questions, token=token(row), now=NOON).status == "confirmed"
