"""Made-up ballots of any number, equal for equal seeds: for tests, benchmarks and trying out."""

from random import Random

from hemicycle.engines.opinions.ranking.problem import Ballot, Problem


def generate(*, people: int, items: int, seed: int, longest: int = 5, spread: float = 1.0, groups: int = 3) -> Problem:
    """Return ballots of people who see each item's worth with an error (Thurstone 1927).

    Args:
        people, items: numbers.
        seed: of the random numbers.
        longest: items on a ballot.
        spread: of the true worths; small means hardly any difference.
        groups: stakeholder categories, named g0, g1, ….
    """
    rng = Random(seed)  # noqa: S311  # made-up data, not a secret
    worth = [rng.gauss(0, spread) for _ in range(items)]
    ballots = []
    for p in range(people):
        seen = [value + rng.gauss(0, 1) for value in worth]
        best = sorted(range(items), key=lambda i: -seen[i])[: rng.randint(1, longest)]
        ballots.append(Ballot(id=f"b{p}", choices=tuple(f"i{i}" for i in best), category=f"g{rng.randrange(groups)}"))
    return Problem(items=tuple(f"i{i}" for i in range(items)), ballots=tuple(ballots), longest=longest)
