"""Who paid for a winner, by stakeholder category, without telling what a handful of people did."""

from collections.abc import Mapping
from fractions import Fraction

from hemicycle.engines.opinions.shares.solution import Paid

OTHER = "other"


def by_category(people: Mapping[str, int], amounts: Mapping[str, Fraction], *, minimum: int) -> tuple[Paid, ...]:
    """Return what the supporters of one project paid, categories of fewer than `minimum` supporters together.

    Args:
        people, amounts: supporters and what they paid, by category; "" for those without.
        minimum: fewest people a published line stands for. Is the rest still fewer, the next smallest category joins
            it, so that no line can be found by subtracting the others; without any line left, nothing is published.
    """
    kept, rest = _split(people, minimum)
    lines = [Paid(category, people[category], amounts[category]) for category in sorted(kept)]
    others = sum(people[category] for category in rest)
    if others >= max(1, minimum):
        lines.append(Paid(OTHER, others, sum((amounts[category] for category in rest), Fraction(0))))
    return tuple(lines)


def _split(people: Mapping[str, int], minimum: int) -> tuple[list[str], list[str]]:
    """Return the categories that stand alone and those that are told together."""
    kept = sorted((c for c in people if c), key=lambda c: (people[c], c), reverse=True)
    rest = [c for c in people if not c]
    while kept and (people[kept[-1]] < minimum or 0 < sum(people[c] for c in rest) < minimum):
        rest.append(kept.pop())
    return kept, rest
