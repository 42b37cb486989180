"""The scheduler's run: asked for in the desk, done by a worker, looked at and published by a person."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.conferences.queries import by_id, lock
from hemicycle.engines.meetings.solution import Progress
from hemicycle.kit.events import publish as announce
from hemicycle.kit.tasks import later
from hemicycle.matchmaking import bridge, letters, queries
from hemicycle.matchmaking.enums import PlanState, RequestStatus
from hemicycle.matchmaking.events import ScheduleReleased
from hemicycle.matchmaking.models import Meeting, MeetingRequest, Plan


class AlreadyRunning(Exception):
    """A run is going on; its page shows how far it is."""


class NotReady(Exception):
    """Only a finished run that was not published yet can be published."""


class Outdated(Exception):
    """Requests of this schedule were cancelled since; run it again."""


@transaction.atomic
def start(*, conference: Conference, actor: Any, seconds: float, now: datetime) -> Plan:
    """Queue a run of the scheduler.

    Raises:
        AlreadyRunning: one is going on.
    """
    lock(conference_id=conference.pk)
    if queries.running_plan(conference=conference):
        raise AlreadyRunning
    plan = Plan.objects.create(conference=conference, requested_at=now, seconds=seconds)
    audit.record(action="schedule started", target=plan, actor=actor, at=now)
    later("hemicycle.matchmaking.tasks.schedule", queue="solver", conference_id=conference.pk, plan_id=plan.pk)
    return plan


@transaction.atomic
def stop(*, plan: Plan, actor: Any, now: datetime) -> None:
    """Ask a run to stop; a finished one stays as it is."""
    changed = Plan.objects.filter(pk=plan.pk, state__in=[PlanState.QUEUED, PlanState.RUNNING]).update(
        state=PlanState.CANCELLED, finished_at=now
    )
    if changed:
        audit.record(action="schedule stopped", target=plan, actor=actor, at=now)


def perform(*, plan_id: int, now: datetime) -> None:
    """Run the engine for a plan that waits; a second run of the same plan finds nothing to do."""
    plan = Plan.objects.get(pk=plan_id)
    if plan.state not in (PlanState.QUEUED, PlanState.RUNNING):
        return
    Plan.objects.filter(pk=plan_id).update(state=PlanState.RUNNING, stage="place", progress=1)

    def told(progress: Progress) -> None:
        percent = min(99, int(100 * progress.seconds / max(plan.seconds, 0.1)))
        Plan.objects.filter(pk=plan_id, state=PlanState.RUNNING).update(stage=progress.phase, progress=percent)

    def stopped() -> bool:
        return not Plan.objects.filter(pk=plan_id, state=PlanState.RUNNING).exists()

    problem = bridge.problem(conference=by_id(conference_id=plan.conference_id))
    result = bridge.run(problem=problem, seconds=plan.seconds, seed=plan.seed, progress=told, cancel=stopped)
    Plan.objects.filter(pk=plan_id, state=PlanState.RUNNING).update(
        state=PlanState.READY, result=result, progress=100, stage="", finished_at=now
    )


@transaction.atomic
def publish(*, plan: Plan, actor: Any, now: datetime) -> int:
    """Make a schedule the one people follow; return how many meetings it holds.

    Moved meetings keep their calendar identity with a higher sequence; everybody with a meeting, or with
    one that found no place, gets one mail.

    Raises:
        NotReady: not finished, or published before.
        Outdated: a request of it is no longer accepted.
    """
    conference = lock(conference_id=plan.conference_id)
    plan.refresh_from_db()
    if plan.state != PlanState.READY:
        raise NotReady
    accepted = {row.pk for row in queries.accepted(conference=conference)}
    wanted = {request_id: (slot, table) for request_id, slot, table in plan.result["schedule"]}
    if not wanted.keys() <= accepted:
        raise Outdated
    _write_meetings(conference, wanted, now=now)
    Plan.objects.filter(conference=conference, state=PlanState.PUBLISHED).update(state=PlanState.REPLACED)
    plan.state, plan.published_at = PlanState.PUBLISHED, now
    plan.save(update_fields=["state", "published_at"])
    audit.record(action="schedule published", target=plan, actor=actor, at=now, meetings=len(wanted))
    announce(ScheduleReleased(conference_id=conference.pk, plan_id=plan.pk))
    later("hemicycle.matchmaking.tasks.tell_everybody", conference_id=conference.pk, plan_id=plan.pk)
    return len(wanted)


def _write_meetings(conference: Conference, wanted: dict[int, tuple[int, int]], *, now: datetime) -> None:
    slots = queries.slots(conference=conference)
    present = {meeting.request_id: meeting for meeting in Meeting.objects.filter(conference=conference)}
    # Free every table first: one meeting at a table holds at each step, also while two swap places.
    Meeting.objects.filter(conference=conference, cancelled_at__isnull=True).update(cancelled_at=now)
    changed, new = [], []
    for request_id, (position, table) in wanted.items():
        slot = slots[position]
        meeting = present.get(request_id)
        if meeting is None:
            new.append(Meeting(conference=conference, request_id=request_id, slot=slot, table=table, changed_at=now))
            continue
        if (meeting.slot_id, meeting.table, meeting.cancelled_at) != (slot.pk, table, None):
            meeting.sequence, meeting.changed_at = meeting.sequence + 1, now
        meeting.slot, meeting.table, meeting.cancelled_at = slot, table, None
        changed.append(meeting)
    dropped = [
        meeting for request_id, meeting in present.items() if request_id not in wanted and not meeting.cancelled_at
    ]
    for meeting in dropped:
        meeting.sequence, meeting.changed_at, meeting.cancelled_at = meeting.sequence + 1, now, now
    fields = ["slot", "table", "cancelled_at", "sequence", "changed_at"]
    Meeting.objects.bulk_update(changed + dropped, fields, batch_size=200)
    Meeting.objects.bulk_create(new)


def tell_everybody(*, plan_id: int, now: datetime) -> int:
    """Send each person of a published schedule one mail; people who have it already get none."""
    plan = Plan.objects.select_related("conference").get(pk=plan_id)
    unplaced = {request_id for request_id, _ in plan.result["unplaced"]}
    left_out: Counter[int] = Counter()
    requests = MeetingRequest.objects.filter(conference_id=plan.conference_id, status=RequestStatus.ACCEPTED)
    people: dict[int, Any] = {}
    for row in requests.select_related("sender__registration__person", "receiver__registration__person"):
        for profile in (row.sender, row.receiver):
            people[profile.registration.person_id] = profile.registration
            left_out[profile.registration.person_id] += row.pk in unplaced
    for person_id, registration in sorted(people.items()):
        letters.scheduled(
            plan=plan, registration=registration, unplaced=left_out[person_id], conference=plan.conference, now=now
        )
    return len(people)
