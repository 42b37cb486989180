"""Every write about organisations."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from hemicycle.directory.models import Fact, Organisation


@transaction.atomic
def organisation_for(*, name: str, country: str, **values: Any) -> Organisation:
    """Return the organisation of that name in that country, made if new."""
    name = " ".join(name.split())
    found = Organisation.objects.filter(name__iexact=name, country=country).first()
    if found is not None:
        return found
    base = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = base
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    ecosystems = values.pop("ecosystems", [])
    organisation = Organisation.objects.create(name=name, country=country, slug=slug, **values)
    organisation.ecosystems.set(ecosystems)
    return organisation


def add_fact(
    *, organisation: Organisation, kind: str, title: str, valid_from: date, valid_until: date | None, source: str = ""
) -> Fact:
    """Write one dated fact."""
    return Fact.objects.create(
        organisation=organisation, kind=kind, title=title, valid_from=valid_from, valid_until=valid_until, source=source
    )
