"""Matchmaking's queued work."""

from hemicycle.kit import clock
from hemicycle.matchmaking import plans


def schedule(conference_id: int, plan_id: int) -> None:  # noqa: ARG001 - the ledger enters the edition's scope by it
    """Run the scheduler for a plan."""
    plans.perform(plan_id=plan_id, now=clock.now())


def tell_everybody(conference_id: int, plan_id: int) -> None:  # noqa: ARG001
    """Mail the published schedule, once to each person."""
    plans.tell_everybody(plan_id=plan_id, now=clock.now())
