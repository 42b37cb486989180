"""Lists that live: an edit repairs only those it touches.

After an edit the pairs of that person are taken apart, and whoever lost somebody looks for the best person who would
also swap, the best pair of all first. Every step raises the sorted scores of the pairs, so it ends, and it ends in the
one stable matching of the edited event (units and idf as they were when the event was read).
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from hemicycle.engines.recommendation.matching import Candidates, Partners
from hemicycle.engines.recommendation.parts import Floats
from hemicycle.engines.recommendation.problem import Problem, Profile
from hemicycle.engines.recommendation.scoring import Scores
from hemicycle.engines.recommendation.solution import Solution, Status, Suggestion

KEPT = 1000


@dataclass(slots=True, kw_only=True)
class Board:
    """The lists of an event and what is needed to repair them.

    Args:
        scores: of any pair. candidates: the best of everybody when the event was read.
        partners, given: mutual lists and one-way suggestions, row → other row → score.
        learned, status, seconds: as in `Solution`.
    """

    scores: Scores
    candidates: Candidates
    partners: Partners
    given: Partners
    learned: bool
    status: Status
    seconds: float
    _fresh: dict[int, Floats] = field(default_factory=dict)
    _holders: list[set[int]] = field(default_factory=list)
    _least: Floats = field(default_factory=lambda: np.zeros(0, np.float32))

    def __post_init__(self) -> None:
        """Note to whom everybody is suggested, and whom everybody would take."""
        self._least = np.zeros(len(self.partners), np.float32)
        for person in range(len(self.partners)):
            self._measure(person)
        self._holders = [set() for _ in self.given]
        for person, given in enumerate(self.given):
            for other in given:
                self._holders[other].add(person)

    @property
    def problem(self) -> Problem:
        """Return the problem with all edits."""
        now = {person.id: person for person in self.scores.people}
        before = self.scores.problem
        return replace(before, people=tuple(now[person.id] for person in before.people))

    @property
    def solution(self) -> Solution:
        """Return the lists by id, in the order of the problem."""
        rows = self.scores.row
        return Solution(
            status=self.status,
            lists={person.id: self.list_of(rows[person.id]) for person in self.scores.problem.people},
            weights=self.scores.weights,
            learned=self.learned,
            scales=dict(self.scores.reader.scales),
            seconds=round(self.seconds, 3),
        )

    def list_of(self, row: int) -> tuple[Suggestion, ...]:
        """Return the list of somebody, mutual ones first, best first, equal ones by id."""
        people = self.scores.people
        lists = ((self.partners[row], True), (self.given[row], False))
        return tuple(
            Suggestion(people[other].id, round(score, 6), mutual)
            for found, mutual in lists
            for other, score in sorted(found.items(), key=lambda pair: (-pair[1], people[pair[0]].id))
        )

    def edit(self, person: Profile) -> frozenset[str]:
        """Take an edited profile in place of the one with its id; return the ids of those whose lists changed.

        Hide somebody who leaves. Somebody new takes part from the next build on.

        Raises:
            KeyError: nobody has this id, or an id in `blocked` is not known.
        """
        unknown = person.blocked - self.scores.row.keys()
        if unknown:
            raise KeyError(*unknown)
        row = self.scores.replace(person)
        self._refresh(row)
        return self._repair(row)

    def _refresh(self, row: int) -> None:
        now = self.scores.mutual(np.array([row]))[0]
        self._fresh[row] = now
        for other, values in self._fresh.items():
            values[row] = now[other]

    def _repair(self, row: int) -> frozenset[str]:
        touched = _Touched(self.partners, self.given)
        losers = {row} | set(self.partners[row])
        for other in losers - {row}:
            touched.keep(other)
            del self.partners[other][row]
        touched.keep(row)
        self.partners[row].clear()
        self._settle(losers, touched)
        self._suggest(row, touched)
        return frozenset(self.scores.people[other].id for other in touched.changed())

    def _settle(self, losers: set[int], touched: "_Touched") -> None:
        """Make blocking pairs into pairs, the best first, until there is none."""
        for person in losers:
            self._measure(person)
        heap: list[tuple[float, int, int]] = []
        for person in sorted(losers):
            self._push(heap, person)
        least = self._least
        while heap:
            score, a, b = heapq.heappop(heap)
            if b not in self.partners[a] and -score > least[a] and -score > least[b]:
                for mine, other in ((a, b), (b, a)):
                    touched.keep(mine)
                    self.partners[mine][other] = -score
                for mine in (a, b):
                    if len(self.partners[mine]) > self.scores.problem.cap:
                        worst = self._worst(mine)
                        touched.keep(worst)
                        del self.partners[mine][worst], self.partners[worst][mine]
                        self._measure(worst)
                        self._push(heap, worst)
                    self._measure(mine)
                self._push(heap, b)
            self._push(heap, a)

    def _worst(self, person: int) -> int:
        mine = self.partners[person]
        return min(mine, key=lambda other: (mine[other], -other))

    def _measure(self, person: int) -> None:
        """Note the score above which this person takes somebody."""
        mine = self.partners[person]
        self._least[person] = min(mine.values()) if len(mine) == self.scores.problem.cap else 0

    def _push(self, heap: list[tuple[float, int, int]], person: int) -> None:
        """Add the best pair of this person that both would take."""
        own, changed = float(self._least[person]), self.scores.changed
        found = []
        if person not in self._fresh:
            rows, values = self.candidates.rows[person], self.candidates.scores[person]
            open_ = (values > own) & (values > self._least[rows])
            for at in np.flatnonzero(open_).tolist():
                other = int(rows[at])
                if other not in changed and other not in self.partners[person]:
                    found.append((-float(values[at]), person, other))
                    break
            for other in changed:
                score = float(self._fresh[other][person])
                if score > own and score > self._least[other] and other not in self.partners[person]:
                    found.append((-score, person, other))
            last = float(self.candidates.least[person])
            if (found and -min(found)[0] >= last) or own >= last:
                if found:
                    heapq.heappush(heap, min(found))
                return
            found.clear()
        row = self._whole(person)
        free = np.where((row > own) & (row > self._least), row, 0)
        free[list(self.partners[person])] = 0
        other = int(free.argmax())
        if free[other] > 0:
            heapq.heappush(heap, (-float(free[other]), person, other))

    def _whole(self, person: int) -> Floats:
        """Return the scores of one person with everybody, up to date with all edits."""
        if person not in self._fresh:
            self._fresh[person] = self.scores.mutual(np.array([person]))[0]
        return self._fresh[person]

    def _preferences(self, person: int) -> Iterator[tuple[int, float]]:
        """Yield everybody possible for this person, best first."""
        row = self._whole(person)
        for other in np.argsort(-row, kind="stable")[: int((row > 0).sum())].tolist():
            yield other, float(row[other])

    def _suggest(self, row: int, touched: "_Touched") -> None:
        """Choose one-way suggestions again for those whose lists changed, and where somebody is shown too often."""
        problem = self.scores.problem
        again = set(touched.before) | self._holders[row]
        for other in touched.before:
            many = len(self.partners[other]) + len(self._holders[other]) - problem.second_cap
            worst = sorted(self._holders[other], key=lambda holder: (self.given[holder][other], -holder))
            again.update(worst[: max(many, 0)])
        for person in again:
            touched.keep(person)
            for other in self.given[person]:
                self._holders[other].discard(person)
            self.given[person].clear()
        for person in sorted(again):
            self._fill(person)
        for other in sorted(self._fresh.keys() - self.scores.changed.keys())[KEPT:]:
            del self._fresh[other]

    def _fill(self, person: int) -> None:
        missing = self.scores.problem.cap - len(self.partners[person])
        most = self.scores.problem.second_cap
        for other, score in self._preferences(person) if missing > 0 else ():
            free = len(self.partners[other]) + len(self._holders[other]) < most
            if other not in self.partners[person] and other not in self.given[person] and free:
                self.given[person][other] = score
                self._holders[other].add(person)
                missing -= 1
                if not missing:
                    return


class _Touched:
    """Remembers lists as they were before they changed."""

    def __init__(self, partners: Partners, given: Partners) -> None:
        self.partners, self.given = partners, given
        self.before: dict[int, tuple[dict[int, float], dict[int, float]]] = {}

    def keep(self, person: int) -> None:
        """Remember the list of somebody, the first time."""
        self.before.setdefault(person, (dict(self.partners[person]), dict(self.given[person])))

    def changed(self) -> list[int]:
        """Return whose lists are not what they were."""
        return [at for at, old in self.before.items() if old != (self.partners[at], self.given[at])]
