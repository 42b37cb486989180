"""Who calls: a program by its key, or a browser by its session."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from hemicycle.accounts.models import ApiKey, User
from hemicycle.accounts.schemas import AccountOut, KeyOut

router = Router(tags=["account"])


class KeyBearer(HttpBearer):
    """A key for programs; the middleware looked at it before anything else did."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:  # noqa: ARG002
        """Return the key, or None for a call without a good one."""
        found: ApiKey | None = getattr(request, "api_key", None)
        return found


@router.get("/account", response=AccountOut, url_name="account")
def account(request: HttpRequest) -> AccountOut:
    """Say who calls, and until when the key works."""
    person: User = request.user  # type: ignore[assignment]
    key: Any = getattr(request, "api_key", None)
    shown = None
    if key is not None:
        shown = KeyOut(
            name=key.name, prefix=key.prefix, read_only=key.read_only, second_factor=key.second_factor,
            expires_at=key.expires_at,
        )  # fmt: skip
    return AccountOut(
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        language=person.language,
        key=shown,
    )
