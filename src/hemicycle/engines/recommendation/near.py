"""Whom somebody might take instead: the pairs good enough for both, best first, through all edits.

When an event is read, a pair is listed if it has at least the points `bottom` of both its people, which lies a little
below their worst partners. Somebody edited, or who would now take people below their bottom, is *admitted*: scored
against everybody again, with a bottom of 0 from then on. So every pair that both could take is always known.
"""

from bisect import bisect_left
from collections import defaultdict

import numpy as np

from hemicycle.engines.recommendation.lexicon import Floats
from hemicycle.engines.recommendation.matching import Matching, ends, others_of, ranks
from hemicycle.engines.recommendation.scoring import Scores


class Near:
    """For each person: the ranks of all pairs that could become partners, as negative numbers."""

    def __init__(self, scores: Scores, matching: Matching) -> None:
        """List the pairs of both sides."""
        self._scores = scores
        self._bottoms = matching.bottom
        self.bottom: list[float] = matching.bottom.tolist()
        found = np.repeat(matching.near[::-1], 2)
        owner = np.stack(ends(found[::2]), axis=1).ravel()
        order = np.argsort(owner.astype(np.min_scalar_type(scores.size)), kind="stable")
        self._lows = -found[order]
        self._start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=scores.size))]).tolist()
        self._listed: dict[int, list[int]] = {}
        self._waiting: dict[int, list[int]] = defaultdict(list)
        # The last who were admitted come last; each with other → rank.
        self._admitted: dict[int, dict[int, int]] = {}
        self._turn: dict[int, int] = {}
        self._turns = 0

    def pairs(self, person: int) -> list[int]:
        """Return −rank of pairs, the best first; some may be out of date, see `holds`."""
        found = self._listed.get(person)
        if found is None:
            found = self._lows[self._start[person] : self._start[person + 1]].tolist()
            if person in self._waiting:
                found = sorted(found + self._waiting.pop(person))
            self._listed[person] = found
        return found

    def holds(self, rank: int, person: int, other: int) -> bool:
        """Return whether the pair still has this rank: the one admitted last knows."""
        mine, their = self._turn.get(person, 0), self._turn.get(other, 0)
        if mine > their:
            person, other = other, person
        return (not mine and not their) or self._admitted[other].get(person) == rank

    def admit(self, person: int) -> tuple[Floats, dict[int, int]]:
        """Score somebody against everybody; return the points, and other → rank of all who could be partners."""
        points: Floats = self._scores.points(np.array([person]))[0]
        rows = np.flatnonzero((points >= self._bottoms) & (points > 0))
        found = np.sort(ranks(points[rows], rows, np.full(len(rows), person)))[::-1]
        self._listed[person] = (-found).tolist()
        self._waiting.pop(person, None)
        before = self._admitted.get(person, {})
        now = dict(zip(others_of(found, person).tolist(), found.tolist(), strict=True))
        known, waiting = self._listed.get, self._waiting
        for other, rank in now.items():
            listed = known(other)
            if listed is None:
                if before.get(other) != rank:
                    waiting[other].append(-rank)
            elif (at := bisect_left(listed, -rank)) == len(listed) or listed[at] != -rank:
                listed.insert(at, -rank)
        self._bottoms[person] = self.bottom[person] = 0
        self._turns += 1
        self._turn[person] = self._turns
        self._admitted[person] = now
        return points, now
