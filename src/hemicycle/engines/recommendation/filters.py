"""Who must not be shown to whom, and what two people have in common besides their words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.lexicon import Floats, Ints, ranges
from hemicycle.engines.recommendation.problem import Problem, Profile

SESSIONS, COUNTRY, KIND = 0.10, 0.05, 0.05
OUT = np.float32(-1)
NONE: frozenset[str] = frozenset()
WORD = 64
Bools = NDArray[np.bool_]


class Marks:
    """Names as bits, to see at once whether two people share one: what each is, and what each looks for."""

    def __init__(self, pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> None:
        """Take (is, looks for) of each person."""
        self.number: dict[str, int] = {}
        self.alike = all(are == wish for are, wish in pairs)
        codes = [[self._code(are) if are else 0 for are, _ in pairs]]
        codes.append(codes[0] if self.alike else [self._code(wish) if wish else 0 for _, wish in pairs])
        self.words = 1 + (len(self.number) - 1) // WORD
        self.sides = [np.zeros((len(pairs), self.words), np.uint64) for _ in range(2)]
        for held, side in zip(self.sides, codes, strict=True):
            for word in range(self.words):
                held[:, word] = [(code >> WORD * word) & (2**WORD - 1) for code in side]

    def replace(self, row: int, are: frozenset[str], wish: frozenset[str]) -> None:
        """Take another person in a row."""
        self.alike = self.alike and are == wish
        codes = self._code(are), self._code(wish)
        more = 1 + (len(self.number) - 1) // WORD - self.words
        if more:
            self.words += more
            self.sides = [np.pad(side, ((0, 0), (0, more))) for side in self.sides]
        for side, code in zip(self.sides, codes, strict=True):
            side[row] = self._cut(code)

    def shared(self, rows: Ints, columns: Ints) -> Bools:
        """Return whether what one of the two is, is looked for by the other (rows × columns)."""
        found = np.zeros((len(rows), len(columns)), bool)
        for mine, other in (self.sides, self.sides[::-1])[: 1 if self.alike else 2]:
            for word in range(self.words):
                left, right = mine[rows, word], other[columns, word]
                if left.any() and right.any():
                    found |= (left[:, None] & right) != 0
        return found

    def _code(self, names: Iterable[str]) -> int:
        code = 0
        for name in names:
            code |= 1 << self.number.setdefault(name, len(self.number))
        return code

    def _cut(self, code: int) -> list[int]:
        return [(code >> WORD * word) & (2**WORD - 1) for word in range(self.words)]


class Filters:
    """Everything that forbids a pair, and what raises its score."""

    def __init__(self, problem: Problem, people: list[Profile], row: dict[str, int]) -> None:
        """Index everybody; `people` is shared with the scores and follows edits."""
        self.row = row
        self.hidden = np.array([person.hidden for person in people], bool)
        self.organisations: dict[str, int] = {}
        self.organisation = np.array([self._organisation(at, person) for at, person in enumerate(people)], np.int64)
        self.grounds = [(part, Marks([marks(person) for person in people])) for part, marks in GROUNDS]
        self.free: Floats | None = None
        if any(person.free is not None for person in people):
            width = 1 + max(max(person.free or {0}) for person in people)
            self.free = np.zeros((len(people), width), np.float32)
        self.apart: dict[int, set[int]] = defaultdict(set)
        self._parted: tuple[Ints, Ints] | None = None
        for a, b in problem.known:
            self._part(row[a], row[b])
        for at, person in enumerate(people):
            self._enter(at, person)

    def replace(self, row: int, new: Profile) -> None:
        """Index an edited profile; whom they blocked before stays apart, as after a decline."""
        self.hidden[row] = new.hidden
        self.organisation[row] = self._organisation(row, new)
        for (_, held), (_, marks) in zip(self.grounds, GROUNDS, strict=True):
            held.replace(row, *marks(new))
        self._enter(row, new)

    def forbid(self, rows: Ints, columns: Ints, scores: Floats) -> None:
        """Put -1 where a filter forbids the pair; the columns are in ascending order."""
        out = self.organisation[rows][:, None] == self.organisation[columns]
        out |= self.hidden[rows][:, None]
        out |= self.hidden[columns]
        if self.free is not None:
            out |= (self.free[rows] @ self.free[columns].T) == 0
        if self.apart:
            starts, others = self._pairs()
            at, many = ranges(starts[rows], starts[rows + 1])
            place = np.minimum(np.searchsorted(columns, others[at]), len(columns) - 1)
            there = columns[place] == others[at]
            out[np.repeat(np.arange(len(rows)), many)[there], place[there]] = True
        scores[out] = OUT

    def common_ground(self, rows: Ints, columns: Ints, scores: Floats) -> None:
        """Multiply by what both have in common: a session, a country or a kind one of the two wished for."""
        factor = None
        for part, marks in self.grounds:
            if marks.number:
                more = marks.shared(rows, columns) * np.float32(part)
                factor = np.float32(1) + more if factor is None else factor + more
        if factor is not None:
            scores *= factor

    def _organisation(self, row: int, person: Profile) -> int:
        """Return a number equal for those of one organisation; without one, everybody is their own."""
        name = person.organisation
        return self.organisations.setdefault(name, len(self.organisations)) if name else -1 - row

    def _enter(self, row: int, person: Profile) -> None:
        for other in person.blocked:
            self._part(row, self.row[other])
        if self.free is not None:
            slots = range(self.free.shape[1]) if person.free is None else person.free
            self.free[row] = 0
            self.free[row, [slot for slot in slots if slot < self.free.shape[1]]] = 1

    def _part(self, a: int, b: int) -> None:
        self.apart[a].add(b)
        self.apart[b].add(a)
        self._parted = None

    def _pairs(self) -> tuple[Ints, Ints]:
        """Return whom everybody must not meet, one after another, and where those of each person start."""
        if self._parted is None:
            many = [len(self.apart.get(row, ())) for row in range(len(self.hidden))]
            others = [other for row in sorted(self.apart) for other in self.apart[row]]
            self._parted = np.concatenate([[0], np.cumsum(many)]), np.array(others, np.int64)
        return self._parted


# What both can share: part of the score, what somebody is, and what they look for.
GROUNDS: tuple[tuple[float, Callable[[Profile], tuple[frozenset[str], frozenset[str]]]], ...] = (
    (SESSIONS, lambda person: (person.sessions, person.sessions)),
    (COUNTRY, lambda person: (frozenset({person.country}) if person.country else NONE, person.countries)),
    (KIND, lambda person: (frozenset({person.kind}) if person.kind else NONE, person.kinds)),
)
