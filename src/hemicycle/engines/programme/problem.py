"""Sessions, rooms, people and what is wished for: the input of the agenda model.

Times are minutes of a day; they may go past midnight (up to 48 hours), so that an evening belongs to its day.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from hemicycle.engines.checking import need, need_unique

NIGHT = 48 * 60
MOST = 10**6  # of weights and audiences, so that sums stay whole numbers of 64 bits


class Effect(StrEnum):
    """What breaking a rule does: it must not happen, it stops the release, it is told, or nobody minds."""

    FORBID = "forbid"
    BLOCK = "block"
    WARN = "warn"
    IGNORE = "ignore"


class Rule(StrEnum):
    """What an organiser can ask for. The first six need relations between two sessions, a and b."""

    BEFORE = "before"
    RIGHT_AFTER = "right_after"
    SAME_DAY = "same_day"
    NOT_PARALLEL = "not_parallel"
    PARALLEL = "parallel"
    SAME_ROOM = "same_room"
    SAME_TOPIC = "same_topic"
    SAME_SECTOR = "same_sector"
    SIMILAR_TOPICS = "similar_topics"
    ROOM_STABILITY = "room_stability"
    OVERFLOW = "overflow"
    EQUIPMENT = "equipment"


RELATIONS = tuple(Rule)[:6]
USUAL = dict.fromkeys((*RELATIONS, Rule.EQUIPMENT), Effect.FORBID) | {Rule.SAME_SECTOR: Effect.IGNORE}
WEIGHTS = {Rule.SAME_TOPIC: 10, Rule.SAME_SECTOR: 5, Rule.SIMILAR_TOPICS: 3, Rule.ROOM_STABILITY: 2}


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of one day, counted from 0; `start` and `end` in minutes."""

    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day and its blocks: the stretches between breaks, as (start, end) in minutes. No session runs over a break."""

    id: str
    blocks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room: places (None: no limit), what stands in it, and when it may be used (empty: always)."""

    id: str
    capacity: int | None = None
    equipment: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on a stage, and when they can be there (empty: always)."""

    id: str
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody in a session, and what they do there."""

    person: str
    role: str = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Something to be placed.

    Args:
        id: unique among the sessions. length: minutes.
        topics, sectors: tags on the two axes. format: how it is held; for people only.
        people: who appears.
        room, start: where and when it is pinned, None when free; a start is (day, minute).
        windows: when it may be held; empty means any time.
        needs: equipment it cannot do without. audience: people expected, None when unknown.
    """

    id: str
    length: int
    topics: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    format: str = ""
    people: tuple[Appearance, ...] = ()
    room: str | None = None
    start: tuple[int, int] | None = None
    windows: tuple[Window, ...] = ()
    needs: frozenset[str] = frozenset()
    audience: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A wish about two sessions: `a` before `b`, `b` right after `a`, or one of the even-handed ones."""

    kind: Rule
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Similar:
    """Two topics that attract the same people, and how much a slot counts in which both run."""

    a: str
    b: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEvent:
    """Something outside the agenda that takes people away: from the stage never, from their interests if need be."""

    id: str
    window: Window
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Interest:
    """The sessions somebody bookmarked."""

    person: str
    sessions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the organiser chose for a rule; weights count within the level of rules."""

    rule: Rule
    effect: Effect
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A conflict between sessions the organiser has seen and accepted: it stays silent."""

    rule: Rule
    sessions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Placement:
    """A session on a day, from a minute on, in a room."""

    session: str
    day: int
    start: int
    room: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything the engine needs to know.

    Args:
        days, step: the grid; sessions begin every `step` minutes from the start of a block on.
        rooms, sessions, people: in the order in which they are reported. People without windows need no entry.
        relations, similar, side_events, interests: wishes.
        rules: settings that differ from the usual (`USUAL`, `WEIGHTS`).
        acknowledged: conflicts that stay silent.
        published: what people were told; changing it is the first thing to avoid.
        draft: where to begin, without any promise.
        changeover: minutes somebody needs between two sessions in different rooms.

    Raises:
        BadProblem: something contradicts itself; the message names it.
    """

    days: tuple[Day, ...]
    step: int
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    people: tuple[Person, ...] = ()
    relations: tuple[Relation, ...] = ()
    similar: tuple[Similar, ...] = ()
    side_events: tuple[SideEvent, ...] = ()
    interests: tuple[Interest, ...] = ()
    rules: tuple[Setting, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    published: tuple[Placement, ...] = ()
    draft: tuple[Placement, ...] = ()
    changeover: int = 0
    _settings: dict[Rule, Setting] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse contradictions at once, so that no later step needs to look for them."""
        for rule in Rule:
            self._settings[rule] = Setting(rule, USUAL.get(rule, Effect.WARN), WEIGHTS.get(rule, 1))
        self._settings.update({setting.rule: setting for setting in self.rules})
        _check_grid(self)
        _check_names(self)
        _check_sessions(self)
        _check_wishes(self)
        _check_placements(self, "published", self.published)
        _check_placements(self, "draft", self.draft)

    def setting(self, rule: Rule) -> Setting:
        """Return what counts for a rule."""
        return self._settings[rule]

    def effect(self, rule: Rule) -> Effect:
        """Return what breaking a rule does."""
        return self._settings[rule].effect


