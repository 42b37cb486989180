"""People sign in by code, password or passkey; nothing tells whether an address is known."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from hemicycle.accounts import operations
from hemicycle.accounts.models import User
from hemicycle.audit import queries as audit
from hemicycle.notifications.models import Mail
from tests import without_tokens
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db


def test_sign_in_by_code(client):
    someone = person(email="a@example.eu")
    operations.verify_address(person=someone)
    client.post("/accounts/login/code/", {"email": "a@example.eu"})
    code = Mail.objects.get(kind="SignInCode").payload["code"]

    client.post("/accounts/login/code/confirm/", {"code": code})

    assert client.session["_auth_user_id"] == str(someone.pk)


def test_sign_in_by_password_and_a_wrong_one(client):
    someone = person(email="a@example.eu")
    someone.set_password("correct horse battery staple")
    someone.save()
    operations.verify_address(person=someone)
    assert client.post("/accounts/login/", {"login": "a@example.eu", "password": "wrong"}).status_code == 200
    assert "_auth_user_id" not in client.session

    client.post("/accounts/login/", {"login": "a@example.eu", "password": "correct horse battery staple"})

    assert client.session["_auth_user_id"] == str(someone.pk)


def test_asking_for_a_code_says_nothing_about_the_address(client):
    operations.verify_address(person=person(email="known@example.eu"))
    pages = []
    for address in ("known@example.eu", "other@example.eu"):
        client.cookies.clear()
        page = without_tokens(client.post("/accounts/login/code/", {"email": address}, follow=True))
        pages.append(page.replace(address, "x"))
    assert pages[0] == pages[1]


def test_there_is_no_other_way_to_open_an_account(client):
    client.post("/accounts/signup/", {"email": "new@example.eu"})
    assert User.objects.count() == 0


def test_one_person_per_address_whatever_the_case():
    first = operations.person_for(email="A@example.eu", first_name="A", last_name="B", language="fr")
    again = operations.person_for(email="a@EXAMPLE.eu", first_name="X", last_name="Y", language="de")
    assert (again.pk, again.name, again.language) == (first.pk, "A B", "fr")
    with pytest.raises(IntegrityError):
        User.objects.create(email="a@Example.eu")


def test_names_and_initials():
    assert (User(first_name="Zoë", last_name="Åkesson").initials, User(email="x@y.eu").initials) == ("ZÅ", "X")
    assert (str(User(email="x@y.eu")), User(first_name="Zoë").get_full_name()) == ("x", "Zoë")


def test_a_change_is_audited():
    someone = person()
    operations.change(person=someone, first_name="New", last_name="Name", language="nl", now=NOON)
    assert (User.objects.get().name, [entry.action for entry in audit.history(target=someone)]) == (
        "New Name",
        ["changed"],
    )


def test_an_erased_person_cannot_sign_in_and_has_no_address(client):
    someone = person(email="a@example.eu")
    operations.verify_address(person=someone)
    operations.erase(person=someone, actor=someone, now=NOON)

    someone.refresh_from_db()
    assert (someone.is_active, someone.name, EmailAddress.objects.count()) == (False, f"erased-{someone.pk}", 0)
    assert not re.search("a@example", str(list(User.objects.values())))


def test_administrators_are_made_by_command():
    assert User.objects.create_superuser("Root@example.eu", "x").email == "root@example.eu"
