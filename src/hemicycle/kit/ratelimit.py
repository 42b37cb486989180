"""How often one address may knock at a public form; counted in Django's cache."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def allowed(*, scope: str, address: str, limit: int, seconds: int) -> bool:
    """Count one knock and say whether it is still within `limit` per window of `seconds`."""
    key = f"rate:{scope}:{address}"
    cache.add(key, 0, timeout=seconds)
    try:
        count: int = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        return True
    return count <= limit


def address_of(request: HttpRequest) -> str:
    """Return the peer's address; forwarded headers count only behind configured proxies."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.HEMICYCLE_TRUSTED_PROXIES and forwarded:
        return forwarded.split(",")[-settings.HEMICYCLE_TRUSTED_PROXIES].strip()
    address: str = request.META.get("REMOTE_ADDR", "")
    return address


def within(request: HttpRequest, scope: str, *, per_hour: int) -> bool:
    """Count a knock of a request's address and say whether it is still within the hour's limit."""
    per_hour *= settings.HEMICYCLE_RATE_FACTOR
    return allowed(scope=scope, address=address_of(request), limit=per_hour, seconds=3600)


def limit(scope: str, *, per_hour: int) -> Callable[[View], View]:
    """Answer 429 with a plain sentence once an address posted more than `per_hour` times."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not within(request, scope, per_hour=per_hour):
                return render(request, "kit/too_many.html", status=429)
            return view(request, *args, **kwargs)

        return limited

    return decorate
