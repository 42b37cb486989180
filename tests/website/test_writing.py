"""News, pages and reasons to come, written by the team."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from hemicycle.audit.models import Entry
from hemicycle.notifications.models import Mail
from hemicycle.website import newsletter, operations
from hemicycle.website.models import Highlight, News, Page, Subscriber
from tests import factories
from tests.factories import NOON, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
BY = {"actor": None, "now": NOON}


@pytest.fixture
def writer(edition, signed_in):
    return signed_in(member(edition, "communication"), second_factor=True)


def at(edition, name, *args):
    return reverse(f"website:{name}", args=[edition.slug, *args])


def answers(**values):
    return {
        "title_en": "Doors open",
        "label_en": "News",
        "summary_en": "At nine.",
        "body_en": "## Come",
        "version": 0,
    } | values


def test_news_is_a_draft_until_published(edition, writer, client):
    answer = writer.post(at(edition, "desk_news_add"), answers())
    item = News.objects.get()
    assert (answer.status_code, item.slug, item.published_at) == (302, "doors-open", None)
    assert b"Doors open" not in client.get(at(edition, "news")).content
    assert client.get(at(edition, "news_item", item.slug)).status_code == 404

    writer.post(at(edition, "desk_news_publish", item.slug), {"now": "1", "version": 1})
    assert b"<h2>Come</h2>" in client.get(at(edition, "news_item", item.slug)).content
    writer.post(at(edition, "desk_news_publish", item.slug), {"hide": "1", "version": 2})
    assert client.get(at(edition, "news_item", item.slug)).status_code == 404
    assert [row.action for row in Entry.objects.filter(target_type="website.News").order_by("pk")] == [
        "added", "news published", "news hidden",
    ]  # fmt: skip


def test_news_waits_for_its_day(edition, writer):
    item = operations.draft_news(conference=edition, title="Later", label="x", summary="y", **BY)
    writer.post(at(edition, "desk_news_publish", item.slug), {"at": "2030-04-16T09:30", "version": 1})
    item.refresh_from_db()

    assert item.published_at == NOON + timedelta(hours=21, minutes=30)
    assert b"shown from" in writer.get(at(edition, "desk_news")).content
    assert writer.get(at(edition, "news_item", item.slug)).status_code == 404


def test_a_wrong_or_late_publication_is_told(edition, writer):
    item = operations.draft_news(conference=edition, title="Later", label="x", summary="y", **BY)
    address = at(edition, "desk_news_publish", item.slug)
    wrong = writer.post(address, {"at": "2030-03-31T02:30", "version": 1})
    late = writer.post(address, {"now": "1", "version": 7})

    assert (wrong.status_code, b"does not exist" in wrong.content) == (422, True)
    assert (late.status_code, b"Somebody else saved" in late.content) == (422, True)


def test_a_preview_saves_nothing_and_is_safe(edition, writer):
    body = "## Come\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    answer = writer.post(at(edition, "desk_news_add"), answers(body_en=body, preview="1"))
    shown = answer.content.decode()

    assert (answer.status_code, "<h2>Come</h2>" in shown, "<script>alert" in shown, 'javascript:alert(1)"' in shown) == (
        200, True, False, False,
    )  # fmt: skip
    assert ('value="Doors open"' in shown, News.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("values", "sentence"), [({"title_en": ""}, "Write this in English"), ({"label_en": "x" * 41}, "at most 40")]
)
def test_wrong_news_is_told_and_kept(edition, writer, values, sentence):
    answer = writer.post(at(edition, "desk_news_add"), answers(body_en="Kept words", **values))
    shown = answer.content.decode()

    assert (answer.status_code, sentence in shown, "Kept words" in shown, News.objects.count()) == (422, True, True, 0)


def test_two_people_writing_are_told(edition, writer):
    item = operations.draft_news(conference=edition, title="A", label="x", summary="y", **BY)
    address = at(edition, "desk_news_item", item.slug)
    writer.post(address, answers(version=1, title_en="B"))
    late = writer.post(address, answers(version=1, title_en="C"))

    assert (late.status_code, b'value="C"' in late.content, str(News.objects.get().title)) == (422, True, "B")


def test_news_is_removed_after_a_yes(edition, writer):
    item = operations.draft_news(conference=edition, title="A", label="x", summary="y", **BY)
    address = at(edition, "desk_news_remove", item.slug)

    assert (b"Remove A?" in writer.post(address).content, News.objects.count()) == (True, 1)
    assert (writer.post(address, {"yes": "yes"}).status_code, News.objects.count()) == (302, 0)


def test_a_page_is_shown_or_hidden(edition, writer, client):
    writer.post(
        at(edition, "desk_page_add"), {"title_en": "By train", "body_en": "Take it.", "shown": "on", "version": 0}
    )
    made = Page.objects.get()
    assert client.get(at(edition, "page", made.slug)).status_code == 200

    change = at(edition, "desk_page", made.slug)
    writer.post(change, {"title_en": "By train", "body_en": "Take it.", "version": 1})
    assert client.get(at(edition, "page", made.slug)).status_code == 404
    assert b"hidden" in writer.get(at(edition, "desk_pages")).content
    writer.post(at(edition, "desk_page_remove", made.slug), {"yes": "yes"})
    assert Page.objects.count() == 0


def test_reasons_to_come_have_an_order(edition, writer, client):
    for title in ("Reason one", "Reason two"):
        writer.post(
            at(edition, "desk_highlight_add"),
            {"icon": "leaf", "title_en": title, "text_en": "x", "shown": "on", "version": 0},
        )
    second = Highlight.objects.last()
    writer.post(at(edition, "desk_highlight_move", second.pk), {"to": "up"})
    page = client.get(at(edition, "home")).content.decode()
    assert page.index("Reason two") < page.index("Reason one")

    writer.post(
        at(edition, "desk_highlight", second.pk),
        {"icon": "mic", "title_en": "Reason two", "text_en": "x", "version": 1},
    )
    assert "Reason two" not in client.get(at(edition, "home")).content.decode()
    writer.post(at(edition, "desk_highlight_remove", second.pk), {"yes": "yes"})
    assert [str(row.title) for row in Highlight.objects.all()] == ["Reason one"]


def test_news_of_another_edition_and_other_roles_are_kept_out(edition, writer, signed_in):
    other = factories.edition(slug="other")
    with scope(conference=other.pk):
        operations.draft_news(conference=other, title="Foreign", label="x", summary="y", **BY)

    assert writer.get(at(edition, "desk_news_item", "foreign")).status_code == 404
    assert writer.post(at(other, "desk_news_remove", "foreign"), {"yes": "yes"}).status_code == 403
    programme = signed_in(member(edition, "programme"), second_factor=True)
    assert programme.post(at(edition, "desk_news_add"), answers()).status_code == 403


def subscriber(edition, email, language="en"):
    return Subscriber.objects.create(
        conference=edition, email=email, language=language, asked_at=NOON, confirmed_at=NOON
    )


def news_mails():
    return list(Mail.objects.filter(kind="NewsIsOut").order_by("pk"))


def test_subscribers_get_the_news_once_in_their_language_with_a_way_out(edition, writer, client, work, mailoutbox):
    subscriber(edition, "en@example.eu")
    subscriber(edition, "fr@example.eu", "fr")
    subscriber(edition, "left@example.eu").delete()
    Subscriber.objects.create(conference=edition, email="asked@example.eu", asked_at=NOON)
    title = {"en": "Doors open", "fr": "Ouverture"}
    item = operations.draft_news(conference=edition, title=title, label="x", summary="y", **BY)
    address = at(edition, "desk_news_publish", item.slug)
    assert "2 addresses want news" in writer.get(address).content.decode()
    with work():
        writer.post(address, {"now": "1", "version": 1, "tell": "on"})
    newsletter.tell(conference=edition, now=NOON)

    assert [(mail.to, mail.payload["title"]) for mail in news_mails()] == [
        ("en@example.eu", "Doors open"), ("fr@example.eu", "Ouverture"),
    ]  # fmt: skip
    letter = next(mail for mail in mailoutbox if mail.to == ["en@example.eu"])
    assert letter.subject.endswith(": Doors open")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = letter.extra_headers["List-Unsubscribe"].strip("<>")
    stranger = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    assert stranger.post(leave.split("/", 3)[3].join(["/", ""]), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.get(email="en@example.eu").left_at is not None
    page = writer.get(address).content.decode()
    assert ("Subscribers were told on" in page, "Tell the subscribers" in page) == (True, False)


def test_news_of_tomorrow_is_told_tomorrow_and_hidden_news_never(edition, writer):
    subscriber(edition, "en@example.eu")
    item = operations.draft_news(conference=edition, title="Later", label="x", summary="y", **BY)
    tomorrow = NOON + timedelta(days=1)
    operations.publish_news(news=item, seen_version=1, at=tomorrow, tell=True, **BY)
    assert newsletter.tell(conference=edition, now=NOON) == 0
    operations.hide_news(news=item, seen_version=2, **BY)
    assert newsletter.tell(conference=edition, now=tomorrow) == 0
    operations.publish_news(news=item, seen_version=3, at=tomorrow, tell=True, **BY)
    assert newsletter.tell(conference=edition, now=tomorrow) == 1


def test_a_worker_that_died_half_way_is_gone_on_from(edition, monkeypatch):
    for number in range(5):
        subscriber(edition, f"s{number}@example.eu")
    item = operations.draft_news(conference=edition, title="Out", label="x", summary="y", **BY)
    operations.publish_news(news=item, seen_version=1, at=NOON, tell=True, **BY)
    monkeypatch.setattr(newsletter, "BATCH", 2)
    dying = iter([True, True, True, False])
    send = newsletter.notifications.send

    def die(*args, **kwargs):
        if not next(dying, True):
            raise OSError("killed")
        return send(*args, **kwargs)

    monkeypatch.setattr(newsletter.notifications, "send", die)
    with pytest.raises(OSError, match="killed"):
        newsletter.tell(conference=edition, now=NOON)
    assert len(news_mails()) == 2
    newsletter.tell(conference=edition, now=NOON)

    assert sorted(mail.to for mail in news_mails()) == [f"s{number}@example.eu" for number in range(5)]
