"""Every write about what belongs to an edition and stands in a list: rooms, hosts, figures, policy, news, speakers.

Apps above hand in their own kinds of rows. A row has `conference` and `version`; one with `order` stands where
the team put it.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.operations import SomebodyElseWrote
from hemicycle.conferences.queries import lock

Row = TypeVar("Row", bound=models.Model)


class InUse(Exception):
    """Something stands on this row; `places` names it."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(", ".join(places))
        self.places = places


def _ordered(model: type[models.Model]) -> bool:
    return any(field.name == "order" for field in model._meta.concrete_fields)  # noqa: SLF001


def _siblings(row: Any) -> Any:
    """Return the rows of the same list, in its order; hosts, supporters and partners are lists of their own."""
    rows = type(row)._default_manager.filter(conference_id=row.conference_id)  # noqa: SLF001
    return rows.filter(role=row.role) if hasattr(row, "role") and hasattr(type(row), "get_role_display") else rows


@transaction.atomic
def add(*, model: type[Row], conference: Conference, actor: Any, now: datetime, **values: Any) -> Row:
    """Write a new row at the end of its list, checked as a form would.

    Raises:
        ValidationError: a value is missing or not allowed.
    """
    lock(conference_id=conference.pk)
    row: Any = model(conference=conference, **values)
    if _ordered(model) and "order" not in values:
        last = _siblings(row).aggregate(last=models.Max("order"))["last"]
        row.order = 0 if last is None else last + 1
    row.full_clean()
    row.save()
    audit.record(action="added", target=row, actor=actor, at=now)
    added: Row = row
    return added


@transaction.atomic
def change(*, row: Row, seen_version: int, actor: Any, now: datetime, action: str = "changed", **values: Any) -> Row:
    """Write a row's values if nobody else did since they were read; `action` is the word in the history.

    Raises:
        SomebodyElseWrote: the row changed in between, or is gone.
        ValidationError: a value is missing or not allowed.
    """
    locked: Any = type(row)._base_manager.select_for_update().filter(pk=row.pk).order_by("pk").first()  # noqa: SLF001
    if locked is None or locked.version != seen_version:
        raise SomebodyElseWrote
    for name, value in values.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.full_clean()
    locked.save()
    audit.record(action=action, target=locked, actor=actor, at=now, fields=sorted(values))
    changed: Row = locked
    return changed


@transaction.atomic
def remove(*, row: models.Model, actor: Any, now: datetime) -> None:
    """Take a row away for good.

    Raises:
        InUse: a session, a side event or something else stands on it; nothing was removed.
    """
    audit.record(action="removed", target=row, actor=actor, at=now)
    try:
        row.delete()
    except models.ProtectedError as error:
        raise InUse(sorted(str(found) for found in error.protected_objects)) from error


@transaction.atomic
def move(*, row: Any, up: bool, actor: Any, now: datetime) -> None:
    """Change places with the row above or below; at the end of the list nothing happens."""
    lock(conference_id=row.conference_id)
    rows = list(_siblings(row))
    here = next((place for place, other in enumerate(rows) if other.pk == row.pk), None)
    there = -1 if here is None else here + (-1 if up else 1)
    if here is None or not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for order, other in enumerate(rows):
        other.order = order
    type(row)._base_manager.bulk_update(rows, ["order"])  # noqa: SLF001
    audit.record(action="moved", target=row, actor=actor, at=now)
