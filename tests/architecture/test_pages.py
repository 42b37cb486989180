"""Every address, by every role, in the own and in another edition: never a 500, never somebody else's."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope, scopes_disabled

from hemicycle.kit.access import Access
from hemicycle.notifications import delivery
from hemicycle.notifications.models import Mail
from hemicycle.registration import operations as registration
from tests import factories
from tests.factories import NOON
from tests.factories.world import CANARY, build

SKIP = ("account", "mfa", "socialaccount", "openid_connect", "api")


def routes(resolver=None, prefix="", namespace=""):
    """Yield (full name, view, parameter names) of every route of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, [namespace, entry.namespace]))
            if (entry.namespace or "") not in SKIP:
                yield from routes(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith("hemicycle."):
            yield f"{namespace}:{entry.name}", entry.callback, tuple(entry.pattern.converters)


ROUTES = sorted(routes(), key=lambda route: route[0])
EDITION_ROUTES = [route for route in ROUTES if "conference" in route[2]]


def test_every_view_has_exactly_one_access_decorator():
    missing = [name for name, view, _ in ROUTES if not isinstance(getattr(view, "access", None), Access)]
    assert missing == []


@pytest.fixture
def worlds(db, noon):
    with scopes_disabled():
        return build("here2030"), build("there2030", canary=CANARY)


def arguments(name, parameters, slug, things):
    known = {
        "conference": slug, "token": "bad-token", "key": things["registration"].feed_key, "code": "fr", "role": "owner",
        "registration_id": things["registration"].pk, "profile_id": things["profile"].pk, "request_id": things["request"].pk,
        "category_id": things["category"].pk, "question_id": things["question"].pk,
        "plan_id": things["plan"].pk, "version": 1, "uuid": things["mail"].uuid,
        "kind": "rooms", "part_id": things["room"].pk, "highlight_id": things["highlight"].pk,
        "member_id": things["member"].pk, "invitation_id": things["invitation"].pk,
        "list_id": things["list"].pk, "device_id": things["device"].pk, "run_id": things["run"].pk, "size": 192,
        "certificate": things["certificate"].code, "paper_id": things["paper"].pk,
        "key_id": things["api_key"].pk,
        "slug": {"agenda:speaker": things["speaker"], "website:news_item": things["news"], "website:page": things["page"],
                 "agenda:desk_speaker": things["speaker"], "agenda:desk_speaker_remove": things["speaker"],
                 "website:desk_page": things["page"], "website:desk_page_remove": things["page"],
                 **{f"website:desk_news_{act}": things["news"] for act in ("item", "publish", "remove")},
                 }.get(name, "assembly" if name.startswith("hosting:") else things["session"]),
    }  # fmt: skip
    if name in ("registration:own_file", "registration:desk_file"):
        known |= {"question_id": things["file_question"].pk, "registration_id": things["answered"].pk}
    if name == "hosting:question":
        known["question_id"] = things["host_question"].pk
    if name in ("registration:desk_export", "registration:desk_guard", "hosting:export"):
        known["kind"] = "csv"
    if name.startswith("directory:"):
        known |= {"slug": things["organisation"].slug, "kind": "csv", "manager_id": things["manager"].pk}
        known |= {"fact_id": things["fact"].pk, "asked_id": things["asks" if name.endswith("answer") else "asked"].pk}
    if name in ("registration:draft", "registration:review"):
        known["key"] = things["draft"]
    return [known[parameter] for parameter in parameters]


ROLES = ("visitor", "stranger", "participant", "host", "door", "owner")


def sign(client, role, things):
    if role == "visitor":
        return
    person = factories.person() if role == "stranger" else things[role]
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()


def expected(access, role):
    """Return the answers a role may get from a view in its own edition."""
    if access.kind == "public":
        return {200, 204, 302, 403, 404, 405, 410, 422}
    if role == "visitor":
        return {302}
    if access.kind == "signed_in":
        return {200, 302, 403, 404, 409, 422}
    if access.kind == "participant":
        return {200, 302, 404, 409, 403, 422} if role == "participant" else {403}
    from hemicycle.conferences.permissions import CAPABILITIES

    if access.kind == "host" and role == "host":
        return {200, 302, 422}
    allowed = role == "owner" or (role == "door" and "door" in CAPABILITIES[access.capability])
    return {200, 302, 422} if allowed else {403}


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_each_role_as_its_access_says(worlds, client, role):
    (conference, things), _ = worlds
    sign(client, role, things)
    client.raise_request_exception = False
    wrong = []
    for (name, view, parameters), method in product(ROUTES, ("get", "post")):
        response = getattr(client, method)(reverse(name, args=arguments(name, parameters, conference.slug, things)))
        if response.status_code not in expected(view.access, role):
            wrong.append((name, method, response.status_code))
        if name in ("registration:cancel", "demo:sign_in") and method == "post":
            _restore(client, role, things)
    assert wrong == []


def _restore(client, role, things):
    """A walk presses every button; what it gave back is taken again."""
    with scopes_disabled():
        things["registration"].refresh_from_db()
        things["registration"].status = "confirmed"
        things["registration"].save()
    sign(client, role, things)


@pytest.mark.parametrize("role", ["participant", "host", "owner"])
def test_nothing_of_another_edition_is_reached(worlds, client, role):
    """Foreign keys in the own edition, and the own role in the foreign edition: refused both ways."""
    (here, mine), (there, theirs) = worlds
    sign(client, role, mine)
    client.raise_request_exception = False
    foreign = {
        "category_id",
        "question_id",
        "registration_id",
        "profile_id",
        "request_id",
        "plan_id",
        "key",
        "part_id",
        "highlight_id",
        "member_id",
        "invitation_id",
        "list_id",
        "device_id",
        "run_id",
        "certificate",
        "paper_id",
    }
    wrong = []
    for (name, view, parameters), method in product(EDITION_ROUTES, ("get", "post")):
        if foreign & set(parameters):
            answer = getattr(client, method)(reverse(name, args=arguments(name, parameters, here.slug, theirs)))
            if answer.status_code not in (403, 404):
                wrong.append(("foreign object", name, method, answer.status_code))
        if view.access.kind in ("participant", "organiser", "host"):
            answer = getattr(client, method)(reverse(name, args=arguments(name, parameters, there.slug, theirs)))
            if answer.status_code != 403:
                wrong.append(("foreign edition", name, method, answer.status_code))
    assert wrong == []


def test_nothing_hidden_is_in_any_answer_to_visitor_or_participant(worlds, client):
    """The canary stands in an unreleased session, in news of tomorrow and in a foreign edition's profile."""
    (here, mine), (there, _) = worlds
    leaks = []
    for role in ("visitor", "participant"):
        sign(client, role, mine)
        for slug in (here.slug, there.slug):
            for name, _, parameters in EDITION_ROUTES:
                body = client.get(reverse(name, args=arguments(name, parameters, slug, mine))).content
                if CANARY.encode() in body:
                    leaks.append((role, slug, name))
    assert leaks == []


def test_nothing_hidden_is_in_any_mail(worlds):
    """All mails of two whole editions, after every periodic turn on the eve; the hidden texts stand in none."""
    for conference, _ in worlds:
        with scope(conference=conference.pk):
            registration.remind_on_the_eve(conference=conference, now=datetime(2030, 5, 6, 9, 0, tzinfo=UTC))
            registration.offer_freed_places(conference_id=conference.pk, now=NOON)
    mails = list(Mail.objects.all())
    letters = [delivery.compose(mail).message().as_string() for mail in mails]

    assert len(mails) > 10
    assert [mail.kind for mail, letter in zip(mails, letters, strict=True) if CANARY in letter] == []


def test_an_edition_in_preparation_is_for_its_team_only(worlds, client):
    (conference, things), _ = worlds
    conference.stage = "draft"
    conference.save()
    public = [route for route in EDITION_ROUTES if route[1].access.kind == "public"]
    answers = {
        name: client.get(reverse(name, args=arguments(name, p, conference.slug, things))).status_code
        for name, _, p in public
    }
    assert {name: status for name, status in answers.items() if status != 404} == {}


def test_the_desk_asks_for_a_second_factor(worlds, client, settings):
    (conference, things), _ = worlds
    client.force_login(things["owner"], backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse("desk:overview", args=[conference.slug]))

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/second-factor/")


QUERIES = 12


def test_no_page_needs_more_than_twelve_queries(worlds, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    (conference, things), _ = worlds
    many = {}
    for role in ("visitor", "participant", "owner"):
        sign(client, role, things)
        for name, view, parameters in EDITION_ROUTES:
            if expected(view.access, role) == {403} or "progress" in name:
                continue
            address = reverse(name, args=arguments(name, parameters, conference.slug, things))
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            reads = [query for query in seen.captured_queries if query["sql"].startswith("SELECT")]
            own = [query for query in reads if "demo_clock" not in query["sql"]]
            if len(own) > QUERIES:
                many[(role, name)] = len(own)
    assert many == {}
