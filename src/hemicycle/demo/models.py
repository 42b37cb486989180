"""The demo's clock."""

from django.db import models


class Clock(models.Model):
    """One row: how far the demo's time is from the machine's."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()
    phase = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.phase
