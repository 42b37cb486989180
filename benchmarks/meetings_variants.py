"""Made-up relatives of the public instances: six changes to each, equal in every run.

The kinds follow the library of Bofill et al. (JAIR 2022): precedences, fixed meetings and forbidden slots beside fewer
tables; with other spreads, chains, half-days and removed slots added. Some have no schedule, most do.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from random import Random

from hemicycle.engines.meetings import Meeting, Problem

SPREADS = (0, 1, 2, 2, None)


def tight(problem: Problem, rng: Random) -> Problem:
    """Leave few tables more than the meetings need."""
    fewest = -(-len(problem.meetings) // problem.slots)
    count = rng.randint(fewest, max(fewest, min(problem.tables[0], fewest + 3)))
    return replace(problem, tables=(count,) * problem.slots)


def blocked(problem: Problem, rng: Random) -> Problem:
    """Let people be away in some slots; busier people less often."""
    degree = _degrees(problem)
    share = rng.choice((0.03, 0.06, 0.1))
    people = []
    for person in problem.people:
        spare = problem.slots - len(person.unavailable) - degree[person.id]
        away = [slot for slot in range(problem.slots) if rng.random() < share]
        people.append(replace(person, unavailable=person.unavailable | frozenset(away[: max(0, spare)])))
    return replace(problem, people=tuple(people))


def fixed(problem: Problem, rng: Random) -> Problem:
    """Fix some meetings in slots that do not clash with each other at once."""
    away = {person.id: set(person.unavailable) for person in problem.people}
    used = [0] * problem.slots
    meetings = list(problem.meetings)
    for m in rng.sample(range(len(meetings)), int(len(meetings) * rng.choice((0.05, 0.1, 0.2)))):
        meeting = meetings[m]
        slots = [
            slot
            for slot in range(problem.slots)
            if slot not in away[meeting.a] | away[meeting.b]
            and used[slot] < problem.tables[slot]
            and (not meeting.halves or problem.half_of(slot) in meeting.halves)
        ]
        if slots:
            slot = rng.choice(slots)
            meetings[m] = replace(meeting, fixed=slot)
            used[slot] += 1
            away[meeting.a].add(slot)
            away[meeting.b].add(slot)
    return replace(problem, meetings=tuple(meetings))


def preceded(problem: Problem, rng: Random) -> Problem:
    """Let some meetings wait for another one, without circles."""
    order = list(problem.meetings)
    rng.shuffle(order)
    after: dict[str, set[str]] = defaultdict(set)
    for _ in range(int(len(order) * rng.choice((0.05, 0.1, 0.2)))):
        early, late = sorted(rng.sample(range(len(order)), 2))
        after[order[late].id].add(order[early].id)
    return replace(problem, meetings=tuple(_wait(meeting, after) for meeting in problem.meetings))


def chained(problem: Problem, rng: Random) -> Problem:
    """Put all or most meetings of a few people in an order."""
    mine: dict[str, list[str]] = defaultdict(list)
    for meeting in problem.meetings:
        mine[meeting.a].append(meeting.id)
        mine[meeting.b].append(meeting.id)
    place = {meeting.id: rng.random() for meeting in problem.meetings}
    after: dict[str, set[str]] = defaultdict(set)
    for person in rng.sample(sorted(mine), rng.choice((2, 4, 8))):
        chain = sorted(mine[person], key=place.__getitem__)[: rng.randint(3, 7)]
        for early, late in itertools.pairwise(chain):
            after[late].add(early)
    return replace(problem, meetings=tuple(_wait(meeting, after) for meeting in problem.meetings))


def mixed(problem: Problem, rng: Random) -> Problem:
    """Restrict meetings to half-days, then add two of the other changes."""
    if len(set(problem.halves)) < 2:  # the files of one half-day get two
        problem = replace(problem, halves=tuple(int(2 * slot >= problem.slots) for slot in range(problem.slots)))
    share = rng.choice((0.1, 0.25))
    meetings = [
        replace(meeting, halves=frozenset({rng.randint(0, 1)}))
        if not meeting.halves and rng.random() < share
        else meeting
        for meeting in problem.meetings
    ]
    problem = replace(problem, meetings=tuple(meetings))
    for change in rng.sample((tight, blocked, fixed, preceded), 2):
        problem = change(problem, rng)
    return problem


KINDS: tuple[Callable[[Problem, Random], Problem], ...] = (tight, blocked, fixed, preceded, chained, mixed)


def variant(problem: Problem, name: str, kind: int, seed: str = "") -> Problem:
    """Return a relative of an instance; `kind` is a place in KINDS, `seed` anything for other random choices."""
    rng = Random(f"{name} {kind}{seed}")  # made-up data, not a secret
    changed = KINDS[kind](problem, rng)
    return replace(changed, spread=rng.choice(SPREADS))


def _degrees(problem: Problem) -> dict[str, int]:
    degree: dict[str, int] = defaultdict(int)
    for meeting in problem.meetings:
        degree[meeting.a] += 1
        degree[meeting.b] += 1
    return degree


def _wait(meeting: Meeting, after: dict[str, set[str]]) -> Meeting:
    return replace(meeting, after=meeting.after | after[meeting.id])
