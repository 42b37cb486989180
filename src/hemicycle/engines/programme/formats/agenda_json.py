"""The project's own JSON form of the agenda model; times are HH:MM, days are named by their ids.

    {"model": "agenda", "step": 30, "changeover": 10,
     "days": [{"id": "2024-12-04", "blocks": [["09:00", "10:30"], …]}],
     "rooms": [{"id": "hall", "capacity": 300, "equipment": ["booth"], "windows": [{"day": …, "from": …, "to": …}]}],
     "sessions": [{"id": "s1", "length": 60, "topics": ["skills"], "people": [{"person": "ada", "role": "speaker"}]}],
     "relations": [{"kind": "before", "a": "s1", "b": "s2"}],
     "rules": [{"rule": "same_topic", "effect": "block", "weight": 5}],
     "published": [{"session": "s1", "day": "2024-12-04", "start": "09:00", "room": "hall"}], …}

`KEYS` holds every key of every kind of entry, and whether it is needed.
"""

import json
from collections.abc import Iterable
from typing import Any

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.formats.fields import Entry
from hemicycle.engines.programme.problem import (
    RELATIONS,
    Acknowledged,
    Appearance,
    Day,
    Effect,
    Interest,
    Person,
    Placement,
    Problem,
    Relation,
    Room,
    Rule,
    Session,
    Setting,
    SideEvent,
    Similar,
    Window,
)
from hemicycle.engines.programme.solution import Solution

PLACEMENT = {"session": True, "day": True, "start": True, "room": True}
KEYS: dict[str, dict[str, bool]] = {
    "": {
        "model": False,
        "step": True,
        "changeover": False,
        "days": True,
        "rooms": True,
        "sessions": True,
        "people": False,
        "relations": False,
        "similar": False,
        "side_events": False,
        "interests": False,
        "rules": False,
        "acknowledged": False,
        "published": False,
        "draft": False,
    },
    "days": {"id": True, "blocks": True},
    "rooms": {"id": True, "capacity": False, "equipment": False, "windows": False},
    "sessions": {
        "id": True,
        "length": True,
        "topics": False,
        "sectors": False,
        "format": False,
        "people": False,
        "room": False,
        "start": False,
        "windows": False,
        "needs": False,
        "audience": False,
    },
    "appearance": {"person": True, "role": False},
    "moment": {"day": True, "at": True},
    "window": {"day": True, "from": True, "to": True},
    "people": {"id": True, "windows": False},
    "relations": {"kind": True, "a": True, "b": True},
    "similar": {"a": True, "b": True, "weight": False},
    "side_events": {"id": True, "window": True, "people": True},
    "interests": {"person": True, "sessions": True},
    "rules": {"rule": True, "effect": True, "weight": False},
    "acknowledged": {"rule": True, "sessions": True},
    "published": PLACEMENT,
    "draft": PLACEMENT,
}
RULES = {rule.value: rule for rule in Rule}
KINDS = {rule.value: rule for rule in RELATIONS}
EFFECTS = {effect.value: effect for effect in Effect}


def read_agenda(text: str, data: Any) -> Problem:
    """Return the problem of loaded JSON.

    Raises:
        BadFile: an entry is missing, unknown, of another kind, or contradicts another one.
    """
    try:
        return _Reader(text, data).problem()
    except BadProblem as problem:
        raise BadFile(1, str(problem)) from problem


