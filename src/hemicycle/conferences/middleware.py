"""Finds the edition of a request by the first part of its path and keeps every query inside it."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django_scopes import scope

from hemicycle.conferences import queries
from hemicycle.conferences.models import Conference
from hemicycle.kit.i18n import first_language


class ConferenceRequest(HttpRequest):
    """A request inside an edition (for types; the middleware only sets the attribute)."""

    conference: Conference
    user: Any


class Edition:
    """Sets `request.conference`, activates its zone's scope, and takes the slug out of the view's arguments."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the edition's scope, if the path names one."""
        with ExitStack() as stack:
            request.edition_scope = stack  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: Any, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        """Look the edition up; an unknown one is 404."""
        if "conference" not in kwargs:
            return
        conference = queries.by_slug(slug=kwargs["conference"])
        if conference is None:
            raise Http404
        if request.resolver_match.namespace != "api":  # the API's schema names its path parameter
            del kwargs["conference"]
        request.conference = conference
        request.edition_scope.enter_context(scope(conference=conference.pk))
        request.edition_scope.enter_context(timezone.override(conference.zone))
        request.edition_scope.enter_context(first_language(conference.languages[0] if conference.languages else ""))
