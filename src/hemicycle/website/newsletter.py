"""News by mail to whoever asked for it: once each, in the reader's language, with a way out in every mail."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.kit.i18n import speaking
from hemicycle.notifications import operations as notifications
from hemicycle.website.messages import NewsIsOut
from hemicycle.website.models import News, Subscriber
from hemicycle.website.operations import link_for

BATCH = 200


def tell(*, conference: Conference, now: datetime) -> int:
    """Write to the subscribers about every piece of news that is shown by now and is to be told; return how many mails.

    The list is worked off in the order of its rows, a batch a transaction, and the news remembers how far it is: whoever
    does it again, or goes on for a worker that died, writes to nobody twice.
    """
    waiting = News.objects.filter(conference=conference, tell=True, told_at__isnull=True, published_at__lte=now)
    return sum(_tell(news_id, conference=conference, now=now) for news_id in waiting.values_list("pk", flat=True))


def _tell(news_id: int, *, conference: Conference, now: datetime) -> int:
    number = 0
    while batch := _batch(news_id, conference=conference, now=now):
        number += batch
    return number


@transaction.atomic
def _batch(news_id: int, *, conference: Conference, now: datetime) -> int:
    """Write to the next subscribers; nobody left ends it."""
    news = News.objects.select_for_update().filter(pk=news_id, tell=True, told_at__isnull=True).first()
    if news is None:
        return 0
    rows = list(readers(conference=conference).filter(pk__gt=news.told_to).order_by("pk")[:BATCH])
    address = settings.BASE_URL + reverse("website:news_item", args=[conference.slug, news.slug])
    for subscriber in rows:
        with speaking(subscriber.language):
            message = NewsIsOut(
                conference=str(conference.name), title=str(news.title), summary=str(news.summary), link=address,
                leave=link_for(
                    "website:unsubscribe", conference=conference, subscriber=subscriber, purpose="website.leave"
                ),
            )  # fmt: skip
        notifications.send(
            message, to=subscriber.email, language=subscriber.language, conference_id=conference.pk, now=now
        )
    if rows:
        news.told_to = rows[-1].pk
    else:
        news.told_at = now
        audit.record(action="news told", target=news, actor=None, at=now)
    news.save(update_fields=["told_to", "told_at"])
    return len(rows)


def readers(*, conference: Conference) -> QuerySet[Subscriber]:
    """Return the addresses that want news."""
    rows: QuerySet[Subscriber] = Subscriber.objects.filter(
        conference=conference, confirmed_at__isnull=False, left_at__isnull=True
    )
    return rows
