"""Sends nothing twice: a hidden key in forms, `Idempotency-Key` in the API."""

import json
from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hemicycle.audit import receipts
from hemicycle.audit.receipts import Answer

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NO_CONTENT = 204
DONE = frozenset({200, 201, 202, NO_CONTENT})
LONGEST_KEY = 255
LONGEST_ANSWER = 100_000


class AnswerOnce:
    """Answers a repeated write with what was answered the first time.

    A form that comes back with errors, or a call that is refused, leaves no receipt: corrected, it acts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, once."""
        if request.method not in WRITES:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return self._call(request)
        word = request.POST.get("once", "")
        who = _who(request)
        if not word or not who or len(word) > LONGEST_KEY:
            return self.get_response(request)
        body = _form_digest(request)
        return self._once(request, key=receipts.digest("form", who, request.path, word, body), body=body)

    def _call(self, request: HttpRequest) -> HttpResponse:
        word = request.headers.get("Idempotency-Key", "")
        who = _who(request)
        if not word or not who:
            return self.get_response(request)
        if len(word) > LONGEST_KEY:
            return _problem(422, "An Idempotency-Key has at most 255 characters.")
        key = receipts.digest("call", who, request.method or "", request.path, word)
        return self._once(request, key=key, body=sha256(request.body).hexdigest())

    def _once(self, request: HttpRequest, *, key: str, body: str) -> HttpResponse:
        try:
            known = receipts.begin(key=key, body=body, now=timezone.now())
        except receipts.OtherBody:
            return _problem(422, "This Idempotency-Key was used with another body.")
        except receipts.StillRunning:
            return _problem(409, _("This is being done right now. Load the page again in a moment."))
        if known is not None:
            return _replay(known)
        try:
            response = self.get_response(request)
        except BaseException:
            receipts.drop(key=key)
            raise
        answer = _answer(response)
        if answer is None:
            receipts.drop(key=key)
        else:
            receipts.keep(key=key, answer=answer)
        return response


def _who(request: HttpRequest) -> str:
    """Bind the key to the person, or to the visitor's own browser by its CSRF cookie."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person {user.pk}"
    return str(request.META.get("CSRF_COOKIE", ""))


def _form_digest(request: HttpRequest) -> str:
    """Digest what was typed; the same page sent with other answers is another form."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted(
        (name, str(getattr(file, "name", "")), getattr(file, "size", 0)) for name, file in request.FILES.items()
    )
    return sha256(json.dumps([fields, files]).encode()).hexdigest()


def _answer(response: HttpResponse) -> Answer | None:
    """Return what is worth keeping: an answer that says the work was done."""
    if response.status_code in (302, 303):
        return Answer(response.status_code, location=response.headers["Location"])
    if response.status_code not in DONE or response.streaming or len(response.content) > LONGEST_ANSWER:
        return None
    kind = response.headers.get("Content-Type", "")
    if response.status_code != NO_CONTENT and not kind.startswith("application/json"):
        return None
    return Answer(response.status_code, content=response.content.decode(), content_type=kind)


def _replay(known: Answer) -> HttpResponse:
    response = HttpResponse(known.content, status=known.status, content_type=known.content_type or None)
    if known.location:
        response.headers["Location"] = known.location
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _problem(status: int, title: str) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "title": title}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")
