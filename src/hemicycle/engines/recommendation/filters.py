"""Who must not be shown to whom, and what two people have in common besides their words."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.parts import Floats, Ints
from hemicycle.engines.recommendation.problem import Problem, Profile

SESSIONS, COUNTRY, KIND = 0.10, 0.05, 0.05
OUT = np.float32(-1)
Key = tuple[str, str]


class Filters:
    """People indexed by organisation, session, country and kind, and by whom they must not meet."""

    def __init__(self, problem: Problem, people: list[Profile], row: dict[str, int]) -> None:
        """Index everybody; `people` is shared with the scores and follows edits."""
        self.people = people
        self.row = row
        self.hidden = np.zeros(len(people), bool)
        self.apart: dict[int, set[int]] = defaultdict(set)
        self.index: dict[Key, set[int]] = defaultdict(set)
        self.arrays: dict[Key, Ints] = {}
        self.free: NDArray[np.float32] | None = None
        if any(person.free is not None for person in people):
            width = 1 + max(max(person.free or {0}) for person in people)
            self.free = np.ones((len(people), width), np.float32)
        for a, b in problem.known:
            self._part(row[a], row[b])
        for at, person in enumerate(people):
            self._enter(at, person)

    def replace(self, row: int, old: Profile, new: Profile) -> None:
        """Index an edited profile; whom they blocked before stays apart, as after a decline."""
        for key in _keys(old):
            self.index[key].discard(row)
            self.arrays.pop(key, None)
        self._enter(row, new)

    def forbid(self, rows: Ints, scores: Floats) -> None:
        """Put -1 where a filter forbids the pair."""
        scores[:, self.hidden] = OUT
        for at, row in enumerate(rows.tolist()):
            person = self.people[row]
            scores[at, row] = OUT
            if row in self.apart:
                scores[at, list(self.apart[row])] = OUT
            if person.organisation:
                scores[at, self._members(("organisation", person.organisation))] = OUT
            if person.hidden:
                scores[at] = OUT
        if self.free is not None:
            scores[(self.free[rows] @ self.free.T) == 0] = OUT

    def common_ground(self, rows: Ints, scores: Floats) -> None:
        """Multiply by what both have in common: a session, a country or a kind one of the two wished for."""
        for at, row in enumerate(rows.tolist()):
            person = self.people[row]
            grounds = (
                (SESSIONS, [("session", name) for name in person.sessions]),
                (COUNTRY, _wishes("country", person.country, person.countries)),
                (KIND, _wishes("kind", person.kind, person.kinds)),
            )
            factor = None
            for part, keys in grounds:
                found = [members for key in keys if len(members := self._members(key))]
                if found:
                    factor = np.ones(len(self.people), np.float32) if factor is None else factor
                    more = np.zeros(len(self.people), np.float32)
                    for members in found:
                        more[members] = part
                    factor += more
            if factor is not None:
                scores[at] *= factor

    def _members(self, key: Key) -> Ints:
        found = self.arrays.get(key)
        if found is None:
            members = self.index.get(key, ())
            self.arrays[key] = found = np.fromiter(sorted(members), np.int64, len(members))
        return found

    def _enter(self, row: int, person: Profile) -> None:
        self.hidden[row] = person.hidden
        for other in person.blocked:
            self._part(row, self.row[other])
        for key in _keys(person):
            self.index[key].add(row)
            self.arrays.pop(key, None)
        if self.free is not None:
            slots = range(self.free.shape[1]) if person.free is None else person.free
            self.free[row] = 0
            self.free[row, [slot for slot in slots if slot < self.free.shape[1]]] = 1

    def _part(self, a: int, b: int) -> None:
        self.apart[a].add(b)
        self.apart[b].add(a)


def _keys(person: Profile) -> Iterator[Key]:
    """Yield what somebody is found by."""
    having = (("organisation", person.organisation), ("country", person.country), ("kind", person.kind))
    yield from ((key, name) for key, name in having if name)
    yield from (("session", name) for name in person.sessions)
    yield from (("country wished", name) for name in person.countries)
    yield from (("kind wished", name) for name in person.kinds)


def _wishes(what: str, mine: str, wished: frozenset[str]) -> list[Key]:
    """Return the keys of those who have what is wished for, and of those who wish for what is mine."""
    return [(what, name) for name in wished] + ([(f"{what} wished", mine)] if mine else [])
