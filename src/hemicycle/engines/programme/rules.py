"""How much each rule is broken in a complete agenda. Each measure yields (amount, sessions, about, acknowledged)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from hemicycle.engines.programme.constraints import Agenda, Times
from hemicycle.engines.programme.problem import RELATIONS, Effect, Problem, Rule, Session

Breach = tuple[int, tuple[str, ...], str, bool]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One breach of a rule: how much of it (see each measure), which sessions, what it is about, its effect.

    `amount` is 0 when everything in it is acknowledged.
    """

    rule: Rule
    amount: int
    sessions: tuple[str, ...]
    about: str = ""
    effect: Effect = Effect.WARN
    acknowledged: bool = False


def conflicts(problem: Problem, agenda: Agenda) -> list[Conflict]:
    """Return every breach of a rule that is not ignored, for a complete agenda; acknowledged ones are marked."""
    return [
        Conflict(rule, amount, sessions, about, problem.effect(rule), acknowledged)
        for rule, measure in MEASURES.items()
        if problem.effect(rule) is not Effect.IGNORE
        for amount, sessions, about, acknowledged in measure(problem, agenda)
    ]


def acknowledged_sets(problem: Problem, rule: Rule) -> set[frozenset[str]]:
    """Return the sets of sessions whose conflict under a rule is accepted."""
    return {one.sessions for one in problem.acknowledged if one.rule is rule}


def groups(problem: Problem, rule: Rule, sessions: Iterable[str]) -> list[list[str]]:
    """Divide sessions so that within a group every pair is acknowledged: such a group counts as one session.

    Greedy in the given order; without acknowledgements every session is a group of its own.
    """
    accepted = acknowledged_sets(problem, rule)
    found: list[list[str]] = []
    for name in sessions:
        home = next((group for group in found if all(frozenset((name, other)) in accepted for other in group)), None)
        if home is None:
            found.append([name])
        else:
            home.append(name)
    return found


def relation(rule: Rule) -> Callable[[Problem, Agenda], Iterator[Breach]]:
    """Return the measure of a relation: 1 for each pair of sessions that does not keep it."""

    def broken(problem: Problem, agenda: Agenda) -> Iterator[Breach]:
        times = Times(problem, agenda)
        accepted = acknowledged_sets(problem, rule)
        for one in problem.relations:
            if one.kind is rule and not _kept(times, rule, one.a, one.b):
                silent = frozenset((one.a, one.b)) in accepted
                yield 0 if silent else 1, (one.a, one.b), "", silent

    return broken


def _kept(times: Times, rule: Rule, a: str, b: str) -> bool:
    one, other = times.agenda[a], times.agenda[b]
    return {
        Rule.BEFORE: (one.day, times.end(a)) <= (other.day, other.start),
        Rule.RIGHT_AFTER: times.follows(a, b),
        Rule.SAME_DAY: one.day == other.day,
        Rule.NOT_PARALLEL: not times.overlap(a, b),
        Rule.PARALLEL: times.overlap(a, b),
        Rule.SAME_ROOM: one.room == other.room,
    }[rule]


def tagged(problem: Problem, axis: str) -> dict[str, list[str]]:
    """Return the sessions of each tag on an axis ("topics" or "sectors"), tags in alphabetical order."""
    found: dict[str, list[str]] = defaultdict(list)
    for session in problem.sessions:
        for tag in getattr(session, axis):
            found[tag].append(session.id)
    return dict(sorted(found.items()))


