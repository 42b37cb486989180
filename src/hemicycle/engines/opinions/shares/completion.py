"""What happens with money that Equal Shares leaves over (equalshares.net/implementation/completion)."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from hemicycle.engines.opinions.shares.equal import EPS, Step, equal_shares
from hemicycle.engines.opinions.shares.indexed import Indexed
from hemicycle.engines.opinions.shares.ledger import Ledger

# Jumps grow after so many that succeeded.
CAREFUL = 4
# Exact prices of more classes of voters than these take longer than the rounds they save.
MOST_CLASSES = 500


@dataclass(frozen=True, slots=True)
class Round:
    """Money per voter and what it buys."""

    endowment: Fraction
    steps: tuple[Step, ...]

    @property
    def projects(self) -> list[int]:
        """Return what is bought, in order."""
        return [step.project for step in self.steps]


def add_one(index: Indexed, first: Round, *, stop: Callable[[Round], bool]) -> tuple[Round, bool]:
    """Give every voter one unit more, again and again; return the last round within the budget, and if it is the end.

    The end is reached when one more unit would pass the budget, or everything that can win has won. Rounds that
    provably buy the same are jumped over (see `_same_between`), so the result is that of trying every one.

    Args:
        index: the problem.
        first: the round with budget / voters each.
        stop: asked with the best so far; True ends the search.
    """
    best, jump, same = first, 1, 0
    while len(best.steps) < len(index.candidates):
        if stop(best):
            return best, False
        endowment = best.endowment + jump * index.unit
        following = Round(endowment, tuple(equal_shares(index, endowment)))
        if _same_between(index, best, following):
            best, same = following, same + 1
            if same % CAREFUL == 0:
                jump *= 2
        elif jump > 1:
            jump, same = jump // 2, 0
        elif index.cost(following.projects) > index.budget:
            break
        else:
            best, same = following, 0
    return best, True


def by_votes(index: Indexed, chosen: list[int]) -> list[int]:
    """Return what still fits the budget, most votes first; ties go by `index.order`."""
    left = index.budget - index.cost(chosen)
    taken = []
    for project in sorted(index.candidates, key=lambda c: (-index.votes[c], index.rank[c])):
        if project not in chosen and index.costs[project] <= left:
            left -= index.costs[project]
            taken.append(project)
    return taken


def _same_between(index: Indexed, low: Round, high: Round) -> bool:
    """Say whether every endowment between the two buys the same, in the same order.

    As long as the same is bought, nobody has less left and no project has fewer effective votes under a greater
    endowment: a richer voter pays a lower price, a poorer one pays all. So it suffices that each purchase has more
    votes under the low endowment than any other project under the high one; or that it has as many under both: then
    it stands against the others at the high endowment, ties included, and no less below it.
    """
    if low.projects != high.projects:
        return False
    pairs = list(zip(low.steps, high.steps, strict=True))
    close = [k for k, (a, b) in enumerate(pairs) if not a.exact and a.votes <= b.others * (1 + EPS)]
    if not close:
        return True
    # nobody has less under the high endowment, so far apart means really apart
    few = len(index.sizes) <= MOST_CLASSES
    if not few or any(pairs[k][0].votes < pairs[k][1].votes * (1 - EPS) for k in close):
        return False
    prices, others = _prices(index, low), _prices(index, high)
    return all(prices[k] == others[k] for k in close)


def _prices(index: Indexed, bought: Round) -> list[Fraction]:
    """Return the exact price per point of each purchase."""
    ledger = Ledger(index, bought.endowment)
    return [ledger.buy(project).price for project in bought.projects]
