"""Who may enter a view: exactly one of these decorators on each; a test walks the URLs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import rules
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Access:
    """What a view asks for: `public`, `signed_in`, `participant`, `host` or `organiser` with a capability."""

    kind: str
    capability: str = ""


def _mark(view: View, access: Access, guard: Callable[[HttpRequest], HttpResponse | None]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return guard(request) or view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def _sign_in(request: HttpRequest) -> HttpResponse | None:
    if request.user.is_authenticated:
        return None
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def public(view: View) -> View:
    """Anybody, also without an account; what is not published answers 404."""

    def guard(request: HttpRequest) -> HttpResponse | None:
        conference = getattr(request, "conference", None)
        if conference is not None and not rules.test_rule("conferences.see", request.user, conference):
            raise Http404
        return None

    return _mark(view, Access("public"), guard)


def signed_in(view: View) -> View:
    """Anybody with an account; others are asked to sign in and come back."""
    return _mark(view, Access("signed_in"), _sign_in)


def participant(view: View) -> View:
    """Whoever holds a registration in this edition."""

    def guard(request: HttpRequest) -> HttpResponse | None:
        if answer := _sign_in(request):
            return answer
        if not rules.test_rule("participant", request.user, request.conference):  # type: ignore[attr-defined]
            raise PermissionDenied
        return None

    return _mark(view, Access("participant"), guard)


def _organiser(request: HttpRequest, capability: str) -> HttpResponse | None:
    if answer := _sign_in(request):
        return answer
    if not rules.test_rule(f"team.{capability}", request.user, request.conference):  # type: ignore[attr-defined]
        raise PermissionDenied
    if settings.HEMICYCLE_SECOND_FACTOR and not rules.test_rule("second_factor", request, None):
        return redirect("accounts:second_factor")
    return None


def organiser(capability: str) -> Callable[[View], View]:
    """Whoever's role in the team of this edition carries the capability, with a second factor in the session."""
    return lambda view: _mark(view, Access("organiser", capability), lambda request: _organiser(request, capability))


def host(capability: str) -> Callable[[View], View]:
    """Whoever hosts what the address names by its slug, or an organiser with the capability."""

    def guard(request: HttpRequest) -> HttpResponse | None:
        if answer := _sign_in(request):
            return answer
        slug = request.resolver_match.kwargs["slug"] if request.resolver_match else ""
        if rules.test_rule("host", request.user, (request.conference, slug)):  # type: ignore[attr-defined]
            return None
        return _organiser(request, capability)

    return lambda view: _mark(view, Access("host", capability), guard)


def public_cache(seconds: int) -> Callable[[View], View]:
    """Let shared caches keep an anonymous answer; every other answer is private and not stored."""

    def decorate(view: View) -> View:
        @wraps(view)
        def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if not request.user.is_authenticated and response.status_code == 200:  # noqa: PLR2004
                response["Cache-Control"] = f"public, max-age={seconds}"
            return response

        return cached

    return decorate
