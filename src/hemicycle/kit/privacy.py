"""One privacy annotation per field: purpose, basis, who sees it, how long. Five duties read it, a test demands it."""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models


class Basis(StrEnum):
    """Legal bases of GDPR art. 6(1) and Regulation (EU) 2018/1725 art. 5(1)."""

    CONSENT = "consent"
    CONTRACT = "performance of the registration"
    LEGAL = "legal obligation"
    PUBLIC_TASK = "public task or legitimate interest"


@dataclass(frozen=True)
class Personal:
    """Why a field about a person exists, and when it goes."""

    purpose: str
    basis: Basis
    seen_by: str
    period: str


NOT_PERSONAL = None


def annotations(model: type[models.Model]) -> dict[str, Personal | None]:
    """Return the annotations a model declares, with those of its parents."""
    declared: dict[str, Personal | None] = {}
    for parent in reversed(model.__mro__):
        declared.update(getattr(parent, "__dict__", {}).get("privacy", {}))
    return declared


def holds_people(model: type[models.Model]) -> bool:
    """Say whether rows of a model are about a person: it is one, or points at one."""
    person = apps.get_model("accounts", "User")
    return model is person or any(
        isinstance(field, models.ForeignKey | models.OneToOneField) and field.related_model is person
        for field in model._meta.get_fields()  # noqa: SLF001
    )


def record() -> list[tuple[str, str, Personal]]:
    """Return the processing record: (model, field, annotation), in the order of the house."""
    return [
        (model._meta.label, field, note)  # noqa: SLF001
        for model in apps.get_models()
        for field, note in annotations(model).items()
        if note is not None
    ]
