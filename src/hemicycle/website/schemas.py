"""What the API says of the public site."""

from datetime import datetime

from ninja import Schema


class NewsOut(Schema):
    """A piece of news without its text."""

    slug: str
    label: dict[str, str]
    title: dict[str, str]
    summary: dict[str, str]
    published_at: datetime


class NewsItemOut(NewsOut):
    """A piece of news; the text is Markdown."""

    body: dict[str, str]
