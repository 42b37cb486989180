"""Programs come in with a key: `Authorization: Bearer hc_…`, under /api/ and nowhere else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hemicycle.accounts import operations, queries, rules
from hemicycle.kit.api import problem
from hemicycle.kit.ratelimit import address_of, allowed

READS = frozenset({"GET", "HEAD", "OPTIONS"})
WRONG_PER_MINUTE = 10
DEVICE = 43
"""Characters of a door device's secret, which is random and may begin like a key."""
FAULTS = {
    "": "This key is not known. Make one under Keys for programs in your account.",
    "expired": "This key is over. Make a new one under Keys for programs in your account.",
    "revoked": "This key was ended. Make a new one under Keys for programs in your account.",
}


class Keys:
    """Makes a call with a key its person's own; the session of the browser it may come from plays no part.

    Stands before whatever asks who is there. Time is the machine's, also where a demo moves the edition's clock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the key's person, or say why not."""
        secret = _secret(request)
        if not secret:
            return self.get_response(request)
        now, key = timezone.now(), queries.key_of(secret=secret)
        if key is None:
            return _wrong(request)
        if fault := rules.key_fault(now=now, expires_at=key.expires_at, revoked_at=key.revoked_at):
            return _refused(401, FAULTS[fault])
        if key.read_only and request.method not in READS:
            return _refused(403, "This key may only read.")
        request.user = key.person
        request.api_key = key  # type: ignore[attr-defined]
        operations.note_use(key=key, now=now)
        return self.get_response(request)


def _secret(request: HttpRequest) -> str:
    """Return the key a call brings, or nothing."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    ours = request.path.startswith("/api/") and scheme.lower() == "bearer" and secret.startswith("hc_")
    return secret if ours and len(secret) != DEVICE else ""


def _wrong(request: HttpRequest) -> HttpResponse:
    if allowed(scope="key", address=address_of(request), limit=WRONG_PER_MINUTE, seconds=60):
        return _refused(401, FAULTS[""])
    response = problem(status=429, title="Too many wrong keys from here. Wait a minute.")
    response["Retry-After"] = "60"
    return response


def _refused(status: int, title: str) -> HttpResponse:
    response = problem(status=status, title=title)
    if status == 401:  # noqa: PLR2004
        response["WWW-Authenticate"] = "Bearer"
    return response
