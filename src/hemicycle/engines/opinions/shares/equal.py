"""The Method of Equal Shares for one endowment, with cost as utility.

Peters, Pierczyński, Skowron: "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021, section 3.
Numbers are float64. A decision closer than EPS is made in whole numbers (`Ledger`), so the winners are exact.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from hemicycle.engines.opinions.shares.indexed import Indexed
from hemicycle.engines.opinions.shares.ledger import Ledger

EPS = 1e-9
# Points of score are whole, so less than this is none.
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """A purchase.

    Args:
        project: what was bought.
        votes: its effective votes; `exact` when nobody was short.
        others: what no other project's votes exceed.
    """

    project: int
    votes: float
    others: float
    exact: bool


def equal_shares(index: Indexed, endowment: Fraction) -> list[Step]:
    """Return the purchases when every voter begins with `endowment` (in the index's money).

    Of the projects that their supporters can pay, the next has the greatest effective vote count
    cost / q with Σ min(b_i, q·s_i) = cost; ties go by `index.order`. Projects that cost nothing come first.
    """
    return _Purse(index, endowment).spend()


class _Purse:
    """What everybody has left, and what each project's votes cannot exceed any more."""

    def __init__(self, index: Indexed, endowment: Fraction) -> None:
        self.index = index
        self.money = np.full(len(index.sizes), float(endowment))
        self.endowment = endowment
        self.exact: Ledger | None = None
        self.bought: list[int] = []
        # project → (votes it cannot exceed any more, or had when bought; whether that is an exact number)
        self.bound = {c: (float(index.votes[c]), True) for c in index.candidates}
        # the same as a heap, of projects that can still be bought
        self.queue = [(-bound, c) for c, (bound, _) in self.bound.items() if index.costs[c] > 0]
        heapify(self.queue)

    def spend(self) -> list[Step]:
        """Buy until nothing can be paid."""
        steps = [Step(c, np.inf, 0.0, exact=True) for c in self.bound if self.index.costs[c] == 0]
        while (step := self._best()) is not None:
            self._pay(step.project, self.index.costs[step.project] / step.votes)
            steps.append(step)
        return steps

    def _best(self) -> Step | None:
        """Evaluate in the order of the bounds, until no bound can reach the second best; take the best out."""
        found: list[int] = []
        first = second = 0.0
        while self.queue and -self.queue[0][0] >= second * (1 - EPS):
            project = heappop(self.queue)[1]
            votes = self._votes(project)
            if votes is not None:
                self.bound[project] = votes
                found.append(project)
                first, second = max(first, votes[0]), sorted((first, second, votes[0]))[1]
        if not found:
            return None
        close = [c for c in found if self.bound[c][0] >= first * (1 - EPS)]
        best = close[0] if len(close) == 1 else self._decide(close)
        for project in found:
            if project != best:
                heappush(self.queue, (-self.bound[project][0], project))
        others = -self.queue[0][0] if self.queue else 0.0
        return Step(best, self.bound[best][0], others, self.bound[best][1])

    def _votes(self, project: int) -> tuple[float, bool] | None:
        """Return the effective votes and whether nobody is short (then they are exact); None when unaffordable."""
        support, cost = self.index.support[project], self.index.costs[project]
        money = self.money[support.members]
        ratio = money if support.plain else money / support.score
        if ratio.min() * support.votes >= cost * (1 + EPS):
            return float(support.votes), True
        total = float(support.weight @ money)
        if total < cost * (1 - EPS):
            return None
        if total <= cost * (1 + EPS) and self._ledger().price(project) is None:
            return None
        # a higher price leaves more people short and them paying all they have, until nobody else is short; prices
        # only rise, so the last known one is a beginning
        given, price, before = support.weight * money, cost / self.bound[project][0], -1
        while (count := int(np.count_nonzero(short := ratio < price))) > before:
            left = support.votes - float(support.points @ short)
            if left < HALF:  # rounding, where all they have is just enough
                price = float(ratio.max())
                break
            price, before = (cost - float(given @ short)) / left, count
        return cost / price, False

    def _decide(self, close: list[int]) -> int:
        """Return the best of projects that floating point cannot tell apart."""
        if all(self.bound[c][1] for c in close):
            return min(close, key=lambda c: (-self.bound[c][0], self.index.rank[c]))
        ledger = self._ledger()
        prices = {c: ledger.price(c) for c in close}
        votes = {c: self.index.costs[c] / price for c, price in prices.items() if price is not None}
        return min(votes, key=lambda c: (-votes[c], self.index.rank[c]))

    def _pay(self, project: int, price: float) -> None:
        support = self.index.support[project]
        self.money[support.members] = np.maximum(0.0, self.money[support.members] - price * support.score)
        self.bought.append(project)

    def _ledger(self) -> Ledger:
        """Return the exact money, brought up to the last purchase."""
        if self.exact is None:
            self.exact = Ledger(self.index, self.endowment)
        self.exact.follow(self.bought)
        return self.exact
