"""What every app's API is made of: who may, input that knows its fields, and faults that name them."""

import json
from collections.abc import Mapping
from typing import Any

import rules
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import HttpError
from pydantic import ConfigDict

SECOND_FACTOR = (
    "This call needs a second factor: sign in with a passkey or an authenticator app, or send a key that was made so."
)


class Strict(Schema):
    """Input that names a field we do not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class Refused(HttpError):
    """A refusal: a sentence, and one for each field it is about."""

    def __init__(self, status: int, title: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(status, title)
        self.fields = dict(fields or {})


def problem(*, status: int, title: str, **more: Any) -> HttpResponse:
    """Return a fault as problem+json (RFC 9457)."""
    body = {"type": "about:blank", "status": status, "title": title, **more}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


def edition(request: HttpRequest) -> Any:
    """Return the edition of the address; one in preparation is not there for anybody but its team."""
    found = request.conference  # type: ignore[attr-defined]
    if not rules.test_rule("conferences.see", request.user, found):
        raise Http404
    return found


def team(request: HttpRequest, capability: str) -> Any:
    """Return the edition for whoever's role carries the capability; the others get the same answer as for nothing.

    Raises:
        Refused: the capability is there, the second factor is not.
    """
    found = request.conference  # type: ignore[attr-defined]
    if not rules.test_rule(f"team.{capability}", request.user, found):
        raise Http404
    if not _proven(request):
        raise Refused(403, SECOND_FACTOR)
    return found


def holds(request: HttpRequest, capability: str) -> bool:
    """Say whether this call may see what only the capability shows; without the second factor it may not."""
    target = request.conference  # type: ignore[attr-defined]
    return bool(rules.test_rule(f"team.{capability}", request.user, target)) and _proven(request)


def _proven(request: HttpRequest) -> bool:
    return not settings.HEMICYCLE_SECOND_FACTOR or bool(rules.test_rule("second_factor", request, None))


def host(request: HttpRequest, slug: str, capability: str) -> Any:
    """Return the edition for whoever hosts what the address names, or for the team with the capability."""
    found = edition(request)
    return found if rules.test_rule("host", request.user, (found, slug)) else team(request, capability)


def checked(*found: forms.BaseForm, names: Mapping[str, str] | None = None) -> None:
    """Refuse what the page's forms refuse, field by field; `names` says what a form's field is called in the call.

    Raises:
        Refused: 422 with a sentence for each field; what is about no single one stands in the title.
    """
    faults: dict[str, str] = {}
    for form in found:
        form.is_valid()
        faults |= {name: " ".join(map(str, sentences)) for name, sentences in form.errors.items()}
    if faults:
        whole = faults.pop("__all__", "")
        raise Refused(
            422, whole or _title(faults), {(names or {}).get(name, name): said for name, said in faults.items()}
        )


def _title(faults: Mapping[str, str]) -> str:
    return "Please look at the marked fields." if faults else "The request does not fit."


def invalid(error: ValidationError) -> Refused:
    """Return what an operation refused, field by field."""
    if not hasattr(error, "error_dict"):
        return Refused(422, " ".join(error.messages))
    faults = {name: " ".join(sentences) for name, sentences in error.message_dict.items()}
    return Refused(422, " ".join(faults.values()), {name: said for name, said in faults.items() if name != "__all__"})


def stale() -> Refused:
    """Return the refusal for who writes over what somebody else wrote."""
    return Refused(409, "Somebody else saved in the meantime. Read it again, then write.", {"version": "outdated"})


def spoken(
    values: Mapping[str, Any], *, texts: tuple[str, ...] = (), lists: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a call's values as a page's form takes them.

    Texts in many languages become one input each, lists of words become lines; what is not said is left out.
    """
    data: dict[str, Any] = {}
    for name, value in values.items():
        if name in texts:
            data |= {f"{name}_{code}": words for code, words in (value or {}).items()}
        elif lists and name in lists:
            data[name] = lists[name].join(map(str, value or []))
        elif value is not None and value is not False:
            data[name] = value
    return data
