"""Equal Shares' money in whole numbers: what floating point cannot decide is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from hemicycle.engines.opinions.shares.indexed import Indexed


@dataclass(frozen=True, slots=True)
class Bill:
    """What a purchase cost: ρ, and what each voter of the supporting classes paid, as `paid[k] / unit`."""

    price: Fraction
    unit: int
    paid: list[int]


class Ledger:
    """The exact money of every class of voters: `money[k] / unit` for each voter of class k."""

    def __init__(self, index: Indexed, endowment: Fraction) -> None:
        """Give everybody the same."""
        self.index = index
        self.unit = endowment.denominator
        self.money = [endowment.numerator] * len(index.sizes)
        self.bought: list[int] = []

    def follow(self, bought: Sequence[int]) -> None:
        """Buy what was bought since the last time."""
        for project in bought[len(self.bought) :]:
            self.buy(project)

    def price(self, project: int) -> Fraction | None:
        """Return ρ, the least money per point of score at which the supporters can pay; None when they cannot.

        ρ solves Σ min(b_i, ρ·s_i) = cost over the supporters i (Peters, Pierczyński, Skowron 2021, section 3).
        """
        support = self.index.support[project]
        missing = self.index.costs[project] * self.unit
        left = support.votes
        common = lcm(*support.scores)
        poorest = sorted(
            (self.money[k] * (common // score), count, score)
            for k, count, score in zip(support.classes, support.counts, support.scores, strict=True)
        )
        for ratio, count, score in poorest:
            # missing / left ≤ ratio / common: from here on everybody can pay the same per point
            if missing * common <= ratio * left:
                return Fraction(missing, left * self.unit)
            missing -= ratio * score * count // common
            left -= score * count
        return None

    def buy(self, project: int) -> Bill:
        """Let the supporters pay for a project that they can afford."""
        price = self.price(project)
        assert price is not None
        support = self.index.support[project]
        unit = lcm(self.unit, price.denominator)
        factor, cost = unit // self.unit, price.numerator * (unit // price.denominator)
        money = [amount * factor for amount in self.money] if factor > 1 else self.money
        paid = [min(money[k], cost * score) for k, score in zip(support.classes, support.scores, strict=True)]
        for k, amount in zip(support.classes, paid, strict=True):
            money[k] -= amount
        shared = gcd(unit, *money)
        self.money = [amount // shared for amount in money] if shared > 1 else money
        self.unit = unit // shared
        self.bought.append(project)
        return Bill(price, unit, paid)
