"""Every call of the API, by every role with a key, in the own and in another edition; the canary in no answer."""

import json
import re
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from hemicycle.audit.models import Receipt
from hemicycle.conferences.permissions import CAPABILITIES
from hemicycle.config.api import api
from tests import factories
from tests.factories.world import CANARY, build

QUERIES = 12
ROLES = ("visitor", "stranger", "participant", "host", "manager", "door", "owner")
SCHEMA = api.get_openapi_schema()
BY_WHAT_ONE_IS = {
    "signed_in": ROLES, "own": ("participant",), "profile": ("participant",), "managers": ("manager",),
}  # fmt: skip

# Who may call what: "public", "signed_in", "own" (a registration), "profile" (a matchmaking profile), "managers" of the
# organisation, "host" or "managers" with the team's capability, a capability of the team, or "device" (the door's own secret).
ACCESS = {
    "account": {"": "signed_in"},
    "agenda": {"": "public"},
    "speakers": {"": "public"},
    "editions": {"": "public"},
    "news": {"": "public"},
    "runs": {"": "registration.change"},
    "registrations": {
        "POST": "public", "GET": "registration.see", "POST decide": "registration.change", "GET guard": "registration.guard",
        "POST views": "registration.change", "DELETE views": "registration.change", "": "registration.see",
        "POST exports/guard": "registration.guard", "POST absent": "registration.change", "POST lists": "registration.change",
        "GET lists": "registration.change",
    },
    "categories": {"GET": "public", "": "registration.change"},
    "questions": {"GET": "public", "": "registration.change"},
    "invitations": {"": "registration.change"},
    "me": {"": "own", "GET hosting": "signed_in", "GET organisations": "signed_in", "GET profile": "profile",
           "PUT profile": "own", "GET requests": "profile", "POST requests": "profile", "GET meetings": "profile"},
    "people": {"": "profile"},
    "matchmaking": {"": "matchmaking.run"},
    "organisations": {
        "GET": "public", "POST": "organisations.change", "GET facts": "public", "POST join": "signed_in",
        "PUT waivers": "organisations.change", "DELETE waivers": "organisations.change",
        "POST facts/confirm": "organisations.change", "GET people": "managers", "POST people": "managers",
        "": "managers:organisations.change",
    },
    "organisation-export": {"": "organisations.see"},
    "organisation-duplicates": {"": "organisations.change"},
    "organisation-merges": {"": "organisations.change"},
    "organisation-lists": {"": "organisations.change"},
    "certificates": {"": "public"},
    "side-events": {
        "GET": "public", "POST": "side_events.change", "DELETE": "side_events.change",
        "POST seat": "own", "DELETE seat": "own", "GET hosts": "side_events.change", "POST hosts": "side_events.change",
        "DELETE hosts": "side_events.change", "DELETE host-invitations": "side_events.change", "GET papers": "public",
        "GET papers/all": "host:side_events.change", "GET questions": "signed_in", "": "host:side_events.change",
    },
    "door": {
        "POST enrol": "device", "POST scans": "device", "GET list": "device", "POST walk-ins": "device", "GET badge": "device",
        "POST papers": "door.papers", "GET papers": "door.papers", "GET papers/badges": "door.check_in",
        "GET devices": "door.devices", "POST devices": "door.devices", "GET attendance": "door.papers", "": "door.check_in",
    },
}  # fmt: skip


