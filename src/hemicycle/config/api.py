"""The REST API: authenticated by key or session or refused, answers name their fields, faults are problem+json (RFC 9457)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import django_auth

from hemicycle.accounts.api import KeyBearer
from hemicycle.accounts.api import router as accounts
from hemicycle.agenda.api import router as agenda
from hemicycle.conferences.api import router as conferences
from hemicycle.conferences.run_api import router as long_work
from hemicycle.directory.api import router as directory
from hemicycle.directory.facts_api import router as facts
from hemicycle.directory.list_api import router as organisation_lists
from hemicycle.directory.managers_api import router as managers
from hemicycle.door.api import DeviceRefused
from hemicycle.door.api import router as door
from hemicycle.door.desk_api import router as door_desk
from hemicycle.door.papers_api import router as papers
from hemicycle.hosting.api import router as hosting
from hemicycle.hosting.host_api import router as hosts
from hemicycle.matchmaking.api import router as matchmaking
from hemicycle.matchmaking.desk_api import router as schedules
from hemicycle.registration.api import router as registration
from hemicycle.registration.list_api import router as lists
from hemicycle.registration.own_api import router as own_registration
from hemicycle.registration.setup_api import router as registration_setup
from hemicycle.website.api import router as website

api = NinjaAPI(title="Hemicycle", version="1", auth=[KeyBearer(), django_auth], docs_url=None, urls_namespace="api")
for _router in (
    accounts, conferences, long_work, directory, facts, managers, organisation_lists, agenda, registration, own_registration,
    registration_setup, lists, door, door_desk, papers, hosting, hosts, matchmaking, schedules, website,
):  # fmt: skip
    api.add_router("/", _router)


def problem(request: HttpRequest, *, status: int, title: str, **more: Any) -> HttpResponse:
    """Return a fault as problem+json."""
    response = api.create_response(
        request, {"type": "about:blank", "status": status, "title": title, **more}, status=status
    )
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _: Http404) -> HttpResponse:
    return problem(request, status=404, title="Nothing is here, or it is not yours to see.")


@api.exception_handler(AuthenticationError)
def _who(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    said = str(error.message) if isinstance(error, DeviceRefused) else "Sign in first, or send a key."
    return problem(request, status=401, title=said)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, status=422, title="The request does not fit the schema.", errors=error.errors)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    fields = getattr(error, "fields", {})
    return problem(request, status=error.status_code, title=str(error), **({"fields": fields} if fields else {}))
