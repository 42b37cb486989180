"""Places by API."""

import rules
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.conferences.models import Conference
from hemicycle.registration import queries
from hemicycle.registration.models import Registration
from hemicycle.registration.schemas import RegistrationOut

router = Router(tags=["registration"])


def _out(registration: Registration) -> RegistrationOut:
    return RegistrationOut(
        code=registration.code,
        status=registration.status,
        mode=registration.mode,
        stakeholder=registration.stakeholder.key,
        country=registration.country,
        organisation=str(registration.organisation or ""),
        submitted_at=registration.submitted_at,
        confirmed_at=registration.confirmed_at,
    )


@router.get("/{conference}/me", response=RegistrationOut, url_name="me")
def me(request: HttpRequest, conference: str) -> RegistrationOut:  # noqa: ARG001
    """Return one's own registration."""
    edition: Conference = request.conference  # type: ignore[attr-defined]
    found = queries.registration_of(conference=edition, person=request.user)
    if found is None:
        raise Http404
    return _out(found)


@router.get("/{conference}/registrations", response=list[RegistrationOut], url_name="registrations")
@paginate(PageNumberPagination, page_size=100)
def registrations(request: HttpRequest, conference: str) -> list[RegistrationOut]:  # noqa: ARG001
    """List the registrations, for the registration team."""
    edition: Conference = request.conference  # type: ignore[attr-defined]
    if not rules.test_rule("team.registration.see", request.user, edition):
        raise Http404
    return [_out(row) for row in queries.listed(conference=edition)]
