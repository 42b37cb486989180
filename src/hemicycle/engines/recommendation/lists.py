"""Lists that live: an edit repairs only those it touches.

After an edit the pairs of that person get their new scores, and whoever lost somebody or has a worse pair looks for the
best person who would also swap, the best pair of all first. Every step raises the sorted scores of the pairs, so it
ends, and it ends in the one stable matching of the edited event (units and idf as they were when it was read).
"""

import heapq
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hemicycle.engines.recommendation.lexicon import Ints
from hemicycle.engines.recommendation.matching import BITS, LAST, Matching, Partners, best_of, other_of
from hemicycle.engines.recommendation.near import Near
from hemicycle.engines.recommendation.problem import Problem, Profile
from hemicycle.engines.recommendation.scoring import UNIT, Scores
from hemicycle.engines.recommendation.solution import Solution, Status, Suggestion

LIKELY = 120


class Board:
    """The lists of an event and what is needed to repair them."""

    def __init__(
        self,
        *,
        scores: Scores,
        matching: Matching,
        given: Partners,
        likely: dict[int, Ints],
        learned: bool,
        status: Status,
        seconds: float,
    ) -> None:
        """Keep what was found; `given` are one-way suggestions, row → other row → rank, the rest as in `Solution`.

        `likely` has the best pairs of those who are short of partners, by rank.
        """
        self.scores, self.learned, self.status, self.seconds = scores, learned, status, seconds
        self._partners, self._given = matching.partners, given
        self._least = matching.least
        self._likely = {row: (-found).tolist() for row, found in likely.items()}
        self._near = Near(scores, matching)
        self._holders: list[set[int]] = [set() for _ in given]
        for person, others in enumerate(given):
            for other in others:
                self._holders[other].add(person)

    @property
    def partners(self) -> list[dict[int, float]]:
        """Return the mutual lists, row → other row → score."""
        return [{other: score_of(rank) for other, rank in mine.items()} for mine in self._partners]

    @property
    def given(self) -> list[dict[int, float]]:
        """Return the one-way suggestions, row → other row → score."""
        return [{other: score_of(rank) for other, rank in mine.items()} for mine in self._given]

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
        lists = ((self._partners[row], True), (self._given[row], False))
        return tuple(
            Suggestion(people[other].id, score_of(rank), mutual)
            for found, mutual in lists
            for other, rank in sorted(found.items(), key=lambda pair: -pair[1])
        )

    def edit(self, person: Profile) -> frozenset[str]:
        """Take an edited profile in place of the one with its id; return the ids of those whose lists changed.

        Hide somebody who leaves. Somebody new takes part from the next build on.

        Raises:
            KeyError: nobody has this id, or an id in `blocked` is not known.
        """
        unknown = [other for other in person.blocked if other not in self.scores.row]
        if unknown:
            raise KeyError(*unknown)
        row = self.scores.replace(person)
        touched = _Touched(self._partners, self._given)
        self._settle(self._rescore(row, touched), touched)
        self._suggest(row, touched)
        return frozenset(self.scores.people[other].id for other in touched.changed())

    def _rescore(self, row: int, touched: "_Touched") -> "_Looking":
        """Give the pairs of an edited person their new scores; return who might now rather have somebody else."""
        _, now = self._near.admit(row)
        touched.keep(row)
        looking = _Looking(row)
        for other, before in list(self._partners[row].items()):
            touched.keep(other)
            rank = now.get(other, 0)
            if rank:
                self._partners[row][other] = self._partners[other][row] = rank
            else:
                del self._partners[row][other], self._partners[other][row]
            if rank < before:
                looking.lose(other, self._least[other])
            self._measure(other)
        self._measure(row)
        self._likely.pop(row, None)
        return looking

    def _settle(self, looking: "_Looking", touched: "_Touched") -> None:
        """Make blocking pairs into pairs, the best first, until there is none."""
        heap: list[tuple[int, int, int]] = []
        for person in list(looking.goal):
            self._push(heap, person, looking)
        least, partners, cap = self._least, self._partners, self.scores.problem.cap
        while heap:
            low, a, b = heapq.heappop(heap)
            if -low > least[b] and -low > least[a] and b not in partners[a]:
                touched.keep(a)
                touched.keep(b)
                partners[a][b] = partners[b][a] = -low
                for mine in (a, b):
                    if len(partners[mine]) > cap:
                        worst = other_of(least[mine], mine)
                        touched.keep(worst)
                        del partners[mine][worst], partners[worst][mine]
                        looking.lose(worst, least[worst])
                        least[worst] = 0
                        self._push(heap, worst, looking)
                    self._measure(mine)
                if looking.gain(a):
                    self._push(heap, a, looking)
            elif -low > least[a]:
                self._push(heap, a, looking)

    def _measure(self, person: int) -> None:
        """Note the rank above which this person takes somebody."""
        mine = self._partners[person]
        self._least[person] = min(mine.values()) if len(mine) >= self.scores.problem.cap else 0

    def _push(self, heap: list[tuple[int, int, int]], person: int, looking: "_Looking") -> None:
        """Add the best pair of this person that both would take."""
        goal = looking.goal[person]
        low, other = self._best(person, goal)
        bottom = self._near.bottom[person]
        if -low >> 2 * BITS < bottom and self._least[person] >> 2 * BITS < bottom:
            points, _ = self._near.admit(person)
            self._likely[person] = (-best_of(points, person, LIKELY)).tolist()
            low, other = self._best(person, goal)
        if low:
            heapq.heappush(heap, (low, person, other))

    def _best(self, person: int, goal: int) -> tuple[int, int]:
        """Return (−rank, other) of the best pair up to the goal that both would take, 0 for none."""
        least, mine, holds = self._least, self._partners[person], self._near.holds
        gone, found = [], (0, -1)
        pairs, both = self._near.pairs(person), 2 * LAST - person
        for low in pairs[bisect_left(pairs, -goal) : bisect_left(pairs, -least[person])]:
            rank = -low
            other = both - ((rank >> BITS) & LAST) - (rank & LAST)  # `other_of`, most of the time is spent here
            if rank > least[other] and other not in mine:
                if holds(rank, person, other):
                    found = low, other
                    break
                gone.append(low)
        for low in gone:
            pairs.remove(low)
        return found

    def _suggest(self, row: int, touched: "_Touched") -> None:
        """Choose one-way suggestions again for those whose lists changed, and where the edited person is suggested."""
        problem, given, holders = self.scores.problem, self._given, self._holders
        # Two who are short would be partners, so only full ones are suggested: nobody gets over the second cap by a partner.
        again = set(touched.before) | holders[row]
        again = {person for person in again if given[person] or len(self._partners[person]) < problem.cap}
        for person in again:
            touched.keep(person)
            for other in given[person]:
                holders[other].discard(person)
            given[person].clear()
        for person in sorted(again):
            self._fill(person)

    def _fill(self, person: int) -> None:
        """Suggest the best who may still be shown, one way."""
        missing = self.scores.problem.cap - len(self._partners[person])
        most = self.scores.problem.second_cap
        for rank, other in self._preferences(person) if missing > 0 else ():
            free = len(self._partners[other]) + len(self._holders[other]) < most
            if free and other not in self._partners[person] and other not in self._given[person]:
                self._given[person][other] = rank
                self._holders[other].add(person)
                missing -= 1
                if not missing:
                    return

    def _preferences(self, person: int) -> Iterator[tuple[int, int]]:
        """Yield (rank, other) of everybody possible for this person, best first: first those known, then all."""
        last = -LAST << 2 * BITS
        if person in self._likely:
            mine = self._likely[person]
            last = mine[-1] if len(mine) >= LIKELY else 1
            for low in heapq.merge(mine, self._near.pairs(person)):
                if low > last:
                    break
                if self._near.holds(-low, person, other := other_of(-low, person)):
                    yield -low, other
        if last <= 0:
            points = self.scores.points(np.array([person]))[0]
            whole = best_of(points, person, len(points)).tolist()
            yield from ((rank, other_of(rank, person)) for rank in whole if rank < -last)


