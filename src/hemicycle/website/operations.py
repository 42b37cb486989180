"""Every write of the public site."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hemicycle.audit import operations as audit
from hemicycle.conferences import parts
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import lock
from hemicycle.conferences.rules import free_slug
from hemicycle.kit import tokens
from hemicycle.kit.tasks import later
from hemicycle.notifications import operations as notifications
from hemicycle.website.messages import ConfirmSubscription, Subscribed
from hemicycle.website.models import Highlight, News, Page, Subscriber

OPT_IN = timedelta(days=7)


class LinkUsed(Exception):
    """The link did its work before."""


def link_for(name: str, *, conference: Conference, subscriber: Subscriber, purpose: str) -> str:
    """Return the address of a page that acts for one subscriber."""
    claim = tokens.Claim(conference_id=conference.pk, subject=subscriber.pk, version=subscriber.version)
    return settings.BASE_URL + reverse(name, args=[conference.slug, tokens.issue(purpose=purpose, claim=claim)])


@transaction.atomic
def subscribe(*, conference: Conference, email: str, language: str, now: datetime) -> None:
    """Ask an address whether it wants news; the answer on screen is the same whether it is known or not."""
    subscriber, _ = Subscriber.objects.get_or_create(
        conference=conference, email=email.lower(), defaults={"language": language, "asked_at": now}
    )
    if subscriber.confirmed_at is not None and subscriber.left_at is None:
        return
    link = link_for(
        "website:subscribe_confirm", conference=conference, subscriber=subscriber, purpose="website.subscribe"
    )
    message = ConfirmSubscription(conference=str(conference.name), link=link)
    notifications.send(message, to=subscriber.email, language=language, conference_id=conference.pk, now=now)


def _subscriber(*, conference: Conference, purpose: str, token: str, max_age: timedelta | None) -> Subscriber:
    claim = tokens.read(purpose=purpose, token=token, max_age=max_age)
    if claim.conference_id != conference.pk:
        raise tokens.BadToken
    subscriber = Subscriber.objects.select_for_update().filter(conference=conference, pk=claim.subject).first()
    if subscriber is None or subscriber.version != claim.version:
        raise LinkUsed
    return subscriber


@transaction.atomic
def confirm_subscription(*, conference: Conference, token: str, now: datetime) -> None:
    """Confirm an address by its own link.

    Raises:
        kit.tokens.BadToken: not our link, or older than a week.
        LinkUsed: it worked once already.
    """
    subscriber = _subscriber(conference=conference, purpose="website.subscribe", token=token, max_age=OPT_IN)
    subscriber.version += 1
    subscriber.confirmed_at, subscriber.left_at = now, None
    subscriber.save()
    link = link_for("website:unsubscribe", conference=conference, subscriber=subscriber, purpose="website.leave")
    message = Subscribed(conference=str(conference.name), link=link)
    notifications.send(message, to=subscriber.email, language=subscriber.language, conference_id=conference.pk, now=now)


@transaction.atomic
def unsubscribe(*, conference: Conference, token: str, now: datetime) -> None:
    """Stop writing to an address; its link has no age."""
    subscriber = _subscriber(conference=conference, purpose="website.leave", token=token, max_age=None)
    subscriber.version += 1
    subscriber.left_at = now
    subscriber.save()


@transaction.atomic
def write_news(*, conference: Conference, actor: Any, now: datetime, **values: Any) -> News:
    """Write a piece of news; it is shown from `published_at` on."""
    news = News(conference=conference, **values)
    news.full_clean()
    news.save()
    audit.record(action="news written", target=news, actor=actor, at=now)
    return news


@transaction.atomic
def draft_news(*, conference: Conference, actor: Any, now: datetime, **values: Any) -> News:
    """Write a piece of news that nobody outside the team sees yet; its address is made of its title and stays."""
    lock(conference_id=conference.pk)
    taken = set(News.objects.filter(conference=conference).values_list("slug", flat=True))
    slug = free_slug(str(values["title"]), taken=taken, limit=80)
    return parts.add(model=News, conference=conference, actor=actor, now=now, slug=slug, **values)


@transaction.atomic
def publish_news(*, news: News, seen_version: int, at: datetime, actor: Any, now: datetime, tell: bool = False) -> News:
    """Show a piece of news from an instant on, which may lie ahead; with `tell`, subscribers get it by mail then, once.

    Raises:
        SomebodyElseWrote: another member of the team saved it in between.
    """
    shown = parts.change(
        row=news, seen_version=seen_version, actor=actor, now=now, action="news published", published_at=at, tell=tell
    )
    if tell:
        later("hemicycle.website.tasks.tell", conference_id=news.conference_id)
    return shown


def hide_news(*, news: News, seen_version: int, actor: Any, now: datetime) -> News:
    """Make a piece of news a draft again.

    Raises:
        SomebodyElseWrote: another member of the team saved it in between.
    """
    return parts.change(
        row=news, seen_version=seen_version, actor=actor, now=now, action="news hidden", published_at=None
    )


@transaction.atomic
def add_page(*, conference: Conference, actor: Any, now: datetime, **values: Any) -> Page:
    """Write a new page; its address is made of its title and stays."""
    lock(conference_id=conference.pk)
    taken = set(Page.objects.filter(conference=conference).values_list("slug", flat=True))
    slug = free_slug(str(values["title"]), taken=taken, limit=60)
    return parts.add(model=Page, conference=conference, actor=actor, now=now, slug=slug, **values)


def write_page(*, conference: Conference, slug: str, **values: Any) -> Page:
    """Write a page of text."""
    page, _ = Page.objects.update_or_create(conference=conference, slug=slug, defaults=values)
    return page


def add_highlight(*, conference: Conference, **values: Any) -> Highlight:
    """Write one reason to come."""
    return Highlight.objects.create(conference=conference, **values)


def erase_address(*, email: str) -> None:
    """Forget a subscription over all editions."""
    Subscriber._base_manager.filter(email=email.lower()).delete()  # noqa: SLF001
