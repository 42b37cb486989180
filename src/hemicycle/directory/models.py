"""Organisations, one record each through all editions, and facts with a validity."""

from django.db import models
from django.db.models import F, Q

from hemicycle.conferences.models import Term
from hemicycle.directory.enums import FactKind


class Organisation(models.Model):
    """A cluster, company, authority or any other organisation."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=100, blank=True)
    website = models.URLField(blank=True)
    about = models.TextField(blank=True)
    kind = models.ForeignKey(Term, null=True, on_delete=models.SET_NULL, related_name="+")
    ecosystems = models.ManyToManyField(Term, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "country"], name="directory_one_name_per_country")]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """Something true of an organisation from a day to a day; a grant ends, a label expires."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=FactKind.choices)
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="directory_fact_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.valid_from} to {self.valid_until or '…'})"
