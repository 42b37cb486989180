"""Which stakeholder categories are large enough to be told apart."""

from collections.abc import Mapping


def keep_apart(people: Mapping[str, int], minimum: int) -> tuple[list[str], list[str]]:
    """Return the categories that stand alone and those that are told together, if at all.

    Categories of fewer than `minimum` people go together, and so do people without one (""). Are these still fewer, the
    next smallest category joins them: whoever subtracts all published categories from a total is left with nobody or
    with at least `minimum` people.
    """
    kept = sorted((name for name in people if name), key=lambda name: (people[name], name), reverse=True)
    rest: list[str] = [name for name in people if not name]
    while kept and (people[kept[-1]] < minimum or 0 < sum(people[name] for name in rest) < minimum):
        rest.append(kept.pop())
    return kept, rest
