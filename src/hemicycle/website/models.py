"""News, pages and subscriptions."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager


class News(models.Model):
    """One piece of news; shown from its instant on, a draft while it has none."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    label = I18nCharField(max_length=40)
    title = I18nCharField(max_length=200)
    summary = I18nTextField()
    body = I18nTextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(default=False)
    tell = models.BooleanField(default=False)
    told_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["-published_at"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="website_one_news_per_slug")]

    def __str__(self) -> str:
        return str(self.title)


class Page(models.Model):
    """A page of text: practical information, legal notices."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=60)
    title = I18nCharField(max_length=200)
    body = I18nTextField()
    legal = models.BooleanField(default=False)
    shown = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="website_one_page_per_slug")]

    def __str__(self) -> str:
        return str(self.title)


class Highlight(models.Model):
    """One reason to come, on the home page."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    icon = models.SlugField(max_length=40)
    title = I18nCharField(max_length=120)
    text = I18nTextField()
    page = models.CharField(max_length=60, blank=True)
    shown = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.title)


class Subscriber(models.Model):
    """An address that wants to hear from an edition, confirmed by its own link (double opt-in)."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")
    _news = Personal(
        _("send the news that was asked for"), Basis.CONSENT, _("communication team"), _("until taken back")
    )
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "version": NOT_PERSONAL, "email": _news, "language": _news,
        "asked_at": _news, "confirmed_at": _news, "left_at": _news,
    }  # fmt: skip
    privacy_address = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint("conference", Lower("email"), name="website_one_subscription"),
            models.CheckConstraint(condition=Q(version__gte=1), name="website_subscriber_version"),
        ]

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"
