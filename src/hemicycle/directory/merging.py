"""Two records of one organisation become one: everything that refers to the losing one moves in one transaction."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from hemicycle.audit import operations as audit
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.directory.events import OrganisationsMerging
from hemicycle.directory.models import Alias, Organisation
from hemicycle.kit.events import publish

FILLED = (
    "region", "city", "website", "languages", "domain", "about", "kind", "members", "member_types", "staff",
)  # fmt: skip


class SameOrganisation(Exception):
    """A record cannot be merged with itself."""


class CannotMerge(Exception):
    """Rows of another part of the house stand in the way: both organisations have one where only one can be."""


def references() -> list[models.ForeignKey]:
    """Return every key in the house that points at an organisation, but for its own ecosystems.

    Read from the models themselves, so that an app above is never forgotten and needs not be known here.
    """
    found = []
    for relation in Organisation._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's documented API
        field = getattr(relation, "field", None)
        if not relation.auto_created or not isinstance(field, models.ForeignKey):
            continue
        if field.model is not Organisation.ecosystems.through:
            found.append(field)
    return sorted(found, key=lambda field: (field.model._meta.label, field.name))  # noqa: SLF001


def _rows(field: models.ForeignKey, organisation: Organisation) -> "models.QuerySet[models.Model]":
    rows: models.QuerySet[models.Model] = field.model._base_manager.filter(**{field.name: organisation})  # noqa: SLF001
    return rows.order_by("pk")


def moves(*, gone: Organisation) -> list[tuple[str, int]]:
    """Return what would move: the words for a kind of rows and how many; kinds without rows are left out."""
    found = [(field.model._meta, _rows(field, gone).count()) for field in references()]  # noqa: SLF001
    return [(_(str(meta.verbose_name)), count) for meta, count in found if count]


@transaction.atomic
def merge(
    *,
    kept: Organisation,
    gone: Organisation,
    seen_versions: tuple[int, int],
    actor: Any,
    now: datetime,
) -> Organisation:
    """Move everything from one record to the other, fill its gaps, and delete the losing one.

    The losing name and address lead to the kept record from then on.

    Raises:
        SameOrganisation: both are one record.
        SomebodyElseWrote: one of them was changed or merged since it was shown.
        CannotMerge: a part of the house has rows that cannot both stay.
    """
    if kept.pk == gone.pk:
        raise SameOrganisation
    rows = Organisation.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    if [getattr(locked.get(key), "version", 0) for key in (kept.pk, gone.pk)] != list(seen_versions):
        raise SomebodyElseWrote
    kept, gone = locked[kept.pk], locked[gone.pk]
    publish(OrganisationsMerging(kept_id=kept.pk, gone_id=gone.pk))
    moved = sum(_move(field, kept=kept, gone=gone) for field in references())
    kept.ecosystems.add(*gone.ecosystems.all())
    for name in FILLED if kept.country == gone.country else FILLED[1:]:  # a region belongs to its country
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    kept.listed = kept.listed or gone.listed
    kept.version += 1
    old = {"slug": gone.slug, "name": gone.name, "country": gone.country}
    audit.record(action="merged", target=kept, actor=actor, at=now, gone=gone.pk, name=gone.name, moved=moved)
    gone.delete()
    kept.save()
    Alias.objects.create(organisation=kept, **old)
    return kept


def _move(field: models.ForeignKey, *, kept: Organisation, gone: Organisation) -> int:
    """Move the rows of one key; of our own and of plain links the double ones go, elsewhere nothing is thrown away."""
    model = field.model
    if model._meta.app_label != "directory" and not model._meta.auto_created:  # noqa: SLF001
        try:
            with transaction.atomic():
                return _rows(field, gone).update(**{field.name: kept})
        except IntegrityError as error:
            raise CannotMerge(model._meta.label) from error  # noqa: SLF001
    moved = 0
    for row in _rows(field, gone):
        try:
            with transaction.atomic():
                moved += model._base_manager.filter(pk=row.pk).update(**{field.name: kept})  # noqa: SLF001
        except IntegrityError:
            row.delete()
    return moved
