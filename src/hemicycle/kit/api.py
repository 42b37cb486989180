"""What every app's API is made of: who may, input that knows its fields, and faults that name them."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

import rules
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, ConfigDict, Field

from hemicycle.kit.forms import no_control_characters

Row = TypeVar("Row")

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
    mine = request.user.is_authenticated and rules.test_rule("host", request.user, (found, slug))
    return found if mine else team(request, capability)


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
    said: Mapping[str, Any], *, before: Mapping[str, Any], languages: Sequence[str], texts: Collection[str]
) -> dict[str, Any]:
    """Return a call's values over those before as a page's form takes them: a text is one input for each language.

    What is empty is left out, as a browser does with a box that is not ticked.

    Raises:
        Refused: a text in a language that the edition does not show.
    """
    data: dict[str, Any] = {}
    known = tuple(languages) or ("en",)
    for name, value in {**before, **said}.items():
        if name not in texts:
            data |= {} if value is None or value is False else {name: value}
            continue
        words = value or {}
        if name in said and (unknown := sorted(set(words) - set(known))):
            raise Refused(422, "The edition does not show this language.", {name: ", ".join(unknown)})
        data |= {f"{name}_{code}": words[code] for code in known if code in words}
    return data


def _one_line(value: str) -> str:
    """Return a text without line breaks and invisible direction marks."""
    try:
        no_control_characters(value)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from error
    return value.strip()


def _address(value: str) -> str:
    """Return an e-mail address in lower case."""
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError("not an email address") from error
    return value.lower()


Line = Annotated[str, AfterValidator(_one_line)]
Address = Annotated[str, AfterValidator(_address)]
Texts = dict[Annotated[str, Field(max_length=10)], Annotated[str, Field(max_length=20_000)]]


class Rows(Generic[Row]):
    """A list that is read page by page: only the rows of the page become answers."""

    def __init__(self, found: Any, make: Callable[[Any], Row]) -> None:
        self.found, self.make = found, make

    def all(self) -> Any:
        """Return what is counted."""
        return self.found

    def __getitem__(self, part: slice) -> list[Row]:
        return [self.make(row) for row in self.found[part]]
