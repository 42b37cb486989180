"""Reads of the public site."""

from datetime import datetime

from django.db.models import F

from hemicycle.conferences.models import Conference
from hemicycle.website.models import Highlight, News, Page, Subscriber


def news(*, conference: Conference, now: datetime, limit: int = 30) -> list[News]:
    """Return published news, latest first."""
    return list(News.objects.filter(conference=conference, published_at__lte=now)[:limit])


def news_item(*, conference: Conference, slug: str, now: datetime) -> News | None:
    """Return a published piece of news, or None."""
    return News.objects.filter(conference=conference, slug=slug, published_at__lte=now).first()


def page(*, conference: Conference, slug: str) -> Page | None:
    """Return a page that is shown, or None."""
    return Page.objects.filter(conference=conference, slug=slug, shown=True).first()


def pages(*, conference: Conference) -> list[Page]:
    """Return the pages that are shown, in order, without their bodies."""
    return list(Page.objects.filter(conference=conference, shown=True).defer("body"))


def highlights(*, conference: Conference) -> list[Highlight]:
    """Return the reasons to come that are shown."""
    return list(Highlight.objects.filter(conference=conference, shown=True))


def written_news(*, conference: Conference) -> list[News]:
    """Return all news for its writers: drafts first, then latest first."""
    rows = News.objects.filter(conference=conference).defer("body")
    return list(rows.order_by(F("published_at").desc(nulls_first=True), "-pk"))


def written_pages(*, conference: Conference) -> list[Page]:
    """Return all pages for their writers, in order, without their bodies."""
    return list(Page.objects.filter(conference=conference).defer("body"))


def written_highlights(*, conference: Conference) -> list[Highlight]:
    """Return all reasons to come for their writers, in order."""
    return list(Highlight.objects.filter(conference=conference))


def subscribers(*, conference: Conference) -> int:
    """Return how many addresses hear from the edition."""
    return Subscriber.objects.filter(conference=conference, confirmed_at__isnull=False, left_at__isnull=True).count()