def score_of(rank: int) -> float:
    """Return the score of a pair by its rank."""
    return (rank >> 2 * BITS) / UNIT


class _Looking:
    """Who looks for a partner, for how many, and the rank up to which.

    The goal is the worst partner somebody had before: everybody better was out of reach then, and who came into reach
    since looks as well. One loss is made good by one gain: all others in reach are then below the worst partner again.
    Only the edited person looks on until there is nobody.
    """

    def __init__(self, edited: int) -> None:
        self.goal = {edited: 1 << 3 * BITS}
        self.losses = {edited: sys.maxsize}

    def lose(self, person: int, least: int) -> None:
        """Note a lost or a worse pair of somebody whose worst partner had this rank, 0 if there was room."""
        self.goal[person] = max(least, self.goal.get(person, 0))
        self.losses[person] = self.losses.get(person, 0) + 1

    def gain(self, person: int) -> bool:
        """Note a new pair; return whether to look on."""
        self.losses[person] -= 1
        return self.losses[person] > 0


class _Touched:
    """Remembers lists as they were before they changed."""

    def __init__(self, partners: Partners, given: Partners) -> None:
        self.partners, self.given = partners, given
        self.before: dict[int, tuple[dict[int, int], dict[int, int]]] = {}

    def keep(self, person: int) -> None:
        """Remember the list of somebody, the first time."""
        if person not in self.before:
            self.before[person] = self.partners[person].copy(), self.given[person].copy()

    def changed(self) -> list[int]:
        """Return whose lists are not what they were."""
        return [at for at, old in self.before.items() if old != (self.partners[at], self.given[at])]
