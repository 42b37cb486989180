"""The house's rules that no linter holds."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from hemicycle.audit.enums import ACTIONS
from hemicycle.kit import events, privacy

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hemicycle"
FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
OURS = [model for model in apps.get_models() if model.__module__.startswith("hemicycle.")]


def test_files_stay_under_four_hundred_lines():
    assert [str(path) for path in FILES if len(path.read_text().splitlines()) > 400] == []


def test_functions_stay_under_fifty_lines():
    long = [
        f"{path.name}:{node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []


def test_no_file_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "common", "misc", "services", "managers"}
    assert [str(path) for path in FILES if path.stem in empty] == []


def test_templates_use_only_their_own_app_and_kit():
    foreign = []
    for template in SOURCE.glob("*/templates/**/*.html"):
        app = template.relative_to(SOURCE).parts[0]
        for line in template.read_text().splitlines():
            for word in ("extends", "include"):
                for part in line.split(f'{{% {word} "')[1:]:
                    name = part.split('"')[0]
                    if not name.startswith((f"{app}/", "kit/", "allauth/", "mfa/", "account/", "socialaccount/")):
                        foreign.append((str(template), name))
    assert foreign == []


def test_templates_have_no_inline_style_or_script():
    """The content policy would block them; mails are for mail programs and stand apart."""
    found = []
    for template in SOURCE.glob("*/templates/**/*.html"):
        text = template.read_text()
        if template.name != "letter.html" and (
            " style=" in text or "<style" in text or " onclick=" in text or "<script>" in text
        ):
            found.append(str(template))
    assert found == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_of_a_model_about_people_is_annotated(model):
    if not privacy.holds_people(model):
        return
    fields = {field.name for field in model._meta.concrete_fields}
    assert fields - set(privacy.annotations(model)) == set()


def test_every_app_with_a_person_key_hears_of_an_erasure():
    listening = {handler.split(".")[1] for handler in events.wiring()["hemicycle.accounts.events.PersonErased"]}
    holding = {
        model._meta.app_label
        for model in OURS
        for field in model._meta.concrete_fields
        if field.related_model is apps.get_model("accounts", "User")
    }
    # Audit keeps who did what as long as the edition's records; mails stand below accounts and are deleted by it, keys in it.
    assert holding - listening - {"audit", "notifications", "accounts"} == set()


def test_the_wiring_of_events():
    assert events.wiring() == {
        "hemicycle.accounts.events.PersonErased": [
            "hemicycle.conferences.subscribers.on_person_erased",
            "hemicycle.directory.subscribers.on_person_erased",
            "hemicycle.registration.subscribers.on_person_erased",
            "hemicycle.door.subscribers.on_person_erased",
            "hemicycle.agenda.subscribers.on_person_erased",
            "hemicycle.hosting.subscribers.on_person_erased",
            "hemicycle.matchmaking.subscribers.on_person_erased",
            "hemicycle.website.subscribers.on_person_erased",
        ],
        "hemicycle.conferences.events.EditionChanged": ["hemicycle.registration.subscribers.on_edition_changed"],
        "hemicycle.registration.events.EditionForgotten": ["hemicycle.agenda.subscribers.on_edition_forgotten"],
        "hemicycle.registration.events.PlaceConfirmed": ["hemicycle.door.subscribers.on_place_confirmed"],
        "hemicycle.registration.events.RegistrationCancelled": [
            "hemicycle.matchmaking.subscribers.on_registration_cancelled"
        ],
    }


def test_the_processing_record_names_every_kind_of_personal_data():
    models = {model for model, _, _ in privacy.record()}
    assert models == {
        "accounts.User", "accounts.ApiKey", "audit.Entry", "notifications.Mail", "conferences.TeamMember", "conferences.Invitation",
        "conferences.Run",
        "directory.Manager", "directory.ManagerInvitation", "directory.JoinRequest", "directory.Waiver",
        "registration.Registration", "registration.Consent", "registration.Seat", "registration.SeatInvitation",
        "registration.Invitation", "registration.Group", "registration.Answer", "registration.AnswerFile", "registration.Draft",
        "registration.Transfer", "door.Scan", "door.CheckIn", "door.Certificate", "hosting.Host",
        "hosting.HostInvitation", "agenda.Speaker", "agenda.Appearance", "agenda.Bookmark",
        "matchmaking.Profile", "matchmaking.Entry", "matchmaking.MeetingRequest", "matchmaking.Meeting",
        "website.Subscriber",
    }  # fmt: skip


def test_every_form_that_writes_acts_once():
    """Toggles act each time; who registers twice is known by the address; signing in is allauth's; the bar moves a clock."""
    each_time = {"agenda.html", "register.html", "demo_bar.html", "people.html", "login.html"}
    missing = [
        str(template)
        for template in SOURCE.glob("*/templates/**/*.html")
        if template.name not in each_time
        and template.read_text().count("{% csrf_token %}") != template.read_text().count("{% csrf_token %}{% once %}")
    ]
    assert missing == []


def test_everything_that_is_audited_has_its_words():
    said = {
        keyword.value.value
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record"
        for keyword in node.keywords
        if keyword.arg == "action" and isinstance(keyword.value, ast.Constant)
    }
    assert said - set(ACTIONS) == set()