def operations():
    """Yield (method, path, schema) of every call."""
    for path, methods in SCHEMA["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def access(method, path):
    """Return who may call this: the rule of the whole address without its keys, else of its beginning, else of the rest."""
    word, *rest = path.removeprefix("/api/").removeprefix("{conference}/").split("/")
    parts = [part for part in rest if not part.startswith("{")]
    wanted = [f"{method} {'/'.join(parts[:size])}".strip() for size in range(len(parts), 0 if parts else -1, -1)]
    return next((ACCESS[word][key] for key in wanted if key in ACCESS[word]), ACCESS[word][""])


def sample(schema):
    """Return the smallest value that fits a schema."""
    if "$ref" in schema:
        return sample(SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if "allOf" in schema or "anyOf" in schema:
        return sample((schema.get("allOf") or schema["anyOf"])[0])
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema.get("type")
    if kind == "object":
        found = {
            name: sample(part)
            for name, part in schema.get("properties", {}).items()
            if name in schema.get("required", ())
        }
        return found or ({"en": "x"} if schema.get("additionalProperties") else {})
    if kind == "array":
        return [sample(schema["items"])] if schema.get("minItems") else []
    return _words(schema) if kind == "string" else {"integer": 1, "number": 1, "boolean": True}[kind]


def _words(schema):
    known = {"date": "2030-01-01", "date-time": "2030-05-06T10:00:00+02:00", "^[A-Z]{2}$": "BE", "": "x@example.eu"}
    return known.get(schema.get("format") or schema.get("pattern", ""), "x")[: schema.get("maxLength", 99)]


def body(operation):
    content = operation.get("requestBody", {}).get("content", {})
    return sample(next(iter(content.values()))["schema"]) if content else None


def address(path, slug, things, here=None):
    """Return a path with the keys of a world's things; `here` gives the slugs of what belongs to the address's edition."""
    slugs = here or things
    known = {
        "conference": slug, "organisation": slugs["organisation"].slug, "slug": "open" if "/news/" in path else "assembly",
        "category": things["category"].slug if here is None else "nothing",
        "registration_id": things["registration" if "/badges/" in path else "answered"].pk,
        "profile_id": things["profile"].pk, "request_id": things["request"].pk,
        "plan_id": things["plan"].pk, "run_id": things["read" if "organisation-lists" in path else "checked"].pk,
        "list_id": things["list"].pk, "device_id": things["device"].pk,
        "fact_id": things["fact"].pk, "manager_id": things["manager"].pk, "check": "staff", "view_id": things["view"].pk,
        "certificate": things["certificate"].code, "host_id": things["host_row"].pk, "paper_id": things["paper"].pk,
        "question_id": (things["host_question"] if "/side-events/" in path else things["file_question"]).pk,
        "asked_id": (things["asks"] if "join-requests" in path else things["asked"]).pk,
        "invitation_id": (things["seat_asked"] if "/invitations/" in path else things["host_asked"]).pk,
    }  # fmt: skip
    query = (
        f"?kept={things['organisation'].slug}&gone={things['organisation'].slug}" if path.endswith("-merges") else ""
    )
    return re.sub(r"{(\w+)}", lambda found: str(known[found[1]]), path) + query


@pytest.fixture
def worlds(db, noon):
    from hemicycle.conferences import runs
    from hemicycle.hosting.models import Host, HostInvitation
    from hemicycle.registration import batches
    from hemicycle.registration.models import SeatInvitation

    with scopes_disabled():
        both = build("here2030"), build("there2030", canary=CANARY)
        for conference, things in both:
            asked = {"conference": conference, "actor": None, "now": factories.NOON, "name": "a.csv"}
            things["checked"] = runs.start(kind="registration.check", country="", **asked)
            things["read"] = runs.start(kind="directory.check", **asked)
            things["view"] = batches.save_view(conference=conference, name="All", query="")
            side = things["side_event"]
            things["host_row"] = Host.objects.get(side_event=side)
            things["host_asked"] = HostInvitation.objects.get(side_event=side)
            things["seat_asked"] = SeatInvitation.objects.get(side_event=side)
        return both


@pytest.fixture
def secrets(worlds):
    (_, things), _ = worlds
    people = {role: things[role] for role in ("participant", "host", "door", "owner")} | {
        "stranger": factories.person(), "manager": things["manager"].person,
    }  # fmt: skip
    return {role: factories.key(person) for role, person in people.items()}


def call(client, secrets, role, method, path, sent=None, **headers):
    if role in secrets:
        headers["Authorization"] = f"Bearer {secrets[role]}"
    data = {"data": json.dumps(sent), "content_type": "application/json"} if sent is not None else {}
    return client.generic(
        method, path, data.get("data", ""), data.get("content_type", "application/json"), headers=headers
    )


def may(kind, role):
    """Say whether a role is let in."""
    if kind == "public":
        return True
    if role == "visitor" or kind == "device":
        return False
    if kind in BY_WHAT_ONE_IS:
        return role in BY_WHAT_ONE_IS[kind]
    group, _colon, capability = kind.rpartition(":")
    if (group, role) in (("host", "host"), ("managers", "manager")):
        return True
    return role == "owner" or (role == "door" and "door" in CAPABILITIES[capability])


def test_no_two_things_have_one_name():
    """The description knows a schema by its name alone."""
    from collections import Counter
    from importlib import import_module
    from pathlib import Path

    source = Path(import_module("hemicycle").__file__).parent
    found = [import_module(f"hemicycle.{path.parent.name}.schemas") for path in source.glob("*/schemas.py")]
    names = Counter(
        name
        for module in found
        for name, item in vars(module).items()
        if getattr(item, "__module__", "") == module.__name__ and isinstance(item, type)
    )
    assert [name for name, number in names.items() if number > 1] == []
    ids = Counter(operation["operationId"] for _, _, operation in operations())
    assert [name for name, number in ids.items() if number > 1] == []


def test_every_call_says_who_may():
    assert {access(method, path) for method, path, _ in operations()} - {
        "public", "device", *BY_WHAT_ONE_IS, "host:side_events.change", "managers:organisations.change", *CAPABILITIES,
    } == set()  # fmt: skip


def test_every_call_is_public_by_its_schema_or_asks_who_is_there():
    wrong = [
        (method, path)
        for method, path, operation in operations()
        if (access(method, path) == "public") != ("security" not in operation) and "door/enrol" not in path
    ]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_every_call_answers_each_role_as_it_should(worlds, secrets, client, role):
    from django.db import transaction

    (conference, things), _ = worlds
    client.raise_request_exception = False
    wrong = []
    for method, path, operation in operations():
        kind = access(method, path)
        with transaction.atomic():
            answer = call(client, secrets, role, method, address(path, conference.slug, things), body(operation))
            transaction.set_rollback(True)
        refused = {401} if role == "visitor" or kind == "device" else {404}
        good = {200, 201, 202, 204, 409, 422} if may(kind, role) else refused | ({403} if kind == "device" else set())
        if kind == "public":
            good |= {404}
        if answer.status_code not in good or (
            answer.status_code >= 400 and "problem" not in answer["Content-Type"] and kind != "device"
        ):
            wrong.append((method, path, kind, answer.status_code, answer.content[:80]))
    assert wrong == []


@pytest.mark.parametrize("role", ["participant", "host", "manager", "owner"])
def test_nothing_of_another_edition_is_reached(worlds, secrets, client, role):
    """The other edition's things under the own address, and the own role at the other's address."""
    (here, mine), (there, theirs) = worlds
    client.raise_request_exception = False
    wrong = []
    for method, path, operation in operations():
        kind, sent = access(method, path), body(operation)
        if kind == "device":
            continue
        if re.search(r"_id}|{category}|{certificate}", path):
            answer = call(client, secrets, role, method, address(path, here.slug, theirs, here=mine), sent)
            if answer.status_code != 404:
                wrong.append(("foreign object", method, path, answer.status_code))
        if kind not in ("public", "signed_in") and "organisation" not in path and "{conference}" in path:
            answer = call(client, secrets, role, method, address(path, there.slug, theirs), sent)
            if answer.status_code != 404:
                wrong.append(("foreign edition", method, path, answer.status_code))
    assert wrong == []


def test_a_weak_key_of_the_team_is_told_what_is_missing(worlds, client):
    (conference, things), _ = worlds
    weak = {"owner": factories.key(things["owner"], second_factor=False)}
    answers = {
        (method, path): call(
            client, weak, "owner", method, address(path, conference.slug, things), body(operation)
        ).status_code
        for method, path, operation in operations()
        if access(method, path).rpartition(":")[2] in CAPABILITIES
    }
    assert {key: status for key, status in answers.items() if status != 403} == {}


def test_nothing_hidden_is_in_any_answer(worlds, secrets, client):
    (here, mine), (there, theirs) = worlds
    leaks = []
    for role, (slug, things) in product(("visitor", "participant"), ((here.slug, mine), (there.slug, theirs))):
        for method, path, _operation in operations():
            if (
                method == "GET"
                and CANARY.encode() in call(client, secrets, role, method, address(path, slug, things)).content
            ):
                leaks.append((role, slug, path))
    assert leaks == []


def test_an_edition_in_preparation_is_for_its_team_only(worlds, secrets, client):
    (conference, things), _ = worlds
    conference.stage = "draft"
    conference.save()
    seen = {}
    for role, (method, path, operation) in product(("visitor", "stranger"), operations()):
        if "{conference}" in path and access(method, path) != "device":
            status = call(
                client, secrets, role, method, address(path, conference.slug, things), body(operation)
            ).status_code
            if status not in (401, 404):
                seen[role, method, path] = status
    assert seen == {}


def test_no_answer_needs_more_than_twelve_queries(worlds, secrets, client):
    (conference, things), _ = worlds
    many = {}
    for role, (method, path, _operation) in product(("visitor", "participant", "manager", "owner"), operations()):
        if method != "GET" or not may(access(method, path), role):
            continue
        with CaptureQueriesContext(connection) as seen:
            call(client, secrets, role, method, address(path, conference.slug, things))
        reads = [
            query
            for query in seen.captured_queries
            if query["sql"].startswith("SELECT") and "demo_clock" not in query["sql"]
        ]
        if len(reads) > QUERIES:
            many[role, path] = len(reads)
    assert many == {}


def test_receipts_of_one_person_are_not_anothers(worlds, secrets, client):
    (conference, _things), _ = worlds
    path, consents = (
        f"/api/{conference.slug}/me/consents",
        dict.fromkeys(("list", "images", "newsletter", "matchmaking"), True),
    )
    first = call(client, secrets, "participant", "PUT", path, consents, **{"Idempotency-Key": "k"})
    other = call(client, secrets, "stranger", "PUT", path, consents, **{"Idempotency-Key": "k"})
    assert (first.status_code, other.status_code, Receipt.objects.count()) == (200, 404, 1)
