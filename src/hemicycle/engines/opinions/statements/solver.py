"""From votes to groups, or to the honest answer that there are none."""

from collections.abc import Callable

import numpy as np

from hemicycle.engines.clock import Clock
from hemicycle.engines.opinions.statements.axes import Map, draw
from hemicycle.engines.opinions.statements.cluster import Division, Labels, divide
from hemicycle.engines.opinions.statements.evidence import half_agreement, placeable, variance_p
from hemicycle.engines.opinions.statements.findings import common_ground, representative
from hemicycle.engines.opinions.statements.problem import Problem, Votes
from hemicycle.engines.opinions.statements.solution import Axis, Group, Progress, Solution, Test

FEWEST_PEOPLE, SHARE = 10, 20


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    minimum: int = 10,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Look for groups of opinion, what is typical of them and what all share.

    Args:
        problem: people, statements, votes.
        seconds: wall time for shuffles and halves; then the test stands on fewer. Under 19 shuffles no group is named.
        seed: of all random numbers. minimum: votes inside and outside a group that a finding needs.
        progress: called before each phase. cancel: asked between shuffles; True goes on to the end without more.
    """
    clock = Clock(seconds=seconds, cancel=cancel)
    say = _teller(clock, progress)
    # every phase has its own random numbers, so that a longer one does not change the next
    placing, shuffling, halving, crossing = np.random.default_rng(seed).spawn(4)
    say("axes")
    chosen, columns = _in_order(problem)
    votes = problem.votes[np.ix_(chosen, columns)]
    statements = tuple(problem.statements[j] for j in columns)
    drawn = draw(votes) if len(votes) > 0 and len(statements) > 1 else None
    say("groups")
    division = None if drawn is None else divide(drawn.positions, placing)
    labels = np.zeros(len(chosen), dtype=np.intp) if division is None else _by_size(division.labels)
    say("test")
    test = _test(votes, labels, division, shuffling, halving, clock.over)
    say("findings")
    findings = representative(votes, statements, labels, crossing, minimum=minimum) if test.clear else []
    common = common_ground(votes, statements, labels if test.clear else np.zeros_like(labels)) if len(votes) else []
    back = np.argsort(chosen)
    people = tuple(problem.people[i] for i in chosen[back])
    clusters = () if division is None else _groups(people, labels[back])
    return Solution(
        groups=clusters if test.clear else None,
        clusters=clusters,
        silhouette=None if division is None else round(division.silhouette, 4),
        test=test,
        findings=tuple(findings),
        common_ground=tuple(common),
        axes=() if drawn is None else _axes(drawn, columns),
        left_out=len(problem.people) - len(people),
        positions=() if drawn is None else tuple((float(x), float(y)) for x, y in drawn.positions[back]),
        placed=people,
        seconds=round(clock.elapsed(), 3),
    )


def _teller(clock: Clock, progress: Callable[[Progress], None] | None) -> Callable[[str], None]:
    def say(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, clock.elapsed()))

    return say


def _in_order(problem: Problem) -> tuple[Labels, Labels]:
    """Return who is placed and the statements, as numbers, in an order of their own.

    People stand by their votes and statements by their ids, so that neither the order of rows and columns nor the names
    of people decide what random numbers fall on whom.
    """
    chosen = np.flatnonzero(placeable(problem.votes))
    columns = np.array(sorted(range(len(problem.statements)), key=problem.statements.__getitem__), dtype=np.intp)
    votes = problem.votes[np.ix_(chosen, columns)]
    return chosen[np.lexsort((np.arange(len(chosen)), *votes.T))], columns


def needed(people: int) -> int:
    """Return how many people a group needs among so many: at least 10 and at least 5 %."""
    return max(FEWEST_PEOPLE, -(-people // SHARE))


def _test(
    votes: Votes,
    labels: Labels,
    division: Division | None,
    shuffling: np.random.Generator,
    halving: np.random.Generator,
    stop: Callable[[], bool],
) -> Test:
    if division is None:
        return Test(None, None, None, needed(len(labels)))
    p = variance_p(votes, shuffling, stop=stop)
    agreement = half_agreement(votes, division.groups, halving, stop=stop)
    return Test(
        p=None if p is None else round(p, 4),
        agreement=None if agreement is None else round(agreement, 4),
        smallest=int(np.bincount(labels).min()),
        needed=needed(len(labels)),
    )


def _by_size(labels: Labels) -> Labels:
    """Number the groups from the largest; of equal ones, whose first member comes first."""
    counts = np.bincount(labels)
    first = np.array([int((labels == group).argmax()) for group in range(len(counts))])
    order = np.lexsort((first, -counts))
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return number[labels]


def _groups(people: tuple[str, ...], labels: Labels) -> tuple[Group, ...]:
    members = [np.flatnonzero(labels == group) for group in range(int(labels.max()) + 1)]
    return tuple(Group(tuple(people[i] for i in part)) for part in members)


def _axes(drawn: Map, columns: Labels) -> tuple[Axis, ...]:
    return tuple(
        Axis(round(float(share), 4), tuple(round(float(weight), 4) for weight in weights))
        for share, weights in zip(drawn.shares, drawn.weights[np.argsort(columns)].T, strict=True)
    )
