"""Do lists keep every rule, and are the scores what they should be? Nothing here comes from the solver.

The scores are computed again from the definition, term by term in double precision; only what a text says (language,
words, stems) and the vectors of an embedder are taken as given.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

from hemicycle.engines.recommendation.embedders import Embedder
from hemicycle.engines.recommendation.problem import Problem
from hemicycle.engines.recommendation.rescore import Rescorer
from hemicycle.engines.recommendation.solution import Solution, Status

NEAR = 5e-5


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: what, and whom it is about."""

    what: str
    people: tuple[str, ...]


def verify(
    problem: Problem, solution: Solution, *, embedder: Embedder | None = None, scores: bool = True
) -> tuple[Violation, ...]:
    """Return every broken rule, none when the lists are right.

    Takes time with the square of the number of people; without `scores` only caps, filters and mutuality are checked.
    """
    strange = _whole(problem, solution)
    if strange:
        return tuple(strange)
    found = [*_caps(problem, solution), *_mutuality(solution), *_filters(problem, solution)]
    if scores and not found and problem.people:
        again = Rescorer(problem, solution.weights, embedder)
        found += _scales(solution, again)
        found += _scores(problem, solution, again)
    return tuple(found)


def _whole(problem: Problem, solution: Solution) -> list[Violation]:
    ids = {person.id for person in problem.people}
    found = [Violation("no list", (name,)) for name in sorted(ids - solution.lists.keys())]
    found += [Violation("a list of nobody", (name,)) for name in sorted(solution.lists.keys() - ids)]
    for name, shown in solution.lists.items():
        for other, count in Counter(entry.id for entry in shown).items():
            if other not in ids or other == name:
                found.append(Violation("unknown person", (name, other)))
            if count > 1:
                found.append(Violation("shown twice", (name, other)))
    return found


def _caps(problem: Problem, solution: Solution) -> list[Violation]:
    found = []
    mutual: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for name, entries in solution.lists.items():
        shown.update(entry.id for entry in entries)
        mutual.update(entry.id for entry in entries if entry.mutual)
        if len(entries) > problem.cap:
            found.append(Violation("a list over the cap", (name,)))
    found += [Violation("on more mutual lists than the cap", (name,)) for name in mutual if mutual[name] > problem.cap]
    return found + [
        Violation("shown over the second cap", (name,)) for name in shown if shown[name] > problem.second_cap
    ]


def _mutuality(solution: Solution) -> list[Violation]:
    pairs = {(name, entry.id): entry for name, entries in solution.lists.items() for entry in entries}
    found = []
    for (name, other), entry in pairs.items():
        back = pairs.get((other, name))
        if entry.mutual and (back is None or not back.mutual):
            found.append(Violation("not mutual", (name, other)))
        if back is not None and back.score != entry.score:
            found.append(Violation("two scores of a pair", (name, other)))
    return found


def _filters(problem: Problem, solution: Solution) -> list[Violation]:
    rules = _Rules(problem)
    return [
        Violation(what, (name, entry.id))
        for name, entries in solution.lists.items()
        for entry in entries
        for what in rules.broken(name, entry.id)
    ]


class _Rules:
    """The hard filters."""

    def __init__(self, problem: Problem) -> None:
        self.people = {person.id: person for person in problem.people}
        self.apart = {frozenset(pair) for pair in problem.known}
        self.apart |= {frozenset((person.id, other)) for person in problem.people for other in person.blocked}

    def broken(self, name: str, other: str) -> list[str]:
        """Return which filters forbid a pair."""
        mine, their = self.people[name], self.people[other]
        organisation = mine.organisation
        found = {
            "hidden": mine.hidden or their.hidden,
            "blocked, met or declined": frozenset((name, other)) in self.apart,
            "same organisation": bool(organisation) and organisation == their.organisation,
            "no common free slot": not _meet(mine.free, their.free),
        }
        return [what for what, holds in found.items() if holds]


def _meet(mine: frozenset[int] | None, other: frozenset[int] | None) -> bool:
    if mine is None or other is None:
        return mine != frozenset() and other != frozenset()
    return bool(mine & other)


def _scales(solution: Solution, again: Rescorer) -> list[Violation]:
    return [
        Violation(f"the unit of {name} is {right:g}", ())
        for name, right in again.scales.items()
        if not math.isclose(solution.scales.get(name, 0), right, rel_tol=1e-4)
    ]


def _scores(problem: Problem, solution: Solution, again: Rescorer) -> list[Violation]:
    """Compare the scores, and look for two people who would both rather have each other."""
    found = []
    worst: dict[str, float] = defaultdict(float)
    partners: dict[str, set[str]] = {}
    for name, entries in solution.lists.items():
        mutual = [entry for entry in entries if entry.mutual]
        partners[name] = {entry.id for entry in mutual}
        if len(mutual) == problem.cap:
            worst[name] = min(entry.score for entry in mutual)
    rules = _Rules(problem)
    for person in problem.people:
        row = again.row(person.id)
        found += [
            Violation(f"the score is {row.get(entry.id, 0):.6f}", (person.id, entry.id))
            for entry in solution.lists[person.id]
            if abs(row.get(entry.id, 0) - entry.score) > NEAR
        ]
        for other, score in row.items() if solution.status is Status.COMPLETE else ():
            wanted = person.id < other and score > max(worst[person.id], worst[other]) + 2 * NEAR
            if wanted and other not in partners[person.id] and not rules.broken(person.id, other):
                found.append(Violation("both would swap", (person.id, other)))
    return found
