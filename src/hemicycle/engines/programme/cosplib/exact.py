"""The exact model of Pylyavskyy, Jacko, Kheiri (EJOR 2024, section 4): fewer terms, harder conditions.

Every track has one room; submissions that share a presenter are not in different rooms of one session; a track uses
at most as many sessions as its time slots need when the shortest sessions are counted first. The objective adds the
penalties of tracks and submissions against sessions and rooms; a submission counts once, whatever its length.
"""

from collections.abc import Callable

from hemicycle.engines.clock import Clock
from hemicycle.engines.programme.cosplib.arrange import arrange
from hemicycle.engines.programme.cosplib.assignment import Seat, tracks_of
from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.cosplib.model import Model
from hemicycle.engines.programme.cosplib.solver import WORK, Timetable, impossible
from hemicycle.engines.programme.cosplib.terms import Objective, rooms_used
from hemicycle.engines.programme.cpsat import Job, finish
from hemicycle.engines.programme.solution import (
    Progress,
)
from hemicycle.engines.status import Status


def solve_exact(
    instance: Instance,
    *,
    seconds: float,
    seed: int,
    workers: int = 2,
    iterations: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Timetable:
    """Minimise the exact model's objective; arguments as in `solve_full`."""
    clock = Clock(seconds=seconds, iterations=iterations, cancel=cancel)
    reasons = impossible(instance)
    if reasons:
        return _empty(Status.INFEASIBLE, clock, reasons)
    made = exact_model(instance)
    work = None if iterations is None else iterations * WORK
    job = Job(made.model, seconds=clock.left(), work=work, workers=workers, seed=seed)

    def tell() -> None:
        if progress is not None:
            known = None if job.bound is None else job.bound / instance.scale
            progress(Progress("exact", clock.elapsed(), None, known))

    finish(job, clock, tell=tell)
    status = Status(job.state)
    found = made.solved(job.solver) if status in (Status.OPTIMAL, Status.FEASIBLE) else None
    if found is None:
        sentence = {
            Status.INFEASIBLE: "No timetable has one room for each track and no presenter in two rooms; a search proved it.",
        }.get(status, "No timetable was found in time.")
        return _empty(status, clock, (sentence,))
    seats = arrange(instance, [found[i] for i in range(len(instance.submissions))])
    return Timetable(
        status=status,
        value=exact_value(instance, seats),
        bound=job.bound,
        seconds=round(clock.elapsed(), 3),
        seats=seats,
    )


def _empty(status: Status, clock: Clock, reasons: tuple[str, ...]) -> Timetable:
    seconds = round(clock.elapsed(), 3)
    return Timetable(status=status, value=None, bound=None, seconds=seconds, seats=(), reasons=reasons)


def exact_model(instance: Instance) -> Model:
    """Return the exact model with its objective."""
    made = Model(instance, copies=[1] * len(instance.tracks), pool=False, free=range(len(instance.tracks)), seats=None)
    for t in made.free:
        made.model.add(sum(rooms_used(made, t)) == 1)
        made.model.add(sum(made.u[t, s, 0] for s in made.sessions) <= sessions_allowed(instance, t))
    for i, j in sorted(instance.presenter_pairs):
        if instance.submissions[i].track != instance.submissions[j].track:
            for s in made.sessions:
                if (i, s, 0) in made.x and (j, s, 0) in made.x:
                    made.model.add_at_most_one([made.x[i, s, 0], made.x[j, s, 0]])
    objective = Objective(made)
    objective.rooms_of_tracks()
    objective.submissions(by_slot=False)
    objective.minimize()
    return made


def sessions_allowed(instance: Instance, track: int) -> int:
    """Return how many sessions, the shortest first, hold as many time slots as a track takes."""
    need = sum(instance.submissions[i].slots for i in instance.by_track[track])
    count = 0
    for slots in sorted(session.slots for session in instance.sessions):
        if need <= 0:
            break
        need -= slots
        count += 1
    return count


def exact_value(instance: Instance, seats: tuple[Seat, ...]) -> int:
    """Return the exact model's objective, in units of 1 / scale."""
    found = 0
    for (s, r), t in tracks_of(instance, seats).items():
        found += instance.price("tracks_sessions") * instance.tracks_sessions[t][s]
        found += instance.price("tracks_rooms") * instance.tracks_rooms[t][r]
        found += instance.price("sessions_rooms") * instance.sessions_rooms[s][r]
    for i, seat in enumerate(seats):
        found += instance.price("timezones") * instance.timezones[i][seat.session]
        found += instance.price("submissions_sessions") * instance.submissions_sessions[i][seat.session]
        found += instance.price("submissions_rooms") * instance.submissions_rooms[i][seat.room]
    return found
