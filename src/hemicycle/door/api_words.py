"""From scans to the API's words, for devices and the desk."""

from django.utils.translation import gettext as _

from hemicycle.door import queries
from hemicycle.door.models import Device, Double
from hemicycle.door.scans import Answer
from hemicycle.door.schemas import AnswerOut, DoorPersonOut, DoubleOut


def _person(answer: Answer) -> DoorPersonOut | None:
    return DoorPersonOut(**queries.words(answer.registration)) if answer.registration is not None else None


def answer(found: Answer) -> AnswerOut:
    """Return the answer to one scan."""
    first = found.first
    return AnswerOut(
        id=found.uuid,
        result=found.result,
        sentence=str(found.result.label),
        person=_person(found),
        first_at=first.scanned_at if first else None,
        first_door=name_of(first.device if first else None),
    )


def name_of(device: Device | None) -> str:
    """Return the door's name; the desk has none."""
    return device.name if device else _("the desk")


def double(row: Double) -> DoubleOut:
    """Return two scans of one person."""
    person = row.first.registration
    return DoubleOut(
        id=row.pk,
        list=row.first.checklist_id,
        name=person.person.name if person else "",
        first_at=row.first.scanned_at,
        first_door=name_of(row.first.device),
        second_at=row.second.scanned_at,
        second_door=name_of(row.second.device),
        second=str(row.second.uuid),
    )
