"""The public site: subscription, feeds, files for machines, errors."""

import json
import re

import icalendar
import pytest
from django.urls import reverse

from hemicycle.notifications.models import Mail
from hemicycle.website import operations
from hemicycle.website.models import Subscriber
from tests import without_tokens
from tests.factories import NOON, confirmed, meeting_slots
from tests.factories import edition as make_edition

pytestmark = pytest.mark.django_db


def link(kind):
    return re.sub(r"^http://[^/]+", "", Mail.objects.filter(kind=kind).latest("id").payload["link"])


def test_the_root_leads_to_the_public_edition_or_says_there_is_none(client):
    assert b"No conference is public yet" in client.get("/").content
    make_edition(slug="open2030")
    assert client.get("/")["Location"] == "/open2030/"


def test_subscribing_needs_two_presses_and_leaving_one_link(edition, client):
    client.post(reverse("website:subscribe", args=[edition.slug]), {"email": "A@example.eu"})
    confirm = link("ConfirmSubscription")
    client.get(confirm)
    assert Subscriber.objects.get().confirmed_at is None
    client.post(confirm)
    assert Subscriber.objects.get().confirmed_at is not None
    leave = link("Subscribed")
    client.post(leave)

    assert Subscriber.objects.get().left_at is not None
    assert b"Already done" in client.post(leave).content


def test_the_answer_does_not_say_whether_an_address_is_known(edition, client):
    address = reverse("website:subscribe", args=[edition.slug])
    first = without_tokens(client.post(address, {"email": "a@example.eu"}))
    operations.confirm_subscription(conference=edition, token=link("ConfirmSubscription").split("/")[-2], now=NOON)
    again = without_tokens(client.post(address, {"email": "a@example.eu"}))

    assert first == again
    assert Mail.objects.filter(kind="ConfirmSubscription").count() == 1


@pytest.mark.parametrize("email", ["", "nonsense", "a@b\r\nBcc: c@d.eu", "x" * 300 + "@example.eu"])
def test_bad_addresses_are_told_beside_the_field(edition, client, email):
    answer = client.post(reverse("website:subscribe", args=[edition.slug]), {"email": email})

    assert (answer.status_code, Subscriber.objects.count()) == (422, 0)
    assert b'class="err"' in answer.content


def test_forged_links_are_refused(edition, client):
    for name in ("subscribe_confirm", "unsubscribe"):
        assert client.post(reverse(f"website:{name}", args=[edition.slug, "forged"])).status_code == 410


def test_save_the_date_is_a_whole_day_event(edition, client):
    (event,) = icalendar.Calendar.from_ical(
        client.get(reverse("website:save_the_date", args=[edition.slug])).content
    ).walk("VEVENT")

    assert [str(event[name].dt) for name in ("dtstart", "dtend")] == ["2030-05-07", "2030-05-09"]


def test_an_edition_without_days_has_no_date_to_save(edition, client):
    edition.starts_on = edition.ends_on = None
    edition.save()

    assert client.get(reverse("website:save_the_date", args=[edition.slug])).status_code == 404


def test_the_home_page_carries_event_data_that_cannot_break_out(edition, client):
    edition.lead = "</script><script>alert(1)</script>"
    edition.save()

    page = client.get(reverse("website:home", args=[edition.slug])).content.decode()

    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page).group(1))
    assert (data["@type"], data["startDate"], data["description"]) == ("Event", "2030-05-07", edition.lead)


def test_the_language_follows_cookie_and_never_leaves_the_site(edition, client):
    answer = client.get(reverse("website:language", args=["de"]), {"next": "https://evil.example/"})
    assert (answer["Location"], answer.cookies["django_language"].value) == ("/", "de")
    assert 'lang="de"' in client.get(f"/{edition.slug}/").content.decode()
    assert "django_language" not in client.get(reverse("website:language", args=["xx"])).cookies


def test_public_answers_say_how_long_and_private_ones_are_not_stored(edition, client, signed_in):
    home = f"/{edition.slug}/venue/"
    assert client.get(home)["Cache-Control"] == "public, max-age=300"
    row = confirmed(edition)
    signed_in(row.person)
    assert client.get(home)["Cache-Control"] == "private, no-store"
    assert "unsafe-inline" not in client.get(home)["Content-Security-Policy"]


def test_the_personal_feed_has_everything_and_another_key_nothing(edition, client):
    meeting_slots(edition)
    row = confirmed(edition)
    events = icalendar.Calendar.from_ical(
        client.get(reverse("website:feed", args=[edition.slug, row.feed_key])).content
    ).walk("VEVENT")

    assert [str(event["summary"]) for event in events] == ["Conference baltic2030"]
    assert client.get(reverse("website:feed", args=[edition.slug, "guessed"])).status_code == 404


def test_sitemap_and_robots_and_feed(edition, client):
    operations.write_news(
        conference=edition, slug="a", label="L", title="T & T", summary="S", published_at=NOON, actor=None, now=NOON
    )
    assert f"/{edition.slug}/agenda/" in client.get("/sitemap.xml").content.decode()
    assert b"Sitemap:" in client.get("/robots.txt").content
    assert client.get(reverse("website:news_feed", args=[edition.slug]))["Content-Type"].startswith(
        "application/atom+xml"
    )


def test_errors_are_pages_of_the_site(edition, client, rf):
    from django.contrib.auth.models import AnonymousUser

    from hemicycle.website import views

    assert b"Nothing is here" in client.get(f"/{edition.slug}/nowhere/").content
    request = rf.get("/")
    request.user = AnonymousUser()
    assert views.broken(request).status_code == 500
    assert b"Send" in views.csrf_failure(request).content or views.csrf_failure(request).status_code == 403


@pytest.mark.parametrize("name", ["A short name", "Конференция на клъстерите " * 5, '= #read("x") \\ <script>'])
def test_the_social_card_is_a_picture_whatever_the_name(edition, client, name):
    edition.name = name
    edition.version += 1
    edition.save()
    answer = client.get(f"/{edition.slug}/card.png")

    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "image/png", b"\x89PNG")
