"""Made-up elections of any size, equal for equal seeds: for tests, benchmarks and trying out."""

from random import Random

from hemicycle.engines.opinions.shares.problem import Problem, Project, Voter


def generate(*, voters: int, projects: int, budget: int, seed: int, longest: int = 10, groups: int = 4) -> Problem:
    """Return an election of approval ballots in which people of one category like similar projects.

    Args:
        voters, projects: numbers.
        budget: money there is; projects cost between 1 and 20 % of it.
        seed: of the random numbers.
        longest: most projects on a ballot.
        groups: stakeholder categories, named g0, g1, ….
    """
    rng = Random(seed)  # noqa: S311  # made-up data, not a secret
    chosen = [
        Project(id=f"p{p}", cost=rng.randint(max(1, budget // 100), max(1, budget // 5))) for p in range(projects)
    ]
    charm = [[rng.random() ** 3 for _ in range(projects)] for _ in range(groups)]
    crowd = []
    for v in range(voters):
        group = rng.randrange(groups)
        drawn = rng.choices(range(projects), charm[group], k=rng.randint(1, longest))
        crowd.append(Voter(id=f"v{v}", supports=tuple(f"p{p}" for p in dict.fromkeys(drawn)), category=f"g{group}"))
    return Problem(projects=tuple(chosen), voters=tuple(crowd), budget=budget)
