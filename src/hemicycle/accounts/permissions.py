"""What holds for a person whatever the edition."""

from typing import Any

import rules
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY


@rules.predicate
def second_factor(request: Any, _: Any = None) -> bool:
    """Say whether this session was opened with a second factor (a passkey counts: possession and presence).

    A program's key has it if it was made in such a session.
    """
    key = getattr(request, "api_key", None)
    if key is not None:
        return bool(key.second_factor)
    return any(method.get("method") == "mfa" for method in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []))


rules.set_rule("second_factor", second_factor)
