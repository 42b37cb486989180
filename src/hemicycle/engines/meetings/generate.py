"""Made-up problems of any size, equal for equal seeds: for tests, benchmarks and trying out."""

from collections.abc import Mapping
from itertools import accumulate
from random import Random
from types import MappingProxyType

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.meetings.problem import (
    Meeting,
    Person,
    Problem,
    TableClass,
)


def generate(
    *,
    people: int,
    requests: int,
    slots: int,
    tables: int,
    seed: int,
    halves: int = 2,
    away: float = 0.1,
    floor: int = 0,
    load: float = 1.0,
    classes: Mapping[str, int] = MappingProxyType({}),
    classed: float = 0.1,
) -> Problem:
    """Return a problem of the product profile with distinct pairs; some people are asked for more than others.

    Args:
        people, requests, slots, tables, halves: numbers; tables in each slot.
        seed: of the random numbers.
        away: chance that a person cannot meet in a slot.
        floor: meetings wished for everybody.
        classes: tables of each class in each slot, among the tables.
        classed: chance that a meeting needs a class, if there are any.
        load: most requests of a person, as a part of the slots they have; above 1 more is asked than fits.

    Raises:
        BadProblem: so many different pairs cannot be drawn.
    """
    rng = Random(seed)  # noqa: S311  # made-up data, not a secret
    crowd = tuple(
        Person(id=f"p{p}", unavailable=frozenset(t for t in range(slots) if rng.random() < away), floor=floor)
        for p in range(people)
    )
    room = [max(1, int(load * (slots - len(person.unavailable)))) for person in crowd]
    meetings = []
    for m, (a, b) in enumerate(_pairs(rng, requests, room)):
        weight = rng.randint(1, 5)
        needs = rng.choice(sorted(classes)) if classes and rng.random() < classed else None
        meetings.append(Meeting(id=f"m{m}", a=f"p{a}", b=f"p{b}", weight=weight, table_class=needs))
    return Problem(
        people=crowd,
        meetings=tuple(meetings),
        tables=(tables,) * slots,
        halves=tuple(slot * halves // slots for slot in range(slots)),
        classes=tuple(TableClass(name=name, tables=(count,) * slots) for name, count in sorted(classes.items())),
    )


def _pairs(rng: Random, requests: int, room: list[int]) -> list[tuple[int, int]]:
    """Draw different pairs; nobody is drawn more often than they have room."""
    wanted = list(accumulate(rng.choice((1, 1, 2, 3)) for _ in room))
    pairs: set[tuple[int, int]] = set()
    for _ in range(200 * requests):
        if len(pairs) == requests:
            break
        a, b = sorted(rng.choices(range(len(room)), cum_weights=wanted, k=2))
        if a != b and (a, b) not in pairs and room[a] > 0 and room[b] > 0:
            pairs.add((a, b))
            room[a] -= 1
            room[b] -= 1
    if len(pairs) < requests:
        raise BadProblem(f"requests: only {len(pairs)} different pairs were found for {requests} requests")
    return sorted(pairs)
