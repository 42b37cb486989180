"""One privacy annotation per field: purpose, basis, who sees it, how long. Five duties read it, a test demands it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """Legal bases of GDPR art. 6(1) and Regulation (EU) 2018/1725 art. 5(1)."""

    CONSENT = "consent", _("consent")
    CONTRACT = "performance of the registration", _("performance of the registration")
    LEGAL = "legal obligation", _("legal obligation")
    PUBLIC_TASK = "public task or legitimate interest", _("public task or legitimate interest")


@dataclass(frozen=True)
class Personal:
    """Why a field about a person exists, and when it goes."""

    purpose: str | Promise
    basis: Basis
    seen_by: str | Promise
    period: str | Promise


NOT_PERSONAL = None


def annotations(model: type[models.Model]) -> dict[str, Personal | None]:
    """Return the annotations a model declares, with those of its parents."""
    declared: dict[str, Personal | None] = {}
    for parent in reversed(model.__mro__):
        declared.update(getattr(parent, "__dict__", {}).get("privacy", {}))
    return declared


def paths(model: type[models.Model]) -> tuple[str, ...]:
    """Return the look-ups that lead from a model to the person its rows are about; none means about nobody.

    A row is about a person when it is one, points at one, or belongs (not nullable) to a row that does. A model
    that knows people by their address alone says so with `privacy_address`.
    """
    person = apps.get_model("accounts", "User")
    if model is person:
        return ("pk",)
    found = []
    for field in model._meta.concrete_fields:  # noqa: SLF001
        other = field.related_model
        if not isinstance(field, models.ForeignKey) or not isinstance(other, type) or other is model:
            continue
        if other is person:
            found.append(field.name)
        elif not field.null:
            found += [f"{field.name}__{path}" for path in paths(other)]
    return tuple(found)


def holds_people(model: type[models.Model]) -> bool:
    """Say whether rows of a model are about a person."""
    return hasattr(model, "privacy_address") or bool(paths(model))


def belongings(person: Any) -> dict[str, list[dict[str, Any]]]:
    """Return everything the house keeps about a person, by model: fields by name, related rows by their words.

    What opens doors (password, session, one-time codes) is never part of it.
    """
    kept: dict[str, list[dict[str, Any]]] = {}
    for model in apps.get_models():
        if not annotations(model) or not holds_people(model):
            continue
        about = Q()
        for path in paths(model):
            about |= Q(**{path: person.pk})
        if address := getattr(model, "privacy_address", ""):
            about |= Q(**{f"{address}__iexact": person.email})
        rows = model._base_manager.filter(about).order_by("pk")  # noqa: SLF001 - one's own, over all editions
        if found := [_row(row) for row in rows]:
            kept[str(model._meta.label)] = found  # noqa: SLF001
    return kept


def counted(person: Any) -> list[tuple[Personal, int]]:
    """Return what is kept about a person, by why it is kept: the note and how many rows carry it."""
    found: Counter[Personal] = Counter()
    for label, rows in belongings(person).items():
        notes = {note for note in annotations(apps.get_model(label)).values() if note is not None}
        for note in notes:
            found[note] += len(rows)
    return sorted(found.items(), key=lambda item: str(item[0].purpose))


def _row(row: models.Model) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001
        if field.name == "password" or field.get_internal_type() == "BinaryField":
            continue
        value = getattr(row, field.name if field.is_relation else field.attname)
        named[field.name] = str(value) if field.is_relation and value is not None else value
    return named


def record() -> list[tuple[str, str, Personal]]:
    """Return the processing record: (model, field, annotation), in the order of the house."""
    return [
        (model._meta.label, field, note)  # noqa: SLF001
        for model in apps.get_models()
        for field, note in annotations(model).items()
        if note is not None
    ]