def same_tag(rule: Rule, axis: str) -> Callable[[Problem, Agenda], Iterator[Breach]]:
    """Return the measure of tags in parallel: in each step, the sessions of a tag that run beyond the first."""

    def broken(problem: Problem, agenda: Agenda) -> Iterator[Breach]:
        times = Times(problem, agenda)
        accepted = acknowledged_sets(problem, rule)
        for tag, sessions in tagged(problem, axis).items():
            running: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
            for number, group in enumerate(groups(problem, rule, sessions)):
                for name in group:
                    for step in times.steps(name):
                        running[step].append((number, name))
            extra = sum(len({number for number, _ in here}) - 1 for here in running.values())
            pairs = {(a, b) for here in running.values() for (_, a), (_, b) in combinations(sorted(here, key=str), 2)}
            if extra:
                names = {name for pair in pairs if frozenset(pair) not in accepted for name in pair}
                yield extra, tuple(name for name in sessions if name in names), tag, False
            elif pairs:
                names = {name for pair in pairs for name in pair}
                yield 0, tuple(name for name in sessions if name in names), tag, True

    return broken


def similar_topics(problem: Problem, agenda: Agenda) -> Iterator[Breach]:
    """Similar topics in parallel: steps in which sessions of both run that are not acknowledged, times the weight."""
    times = Times(problem, agenda)
    accepted = acknowledged_sets(problem, Rule.SIMILAR_TOPICS)
    of = tagged(problem, "topics")
    for pair in problem.similar:
        both: set[tuple[int, int]] = set()
        found: dict[bool, set[str]] = {True: set(), False: set()}
        for a in of[pair.a]:
            for b in of[pair.b]:
                shared = set(times.steps(a)) & set(times.steps(b)) if a != b else set()
                if shared:
                    silent = frozenset((a, b)) in accepted
                    found[silent] |= {a, b}
                    both |= set() if silent else shared
        for silent, names in found.items():
            if names:
                yield 0 if silent else len(both) * pair.weight, tuple(sorted(names)), f"{pair.a}, {pair.b}", silent


def room_stability(problem: Problem, agenda: Agenda) -> Iterator[Breach]:
    """Topics that move about: the rooms of a topic beyond the first."""
    accepted = acknowledged_sets(problem, Rule.ROOM_STABILITY)
    for topic, sessions in tagged(problem, "topics").items():
        rooms = {agenda[name].room for name in sessions}
        if len(rooms) > 1:
            silent = frozenset(sessions) in accepted
            yield 0 if silent else len(rooms) - 1, tuple(sessions), topic, silent


def overflow(problem: Problem, agenda: Agenda) -> Iterator[Breach]:
    """Rooms too small: people expected beyond the places."""
    yield from _in_rooms(problem, agenda, Rule.OVERFLOW, lambda session, room: excess(problem, session, room))


def equipment(problem: Problem, agenda: Agenda) -> Iterator[Breach]:
    """Rooms without what a session needs: 1 for each thing that is missing."""
    has = {room.id: room.equipment for room in problem.rooms}
    yield from _in_rooms(problem, agenda, Rule.EQUIPMENT, lambda session, room: len(session.needs - has[room]))


def excess(problem: Problem, session: Session, room: str) -> int:
    """Return how many people expected at a session find no place in a room."""
    capacity = next(one.capacity for one in problem.rooms if one.id == room)
    return 0 if capacity is None else max(0, (session.audience or 0) - capacity)


def _in_rooms(problem: Problem, agenda: Agenda, rule: Rule, lacking: Callable[[Session, str], int]) -> Iterator[Breach]:
    accepted = acknowledged_sets(problem, rule)
    for session in problem.sessions:
        amount = lacking(session, agenda[session.id].room)
        if amount:
            silent = frozenset((session.id,)) in accepted
            yield 0 if silent else amount, (session.id,), agenda[session.id].room, silent


MEASURES: dict[Rule, Callable[[Problem, Agenda], Iterator[Breach]]] = {
    **{rule: relation(rule) for rule in RELATIONS},
    Rule.SAME_TOPIC: same_tag(Rule.SAME_TOPIC, "topics"),
    Rule.SAME_SECTOR: same_tag(Rule.SAME_SECTOR, "sectors"),
    Rule.SIMILAR_TOPICS: similar_topics,
    Rule.ROOM_STABILITY: room_stability,
    Rule.OVERFLOW: overflow,
    Rule.EQUIPMENT: equipment,
}
