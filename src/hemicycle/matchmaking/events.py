"""What happened in matchmaking."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ScheduleReleased:
    conference_id: int
    plan_id: int