class _Reader:
    """Turns entries into the problem."""

    def __init__(self, text: str, data: Any) -> None:
        self.top = Entry(text, data, KEYS[""])
        days = list(self.top.entries("days", KEYS["days"]))
        self.days = tuple(Day(id=one.name("id"), blocks=self._blocks(one)) for one in days)
        self.number = {day.id: place for place, day in enumerate(self.days)}

    def problem(self) -> Problem:
        """Put everything together."""
        top = self.top
        return Problem(
            days=self.days,
            step=top.whole("step", 1),
            changeover=top.whole("changeover", 0),
            rooms=tuple(self._room(one) for one in top.entries("rooms", KEYS["rooms"])),
            sessions=tuple(self._session(one) for one in top.entries("sessions", KEYS["sessions"])),
            people=tuple(
                Person(id=one.name("id"), windows=self._windows(one)) for one in top.entries("people", KEYS["people"])
            ),
            relations=tuple(
                Relation(one.choice("kind", KINDS), one.name("a"), one.name("b"))
                for one in top.entries("relations", KEYS["relations"])
            ),
            similar=tuple(
                Similar(one.name("a"), one.name("b"), one.whole("weight", 1, 1))
                for one in top.entries("similar", KEYS["similar"])
            ),
            side_events=tuple(self._side_event(one) for one in top.entries("side_events", KEYS["side_events"])),
            interests=tuple(
                Interest(one.name("person"), frozenset(one.names("sessions")))
                for one in top.entries("interests", KEYS["interests"])
            ),
            rules=tuple(
                Setting(one.choice("rule", RULES), one.choice("effect", EFFECTS), one.whole("weight", 0, 1))
                for one in top.entries("rules", KEYS["rules"])
            ),
            acknowledged=tuple(
                Acknowledged(one.choice("rule", RULES), frozenset(one.names("sessions")))
                for one in top.entries("acknowledged", KEYS["acknowledged"])
            ),
            published=tuple(self._placement(one) for one in top.entries("published", KEYS["published"])),
            draft=tuple(self._placement(one) for one in top.entries("draft", KEYS["draft"])),
        )

    def _blocks(self, entry: Entry) -> tuple[tuple[int, int], ...]:
        found = []
        for block in entry.items("blocks"):
            if not isinstance(block, list) or len(block) != 2:  # noqa: PLR2004
                entry.fail("blocks must be pairs of times")
            found.append((entry.clock(block[0], "blocks"), entry.clock(block[1], "blocks")))
        return tuple(found)

    def _day(self, entry: Entry) -> int:
        name = entry.name("day")
        if name not in self.number:
            entry.fail(f"day {name} is not known")
        return self.number[name]

    def _window(self, entry: Entry) -> Window:
        value = entry.value
        return Window(self._day(entry), entry.clock(value["from"], "from"), entry.clock(value["to"], "to"))

    def _windows(self, entry: Entry) -> tuple[Window, ...]:
        return tuple(self._window(one) for one in entry.entries("windows", KEYS["window"]))

    def _room(self, entry: Entry) -> Room:
        return Room(
            id=entry.name("id"),
            capacity=entry.optional("capacity", 0),
            equipment=frozenset(entry.names("equipment")),
            windows=self._windows(entry),
        )

    def _session(self, entry: Entry) -> Session:
        start = entry.value.get("start")
        moment = None if start is None else self._inner(entry, start, "moment", "start: ")
        return Session(
            id=entry.name("id"),
            length=entry.whole("length", 1),
            topics=frozenset(entry.names("topics")),
            sectors=frozenset(entry.names("sectors")),
            format=entry.text("format"),
            people=tuple(
                Appearance(one.name("person"), one.text("role") or "speaker")
                for one in entry.entries("people", KEYS["appearance"])
            ),
            room=None if entry.value.get("room") is None else entry.name("room"),
            start=None if moment is None else (self._day(moment), moment.clock(moment.value["at"], "at")),
            windows=self._windows(entry),
            needs=frozenset(entry.names("needs")),
            audience=entry.optional("audience", 0),
        )

    @staticmethod
    def _inner(entry: Entry, value: Any, kind: str, path: str) -> Entry:
        return Entry(entry.source, value, KEYS[kind], section=entry.section, place=entry.place, path=path)

    def _side_event(self, entry: Entry) -> SideEvent:
        window = self._window(self._inner(entry, entry.value["window"], "window", "window: "))
        return SideEvent(id=entry.name("id"), window=window, people=frozenset(entry.names("people")))

    def _placement(self, entry: Entry) -> Placement:
        start = entry.clock(entry.value["start"], "start")
        return Placement(entry.name("session"), self._day(entry), start, entry.name("room"))


