"""News by API, as published."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.kit import clock
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.i18n import text, translations
from hemicycle.website import queries
from hemicycle.website.models import News
from hemicycle.website.schemas import NewsItemOut, NewsOut

router = Router(tags=["news"])


def _plain(row: News) -> dict[str, Any]:
    texts = {name: translations(text(getattr(row, name))) for name in ("label", "title", "summary")}
    return {"slug": row.slug, "published_at": row.published_at, **texts}


@router.get("/{conference}/news", auth=None, response=list[NewsOut], url_name="news")
def news(request: HttpRequest, conference: str) -> list[NewsOut]:  # noqa: ARG001
    """List the latest news; what is of tomorrow is not there yet."""
    return [NewsOut(**_plain(row)) for row in queries.news(conference=edition_of(request), now=clock.now())]


@router.get("/{conference}/news/{slug:slug}", auth=None, response=NewsItemOut, url_name="news_item")
def news_item(request: HttpRequest, conference: str, slug: str) -> NewsItemOut:  # noqa: ARG001
    """Return one piece of news."""
    row = queries.news_item(conference=edition_of(request), slug=slug, now=clock.now())
    if row is None:
        raise Http404
    return NewsItemOut(**_plain(row), body=translations(text(row.body or "")))
