"""Answers that are files: taken by content, kept encrypted, through all steps, handed out to whoever may, gone with the rest."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from hemicycle.accounts import operations as accounts
from hemicycle.notifications.models import Mail
from hemicycle.registration import questionnaire, setup
from hemicycle.registration.models import AnswerFile, Draft, Registration
from tests.factories import NOON, confirmed, member, person, term

PDF = b"%PDF-1.7 passport of Ada"


def ask(edition, *, restricted=False, required=True):
    return setup.write_question(
        conference=edition, question=None, seen_version=0, categories=[], actor=None, now=NOON, key="scan", label="Scan",
        kind="file", options=[], required=required, restricted=restricted, depends_on=None, values=[], order=0,
    )  # fmt: skip


def upload(content=PDF, name="scan.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def answered(edition, **values):
    import base64

    facts = {
        "name": "scan.pdf",
        "media": "application/pdf",
        "size": len(PDF),
        "content": base64.b64encode(PDF).decode(),
    }
    return confirmed(edition, answers={"scan": facts}, **values)


def test_a_file_goes_through_all_steps_and_is_encrypted(edition, noon, client):
    question = ask(edition)
    first = client.post(
        reverse("registration:register", args=[edition.slug]),
        {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.eu", "country": "BE", "stakeholder": term(key="x").pk,
         "mode": "on_site", "notice": "on"},
    )  # fmt: skip
    wrong = client.post(first["Location"], {"q_scan": upload(b"<html>"), "do": "review"})
    assert (wrong.status_code, "This is none of: PDF, PNG, JPG" in wrong.content.decode()) == (422, True)
    large = client.post(first["Location"], {"q_scan": upload(b"%PDF-" + b"x" * 5_300_000), "do": "review"})
    assert "at most 5 MB" in large.content.decode()

    second = client.post(first["Location"], {"q_scan": upload(name="my scan.pdf"), "do": "review"})
    assert b"my scan.pdf" in client.get(second["Location"]).content
    again = client.post(first["Location"], {"do": "review"})
    assert again.status_code == 302
    client.post(second["Location"])

    row = Registration.objects.get()
    stored = questionnaire.file_answer(registration=row, question_id=question.pk)
    assert (stored.name, stored.media, stored.content) == ("my scan.pdf", "application/pdf", PDF)
    assert Draft.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM registration_answerfile")
        assert b"passport" not in bytes(cursor.fetchone()[0])


def test_the_person_changes_the_file_and_takes_it_back_home(edition, noon, signed_in):
    question = ask(edition)
    row = answered(edition)
    client = signed_in(row.person)
    change = reverse("registration:change", args=[edition.slug])
    form = {"first_name": "Ada", "last_name": "Byron", "country": "BE"}

    assert b"Kept: scan.pdf." in client.get(change).content
    client.post(change, form)
    own = reverse("registration:own_file", args=[edition.slug, question.pk])
    assert client.get(own).content == PDF
    client.post(change, form | {"q_scan": upload(b"%PDF-new", "new.pdf")})

    answer = client.get(own)
    assert (answer.content, answer["Content-Disposition"]) == (b"%PDF-new", 'attachment; filename="new.pdf"')
    assert AnswerFile.objects.count() == 1


def test_a_restricted_file_is_for_the_guards_roles_and_noted(edition, noon, signed_in, work):
    question = ask(edition, restricted=True)
    row = answered(edition)
    address = reverse("registration:desk_file", args=[edition.slug, row.pk, question.pk])
    detail = reverse("registration:desk_detail", args=[edition.slug, row.pk])

    client = signed_in(member(edition, "door"), second_factor=True)
    assert (client.get(address).status_code, b"Open the file" in client.get(detail).content) == (403, False)
    client = signed_in(member(edition, "registration"), second_factor=True)
    assert client.get(address).content == PDF
    page = client.get(detail).content
    assert (b"Open the file" in page, b"restricted file taken" in page) == (True, True)
    other = confirmed(edition)
    assert client.get(reverse("registration:desk_file", args=[edition.slug, other.pk, question.pk])).status_code == 404
    assert client.get(reverse("registration:desk_file", args=[edition.slug, 0, question.pk])).status_code == 404
    with work():
        made = client.post(reverse("registration:desk_guard", args=[edition.slug, "csv"]))
    assert b"scan.pdf" in client.get(f"{made['Location']}file/").content


def test_nobody_else_reaches_a_file_and_it_goes_with_the_person(edition, noon, signed_in):
    question = ask(edition)
    row = answered(edition)
    own = reverse("registration:own_file", args=[edition.slug, question.pk])
    assert signed_in(confirmed(edition).person).get(own).status_code == 404
    assert signed_in(person()).get(own).status_code == 403

    accounts.erase(person=row.person, actor=row.person, now=NOON)
    assert AnswerFile.objects.count() == 0
    assert Mail.objects.filter(payload__icontains="passport").count() == 0