def write_agenda(problem: Problem) -> str:
    """Return a problem in the own JSON form; reading it gives an equal problem back."""
    data = {
        "model": "agenda",
        "step": problem.step,
        "changeover": problem.changeover,
        "days": [
            {"id": day.id, "blocks": [[_clock(start), _clock(stop)] for start, stop in day.blocks]}
            for day in problem.days
        ],
        "rooms": [
            _kept({"id": one.id, "capacity": one.capacity, "equipment": sorted(one.equipment)})
            | _written_windows(problem, one.windows)
            for one in problem.rooms
        ],
        "sessions": [_written_session(problem, one) for one in problem.sessions],
        "people": [{"id": one.id} | _written_windows(problem, one.windows) for one in problem.people],
        "relations": [{"kind": one.kind.value, "a": one.a, "b": one.b} for one in problem.relations],
        "similar": [{"a": one.a, "b": one.b, "weight": one.weight} for one in problem.similar],
        "side_events": [
            {"id": one.id, "window": _written_window(problem, one.window), "people": sorted(one.people)}
            for one in problem.side_events
        ],
        "interests": [{"person": one.person, "sessions": sorted(one.sessions)} for one in problem.interests],
        "rules": [{"rule": one.rule.value, "effect": one.effect.value, "weight": one.weight} for one in problem.rules],
        "acknowledged": [{"rule": one.rule.value, "sessions": sorted(one.sessions)} for one in problem.acknowledged],
        "published": placements(problem, problem.published),
        "draft": placements(problem, problem.draft),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def placements(problem: Problem, agenda: Iterable[Placement]) -> list[dict[str, Any]]:
    """Return placements as JSON values."""
    return [
        {"session": one.session, "day": problem.days[one.day].id, "start": _clock(one.start), "room": one.room}
        for one in agenda
    ]


def answer(problem: Problem, solution: Solution) -> dict[str, Any]:
    """Return everything a solution says as JSON values.

    `value` and `bound` are the sums over the levels, of use only to see whether anything is open: the levels count
    one after the other. `conflicts` are what breaks a rule; `blocked` says whether the release must wait.
    """
    from hemicycle.engines.programme.explain import explain  # noqa: PLC0415  # it needs the rules, reading does not

    found = explain(problem, solution.agenda) if solution.agenda else ()
    return {
        "value": sum(level.value for level in solution.levels) if solution.levels else None,
        "bound": sum(level.bound for level in solution.levels) if solution.levels else None,
        "status": solution.status.value,
        "seconds": solution.seconds,
        "levels": [{"name": one.name, "value": one.value, "bound": one.bound} for one in solution.levels],
        "agenda": placements(problem, solution.agenda),
        "conflicts": [
            {
                "rule": one.rule.value,
                "effect": one.effect.value,
                "amount": one.amount,
                "sessions": list(one.sessions),
                "text": one.text,
            }
            for one in found
        ],
        "blocked": any(one.effect is Effect.BLOCK for one in found),
        "reasons": [reason.text for reason in solution.reasons],
    }


def _written_session(problem: Problem, one: Session) -> dict[str, Any]:
    start = None if one.start is None else {"day": problem.days[one.start[0]].id, "at": _clock(one.start[1])}
    people = [{"person": voice.person, "role": voice.role} for voice in one.people]
    return _kept(
        {
            "id": one.id,
            "length": one.length,
            "topics": sorted(one.topics),
            "sectors": sorted(one.sectors),
            "format": one.format,
            "people": people,
            "room": one.room,
            "start": start,
            "needs": sorted(one.needs),
            "audience": one.audience,
        }
    ) | _written_windows(problem, one.windows)


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [])}


def _written_windows(problem: Problem, windows: Iterable[Window]) -> dict[str, Any]:
    return _kept({"windows": [_written_window(problem, window) for window in windows]})


def _written_window(problem: Problem, window: Window) -> dict[str, Any]:
    return {"day": problem.days[window.day].id, "from": _clock(window.start), "to": _clock(window.end)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
