"""Made-up problems of any size, equal for equal seeds: for tests, benchmarks and trying out."""

from random import Random

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.programme.problem import (
    Appearance,
    Day,
    Interest,
    Person,
    Problem,
    Relation,
    Room,
    Rule,
    Session,
    SideEvent,
    Similar,
    Window,
)

HALL = ((540, 630), (660, 750), (840, 930), (960, 1050))  # 9:00-10:30, 11:00-12:30, 14:00-15:30, 16:00-17:30
STEP = 30


def generate(
    *,
    sessions: int,
    rooms: int,
    days: int,
    seed: int,
    topics: int = 10,
    attendees: int = 0,
    favourites: int = 8,
) -> Problem:
    """Return a problem with topics, similar topics, audiences, equipment, relations, windows, and interests.

    Args:
        sessions, rooms, days, topics: numbers.
        seed: of the random numbers.
        attendees: people with interests. favourites: sessions each of them bookmarks, mostly of a few topics.

    Raises:
        BadProblem: so many sessions do not fit.
    """
    rng = Random(seed)  # noqa: S311  # made-up data, not a secret
    names = [f"topic {number + 1}" for number in range(topics)]
    lengths = _lengths(rng, sessions, rooms * days * len(HALL))
    made = tuple(_session(rng, number, names, rooms, length) for number, length in enumerate(lengths))
    ids = [one.id for one in made]
    related = _relations(rng, made)
    everybody = tuple(dict.fromkeys(one.person for session in made for one in session.people))
    return Problem(
        days=tuple(Day(id=f"day {day + 1}", blocks=HALL) for day in range(days)),
        step=STEP,
        rooms=_rooms(rooms),
        sessions=made,
        people=tuple(
            Person(id=name, windows=(Window(rng.randrange(days), 540, 1050),) if rng.random() < 0.1 else ())  # noqa: PLR2004
            for name in everybody
            if sum(name in {one.person for one in session.people} for session in made) == 1
        ),
        relations=related,
        similar=tuple(Similar(a, b) for a, b in zip(names[::2], names[1::2], strict=False) if _held(made, a, b)),
        side_events=(SideEvent(id="assembly", window=Window(0, 840, 930), people=frozenset(everybody[:3])),),
        interests=tuple(_interest(rng, f"guest {a + 1}", made, names, ids, favourites) for a in range(attendees)),
        changeover=10,
    )


def _rooms(number: int) -> tuple[Room, ...]:
    return tuple(
        Room(
            id=f"room {m + 1}",
            capacity=400 // (m + 1),
            equipment=frozenset({"screen"} | ({"booth"} if m < (number + 1) // 2 else set())),
        )
        for m in range(number)
    )


def _session(rng: Random, number: int, names: list[str], rooms: int, length: int) -> Session:
    return Session(
        id=f"s{number + 1}",
        length=length,
        topics=frozenset({names[number % len(names)]}),
        sectors=frozenset({f"sector {rng.randint(1, 4)}"}),
        format=rng.choice(("panel", "workshop", "round table")),
        people=tuple(
            Appearance(f"speaker {place + 1}") for place in sorted(rng.sample(range(4 + number * 2), rng.randint(1, 3)))
        ),
        needs=frozenset({"booth"} if rng.random() < 0.15 else ()),  # noqa: PLR2004
        audience=rng.choice((40, 60, 80, 120)) if rng.random() < 0.8 else rng.randint(100, 400 // min(rooms, 2)),  # noqa: PLR2004
    )


def _lengths(rng: Random, sessions: int, blocks: int) -> list[int]:
    """Cut blocks into sessions, so that they fit again: one long one, two, or three short ones from each."""
    if sessions > 3 * blocks:
        raise BadProblem(f"sessions: {sessions} do not fit into {blocks} blocks")
    pieces = [sessions // blocks + (number < sessions % blocks) for number in range(blocks)]
    cuts: dict[int, list[tuple[int, ...]]] = {
        0: [()],
        1: [(2,), (2,), (3,)],
        2: [(2, 1), (1, 1), (1, 1)],
        3: [(1, 1, 1)],
    }
    found = [STEP * steps for count in pieces for steps in rng.choice(cuts[count])]
    rng.shuffle(found)
    return found


def _relations(rng: Random, made: tuple[Session, ...]) -> tuple[Relation, ...]:
    """Relate a few sessions that are not otherwise related, so that the wishes do not contradict each other."""
    kinds = (Rule.BEFORE, Rule.NOT_PARALLEL, Rule.SAME_DAY, Rule.SAME_ROOM, Rule.BEFORE)
    chosen = rng.sample([one.id for one in made], min(2 * len(kinds), len(made) // 2 * 2))
    return tuple(Relation(kind, a, b) for kind, a, b in zip(kinds, chosen[::2], chosen[1::2], strict=False))


def _held(made: tuple[Session, ...], *topics: str) -> bool:
    return all(any(topic in one.topics for one in made) for topic in topics)


def _interest(
    rng: Random, name: str, made: tuple[Session, ...], names: list[str], ids: list[str], favourites: int
) -> Interest:
    """Bookmark sessions of two topics first, then any."""
    mine = set(rng.sample(names, min(2, len(names))))
    near = [one.id for one in made if one.topics & mine]
    wished = set(rng.sample(near, min(len(near), favourites * 3 // 4)))
    rest = [one for one in ids if one not in wished]
    return Interest(name, frozenset(wished | set(rng.sample(rest, min(len(rest), favourites - len(wished))))))
