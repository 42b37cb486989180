"""Whom somebody might take instead: the pairs good enough for both, best first, through all edits.

When an event is read, a pair is listed if it has at least the points `bottom` of both its people, which lies a little
below their worst partners. Somebody edited, or who would now take people below their bottom, is *admitted*: scored
against everybody again, with a bottom of 0 from then on. So every pair that both could take is always known.
"""

from collections import defaultdict

import numpy as np

from hemicycle.engines.recommendation.lexicon import Floats, Ints
from hemicycle.engines.recommendation.matching import Matching, ends, others_of, ranks
from hemicycle.engines.recommendation.scoring import Scores

Pairs = list[tuple[int, int]]


class Near:
    """For each person: (rank, other) of all pairs that could become partners."""

    def __init__(self, scores: Scores, matching: Matching) -> None:
        """List the pairs of both sides."""
        self._scores = scores
        self.bottom = matching.bottom
        one, other = ends(matching.near)
        owner = np.concatenate([one, other])
        order = np.argsort(owner, kind="stable")
        self._ranks = np.concatenate([matching.near, matching.near])[order]
        self._start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=scores.size))])
        self._listed: dict[int, Pairs] = {}
        self._turn: dict[int, int] = {}
        self._turns = 0
        self._later: dict[int, dict[int, int]] = defaultdict(dict)
        self._told: dict[int, list[int]] = {}

    def pairs(self, person: int) -> Pairs:
        """Return (rank, other), best first; some are out of date, see `holds`."""
        found = self._listed.get(person)
        if found is None:
            mine = np.sort(self._ranks[self._start[person] : self._start[person + 1]])[::-1]
            self._listed[person] = found = paired(mine, person)
        return found

    def later(self, person: int) -> dict[int, int]:
        """Return other → rank of pairs with those admitted after this person's list was made."""
        return self._later[person]

    def holds(self, person: int, other: int) -> bool:
        """Return whether a pair in the list of this person is up to date."""
        return self._turn.get(other, 0) <= self._turn.get(person, 0)

    def now(self, person: int) -> dict[int, int]:
        """Return other → rank of the pairs of somebody just admitted."""
        return {other: rank for rank, other in self.pairs(person)}

    def admit(self, person: int) -> Floats:
        """Score somebody against everybody; return the points."""
        points: Floats = self._scores.points(np.array([person]))[0]
        for other in self._told.get(person, ()):
            self._later[other].pop(person, None)
        at = np.flatnonzero((points >= self.bottom) & (points > 0))
        found = np.sort(ranks(points[at], at, np.full(len(at), person)))[::-1]
        self._listed[person] = paired(found, person)
        self._later[person] = {}
        for rank, other in self._listed[person]:
            self._later[other][person] = rank
        self._told[person] = [other for _, other in self._listed[person]]
        self.bottom[person] = 0
        self._turns += 1
        self._turn[person] = self._turns
        return points


def paired(found: Ints, person: int) -> Pairs:
    """Return (rank, other) of pairs of one person."""
    return list(zip(found.tolist(), others_of(found, person).tolist(), strict=True))
