"""Why there can be no agenda: what counting tells at once, and the smallest set of sessions that do not go together."""

from collections import defaultdict

from hemicycle.engines.clock import Clock
from hemicycle.engines.programme.cpsat import Job, finish
from hemicycle.engines.programme.indexed import Indexed
from hemicycle.engines.programme.model import Model
from hemicycle.engines.programme.solution import Reason

# Deterministic seconds for each attempt to leave a session out.
WORK = 2.0


def impossible(ix: Indexed) -> tuple[Reason, ...]:
    """Return why there is no agenda as far as counting tells; empty does not mean that there is one."""
    alone = [reason for i in range(len(ix.names)) for reason in _alone(ix, i)]
    if alone:
        return tuple(alone)
    return (*_rooms(ix), *_people(ix), *_steps(ix))


def _alone(ix: Indexed, i: int) -> list[Reason]:
    """Say why one session has no place of its own."""
    session = ix.problem.sessions[i]
    name = session.id
    if not ix.rooms[i]:
        what = [*sorted(session.needs), *([f"{session.audience} places"] if session.audience else [])]
        where = f"Room {session.room} does not have" if session.room else "No room has"
        return [Reason(f"{where} what session {name} needs: {', '.join(what)}.", (name,))]
    if ix.starts[i]:
        return []
    people = tuple(one.person for one in session.people)
    longest = max(stop - start for day in ix.problem.days for start, stop in day.blocks)
    if session.length > longest:
        return [Reason(f"Session {name} takes {session.length} minutes; the longest block has {longest}.", (name,))]
    text = f"There is no time at which session {name}, its people and a room that suits are all available."
    return [Reason(text, (name,), people)]


def _rooms(ix: Indexed) -> list[Reason]:
    """Count the steps that sessions bound to the same rooms take."""
    bound: dict[frozenset[int], list[int]] = defaultdict(list)
    for i in range(len(ix.names)):
        bound[frozenset(ix.rooms[i])].append(i)
    found = []
    for rooms in bound:
        members = [i for other, group in bound.items() if other <= rooms for i in group]
        need = sum(ix.n[i] for i in members)
        have = sum(any(ix.open(i, t, m) for i in members) for m in rooms for t in _reach(ix, members))
        if need > have:
            names = ", ".join(ix.room_names[m] for m in sorted(rooms))
            text = f"{len(members)} sessions need {names} and take {need} steps of the grid; there are {have}."
            found.append(Reason(text, tuple(ix.names[i] for i in sorted(members))))
    return found


def _reach(ix: Indexed, members: list[int]) -> set[int]:
    """Return the steps in which any of these sessions may run."""
    return {u for i in members for t in ix.starts[i] for u in range(t, t + ix.n[i])}


def _people(ix: Indexed) -> list[Reason]:
    """Count the steps in which somebody may be on a stage."""
    found = []
    for person, sessions in ix.appears.items():
        need, have = sum(ix.n[i] for i in sessions), len(_reach(ix, sessions))
        if need > have:
            text = f"{person} appears in sessions of {need} steps of the grid and is available for {have}."
            found.append(Reason(text, tuple(ix.names[i] for i in sessions), (person,)))
    return found


def _steps(ix: Indexed) -> list[Reason]:
    """Count sessions that must run in a step, whatever their start, against the rooms."""
    forced = defaultdict(list)
    for i in range(len(ix.names)):
        first, last = min(ix.starts[i]), max(ix.starts[i])
        for u in range(last, first + ix.n[i]):
            forced[u].append(i)
    for u, members in sorted(forced.items()):
        rooms = {m for i in members for m in ix.rooms[i]}
        if len(members) > len(rooms):
            day, minute = ix.slots[u]
            when = f"{ix.problem.days[day].id} at {minute // 60:02d}:{minute % 60:02d}"
            text = f"{len(members)} sessions can only run on {when}; {len(rooms)} rooms suit them."
            return [Reason(text, tuple(ix.names[i] for i in members))]
    return []


def smallest_conflict(ix: Indexed, clock: Clock) -> list[Reason]:
    """Return a set of sessions that do not go together although without any one of them the others do.

    Sessions are left out in turn as long as the rest stays impossible (deletion filter). The first pass takes
    halves and quarters, so that a small conflict among many sessions is found in a few steps.
    """
    core = list(range(len(ix.names)))
    size = len(core) // 2
    while size:
        at = 0
        while at < len(core) and not clock.over():
            rest = core[:at] + core[at + size :]
            if rest and _fails(ix, rest, clock):
                core = rest
            else:
                at += size
        size = 0 if size == 1 else max(1, size // 2)
    names = tuple(ix.names[i] for i in core)
    people = tuple(person for person, sessions in ix.appears.items() if len(set(sessions) & set(core)) > 1)
    text = f"These {len(core)} sessions do not go together, whatever happens to the others: {', '.join(names)}."
    return [Reason(text, names, people)]


def _fails(ix: Indexed, sessions: list[int], clock: Clock) -> bool:
    """Say whether these sessions alone are proved to have no agenda."""
    job = Job(Model(ix, sessions=sessions).model, seconds=max(0.05, clock.left()), work=WORK)
    return finish(job, clock).state == "infeasible"
