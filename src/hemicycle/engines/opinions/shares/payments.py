"""Who paid for a winner, by stakeholder category, without telling what a handful of people did."""

from collections.abc import Mapping
from fractions import Fraction

from hemicycle.engines.opinions.categories import keep_apart
from hemicycle.engines.opinions.shares.solution import Paid

OTHER = "other"


def by_category(people: Mapping[str, int], amounts: Mapping[str, Fraction], *, minimum: int) -> tuple[Paid, ...]:
    """Return what the supporters of one project paid, categories of fewer than `minimum` supporters together.

    Args:
        people, amounts: supporters and what they paid, by category; "" for those without.
        minimum: fewest people a published line stands for. Is the rest still fewer, the next smallest category joins
            it, so that no line can be found by subtracting the others; without any line left, nothing is published.
    """
    kept, rest = keep_apart(people, minimum)
    lines = [Paid(category, people[category], amounts[category]) for category in sorted(kept)]
    others = sum(people[category] for category in rest)
    if others >= max(1, minimum):
        lines.append(Paid(OTHER, others, sum((amounts[category] for category in rest), Fraction(0))))
    return tuple(lines)