def _check_grid(problem: Problem) -> None:
    need(bool(problem.days), "days: there are none")
    need(bool(problem.rooms), "rooms: there are none")
    need(1 <= problem.step <= NIGHT, f"step: not 1 to {NIGHT}")
    need(0 <= problem.changeover <= NIGHT, f"changeover: not 0 to {NIGHT}")
    for day in problem.days:
        end = 0
        need(bool(day.blocks), f"day {day.id}: there are no blocks")
        for start, stop in day.blocks:
            need(end <= start < stop <= NIGHT, f"day {day.id}: the blocks must follow each other")
            end = stop


def _check_names(problem: Problem) -> None:
    for what, things in (
        ("day", problem.days),
        ("room", problem.rooms),
        ("session", problem.sessions),
        ("person", problem.people),
        ("side event", problem.side_events),
    ):
        need_unique(what, (thing.id for thing in things))
    need_unique("interest of", (interest.person for interest in problem.interests))
    need_unique("rule", (setting.rule for setting in problem.rules))
    for room in problem.rooms:
        need(room.capacity is None or room.capacity >= 0, f"room {room.id}: the capacity is below 0")
        _check_windows(problem, f"room {room.id}", room.windows)
    for person in problem.people:
        _check_windows(problem, f"person {person.id}", person.windows)
    for event in problem.side_events:
        _check_windows(problem, f"side event {event.id}", (event.window,))


def _check_sessions(problem: Problem) -> None:
    rooms = {room.id for room in problem.rooms}
    for session in problem.sessions:
        what = f"session {session.id}"
        need(1 <= session.length <= NIGHT, f"{what}: the length is not 1 to {NIGHT}")
        need(session.room is None or session.room in rooms, f"{what}: room {session.room} is not known")
        need(session.start is None or 0 <= session.start[0] < len(problem.days), f"{what}: the day is not known")
        need(session.audience is None or 0 <= session.audience <= MOST, f"{what}: the audience is not 0 to {MOST}")
        need_unique(f"{what}: person", (appearance.person for appearance in session.people))
        _check_windows(problem, what, session.windows)


def _check_wishes(problem: Problem) -> None:
    known = {session.id for session in problem.sessions}
    topics = {topic for session in problem.sessions for topic in session.topics}
    for relation in problem.relations:
        what = f"relation {relation.kind.value} {relation.a} {relation.b}"
        need(relation.kind in RELATIONS, f"{what}: not a relation")
        need({relation.a, relation.b} <= known and relation.a != relation.b, f"{what}: two known sessions are needed")
    for pair in problem.similar:
        what = f"similar {pair.a} {pair.b}"
        need({pair.a, pair.b} <= topics and pair.a != pair.b, f"{what}: two topics of sessions are needed")
        need(1 <= pair.weight <= MOST, f"{what}: the weight is not 1 to {MOST}")
    for interest in problem.interests:
        for session in sorted(interest.sessions - known):
            need(condition=False, sentence=f"interest of {interest.person}: session {session} is not known")
    for setting in problem.rules:
        need(0 <= setting.weight <= MOST, f"rule {setting.rule.value}: the weight is not 0 to {MOST}")
    for conflict in problem.acknowledged:
        need(conflict.sessions <= known, f"acknowledged {conflict.rule.value}: a session is not known")


def _check_placements(problem: Problem, name: str, placements: tuple[Placement, ...]) -> None:
    known = {session.id for session in problem.sessions}
    rooms = {room.id for room in problem.rooms}
    need_unique(f"{name} session", (placement.session for placement in placements))
    for placement in placements:
        what = f"{name} session {placement.session}"
        need(placement.session in known, f"{what}: not known")
        need(placement.room in rooms, f"{what}: room {placement.room} is not known")
        need(0 <= placement.day < len(problem.days), f"{what}: the day is not known")


def _check_windows(problem: Problem, what: str, windows: tuple[Window, ...]) -> None:
    for window in windows:
        need(0 <= window.day < len(problem.days), f"{what}: the day of a window is not known")
        need(0 <= window.start < window.end <= NIGHT, f"{what}: a window must end after it starts")
