"""Between rows and the meetings engine: accepted requests → Problem, Solution → plain values."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hemicycle.agenda.queries import busy_at
from hemicycle.conferences.models import Conference
from hemicycle.engines.meetings.explain import Explanation, explain
from hemicycle.engines.meetings.problem import Meeting, Person, Problem
from hemicycle.engines.meetings.solution import Placing, Progress, Reason, Solution
from hemicycle.engines.meetings.solver import solve
from hemicycle.engines.meetings.verify import verify
from hemicycle.matchmaking import models as rows
from hemicycle.matchmaking import queries, rules
from hemicycle.registration.models import Seat

Span = tuple[datetime, datetime]


def _busy(conference: Conference) -> dict[int, list[Span]]:
    """Return person id → when they speak or sit in a side event."""
    spans = busy_at(conference=conference)
    seats = Seat.objects.filter(side_event__conference=conference, status="confirmed")
    for person_id, start, end in seats.values_list(
        "registration__person_id", "side_event__starts_at", "side_event__ends_at"
    ):
        spans.setdefault(person_id, []).append((start, end))
    return spans


def problem(*, conference: Conference) -> Problem:
    """Return what the engine has to solve: accepted requests of people who come, their busy times, the tables.

    Meetings that were published stay where they are if they can.
    """
    slots = queries.slots(conference=conference)
    requests = queries.accepted(conference=conference)
    busy = _busy(conference)
    spans = [(slot.starts_at, slot.ends_at) for slot in slots]
    pairs = {(row.sender_id, row.receiver_id) for row in requests}
    registrations = {
        profile.registration.pk: profile.registration for row in requests for profile in (row.sender, row.receiver)
    }
    people = tuple(
        Person(
            id=str(registration.pk),
            unavailable=rules.slots_blocked(slots=spans, busy=busy.get(registration.person_id, [])),
            floor=2,
        )
        for registration in sorted(registrations.values(), key=lambda registration: registration.pk)
    )
    meetings = tuple(
        Meeting(
            id=str(row.pk),
            a=str(row.sender.registration_id),
            b=str(row.receiver.registration_id),
            weight=rules.weight(
                asked_by_both=(row.receiver_id, row.sender_id) in pairs,
                speaks=row.sender.registration.person_id in busy or row.receiver.registration.person_id in busy,
            ),
        )
        for row in requests
    )
    return Problem(
        people=people,
        meetings=meetings,
        tables=tuple(slot.tables for slot in slots),
        halves=tuple(slot.block for slot in slots),
        announced=_announced(conference, slots, {meeting.id for meeting in meetings}),
        keep_announced=True,
    )


def _announced(conference: Conference, slots: list[rows.Slot], wanted: set[str]) -> tuple[Placing, ...]:
    positions = {slot.pk: index for index, slot in enumerate(slots)}
    held = rows.Meeting.objects.filter(conference=conference, cancelled_at__isnull=True)
    return tuple(
        Placing(meeting=str(meeting.request_id), slot=positions[meeting.slot_id], table=meeting.table - 1)
        for meeting in held
        if str(meeting.request_id) in wanted
    )


def run(
    *,
    problem: Problem,
    seconds: float,
    seed: int,
    progress: Callable[[Progress], None],
    cancel: Callable[[], bool],
) -> dict[str, Any]:
    """Solve, verify with code that did not solve, explain what is left out; return plain values for the plan."""
    solution = solve(problem, seconds=seconds, seed=seed, workers=1, progress=progress, cancel=cancel)
    report = verify(problem, solution)
    if not report.ok:
        raise RuntimeError(f"the schedule breaks its own rules: {report.violations[:3]}")
    return _plain(solution, explain(problem, solution.schedule))


def _plain(solution: Solution, explanations: tuple[Explanation, ...]) -> dict[str, Any]:
    return {
        "status": str(solution.status),
        "value": solution.value,
        "bound": solution.bound,
        "requested": solution.requested,
        "placed": solution.placed,
        "weight": solution.weight,
        "weight_bound": solution.weight_bound,
        "seconds": round(solution.seconds, 3),
        "schedule": [[int(placing.meeting), placing.slot, placing.table + 1] for placing in solution.schedule],
        "unplaced": [
            [int(explanation.meeting), [_why(reason) for reason in explanation.reasons]] for explanation in explanations
        ],
        "levels": [[level.name, level.value, level.bound] for level in solution.levels],
    }


def _why(reason: Reason) -> list[Any]:
    """Return a reason as values that can be said in the reader's language: what, about whom, when."""
    return [str(reason.why), [int(person) for person in reason.people], list(reason.slots)]
