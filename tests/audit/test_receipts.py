"""What is sent twice acts once, whoever asks and however the first answer got lost."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect

from hemicycle.audit import receipts
from hemicycle.audit.middleware import AnswerOnce
from hemicycle.audit.models import Receipt
from hemicycle.audit.tasks import forget
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db
FORM = "/ecc/seats/"
CALL = "/api/ecc/seats"


class View:
    """Counts how often it acted; answers what it is told to."""

    def __init__(self, answer):
        self.answer, self.acted = answer, 0

    def __call__(self, _request):
        self.acted += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def send(rf):
    def send(view, *, path=FORM, body=None, user=None, cookie="browser", key=None, method="post"):
        if path == FORM:
            request = getattr(rf, method)(path, body if body is not None else {"once": "k", "seat": "1"})
        else:
            headers = {} if key is None else {"Idempotency-Key": key}
            request = getattr(rf, method)(
                path, json.dumps(body or {}), content_type="application/json", headers=headers
            )
        request.user = user or AnonymousUser()
        if cookie:
            request.META["CSRF_COOKIE"] = cookie
        return AnswerOnce(view)(request)

    return send


def test_a_form_sent_twice_acts_once_and_leads_to_the_same_page(send):
    view = View(redirect("/next/"))
    answers = [send(view), send(view)]

    assert view.acted == 1
    assert [(a.status_code, a["Location"], a.headers.get("Idempotency-Replayed")) for a in answers] == [
        (302, "/next/", None),
        (302, "/next/", "true"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        {"body": {"once": "k", "seat": "2"}},
        {"body": {"once": "other", "seat": "1"}},
        {"cookie": "another browser"},
        {"body": {"seat": "1"}},
        {"body": {"once": "k" * 256, "seat": "1"}},
        {"cookie": ""},
    ],
    ids=["other answers", "another form", "another visitor", "no key", "a key too long", "nobody known"],
)
def test_what_is_not_the_same_acts(send, second):
    view = View(redirect("/next/"))
    send(view)
    send(view, **second)

    assert view.acted == 2


def test_two_people_never_share_a_receipt(send):
    view = View(redirect("/next/"))
    send(view, user=person())
    send(view, user=person())

    assert view.acted == 2


@pytest.mark.parametrize(
    "answer",
    [HttpResponse("wrong", status=422), HttpResponse("page"), StreamingHttpResponse(["a"]), ValueError("broken")],
    ids=["refused", "a page", "a stream", "a fault"],
)
def test_what_was_not_done_may_be_sent_again(send, answer):
    view = View(answer)
    for _ in range(2):
        if isinstance(answer, Exception):
            with pytest.raises(ValueError, match="broken"):
                send(view)
        else:
            send(view)

    assert (view.acted, Receipt.objects.count()) == (2, 0)


def test_reading_leaves_no_receipt(send):
    view = View(HttpResponse("page"))
    send(view, method="get")

    assert (view.acted, Receipt.objects.count()) == (1, 0)


def test_a_call_is_answered_again_word_for_word(send):
    view = View(JsonResponse({"seat": 7}, status=201))
    first, second = (send(view, path=CALL, body={"a": 1}, key="k") for _ in range(2))

    assert view.acted == 1
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, b'{"seat": 7}')


def test_a_key_with_another_body_is_refused(send):
    view = View(HttpResponse(status=204))
    send(view, path=CALL, body={"a": 1}, key="k")
    answer = send(view, path=CALL, body={"a": 2}, key="k")

    assert (view.acted, answer.status_code, answer["Content-Type"]) == (1, 422, "application/problem+json")


def test_a_call_without_a_key_acts_each_time_and_a_key_too_long_is_refused(send):
    view = View(HttpResponse(status=204))
    send(view, path=CALL)
    send(view, path=CALL)

    assert (view.acted, send(view, path=CALL, key="k" * 256).status_code) == (2, 422)


def test_while_the_first_is_at_work_the_second_waits_then_says_so(send, monkeypatch):
    monkeypatch.setattr(receipts, "PATIENCE", 0.1)
    seen = []
    inner = View(redirect("/next/"))

    def view(request):
        seen.append(send(inner).status_code)
        return redirect("/next/")

    assert (send(view).status_code, seen, inner.acted) == (302, [409], 0)


def test_work_that_a_dead_process_left_is_taken_over():
    assert receipts.begin(key="k", body="b", now=NOON) is None
    later = NOON + receipts.ABANDONED + timedelta(seconds=1)

    assert receipts.begin(key="k", body="b", now=later) is None
    receipts.keep(key="k", answer=receipts.Answer(302, "/next/"))
    assert receipts.begin(key="k", body="b", now=later) == receipts.Answer(302, "/next/")


def test_a_receipt_that_was_dropped_meanwhile_is_begun_again(monkeypatch):
    receipts.begin(key="k", body="b", now=NOON)
    find = Receipt.objects.filter

    def gone(**by):
        find(**by).delete()
        monkeypatch.setattr(Receipt.objects, "filter", find)
        return find(**by)

    monkeypatch.setattr(Receipt.objects, "filter", gone)
    assert receipts.begin(key="k", body="b", now=NOON) is None


def test_receipts_are_forgotten_after_a_day(noon):
    receipts.begin(key="old", body="b", now=NOON - receipts.KEPT - timedelta(seconds=1))
    receipts.begin(key="new", body="b", now=NOON)
    forget()

    assert [row.key for row in Receipt.objects.all()] == ["new"]
