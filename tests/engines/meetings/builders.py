"""Small problems, named by what they are about."""

from itertools import combinations, product

from hemicycle.engines.meetings import Meeting, Person, Placing, Problem, Profile
from hemicycle.engines.meetings.verify import check, measure


def people(names, **changes):
    return tuple(Person(id=name, **changes.get(name, {})) for name in names)


def meetings(*pairs, **changes):
    return tuple(Meeting(id=pair, a=pair[0], b=pair[1], **changes.get(pair, {})) for pair in pairs)


def triangle(**changes):
    """Three people, three meetings, three slots with one table each."""
    usual = {"people": people("abc"), "meetings": meetings("ab", "ac", "bc"), "tables": (1, 1, 1)}
    return Problem(**usual | changes)


def literature(**changes):
    return triangle(profile=Profile.LITERATURE, **changes)


def placed(**slots):
    return tuple(Placing(meeting, slot, 0) for meeting, slot in slots.items())


def best_of_all(problem):
    """The best levels by trying every schedule: (announced, floor, -weight, gaps); None when there is none."""
    found = []
    choices = [(-1, *range(problem.slots)) for _ in problem.meetings]
    for slots in product(*choices):
        used, classed = [0] * problem.slots, {}
        schedule = []
        for meeting, slot in zip(problem.meetings, slots, strict=True):
            if slot >= 0 and meeting.table_class is None:
                used[slot] += 1
                schedule.append(Placing(meeting.id, slot, problem.tables[slot] - used[slot]))
            elif slot >= 0:
                key = meeting.table_class, slot
                classed[key] = classed.get(key, -1) + 1
                schedule.append(Placing(meeting.id, slot, problem.class_numbers(*key).start + classed[key]))
        if not check(problem, schedule):
            levels = measure(problem, schedule)
            found.append((levels["announced"], levels["floor"], -levels["weight"], levels["gaps"]))
    return min(found, default=None)


def complete(names, **changes):
    """Everybody of a few people meets everybody."""
    return Problem(
        people=people(names), meetings=meetings(*("".join(pair) for pair in combinations(names, 2))), **changes
    )
