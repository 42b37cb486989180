"""Events beside the programme and the seats at them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference, Room
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.registration.enums import SeatStatus
from hemicycle.registration.models.places import Registration


class SideEvent(models.Model):
    """An event beside the programme with its own host, audience, places and waiting list."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    title = I18nCharField(max_length=200)
    about = I18nTextField(blank=True)
    host = I18nCharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField()
    audience = models.JSONField(default=dict, blank=True)
    audience_words = I18nCharField(max_length=300, blank=True)
    how_to_become = I18nTextField(blank=True)
    sample_note = I18nCharField(max_length=300, blank=True)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="registration_side_event_slug"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="registration_side_event_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Seat(models.Model):
    """A registration's seat at a side event."""

    side_event = models.ForeignKey(SideEvent, on_delete=models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="seats")
    status = models.CharField(max_length=10, choices=SeatStatus.choices)
    taken_at = models.DateTimeField()

    _seat = Personal(
        _("hold a seat"), Basis.CONTRACT, _("the person, registration team, the host"), _("retention of the edition")
    )
    privacy = {
        "id": NOT_PERSONAL, "side_event": _seat, "registration": _seat, "status": _seat, "taken_at": _seat,
    }  # fmt: skip

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [models.UniqueConstraint(fields=["side_event", "registration"], name="registration_one_seat")]

    def __str__(self) -> str:
        return f"{self.side_event}: {self.status}"
